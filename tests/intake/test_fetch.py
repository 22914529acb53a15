"""The guarded download: what it refuses, what it costs at most, and that nothing inside is ever reached."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from pathlib import Path

import httpcore2
import pytest

from conflict.intake import fetch as fetching
from conflict.intake.fetch import Fetched, FetchError, fetch, resolve_by_system
from tests.intake.local_server import page, redirect, serving

PUBLIC = "93.184.216.34"
EVERYWHERE = "::" if socket.has_dualstack_ipv6() else "0.0.0.0"  # noqa: S104

# Names that a hostile resolver, or an honest one, answers with addresses inside. No test asks a real resolver
# for a name: whatever is not listed here is not known.
NAMES = {
    "localhost": ["127.0.0.1"],
    "loopback.example": ["127.0.0.1"],
    "loopback6.example": ["::1"],
    "private.example": ["10.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "local-nat64.example": ["64:ff9b:1::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::"],
    "teredo.example": ["2001:0:7f00:1::"],
    "unspecified.example": ["0.0.0.0"],  # noqa: S104
    "mixed.example": [PUBLIC, "127.0.0.1"],
    "mixed6.example": ["2606:4700:4700::1111", "::1"],
    "garbage.example": ["no address"],
    "scoped.example": ["fe80::1%lo"],
    "empty.example": [],
    "xn--bcher-kva.example": ["127.0.0.1"],
    "public.example": [PUBLIC],
}


def resolve(host: str, port: int) -> list[str]:
    if host in NAMES:
        return NAMES[host]
    # Addresses in any spelling the C library knows; AI_NUMERICHOST never asks the network.
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(answer[4][0]) for answer in answers]


HOSTILE = [
    # Loopback, plainly and in every spelling that some resolver understands.
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://2130706433.:{port}/",
    "http://0x7f.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0x0.0x0.0x1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://127.0.0.01:{port}/",
    "http://127.000.000.001:{port}/",
    "http://127.255.255.254:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0x:{port}/",
    "http://4294967297:{port}/",
    "http://127.0.0.1.nip:{port}/",
    "http://localhost:{port}/",
    "http://localhost.:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost..:{port}/",
    "https://localhost:{port}/",
    # IPv6: loopback, mapped, compatible, translated, tunnelled, local.
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[fe80::1%lo]:{port}/",
    "http://[fd00::1]:{port}/",
    "http://[ff02::1]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://[127.0.0.1]:{port}/",
    "http://[::1:{port}/",
    "http://::1:{port}/",
    # Other digits and dots, percent signs, blanks, invisible characters.
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://１２７.0.0.1:{port}/",
    "http://١٢٧.0.0.1:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127．0．0．1:{port}/",
    "http://127｡0｡0｡1:{port}/",
    "http://ｌocalhost:{port}/",
    "http://loc\u00adalhost:{port}/",
    "http://loc\u200balhost:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127.0.0.1%00.example.com:{port}/",
    "http://127.0.0.1%2f.example.com:{port}/",
    " http://127.0.0.1:{port}/",
    "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1:{port}/\r\nHost: inside",
    "http://127.0.0.1:{port}\\@public.example/",
    # A user name that looks like the host, and the other way round.
    "http://public.example@127.0.0.1:{port}/",
    "http://public.example:80@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}@public.example/",
    "http://public.example\\@127.0.0.1:{port}/",
    "http://@127.0.0.1:{port}/",
    "http://:@127.0.0.1:{port}/",
    # No host, no port, no scheme that is ours.
    "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:/127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}/",
    "http://127.0.0.1:{port}{port}/",
    "http://127.0.0.1:-1/",
    "http://127.0.0.1:٨٠/",
    "http://127.0.0.1:+{port}/",
    "file:///etc/passwd",
    "file://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_GET",
    "ftp://127.0.0.1:{port}/",
    "dict://127.0.0.1:{port}/",
    "ws://127.0.0.1:{port}/",
    "unix:///var/run/docker.sock",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "",
    # Names that lead inside.
    "http://loopback.example:{port}/",
    "http://loopback6.example:{port}/",
    "http://private.example:{port}/",
    "http://metadata.example:{port}/latest/meta-data/",
    "http://mapped.example:{port}/",
    "http://nat64.example:{port}/",
    "http://local-nat64.example:{port}/",
    "http://sixtofour.example:{port}/",
    "http://teredo.example:{port}/",
    "http://unspecified.example:{port}/",
    "http://mixed.example:{port}/",
    "http://mixed6.example:{port}/",
    "http://garbage.example:{port}/",
    "http://scoped.example:{port}/",
    "http://empty.example:{port}/",
    "http://bücher.example:{port}/",
    "http://unknown.example:{port}/",
    # Addresses inside by number.
    "http://10.0.0.1:{port}/",
    "http://100.64.0.1:{port}/",
    "http://169.254.169.254:{port}/latest/meta-data/",
    "http://172.16.0.1:{port}/",
    "http://192.168.0.1:{port}/",
    "http://224.0.0.1:{port}/",
    "http://255.255.255.255:{port}/",
]


@pytest.fixture
def attempts(monkeypatch):
    """Every address that a connection was tried to; the attempt itself goes on as ever."""
    tried: list[tuple[str, int]] = []
    connect = socket.create_connection

    def noted(address, *args, **kwargs):
        tried.append(address)
        return connect(address, *args, **kwargs)

    monkeypatch.setattr(socket, "create_connection", noted)
    return tried


@pytest.fixture
def canary(monkeypatch):
    """A server on every address of this machine, on a port that counts as one of the two open ones."""
    with serving(address=EVERYWHERE) as server:
        monkeypatch.setattr(fetching, "_DEFAULT_PORTS", {"http": server.port, "https": 443})
        yield server


@pytest.fixture
def internet(monkeypatch, server):
    """The public address leads to the local server, as if it stood out there."""
    reached: list[str] = []
    connect = httpcore2.SyncBackend.connect_tcp

    def connect_tcp(self, host, port, **kwargs):
        reached.append(host)
        assert host == PUBLIC, f"the test's Internet has no {host}"
        return connect(self, "127.0.0.1", server.port, **kwargs)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect_tcp)
    return reached


def allowed(server, path: str = "/", **options) -> Fetched:
    host = f"127.0.0.1:{server.port}"
    return fetch(f"http://{host}{path}", allow_hosts={host}, **options)


def test_no_hostile_address_reaches_the_canary(canary, attempts):
    assert len(HOSTILE) >= 60
    assert len(set(HOSTILE)) == len(HOSTILE)
    for hostile in HOSTILE:
        url = hostile.replace("{port}", str(canary.port))
        with pytest.raises(FetchError) as refused:
            fetch(url, resolve=resolve, timeout=5)
        assert str(refused.value).endswith("."), url
    assert attempts == []
    # The canary would have sung: it answers on loopback, IPv4 and IPv6, to whoever is allowed.
    for host in ("127.0.0.1", "localhost", "loopback.example"):
        assert fetch(f"http://{host}:{canary.port}/", allow_hosts={host}, resolve=resolve).body == b"hello"
    assert canary.connections == len(attempts) == 3


def test_no_redirect_leads_to_the_canary(server, canary, attempts):
    outside = f"127.0.0.1:{server.port}"
    for number, hostile in enumerate(HOSTILE):
        location = hostile.replace("{port}", str(canary.port))
        if not location.isprintable() or "://" not in location:
            continue  # no header can carry it, or it is a path of the first server's own
        server.answers[f"/{number}"] = redirect(location.encode("utf-8").decode("latin-1"))
        with pytest.raises(FetchError):
            fetch(f"http://{outside}/{number}", allow_hosts={outside}, resolve=resolve, timeout=5)
    assert server.connections > 80
    assert canary.connections == 0
    assert {port for _, port in attempts} == {server.port}


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0", "localhost", "::1", "::ffff:127.0.0.1"]
)
def test_the_connection_itself_is_guarded_whatever_the_url_said(host, canary, attempts):
    backend = fetching._GuardedBackend(
        permits=fetching._Permits([]), deadline=fetching._Deadline(5), resolve=resolve_by_system
    )
    with pytest.raises(FetchError, match="not on the public Internet"):
        backend.connect_tcp(host, canary.port)
    assert attempts == []


@pytest.mark.parametrize("port", [0, 1, 22, 25, 81, 442, 3306, 5432, 6379, 8000, 8080, 8443, 65535])
def test_other_ports_than_80_and_443_are_refused(port, attempts):
    for scheme in ("http", "https"):
        with pytest.raises(FetchError, match=f"Port {port} is not open"):
            fetch(f"{scheme}://public.example:{port}/", resolve=resolve)
    assert attempts == []


def test_a_public_page_is_fetched_from_the_address_that_was_checked(internet, server):
    server.answers["/a/b"] = page("Втрати".encode(), content_type="text/html; charset=utf-8")
    fetched = fetch("http://Public.Example./a/b?q=ä#part", resolve=resolve)
    assert fetched.body.decode() == "Втрати"
    assert fetched.content_type == "text/html; charset=utf-8"
    assert fetched.status == 200
    assert fetched.url == "http://public.example./a/b?q=%C3%A4"
    assert internet == [PUBLIC]
    assert b"GET /a/b?q=%C3%A4 HTTP/1.1\r\nHost: public.example\r\n" in server.requests[0]


def test_a_name_is_resolved_once_so_that_it_cannot_turn_inward(internet):
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    assert fetch("http://rebinding.example/", resolve=lambda host, port: next(answers)).body == b"hello"
    assert internet == [PUBLIC]
    assert next(answers) == ["127.0.0.1"]  # nobody asked a second time


def test_a_name_that_turns_inward_on_a_redirect_is_refused(internet, server):
    server.answers["/"] = redirect("http://rebinding.example/again")
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    with pytest.raises(FetchError, match=r"rebinding\.example is not on the public Internet: .* is loopback"):
        fetch("http://rebinding.example/", resolve=lambda host, port: next(answers))
    assert internet == [PUBLIC]


def test_every_connection_of_a_redirect_is_checked_anew(internet, server):
    server.answers["/"] = redirect("http://other.example/there")
    server.answers["/there"] = page(b"there")
    asked = []

    def noted(host, port):
        asked.append(host)
        return [PUBLIC]

    assert fetch("http://public.example/", resolve=noted).body == b"there"
    assert asked == ["public.example", "other.example"]


def test_an_allowed_host_is_fetched_with_its_port_only(server, canary):
    assert allowed(server).body == b"hello"
    with pytest.raises(FetchError, match="Port"):
        fetch(f"http://127.0.0.1:{server.port}/", allow_hosts={"127.0.0.1"})
    with pytest.raises(FetchError, match="not on the public Internet"):
        fetch(f"http://127.0.0.1:{canary.port}/", allow_hosts={f"127.0.0.1:{server.port}"})


def test_names_of_the_allow_list_are_compared_without_case_and_last_dot(server):
    port = server.port
    fetch(f"http://LOCALHOST.:{port}/", allow_hosts={f"Localhost:{port}"}, resolve=resolve)
    fetch(f"http://localhost:{port}/", allow_hosts={f"localhost.:{port}"}, resolve=resolve)
    with pytest.raises(FetchError):
        fetch(f"http://notlocalhost:{port}/", allow_hosts={f"localhost:{port}"}, resolve=resolve)


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine speaks no IPv6")
def test_the_allow_list_takes_an_ipv6_address_in_brackets():
    with serving(address="::1") as server:
        assert fetch(f"http://[::1]:{server.port}/", allow_hosts={f"[::1]:{server.port}"}).body == b"hello"
        assert f"Host: [::1]:{server.port}\r\n".encode() in server.requests[0]


@pytest.mark.parametrize("name", ["", "http://localhost", "localhost:port", "::1", "a b:"])
def test_an_allow_list_that_cannot_be_read_is_an_error(name):
    with pytest.raises(ValueError, match="is neither a host nor a host:port") as error:
        fetch("http://public.example/", allow_hosts={name}, resolve=resolve)
    assert not isinstance(error.value, FetchError)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_proxies_from_the_environment_are_ignored(variable, monkeypatch, server):
    with serving() as proxy:
        monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        assert allowed(server).body == b"hello"
        assert proxy.connections == 0


def trickle(*pieces: bytes):
    """Send the pieces, then one byte a tenth of a second, for longer than anybody waits."""

    def answer(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
        for _ in range(100):
            connection.sendall(b"x")
            time.sleep(0.1)

    return answer


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ",),
        (b"HTTP/1.1 200 OK\r\n\r\n",),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",),
    ],
    ids=["status line", "headers", "body", "chunk extension"],
)
def test_the_time_is_counted_in_all_however_slowly_bytes_trickle(server, pieces):
    server.answers["/"] = trickle(*pieces)
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.3 seconds"):
        allowed(server, timeout=0.3)
    assert time.monotonic() - start < 1.5


def test_the_time_of_all_redirects_is_one(server):
    def slow(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(redirect("/"))

    server.answers["/"] = slow
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.5 seconds"):
        allowed(server, timeout=0.5)
    assert time.monotonic() - start < 1.5


def test_a_resolver_that_never_answers_costs_no_more_than_the_time(attempts):
    def sleep(host: str, port: int) -> list[str]:
        time.sleep(3)
        return [PUBLIC]

    start = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.3 seconds"):
        fetch("http://public.example/", resolve=sleep, timeout=0.3)
    assert time.monotonic() - start < 1.5
    assert attempts == []


def test_a_server_that_says_nothing_costs_no_more_than_the_time(server):
    server.answers["/"] = lambda connection: time.sleep(3)
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.3 seconds"):
        allowed(server, timeout=0.3)
    assert time.monotonic() - start < 1.5


def test_a_second_address_is_tried_when_the_first_does_not_answer(server):
    host = f"two.example:{server.port}"
    fetched = fetch(
        f"http://{host}/", allow_hosts={host}, resolve=lambda host, port: ["127.0.0.2", "::1", "127.0.0.1"]
    )
    assert fetched.body == b"hello"


def test_nobody_listening_is_one_sentence():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(FetchError, match=r"^No connection to 127\.0\.0\.1 could be made\.$"):
        fetch(f"http://{host}/", allow_hosts={host})


def test_an_endless_address_is_refused():
    with pytest.raises(FetchError, match="longer than 2,000 characters"):
        fetch("http://public.example/" + "x" * 2000, resolve=resolve)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Path:
    """An authority of our own, and a certificate of it for good.example."""
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(command: str) -> None:
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)

    try:
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem -subj /CN=Test-CA")
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    (folder / "names").write_text("subjectAltName=DNS:good.example\n")
    openssl("req -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj /CN=good.example")
    openssl(
        "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out chain.pem"
    )
    return folder


def test_https_is_checked_against_the_name_though_an_address_is_connected_to(certificates):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "chain.pem", certificates / "key.pem")
    asked = []
    context.sni_callback = lambda connection, name, context: asked.append(name)
    trusting = ssl.create_default_context(cafile=str(certificates / "ca.pem"))
    with serving(tls=context) as server:

        def ask(host: str, **options) -> Fetched:
            name = f"{host}:{server.port}"
            return fetch(f"https://{name}/", allow_hosts={name}, resolve=lambda *_: ["127.0.0.1"], **options)

        assert ask("good.example", tls=trusting).body == b"hello"
        assert asked == ["good.example"]
        with pytest.raises(
            FetchError, match=r"\(Hostname mismatch, certificate is not valid for 'other\.example'\)"
        ):
            ask("other.example", tls=trusting)
        with pytest.raises(
            FetchError, match=r"No safe connection to good\.example could be made \((?:self-signed|unable to get)"
        ):
            ask("good.example")
