"""The walk of docs/architecture.md is the code's: each function that it names is called on the way of a figure."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from conflict.models import Point
from tests.admin.test_reading import press, read
from tests.make import D, make_reference

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def named(heading: str) -> list[tuple[str, str]]:
    """Return each "`function` in `file.py`" of a section, without the classes that it is in."""
    section = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    pairs = re.findall(r"`([\w.]+)`\s+in\s+`(conflict/[\w/]+\.py)`", section)
    return [(name.rpartition(".")[2], path) for name, path in pairs]


def called(act: Callable[[], Any]) -> set[tuple[str, str]]:
    """Do something, and return the functions of the project that it called, with their files."""
    seen: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(ROOT / "conflict")):
            seen.add((frame.f_code.co_name, str(Path(frame.f_code.co_filename).relative_to(ROOT))))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return seen


@pytest.fixture
def reference(db: None) -> None:
    make_reference()


def test_the_walk_from_a_pasted_line_is_that_of_the_code(reference: None, editor: Client) -> None:
    def walk() -> None:
        assert press(editor, "publish", read(editor)).status_code == 200
        assert editor.get("/losses/?category=tanks&measure=total").status_code == 200

    steps = named("One figure, from the pasted line to the chart")
    passed = called(walk)
    assert Point.objects.standing().get(category__slug="tanks", date=D(2024, 11, 19)).total == 9382
    assert len(steps) > 30
    # What a decorator put around a view when the site started is not called any more.
    assert [step for step in steps if step not in passed] == [("as_of", "conflict/web/asof.py")]


def test_the_walk_from_a_dataset_is_that_of_the_code(reference: None, tmp_path: Path) -> None:
    file = tmp_path / "russian-losses.json"
    file.write_text(json.dumps([{"date": "2024-11-19", "tanks": 9382, "sourceUri": None}]), encoding="utf-8")
    steps = named("One figure, from a dataset")
    passed = called(lambda: call_command("import_losses", "orc-losses", path=file, verbosity=0))
    assert Point.objects.standing().get(category__slug="tanks", date=D(2024, 11, 19)).total == 9382
    assert len(steps) > 6
    assert [step for step in steps if step not in passed] == []
