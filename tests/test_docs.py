"""The documentation against the code: what it names is there, and what it must name is not forgotten.

Commands, options, paths, names of the code, settings, addresses, links and anchors are looked for in every page;
the pages on settings and on the data model are held to the code in both directions.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from docs.graphs import own_models
from tests.browser.screenshots import TOUR

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]

MADE_LATER = ("var/", ".venv/", "/etc/", "/usr/", "/srv/", "/xx/", "locale/xx", "/static/")
"""What begins so is made by a command, belongs to the machine, or stands for a name of the reader's choice."""

EXAMPLES = {
    "category": "tanks",
    "event": "odesa-strike",
    "slug": "tanks",
    "n": "1",
    "number": "1",
    "date": "2024-11-19",
}


def spans(text: str) -> Iterator[str]:
    """Yield what stands as code: the lines of fenced blocks without comments, and what is between backticks."""
    for fence in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from (re.sub(r"(^|\s)#\s.*", "", line) for line in fence.splitlines())
    yield from re.findall(
        r"`([^`\n]+(?:\n[^`\n]+)?)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    )


# -- What is wrong with a page ------------------------------------------------------------------------------


def wrong_targets(text: str, page: Path) -> list[str]:
    """Return every `make TARGET` that the Makefile does not have."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for span in spans(text) for name in re.findall(r"(?<![\w-])make ([a-z-]+)", span)}
    return sorted(named - targets)


def wrong_commands(text: str, page: Path) -> list[str]:
    """Return every `manage.py COMMAND --option` of which there is no such command or option."""
    wrong = []
    for span in spans(text):
        for command, rest in re.findall(r"manage\.py\s+(\w+)([^|;&]*)", span):
            if command not in get_commands():
                wrong.append(command)
                continue
            unknown = set(re.findall(r"(?<!\S)--[a-z-]+", rest)) - options_of(command)
            wrong += [f"{command} {option}" for option in sorted(unknown)]
            if command == "loaddata" and not (ROOT / "fixtures" / f"{rest.split()[0]}.json").exists():
                wrong.append(f"loaddata {rest.split()[0]}")
    return wrong


@cache
def options_of(command: str) -> frozenset[str]:
    app = get_commands()[command]
    parser = load_command_class(app if isinstance(app, str) else app.name, command).create_parser(
        "manage.py", command
    )
    return frozenset(parser._option_string_actions)


def wrong_paths(text: str, page: Path) -> list[str]:
    """Return every file or folder of the project that is not there, and every module to run."""
    wrong = []
    for span in spans(text):
        for path in re.findall(
            r"(?<![\w./-])((?:conflict|tests|docs|fixtures|static|templates|locale)/[\w./-]*)", span
        ):
            if not path.startswith(MADE_LATER) and not (ROOT / path).exists():
                wrong.append(path)
        for module in re.findall(r"python3? -m ((?:tests|docs|conflict)[\w.]*)", span):
            if not (ROOT / f"{module.replace('.', '/')}.py").exists():
                wrong.append(module)
    return wrong


def wrong_names(text: str, page: Path) -> list[str]:
    """Return every "`name` in `file.py`" (or "(`file.py`)") of which the file does not hold the name."""
    wrong = []
    for name, path in re.findall(r"`([\w.]+)`\s+(?:in|of)\s+`((?:conflict|tests)/[\w/]+\.py)`", text):
        code = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else ""
        last = re.escape(name.rpartition(".")[2])
        if not re.search(rf"^\s*(?:(?:def|class) {last}\b|{last}\b[^\n]*=)", code, re.MULTILINE):
            wrong.append(f"{name} in {path}")
    return wrong


def wrong_settings(text: str, page: Path) -> list[str]:
    """Return every name in capitals that stands nowhere in the code."""
    named = {
        name for span in spans(text) for name in re.findall(r"(?<![\w./-])([A-Z][A-Z_]{4,})(?=$|[=\s,:)])", span)
    }
    return sorted(name for name in named if not re.search(rf"\b{name}\b", code_of_the_project()))


@cache
def code_of_the_project() -> str:
    files = [
        *(ROOT / "conflict").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "Makefile",
        ROOT / ".ci" / "run",
    ]
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file != Path(__file__))


def wrong_addresses(text: str, page: Path) -> list[str]:
    """Return every address of the site, alone or after http://127.0.0.1:8000, that leads nowhere."""
    wrong = []
    for span in spans(text):
        for address in re.findall(r"(?:^|(?<=\s)|(?<=127\.0\.0\.1:8000))(/[a-z][^\s'\"|`]*)", span):
            path = re.sub(r"[{<](\w+)[>}]", lambda match: EXAMPLES.get(match[1], match[0]), address)
            path = re.split(r"[?#]", path)[0].removeprefix("/uk") or "/"
            if not address.startswith(MADE_LATER) and not leads_somewhere(path):
                wrong.append(address)
    return wrong


def leads_somewhere(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return path in {"/api/", "/embed/", "/feeds/"}  # what several begin with
    return match.url_name is not None  # what answers for every other address has no name


def wrong_links(text: str, page: Path) -> list[str]:
    """Return every link within the project whose file, or whose heading in it, is not there."""
    wrong = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith(("https://", "http://")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
            wrong.append(link)
    return wrong


def anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    headings = re.findall(
        r"^#+ (.*)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


Check = Callable[[str, Path], list[str]]
CHECKS = (
    *(wrong_targets, wrong_commands, wrong_paths, wrong_names, wrong_settings),
    *(wrong_addresses, wrong_links),
)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_what_a_page_names_is_there(document: Path, check: Check) -> None:
    assert check(document.read_text(encoding="utf-8"), document) == []


@pytest.mark.parametrize(
    ("check", "text", "wrong"),
    [
        (wrong_targets, "Say `make demo`, or `make coffee`.", "coffee"),
        (wrong_targets, "```sh\nmake coffee  # make demo\n```\n", "coffee"),
        (wrong_commands, "`manage.py brew`", "brew"),
        (
            wrong_commands,
            "```sh\n.venv/bin/python manage.py import_losses orc-losses --milk\n```\n",
            "import_losses --milk",
        ),
        (wrong_commands, "`manage.py loaddata coffee`", "loaddata coffee"),
        (wrong_paths, "See `conflict/coffee.py` and `conflict/urls.py`.", "conflict/coffee.py"),
        (wrong_paths, "`python -m tests.benchmarks.bench_coffee`", "tests.benchmarks.bench_coffee"),
        (wrong_names, "`brew` in `conflict/ledger/publishing.py`", "brew in conflict/ledger/publishing.py"),
        (wrong_names, "`publish` in `conflict/ledger/coffee.py`", "publish in conflict/ledger/coffee.py"),
        (wrong_settings, "Set `COFFEE_URL=redis://` or `CACHE_URL`.", "COFFEE_URL"),
        (wrong_addresses, "`/losses/` and `/coffee/`", "/coffee/"),
        (wrong_addresses, "`/reports/<date>/<category>/` and `/reports/<milk>/`", "/reports/<milk>/"),
        (wrong_addresses, "```sh\ncurl 'http://127.0.0.1:8000/api/v1/coffee?x=1'\n```\n", "/api/v1/coffee?x=1"),
        (wrong_links, "[a](coffee.md) and [b](README.md)", "coffee.md"),
        (wrong_links, "[a](README.md#two-commands) and [b](README.md#coffee)", "README.md#coffee"),
    ],
)
def test_what_is_not_there_is_found(check: Check, text: str, wrong: str) -> None:
    assert check(text, ROOT / "README.md") == [wrong]


# -- What must not be forgotten -----------------------------------------------------------------------------


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", index))
    assert linked == {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}


def test_every_command_of_the_project_is_told_of() -> None:
    told = {name for page in PAGES for name in re.findall(r"manage\.py\s+(\w+)", page.read_text(encoding="utf-8"))}
    assert {name for name, app in get_commands().items() if app == "conflict"} <= told


def test_the_readme_shows_every_picture_of_the_tour_and_none_is_heavy() -> None:
    shown = re.findall(r"\(docs/pictures/(\w+)\.png\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown == list(TOUR)
    assert all((ROOT / "docs" / "pictures" / f"{name}.png").stat().st_size < 150_000 for name in shown)


# -- The settings -------------------------------------------------------------------------------------------


def table_of_settings() -> dict[str, str]:
    """Return the default that docs/operations.md gives for each variable of the environment."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", text, re.MULTILINE))


def test_the_table_of_settings_is_that_of_the_code() -> None:
    source = (ROOT / "conflict" / "settings.py").read_text(encoding="utf-8")
    readers = r'(?:env\.\w+|_boolean|_number|_date|_time_zone|_database|_cache)\(\s*"([A-Z_]+)"'
    assert set(table_of_settings()) == set(re.findall(readers, source))


SAME = "{name}"
HOW_IT_IS_READ = {
    "SECRET_KEY": "'none: required unless `DEBUG`'",
    "ALLOWED_HOSTS": "','.join(s.ALLOWED_HOSTS)",
    "CSRF_TRUSTED_ORIGINS": "','.join(s.CSRF_TRUSTED_ORIGINS) or 'none'",
    "FETCH_ALLOW_HOSTS": "','.join(s.FETCH_ALLOW_HOSTS) or 'none'",
    "DATABASE_URL": "'sqlite:///' + str(Path(s.DATABASES['default']['NAME']).relative_to(s.BASE_DIR))",
    "CACHE_URL": "s.CACHES['default']['BACKEND'].rpartition('.')[2].lower().removesuffix('cache') + 'cache://'",
    "PLOTLY_BUNDLE": "str(Path(s.PLOTLY_BUNDLE).relative_to(s.BASE_DIR))",
    "PACKAGE_DIR": "str(s.PACKAGE_DIR.relative_to(s.BASE_DIR))",
    "HSTS_SECONDS": "s.SECURE_HSTS_SECONDS",
}


def test_the_defaults_in_the_table_are_those_of_the_code() -> None:
    """Read the settings in a process with an environment of nothing but a key."""
    table = table_of_settings()
    lines = [f"print({HOW_IT_IS_READ.get(name, f's.{name}')})" for name in table]
    script = "\n".join(["from pathlib import Path", "from conflict import settings as s", *lines])
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"SECRET_KEY": "x"},
        capture_output=True,
        text=True,
        check=True,
    )
    for (name, cell), value in zip(table.items(), result.stdout.splitlines(), strict=True):
        shown = value.lower() if value in {"True", "False"} else value
        assert cell == shown or cell.startswith(f"`{shown}`"), name


# -- The data model -----------------------------------------------------------------------------------------

MODEL = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")


def described() -> dict[str, str]:
    """Return what docs/data-model.md says of each model: from its name in bold to the next."""
    parts = re.split(r"^\*\*(\w+)\*\*", MODEL, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_model_is_described_and_every_described_one_exists() -> None:
    assert set(described()) - {"Null", "History", "Search"} == {model.__name__ for model in own_models()}


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_every_column_is_described_with_whether_it_may_be_null(model: type) -> None:
    text = described()[model.__name__]
    for field in model._meta.get_fields():
        if field.auto_created or field.name == "id":
            continue
        if field.concrete and field.null and not field.many_to_many:
            assert f"[`{field.name}`]" in text, field.name
        else:
            assert re.search(rf"(?<!\[)`{field.name}`", text), field.name


def test_every_constraint_is_named_with_its_model_and_every_named_one_exists() -> None:
    shared = described()  # some stand in the table of shared words, before the first model
    for model in own_models():
        for constraint in model._meta.constraints:
            assert (
                f"`{constraint.name}`" in shared[model.__name__]
                or f"`{constraint.name}`" in MODEL.partition("## Who")[0]
            )
    names = {constraint.name for model in own_models() for constraint in model._meta.constraints}
    prefixes = {name.split("_")[0] for name in names}
    named = {n for n in re.findall(r"`([a-z]+_[a-z_0-9]+)`", MODEL) if n.split("_")[0] in prefixes}
    columns = {field.name for model in own_models() for field in model._meta.get_fields()}
    assert named - columns <= names
