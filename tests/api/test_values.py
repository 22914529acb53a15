"""The explorer's values as lines: each names its days, source and version, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json

from conflict.analysis.series import Measured, Series, Value, mean_rate
from conflict.api.exports import csv_pieces, json_pieces, safe_cell
from conflict.api.values import COLUMNS, lines_of
from conflict.courses import Course, key_of
from conflict.models import Category
from conflict.queries import Asked
from tests.make import D

TANKS, PEOPLE = (
    Category(pk=n, slug=s, name=s, unit=u)
    for n, (s, u) in enumerate([("tanks", "units"), ("personnel", "people")])
)


def course(category: Category, source: str = "general-staff") -> Course:
    return Course(source, category, Series(key_of(source, category.slug), str(category.unit)))


def asked(**fields) -> Asked:
    return Asked(
        (TANKS, PEOPLE),
        **{"start": None, "end": None, "measure": "total", "scale": "linear", "version": None, **fields},
    )


def measured(key: str, *numbers: float | None) -> Measured:
    return Measured(
        "total", key, "units", tuple(Value(D(2024, 1, n), D(2024, 1, n), v) for n, v in enumerate(numbers, 1))
    )


def test_a_line_is_one_value_with_all_that_it_takes_to_cite_it():
    value = Value(D(2024, 1, 1), D(2024, 1, 30), 12.345678, gap=9, partial=True)
    (line,) = lines_of(asked(), [course(TANKS)], [Measured("per-month", "tanks", "units", (value,))], 7)
    assert dict(zip(COLUMNS, line, strict=True)) == {
        "start": D(2024, 1, 1),
        "end": D(2024, 1, 30),
        "source": "general-staff",
        "party": "russia",
        "category": "tanks",
        "unit": "units",
        "measure": "per-month",
        "value": 12.3457,
        "gap_days": 9,
        "partial": True,
        "version": 7,
    }


def test_what_is_not_known_is_empty_and_what_is_not_stated_has_no_line():
    courses = [course(TANKS), course(PEOPLE)]
    lines = list(lines_of(asked(), courses, [measured("tanks", 5, None), measured("personnel", 9)], 1))
    assert [(line[4], line[1].day, line[7]) for line in lines] == [
        ("tanks", 2, None),
        ("tanks", 1, 5),
        ("personnel", 1, 9),
    ]
    written = b"".join(csv_pieces(COLUMNS, lines)).decode()
    assert [row["value"] for row in csv.DictReader(io.StringIO(written))] == ["", "5", "9"]
    assert [row["value"] for row in json.loads(b"".join(json_pieces(COLUMNS, lines)))] == [None, 5, 9]


def test_lines_keep_the_order_of_the_table():
    courses = [course(TANKS), course(TANKS, "oryx")]
    measures = [measured("tanks", 5, 7, 6), measured("tanks@oryx", 3, 1, 2)]

    def days(sort: str) -> list[int]:
        return [line[1].day for line in lines_of(asked(sort=sort), courses, measures, 1) if line[2] == "oryx"]

    assert days("-date") == [3, 2, 1]
    assert days("date") == [1, 2, 3]
    assert days("-tanks") == [2, 3, 1]
    assert days("tanks@oryx") == [2, 3, 1]


def test_whole_numbers_stay_whole_and_no_number_is_nan():
    series = Series.of("tanks", "units", [(D(2024, 1, 1), 0, None), (D(2024, 1, 8), 21, None)])
    lines = list(lines_of(asked(), [course(TANKS)], [mean_rate(series, days=7)], None))
    assert [line[7] for line in lines] == [3, None]
    assert isinstance(lines[0][7], int)
    assert lines[0][-1] is None  # an empty ledger has no version


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless():
    for text in ("=1+1", "+1", "-1", "@SUM(A1)"):
        assert safe_cell(text) == f"'{text}"
    assert (safe_cell(-17), safe_cell("tanks"), safe_cell(None)) == (-17, "tanks", None)


def test_nothing_asked_of_nothing_is_a_head_and_an_empty_array():
    assert b"".join(csv_pieces(COLUMNS, [])).decode() == ",".join(COLUMNS) + "\r\n"
    assert json.loads(b"".join(json_pieces(COLUMNS, []))) == []
