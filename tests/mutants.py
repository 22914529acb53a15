"""Change the code in small ways, one at a time, and see whether the tests notice: `make mutants`.

mutmut makes the changed functions (the mutants) and keeps the verdicts, so `mutmut show` and `mutmut browse` read
them. Its own runner starts pytest once for each mutant, which costs a second where a test costs a hundredth, and
five with a database. Here a room's tests are collected and run once, which also says which of them call which
function and run which line; each mutant then gets a fork of that process and those of the tests that run its line.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import functools
import gc
import json
import math
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import coverage
import hypothesis
import pytest

hypothesis.settings.register_profile(
    "mutants",
    max_examples=25,
    derandomize=True,  # the same mutant gets the same verdict
    database=None,
    deadline=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],  # who fails need not fail in the simplest way
)

TESTS_OF = {
    "analysis": ["tests/analysis"],
    "intake": [
        "tests/intake",
        "tests/package/test_cells.py",
        "tests/package/test_columns.py",
        "tests/package/test_reading.py",
        "tests/package/test_tables.py",
        "tests/package/test_restoring.py",
    ],
    "ledger": [
        "tests/ledger",
        "tests/package/test_restoring.py",
        "tests/package/test_restoring_findings.py",
        "tests/management/test_import_losses.py",
        "tests/management/test_import_oryx.py",
        "tests/management/test_import_corrections.py",
        "tests/management/test_check_ledger.py",
    ],
}
NOT_RUN = [  # measures time, which a change of the machine's mood alters more than a mutant
    "tests/intake/test_bulletins_fuzz.py::test_a_megabyte_takes_time_in_proportion_to_its_length",
    "tests/ledger/test_concurrency.py",
]
KILLED, SURVIVED, UNTESTED, TOO_SLOW = 1, 0, 33, 36  # mutmut's own codes


def main() -> None:
    """Make the mutants anew where the code has changed, try those asked for, and print the score of each room."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("rooms", nargs="*", default=list(TESTS_OF), help="analysis, intake, ledger; all by default")
    asked.add_argument("--only", nargs="+", default=["*"], help="modules, such as intake.numerals or 'ledger.*'")
    asked.add_argument("--sample", type=int, help="try no more than this many of a room, chosen at random")
    asked.add_argument("--seed", type=int, default=1, help="the number that the choice begins with")
    asked.add_argument("--again", action="store_true", help="try the survivors of the last time again")
    asked.add_argument("--seconds", type=float, default=4, help="of tests for each mutant; 4 by default")
    asked.add_argument("--score", action="store_true", help="try none, print the verdicts so far")
    options = asked.parse_args()
    _make()
    for room in options.rooms:
        chosen = [] if options.score else _choose(room, options)
        if chosen:
            _try(room, chosen, options.seconds)
        _print_score(room)


def _make() -> None:
    from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants

    Path("mutants").mkdir(exist_ok=True)
    shutil.rmtree("mutants/tests", ignore_errors=True)
    for table in [*Path("mutants/conflict").rglob("*.tsv")]:
        table.unlink()  # mutmut copies what is missing alone
    with Path(os.devnull).open("w") as silence, contextlib.redirect_stdout(silence):  # a line for each file
        copy_src_dir()
        copy_also_copy_files()
        create_mutants(max_children=1)


def _verdicts(room: str) -> dict[str, int | None]:
    """Each mutant of a room by name, with its verdict so far."""
    found: dict[str, int | None] = {}
    for kept in sorted(Path(f"mutants/conflict/{room}").rglob("*.meta")):
        found |= json.loads(kept.read_text())["exit_code_by_key"]
    return found


def _choose(room: str, options: argparse.Namespace) -> list[str]:
    wanted = {SURVIVED, UNTESTED} if options.again else {None}
    verdicts = _verdicts(room)
    names = [name for name in verdicts if any(fnmatch(_module(name), f"conflict.{only}") for only in options.only)]
    if options.sample is not None:  # of all, so that a sample cut short goes on where it ended
        names = random.Random(options.seed).sample(names, min(options.sample, len(names)))  # noqa: S311
    return [name for name in names if verdicts[name] in wanted]


def _module(name: str) -> str:
    return name.rpartition(".")[0]


def _try(room: str, chosen: list[str], seconds: float) -> None:
    Path("mutants/chosen").write_text("\n".join(chosen))
    plugins = ["-p", "tests.mutants", "-p", "no:cacheprovider", "--hypothesis-profile=mutants"]
    left_out = [f"--deselect={test}" for test in NOT_RUN]
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *left_out, *TESTS_OF[room]],
        cwd="mutants",
        env={**os.environ, "MUTANT_UNDER_TEST": "stats", "MUTANTS": "chosen", "MUTANT_SECONDS": str(seconds)},
        check=True,
    )


def _print_score(room: str) -> None:
    by_module: dict[str, Counter[str]] = defaultdict(Counter)
    words = {KILLED: "killed", TOO_SLOW: "killed", SURVIVED: "survived", UNTESTED: "survived", None: "untried"}
    for name, verdict in _verdicts(room).items():
        by_module[_module(name)][words[verdict]] += 1
    whole: Counter[str] = sum(by_module.values(), Counter())
    for module, counts in [*sorted(by_module.items()), (f"conflict.{room}, all of it", whole)]:
        tried = counts["killed"] + counts["survived"]
        if not tried:
            continue
        share = counts["killed"] / tried
        unsure = 1.96 * math.sqrt(share * (1 - share) / tried) if counts["untried"] else 0
        print(
            f"{module:45} {counts['killed']:5} of {tried:5} killed = {share:6.1%}"
            + (f" ± {unsure:.1%}, {counts['untried']} not tried" if counts["untried"] else "")
        )


# What follows is a plugin of pytest, in the process that main() starts inside mutants/.


class _Between:
    """What pytest is told to run next where only the session's own fixtures are to be kept."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[pytest.Session]:
        return [self.session]


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Try the mutants that the file MUTANTS names; leave other sessions alone."""
    if "MUTANTS" not in os.environ or session.config.option.collectonly:
        return None
    names = Path(os.environ["MUTANTS"]).read_text().splitlines()
    lines = _Lines()
    tests = _run_unchanged(session, lines)
    for wrapper in [found for found in gc.get_objects() if type(found) is functools._lru_cache_wrapper]:
        wrapper.cache_clear()  # what the unchanged code has answered would hide a mutant
    gc.collect()
    gc.freeze()
    kept = _Verdicts()
    for name in names:
        kept.add(name, _verdict(session, name, _tests_for(name, tests, lines)))
    kept.save()
    return True


def _run_unchanged(session: pytest.Session, lines: _Lines) -> dict[str, list[tuple[float, pytest.Item]]]:
    """Run every test once; return for each function those that call it, with their seconds."""
    from mutmut.core import MutmutCallStack
    from mutmut.state import state

    found: dict[str, list[tuple[float, pytest.Item]]] = defaultdict(list)
    MutmutCallStack.set((None, 0))
    for place, item in enumerate(session.items):
        state()._stats.clear()
        begun = time.process_time()
        following = session.items[place + 1] if place + 1 < len(session.items) else _Between(session)
        with lines.of(item):
            failed = any(report.failed for report in _run(item, following))
        if failed:
            raise pytest.UsageError(f"{item.nodeid} fails without any mutant.")
        for function in state()._stats:
            found[function].append((time.process_time() - begun, item))
    return found


class _Lines:
    """Which tests run which line of the unchanged code: no other can notice what is changed there."""

    def __init__(self) -> None:
        rooms = [f"conflict/{room}/*" for room in TESTS_OF]
        self.measuring = coverage.Coverage(data_file=None, config_file=False, include=rooms, messages=False)

    @contextlib.contextmanager
    def of(self, item: pytest.Item) -> Iterator[None]:
        """Note what runs meanwhile as run by a test."""
        self.measuring.start()
        self.measuring.switch_context(item.nodeid)
        try:
            yield
        finally:
            self.measuring.stop()

    def tests_of(self, name: str) -> set[str] | None:
        """Return the tests that run the changed line of a mutant; None where it is in no line that is run."""
        path = _path(_module(name))
        functions = _functions(path)
        unchanged = functions[f"{name.rpartition('.')[2].rpartition('__mutmut_')[0]}__mutmut_orig"]
        changed = functions[name.rpartition(".")[2]]
        pairs = zip(unchanged[1][1:], changed[1][1:], strict=False)  # behind the line of the name
        place = next((at for at, (old, new) in enumerate(pairs, 1) if old != new), 0)
        found = self._by_line(path)
        for line in range(unchanged[0] + place, unchanged[0], -1):  # a statement may go over several lines
            if line in found:
                return set(found[line])
        return None

    @functools.cache  # noqa: B019  # one process, one of these
    def _by_line(self, path: Path) -> dict[int, list[str]]:
        return self.measuring.get_data().contexts_by_lineno(str(path.resolve()))


@functools.cache
def _functions(path: Path) -> dict[str, tuple[int, list[str]]]:
    """Return the first line and the lines of each function in a file of mutants."""
    text = path.read_text()
    lines = text.splitlines()
    return {
        node.name: (node.lineno, lines[node.lineno - 1 : node.end_lineno])
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }


def _path(module: str) -> Path:
    path = Path(f"{module.replace('.', '/')}.py")
    return path if path.exists() else Path(module.replace(".", "/"), "__init__.py")


def _tests_for(
    name: str, tests: dict[str, list[tuple[float, pytest.Item]]], lines: _Lines
) -> list[tuple[float, pytest.Item]]:
    """Return the tests that a mutant gets: those of its own module's file first, as many as its seconds allow.

    A mutant that only a later test would kill counts as one that survived, so the score errs downwards.
    """
    calling = tests.get(name.rpartition("__mutmut_")[0], [])
    running = lines.tests_of(name)
    if running is not None:
        calling = [test for test in calling if test[1].nodeid in running]
    own = f"test_{_module(name).rpartition('.')[2]}.py"
    ordered = sorted(calling, key=lambda test: (test[1].path.name != own, test[0]))
    spent = [sum(seconds for seconds, _ in ordered[:count]) for count in range(len(ordered))]
    seconds = float(os.environ["MUTANT_SECONDS"])
    return [test for before, test in zip(spent, ordered, strict=True) if before < seconds]


def _run(item: pytest.Item, following: object) -> Iterable[pytest.TestReport]:
    from _pytest.runner import runtestprotocol

    return runtestprotocol(item, log=False, nextitem=following)  # type: ignore[arg-type]


def _verdict(session: pytest.Session, name: str, tests: list[tuple[float, pytest.Item]]) -> int:
    if not tests:
        return UNTESTED
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WEXITSTATUS(status) if os.WIFEXITED(status) else TOO_SLOW
    verdict = KILLED  # also where the mutant ends pytest itself
    try:
        seconds = math.ceil(5 * sum(seconds for seconds, _ in tests)) + 5
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        signal.alarm(20 * seconds)  # who waits for ever costs no processor time
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        os.environ["MUTANT_UNDER_TEST"] = name
        if not any(report.failed for _, item in tests for report in _run(item, _Between(session))):
            verdict = SURVIVED
    finally:
        os._exit(verdict)


class _Verdicts:
    """The verdicts of this run, saved now and then into the files that mutmut keeps."""

    def __init__(self) -> None:
        self.new: dict[str, int] = {}
        self.said = time.monotonic()

    def add(self, name: str, verdict: int) -> None:
        self.new[name] = verdict
        if time.monotonic() - self.said > 60:
            self.save()

    def save(self) -> None:
        for path in {_path(_module(name)) for name in self.new}:
            kept = path.with_name(f"{path.name}.meta")
            data = json.loads(kept.read_text())
            data["exit_code_by_key"] |= {n: v for n, v in self.new.items() if n in data["exit_code_by_key"]}
            kept.write_text(json.dumps(data, indent=4))
        print(len(self.new), "tried", flush=True)
        self.new, self.said = {}, time.monotonic()


if __name__ == "__main__":
    main()
