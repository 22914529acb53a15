"""What import-linter cannot say: which parts of Django the pure rooms may use, and who writes the ledger."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CONFLICT = Path(__file__).resolve().parent.parent / "conflict"
# Words, numbers and escaping; nothing that knows a table, a request or the settings of one site.
ALLOWED = ("django.utils.formats", "django.utils.html", "django.utils.safestring", "django.utils.translation")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("room", ["intake", "analysis", "charts"])
def test_a_pure_room_uses_django_for_words_alone(room: str) -> None:
    used = {(path.name, name) for path in (CONFLICT / room).rglob("*.py") for name in imported(path)}
    assert used
    assert not {(path, name) for path, name in used if name.split(".")[0] == "django" and name not in ALLOWED}


def test_only_the_ledger_writes_what_the_ledger_keeps() -> None:
    """Outside ledger/ nothing creates, changes or deletes reports, entries, points, versions or decisions."""
    kept = {"Report", "LossEntry", "Point", "Version", "Decision"}
    writes = {"create", "bulk_create", "update", "bulk_update", "get_or_create", "update_or_create", "delete"}
    found = []
    for path in CONFLICT.rglob("*.py"):
        if "ledger" in path.parent.name or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writes:
                text = ast.unparse(node.func)
                if any(text.startswith(f"{model}.objects") for model in kept):
                    found.append(f"{path.relative_to(CONFLICT)}:{node.lineno} {text}")
    assert not found
