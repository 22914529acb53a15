"""A small HTTP server on loopback whose answers are written byte by byte, and which counts who came."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

Answer = bytes | Callable[[socket.socket], None]


def page(body: bytes = b"hello", *, status: str = "200 OK", **headers: str) -> bytes:
    """Make a whole answer; ``content_type="text/html"`` becomes a Content-Type header."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, *, status: str = "302 Found") -> bytes:
    return page(b"", status=status, location=location)


class LocalServer:
    """Answers by path. ``connections`` counts every connection, asked for something or not."""

    def __init__(self, *, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.answers: dict[str, Answer] = {"/": page()}
        self.connections = 0
        self.requests: list[bytes] = []
        self._tls = tls
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            self._socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)  # IPv4 too
        self._socket.bind((address, 0))
        self._socket.listen(50)
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            if self._tls is not None:
                connection = stack.enter_context(self._tls.wrap_socket(connection, server_side=True))
            request = b""
            while b"\r\n\r\n" not in request:
                received = connection.recv(65536)
                if not received:
                    return
                request += received
            self.requests.append(request)
            path = request.split(b" ", 2)[1].decode().partition("?")[0]
            answer = self.answers.get(path, page(b"no", status="404 Not Found"))
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer)


@contextlib.contextmanager
def serving(**options: object) -> Iterator[LocalServer]:
    server = LocalServer(**options)
    try:
        yield server
    finally:
        server.close()
