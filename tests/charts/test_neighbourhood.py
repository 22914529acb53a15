"""The small pictures of findings: marks, lines, rings, and what is not known."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

from conflict.charts.neighbourhood import (
    Neighbourhood,
    Strand,
    key_drawing,
    numbers_drawing,
    presence_drawing,
    sum_drawing,
)

D = dt.date
DAYS = tuple(D(2023, 1, 10 + n) for n in range(5))
DAY = D(2023, 1, 12)


def place(*strands: Strand, accepted: dict[dt.date, int] | None = None) -> Neighbourhood:
    return Neighbourhood(DAYS, DAY, DAY, strands, accepted or {})


def paths(drawn: str, kind: str) -> list[str]:
    return re.findall(rf'class="{kind}[^"]*" d="([^"]*)"', drawn)


def test_each_stated_day_has_a_mark_and_a_missing_one_has_none() -> None:
    values = {DAYS[0]: 100, DAYS[1]: 110, DAYS[3]: 130}
    drawn = numbers_drawing(place(Strand("a", 0, values)), label="x")
    assert paths(drawn, "near-mark")[0].count("M") == 3
    assert paths(drawn, "near-line")[0].count("M") == 1  # across a missing day no line is drawn


def test_the_lowest_value_stands_lowest_and_both_ends_are_named() -> None:
    drawn = numbers_drawing(place(Strand("a", 1, {DAYS[0]: 113390, DAYS[1]: 113990})), label="x")
    heights = [float(y) for _x, y in re.findall(r"M([\d.]+) ([\d.]+)h", paths(drawn, "near-mark")[0])]
    assert heights[0] > heights[1]
    assert ">113,390<" in drawn and ">113,990<" in drawn


def test_documents_differ_in_shape_not_only_in_colour() -> None:
    values = {DAYS[0]: 1}
    signs = {paths(numbers_drawing(place(Strand("a", n, values)), label="x"), "near-mark")[0] for n in range(3)}
    assert len({re.sub(r"[\d.\- ]", "", sign) for sign in signs}) == 3


def test_accepted_totals_are_ringed() -> None:
    strand = Strand("a", 0, dict.fromkeys(DAYS, 5))
    drawn = numbers_drawing(place(strand, accepted={DAY: 5}), label="x")
    assert paths(drawn, "near-ring")[0].count("M") == 1
    assert not paths(numbers_drawing(place(strand), label="x"), "near-ring")


def test_the_day_of_the_finding_is_banded() -> None:
    drawn = numbers_drawing(place(Strand("a", 0, {DAY: 5})), label="x")
    band = ElementTree.fromstring(drawn).find("rect[@class='near-band']")  # noqa: S314 - our own markup
    x, width = float(band.get("x")), float(band.get("width"))
    assert x < 8 + 2 * 52 < x + width  # the third of five places


def test_nothing_stated_draws_no_mark() -> None:
    drawn = numbers_drawing(place(Strand("a", 0, {})), label="x")
    assert not paths(drawn, "near-mark")


def test_presence_crosses_the_days_without_a_report() -> None:
    days = (*DAYS[:2], None, *DAYS[3:])
    around = Neighbourhood(days, DAYS[1], DAYS[3], (Strand("a", 0, {DAYS[0]: 1}), Strand("b", 1, {})), {})
    drawn = presence_drawing(around, label="x")
    assert [cross.count("m0-6") for cross in paths(drawn, "near-cross")] == [3, 4]
    assert "…" in drawn


def test_a_sum_stands_over_its_parts_on_one_scale() -> None:
    drawn = ElementTree.fromstring(sum_drawing(100, [60, 50], label="x"))  # noqa: S314 - our own markup
    widths = {r.get("class"): 0.0 for r in drawn.iter("rect")}
    for rect in drawn.iter("rect"):
        widths[rect.get("class")] += float(rect.get("width"))
    assert widths["near-sum"] < widths["near-part"] + 2
    assert [text.text for text in drawn.iter("text")] == ["100", "110"]


def test_a_name_from_outside_is_escaped() -> None:
    drawn = numbers_drawing(place(Strand("a", 0, {DAY: 5})), label='<b> & "x"')
    assert ElementTree.fromstring(drawn).get("aria-label") == '<b> & "x"'  # noqa: S314 - our own markup
    assert "<b>" not in drawn


def test_the_legend_draws_the_same_marks() -> None:
    assert len({key_drawing(mark) for mark in (-1, 0, 1, 2)}) == 4
