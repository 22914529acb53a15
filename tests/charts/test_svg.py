import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils.safestring import SafeString

from conflict.analysis.series import Series, changes_per_day, mean_rate, per_period, rate_per_month, totals
from conflict.charts.axes import value_axis
from conflict.charts.chart import ChartMark, losses_chart, summary
from conflict.charts.svg import HEIGHT, WIDTH, drawing, sparkline
from tests.charts.make import DAY, START, daily_series, make_event

LABELS = {"tanks": "Tanks", "aircraft": "Aircraft", "drones": "Drones"}


def chart(*measures, **given):
    given = {"title": "Losses", "y_label": "tanks a day", **given}
    return losses_chart(measures, labels=LABELS, **given)


def tree(made):
    return ElementTree.fromstring(str(drawing(made)))  # noqa: S314 - our own markup


def with_class(root, name):
    return [e for e in root.iter() if name in e.get("class", "").split()]


DRAWN = {"a", "button", "circle", "div", "g", "li", "line", "p", "path", "rect", "svg", "text", "title", "ul"}


def points(path):
    """Return the corners of each subpath of a path."""
    found = []
    for piece in re.findall(r"M[^Mz]*", path.get("d")):
        numbers = [int(n) for n in re.findall(r"-?\d+", piece)]
        x, y = numbers[:2]
        corners = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            corners.append((x, y))
        found.append(corners)
    return found


@pytest.mark.parametrize(
    "made",
    [
        chart(totals(daily_series())),
        chart(
            mean_rate(daily_series(), days=14), events=[make_event(n, f"Event {n}") for n in range(20, 1600, 30)]
        ),
        chart(changes_per_day(daily_series(60))),
        chart(per_period(daily_series(), "month")),
        chart(totals(daily_series()), totals(daily_series(category="aircraft"))),
        chart(totals(daily_series()), scale="log"),
        chart(totals(Series.of("tanks", "tanks", []))),
        chart(totals(Series.of("tanks", "tanks", [(START, 5, None)]))),
    ],
)
def test_no_drawing_carries_a_style_a_script_or_a_colour_of_its_own(made):
    for element in tree(made).iter():
        assert element.tag in {
            "div",
            "svg",
            "g",
            "path",
            "line",
            "rect",
            "text",
            "a",
            "circle",
            "title",
            "ul",
            "li",
            "p",
            "button",
        }
        assert not {"style", "fill", "stroke", "onclick", "onload"} & set(element.attrib)


def test_a_drawing_is_safe_markup_with_every_text_escaped():
    made = chart(
        totals(daily_series()),
        title="</svg><script>x</script>",
        y_label='"><b>&\x00',
        events=[make_event(5, "<img src=x onerror=alert(1)>")],
    )
    written = drawing(made)
    assert isinstance(written, SafeString)
    assert "<script" not in written
    assert "<img" not in written
    assert "<b>" not in written
    assert "\x00" not in written
    assert summary(made) == next(
        with_class(tree(made), "chart-picture")[0].get("aria-label") for _ in "x"
    ).replace("\x00", "")


def test_the_picture_is_one_image_named_by_its_summary():
    made = chart(totals(daily_series()))
    (picture,) = with_class(tree(made), "chart-picture")
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == summary(made)


def test_a_line_passes_through_its_first_and_last_value_within_a_pixel():
    series = daily_series(400)
    made = chart(totals(series))
    (line,) = with_class(tree(made), "chart-line")
    ((first, *_, last),) = points(line)
    assert first[0] == 0
    assert last[0] == WIDTH
    assert 0 <= last[1] < first[1] <= HEIGHT


def test_a_line_across_missing_days_is_drawn_light():
    lines = with_class(tree(chart(totals(daily_series(50, without={20, 21})))), "chart-line")
    assert ["chart-light" in line.get("class") for line in lines] == [False, True]
    assert len(points(lines[0])) == 2


def test_sparse_reports_are_dots_joined_by_light_lines():
    root = tree(chart(totals(daily_series(600, every=15))))
    (line,) = with_class(root, "chart-line")
    assert "chart-light" in line.get("class")
    (dots,) = with_class(root, "chart-dots")
    assert dots.get("d").count("h0") == 40


def test_a_bar_is_as_wide_as_the_days_it_speaks_of():
    root = tree(chart(changes_per_day(daily_series(12, without={5, 6, 7}))))
    whole, light = with_class(root, "chart-bar")
    assert "chart-light" in light.get("class")
    (span,) = points(light)
    day = points(whole)[0]
    assert span[2][0] - span[0][0] == pytest.approx(4 * (day[2][0] - day[0][0]), abs=3)


def test_a_fall_hangs_below_the_zero_line():
    rows = [(START, 100, None), (START + DAY, 120, None), (START + 2 * DAY, 90, None)]
    root = tree(chart(changes_per_day(Series.of("tanks", "tanks", rows))))
    (bars,) = with_class(root, "chart-bar")
    rise, fall = points(bars)
    base = rise[0][1]
    assert rise[1][1] < base < fall[1][1]
    (zero,) = with_class(root, "chart-zero")
    assert float(zero.get("y1").rstrip("%")) == pytest.approx(base * 100 / HEIGHT, abs=0.1)


def test_events_are_links_in_order_of_their_dates_and_named_in_full():
    events = [make_event(900, "Second"), make_event(300, "First")]
    links = with_class(tree(chart(totals(daily_series()), events=events)), "chart-event")
    wide = [link for link in links if "chart-at-wide" in link.get("class")]
    assert [link.get("href") for link in wide] == ["/events/300/", "/events/900/"]
    assert wide[0].get("aria-label") == "22 December 2022: First"


def test_every_event_can_be_reached_on_a_wide_page_and_a_phone_shows_a_few():
    events = [make_event(n * 16, f"Something of note, number {n}") for n in range(1, 95)]
    links = with_class(tree(chart(totals(daily_series()), events=events)), "chart-event")
    on = {
        name: [e for e in links if f"chart-at-{name}" in e.get("class")] for name in ("narrow", "medium", "wide")
    }
    assert len(on["wide"]) == len(on["medium"]) == 94
    assert 1 <= len(on["narrow"]) <= 4


def test_several_categories_are_labelled_at_their_ends_without_touching():
    close = [totals(daily_series(category=c)) for c in ("tanks", "aircraft", "drones")]
    root = tree(chart(*close))
    ends = with_class(root, "chart-end")
    assert sorted(e.text for e in ends) == ["Aircraft", "Drones", "Tanks"]
    heights = [float(e.get("y").rstrip("%")) * 2.7 for e in ends]
    assert all(b - a >= 14 for a, b in pairwise(heights))
    assert [li.text for li in with_class(root, "chart-legend")[0]] == ["Tanks", "Aircraft", "Drones"]


def test_a_category_that_ended_early_has_its_name_in_the_legend_at_every_width():
    root = tree(chart(totals(daily_series()), totals(daily_series(400, category="aircraft"))))
    assert with_class(root, "chart-end") == []
    assert with_class(root, "chart-legend")[0].get("class") == "chart-legend"


def test_a_chart_without_figures_says_so():
    assert "No figures in this range." in drawing(chart(totals(Series.of("tanks", "tanks", []))))


def test_a_full_course_stays_small():
    assert len(drawing(chart(mean_rate(daily_series(), days=14)))) < 16_000
    assert len(drawing(chart(totals(daily_series())))) < 8_000


def spark(measured):
    return ElementTree.fromstring(str(sparkline(measured, label="Tanks a day by month")))  # noqa: S314


def test_a_sparkline_is_a_named_picture_that_begins_at_zero():
    root = spark(rate_per_month(daily_series()))
    assert (root.get("role"), root.get("aria-label")) == ("img", "Tanks a day by month")
    (line,) = with_class(root, "spark")
    heights = [float(pair.split(",")[1]) for pair in line.get("points").split()]
    assert min(heights) == 2
    assert max(heights) < 26  # no month was without losses


def test_a_sparkline_leaves_a_hole_where_months_are_not_known():
    lines = with_class(spark(rate_per_month(daily_series(400, without=set(range(150, 250))))), "spark")
    assert len(lines) == 2


def test_a_sparkline_of_nothing_is_an_empty_named_picture():
    root = spark(rate_per_month(Series.of("tanks", "tanks", [])))
    assert list(root) == []
    assert root.get("aria-label")


def test_what_is_noted_of_figures_stands_at_the_foot_as_links_with_names():
    made = chart(totals(daily_series(100)))
    marks = (
        ChartMark(START + 10 * DAY, "7 Mar 2022 · Tanks: <fall>", "/reports/2022-03-07/tanks/?a=1&b=2", "finding"),
        ChartMark(START + 90 * DAY, "26 May 2022 · Tanks: changed", "/reports/2022-05-26/tanks/", "changed"),
    )
    assert "chart-note" not in drawing(made)
    drawn = tree(replace(made, marks=marks))
    links = [a for a in drawn.iter("a") if "chart-note-" in a.get("class", "")]
    assert [(a.get("href"), a.get("aria-label"), a.get("data-date")) for a in links] == [
        (mark.href, mark.label, mark.date.isoformat()) for mark in marks
    ]
    assert [a.find("svg").get("x") for a in links] == ["10.1%", "90.91%"]
    assert ["finding" in links[0].get("class"), "changed" in links[1].get("class")] == [True, True]
    assert [a.find("text").get("text-anchor") for a in links] == [None, "end"]  # the words stay inside the picture


def test_names_stand_at_the_last_whole_period_not_at_one_that_is_covered_in_part():
    months = [per_period(daily_series(1000, category=c, scale=n), "month") for n, c in enumerate(LABELS, start=1)]
    made = chart(*months)
    heights = {e.text: float(e.get("y").rstrip("%")) for e in with_class(tree(made), "chart-end")}
    values = value_axis(made)
    for trace in made.traces:
        assert trace.values[-1].partial
        assert heights[trace.label] == pytest.approx(100 * (1 - values.fraction(trace.values[-2].value)), abs=6)


@pytest.mark.parametrize("without", [set(), set(range(80, 90)), {0, 3, 4, 150}])
def test_the_upper_edge_of_an_area_is_the_line_that_is_drawn(without):
    root = tree(chart(mean_rate(daily_series(200, without=without), days=7)))
    edges = [p for area in with_class(root, "chart-area") for sub in points(area) for p in sub[1:-1]]
    lines = [p for path in with_class(root, "chart-line") for sub in points(path) for p in sub]
    assert set(edges) == set(lines)
    assert edges
