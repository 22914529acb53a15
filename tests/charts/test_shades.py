"""Shades of days and weeks: which mark stands where, and what its legend and its name say."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from xml.etree import ElementTree

from conflict.analysis.levels import Levels
from conflict.analysis.series import Series, changes_per_day, per_period
from conflict.charts.shades import (
    SHAPES,
    calendar_drawing,
    calendar_legend,
    shape_of,
    weeks_drawing,
    weeks_legend,
)
from tests.charts.make import daily_series

D = dt.date
LEVELS = Levels((10, 20))


def make(*rows):
    return Series.of("tanks", "tanks", [(D.fromisoformat(date), total, None) for date, total in rows])


def address(day):
    return f"/reports/{day.isoformat()}/"


def marks(drawn):
    """Return the marks that are used, with their names."""
    return re.findall(r'<use href="#(\w+)"[^>]*/?>\s*<title>([^<]*)</title>', drawn)


def drawn_days(series):
    return calendar_drawing(changes_per_day(series), LEVELS, first=D(2024, 1, 1), address=address)


def test_every_kind_of_day_has_a_mark_of_its_own():
    series = make(
        ("2024-01-02", 100),
        ("2024-01-03", 105),
        ("2024-01-04", 120),
        ("2024-01-05", 220),
        ("2024-01-06", 220),
        ("2024-01-07", 219),
        ("2024-01-10", 222),
    )
    assert marks(drawn_days(series)) == [
        ("unknown", "1 Jan 2024: not stated"),
        ("unknown", "2 Jan 2024: first figure: no change is known"),
        ("s1", "3 Jan 2024: 5"),
        ("s2", "4 Jan 2024: 15"),
        ("s3", "5 Jan 2024: 100"),
        ("none", "6 Jan 2024: 0"),
        ("fall", "7 Jan 2024: −1"),
        ("unknown", "8 Jan 2024: not stated"),
        ("unknown", "9 Jan 2024: not stated"),
        ("m1", "10 Jan 2024: 1 a day, the mean of 3 days"),
    ]


def test_no_day_without_a_report_looks_like_one_without_losses():
    assert shape_of(None) != shape_of(0) != shape_of(0, gap=3)
    assert {shape_of(step, gap=gap) for step in (None, -1, 0, 1, 2, 3, 4, 5) for gap in (1, 4)} <= set(SHAPES)
    looks = [(shape.path, shape.kind) for shape in SHAPES.values()]
    assert len(set(looks)) == len(looks)


def test_a_reported_day_leads_to_its_report_and_no_other_does():
    drawn = drawn_days(make(("2024-01-02", 100), ("2024-01-05", 130)))
    assert re.findall(r'<a href="([^"]+)" tabindex="-1"', drawn) == [address(D(2024, 1, d)) for d in (2, 5)]


def test_the_legend_of_days_names_numbers():
    words = [words for _mark, words in calendar_legend(Levels((2.9, 1400)))]
    assert words[:4] == ["0", "up to 2.9", "up to 1,400", "above 1,400"]
    assert words[4:6] == ["the total fell", "not stated"]
    assert [words for _mark, words in weeks_legend()][:6] == [
        "0",
        "up to ×0.5",
        "up to ×1",
        "up to ×1.5",
        "up to ×2",
        "above ×2",
    ]


def test_a_week_is_shaded_by_its_ratio_to_the_mean_week():
    rows = [(D(2024, 1, 7) + dt.timedelta(days=7 * n), total) for n, total in enumerate((0, 10, 10, 50, 80))]
    series = Series.of("tanks", "tanks", [(date, total, None) for date, total in rows])
    # Weeks of 10, 0, 40, 30 from Monday 8 January: the mean is 20.
    assert marks(weeks_drawing([("Tanks", per_period(series, "week"))])) == [
        ("s1", "8 Jan – 14 Jan 2024: 10"),
        ("none", "15 Jan – 21 Jan 2024: 0"),
        ("s4", "22 Jan – 28 Jan 2024: 40"),
        ("s3", "29 Jan – 4 Feb 2024: 30"),
    ]


def test_weeks_that_reports_do_not_reach_are_hatched_and_years_without_any_have_no_row():
    late = make(("2024-01-14", 1), ("2024-01-21", 2))
    early = make(("2023-12-17", 1), ("2023-12-24", 2), ("2023-12-31", 3), ("2024-01-21", 9))
    drawn = weeks_drawing([("Late", per_period(late, "week")), ("Early", per_period(early, "week"))])
    assert re.findall(r"<b>(\d+)</b>", drawn) == ["2024", "2023"]  # the newest first
    assert re.findall(r"<span>(\w+)</span>", drawn) == ["Late", "Early", "Early"]
    late_row, early_row, _before = re.findall(r"<g data-name.*?</g>", drawn)
    assert [mark for mark, _words in marks(late_row)] == ["unknown", "unknown", "s2"]
    # Three weeks that one span covers are not known one by one.
    assert [mark for mark, _words in marks(early_row)] == ["unknown"] * 3


def test_a_week_belongs_to_the_year_of_its_thursday():
    series = make(("2024-12-29", 0), ("2025-01-05", 7))  # Monday 30 December 2024 to Sunday 5 January 2025
    drawn = weeks_drawing([("Tanks", per_period(series, "week"))])
    assert re.findall(r"<b>(\d+)</b>", drawn) == ["2025"]
    assert len(re.findall(r'<use href="#s\d" x="(\d+)"', drawn)) == 1


def test_a_week_stands_under_its_month_however_wide_its_strip():
    drawn = weeks_drawing([("Tanks", per_period(daily_series(700), "week"))])
    year = ElementTree.fromstring(drawn).findall("div")[0]  # noqa: S314 - our own markup
    assert year.get("class") == "weeks-row weeks-year"
    strip = re.search(r'viewBox="0 0 (\d+) 10".*?</g>', drawn)
    months = re.findall(r'chart-at-wide" x="([\d.]+)%" y="12">(\w+)<', drawn.split("</svg></div>")[0])
    at = {name: float(x) for x, name in months}
    for x, words in re.findall(r'x="(\d+)"><title>([^<:]+):', strip[0]):
        month = words.split(" ")[1]  # of the Monday
        assert 100 * int(x) / int(strip[1]) >= at[month] - 0.01, words


def test_names_are_escaped_and_the_pictures_hidden_from_assistive_technology():
    weeks = per_period(make(("2024-01-07", 0), ("2024-01-14", 7)), "week")
    root = ElementTree.fromstring(weeks_drawing([('<b>"Tanks" & co', weeks)]))  # noqa: S314 - our own markup
    assert root.get("aria-hidden") == "true"
    assert ElementTree.fromstring(weeks_drawing([])).get("aria-hidden") == "true"  # noqa: S314 - our own markup
    days = ElementTree.fromstring(drawn_days(daily_series(9)))  # noqa: S314 - our own markup
    assert {link.get("tabindex") for link in days.iter("a")} == {"-1"}


def test_seventeen_categories_of_four_years_and_a_half_stay_light():
    weeks = [(f"Category {n}", per_period(daily_series(1626, scale=n + 1), "week")) for n in range(17)]
    assert len(gzip.compress(weeks_drawing(weeks).encode(), 6)) < 40_000
