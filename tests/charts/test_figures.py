import base64
import datetime as dt
import json
import math
from dataclasses import replace
from fractions import Fraction

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.analysis.series import Series, changes_per_day, mean_rate, per_period, totals
from conflict.charts import theme
from conflict.charts.axes import value_axis
from conflict.charts.chart import losses_chart
from conflict.charts.figures import DAY as DAY_MS
from conflict.charts.figures import figure, payload_json
from conflict.charts.packing import packed_numbers
from tests.charts.make import DAY, START, daily_series

LABELS = {"tanks": "Tanks", "aircraft": "Aircraft"}


def chart(*measures, **given):
    return losses_chart(measures, **{"labels": LABELS, "title": "Losses", "y_label": "a day", **given})


EVERY_KIND = {
    "area": chart(totals(daily_series())),
    "area with gaps": chart(mean_rate(daily_series(600, without={5, 6, 90, 200}), days=14)),
    "sparse": chart(totals(daily_series(600, every=15))),
    "bars": chart(changes_per_day(daily_series(60, without={30, 31}))),
    "weeks": chart(changes_per_day(daily_series())),
    "months": chart(per_period(daily_series(), "month")),
    "lines": chart(totals(daily_series()), totals(daily_series(category="aircraft"))),
    "steps": chart(changes_per_day(daily_series(60)), changes_per_day(daily_series(60, "aircraft", without={9}))),
    "log": chart(totals(daily_series()), scale="log"),
    "nothing": chart(totals(Series.of("tanks", "tanks", []))),
    "one": chart(totals(Series.of("tanks", "tanks", [(START, 5, None)]))),
}


COLOURS = {
    theme.LIGHT[token]: f"--{token}" for token in ("accent-soft", *map(theme.series_token, range(theme.SERIES)))
}


def departures(written):
    """Read what conflict/charts/packing.py has written, bit for bit."""
    bits = "".join(f"{byte:08b}" for byte in base64.b64decode(written))
    of_late = 16 * 32
    while "0" in bits[:24] or len(bits) >= 24 + 64:
        high = len(bits) - len(bits.lstrip("1"))
        if high < 24:
            low = next(n for n in range(64) if 2 << n > of_late // 32)
            number = (high << low) + (int(bits[high + 1 : high + 1 + low], 2) if low else 0)
            bits = bits[high + 1 + low :]
        else:
            number, bits = int(bits[24:88], 2), bits[88:]
        of_late += number - of_late // 32
        yield number // 2 if number % 2 == 0 else -(number + 1) // 2


def unpacked(trace):
    """Undo the packing of a trace, as static/js/chart.js does."""
    trace = {"type": "scatter", "mode": "lines", "hoverinfo": "x+y+name", "yhoverformat": ",.0f", **trace}
    if trace["mode"] == "lines":
        trace.setdefault("line", {"color": "--series-1", "width": 2})
    if "fill" in trace:
        trace.setdefault("fillcolor", "--accent-soft")
    x, y, width = trace.get("x"), trace["y"], trace.get("width")
    if isinstance(x, dict):
        at = dt.datetime.fromisoformat(x["first"])
        x = [at] + [at := at + step * dt.timedelta(hours=12) for step in x["halves"]]
    elif x is not None:
        x = [dt.datetime.fromisoformat(day) for day in x]
    if isinstance(y, dict):
        scale, steps = y.get("scale", 1), []
        whole, known = y["first"], [y["first"] / scale]
        for n, departure in enumerate(departed := list(departures(y["departures"]))):
            last, days = steps[-7:], y.get("days", 0)
            mean = math.floor(Fraction(sum(last), len(last)) + Fraction(1, 2)) if last else 0
            left = math.floor(Fraction(3 * departed[n - days], 4) + Fraction(1, 2)) if 0 < days <= n else 0
            steps.append(mean + departure - left)
            whole += 10 * steps[-1] + y["ones"].get(str(n), 0) if "ones" in y else steps[-1]
            known.append(whole / scale)
        for hole in y.get("holes", []):
            known.insert(hole, None)
        y = known
    if isinstance(width, dict):
        width = [count * width["unit"] for count in width["counts"]]
    texts = trace.get("hovertext")
    if isinstance(texts, dict):
        days = texts["days"] if isinstance(texts["days"], list) else [texts["days"]] * len(x)
        texts = [told(texts, *one) for one in zip(x, days, y, strict=True)]
    return {**trace, "x": x, "y": y, "width": width, "hovertext": texts}


def told(packed, middle, days, value):
    """Write what a bar shows out of its packed parts, as static/js/chart.js does."""
    half = (days - 1) * dt.timedelta(hours=12)
    (first, last), month = (middle - half, middle + half), packed["months"]
    span = f"{first.day} {month[first.month - 1]}{'' if first.year == last.year else f' {first.year}'} – "
    number = f"{abs(value):,.{packed['decimals']}f}"
    return f"{span if half else ''}{last.day} {month[last.month - 1]} {last.year}: {'−' * (value < 0)}{number}"


@pytest.mark.parametrize("made", EVERY_KIND.values(), ids=EVERY_KIND)
def test_plotly_accepts_every_figure(made):
    import plotly.graph_objects as go

    given = figure(made)
    drawn = go.Figure(data=given["data"], layout=given["layout"])
    assert len(drawn.data) == len(given["data"])


@pytest.mark.parametrize("made", EVERY_KIND.values(), ids=EVERY_KIND)
def test_what_travels_is_the_figure_itself(made):
    travelled = json.loads(payload_json(made))
    for sent, meant in zip(travelled["data"], figure(made)["data"], strict=True):
        got = unpacked(sent)
        assert got["y"] == pytest.approx(meant["y"]) if None not in meant["y"] else got["y"] == meant["y"]
        if "x" in meant:
            assert got["x"] == [dt.datetime.fromisoformat(day) for day in meant["x"]]
        if "width" in meant:
            assert got["width"] == meant["width"]
        for key in ("type", "hoverinfo", "name", "hovertext"):
            assert got.get(key) == meant.get(key)
        if meant["type"] == "scatter":
            for key in ("fill", "fillcolor", "line"):
                assert got.get(key) == toned(meant.get(key))
            assert got["yhoverformat"] == meant.get("yhoverformat", ",.0f")
    layout, meant = travelled["layout"], figure(made)["layout"]
    if meant:
        layout = {"separators": ".,", "hovermode": "x unified", **layout}
        layout |= {"xaxis": {"type": "date", **layout["xaxis"]}, "yaxis": {"type": "linear", **layout["yaxis"]}}
    assert layout == meant


def toned(node):
    """Name the colours of a part of a figure by their tokens."""
    if isinstance(node, dict):
        return {key: toned(value) for key, value in node.items()}
    return COLOURS.get(node, node)


def test_daily_values_travel_as_a_first_day_and_a_step():
    (trace,) = figure(EVERY_KIND["area"])["data"]
    assert (trace["x0"], trace["dx"]) == (START.isoformat(), DAY_MS)
    assert trace["y"] == [v.value for v in EVERY_KIND["area"].traces[0].values]
    assert all(isinstance(y, int) for y in trace["y"])


def test_missing_days_are_null_in_the_line_and_a_light_line_leads_across():
    made = replace(chart(totals(daily_series(50, without={20, 21}))), kind="line")
    light, whole = figure(made)["data"]
    assert [i for i, y in enumerate(whole["y"]) if y is None] == [20, 21]
    assert light["line"]["dash"]
    assert light["x"] == [(START + n * DAY).isoformat() for n in (19, 22)]
    assert light["hoverinfo"] == "skip"


def test_an_area_is_a_trace_for_each_run_so_that_no_hole_is_filled():
    made = figure(EVERY_KIND["area with gaps"])["data"]
    filled = [trace for trace in made if trace.get("fill")]
    assert len(filled) > 1
    assert all(None not in trace["y"] for trace in filled)


def test_values_are_rounded_and_shown_with_the_decimals_of_their_own_course():
    many, few = daily_series(60, scale=100), daily_series(60, "aircraft", scale=0.1)
    made = losses_chart(
        [mean_rate(many, days=7), mean_rate(few, days=7)],
        labels=LABELS,
        title="Rates",
        y_label="a day",
        scale="log",
    )
    shown = {trace["name"]: trace["yhoverformat"] for trace in figure(made)["data"]}
    assert shown == {"Tanks": ",.0f", "Aircraft": ",.2f"}


def test_every_known_value_of_a_line_can_be_pointed_at_once():
    made = EVERY_KIND["area with gaps"]
    shown = [y for t in figure(made)["data"] if t["hoverinfo"] != "skip" for y in t["y"] if y is not None]
    known = [v for v in made.traces[0].values if v.value is not None]
    assert len(shown) == len(known)


def test_bars_are_as_wide_as_their_days_and_say_which():
    whole, light = figure(EVERY_KIND["bars"])["data"]
    assert whole["width"] == round(0.84 * DAY_MS)
    assert light["width"] == round(3 * 0.84 * DAY_MS)
    assert light["marker"]["opacity"] < 1
    assert light["hovertext"][0].startswith("27 Mar – 29 Mar 2022: ")


def test_steps_hold_their_value_over_the_days_they_speak_of():
    first = figure(EVERY_KIND["steps"])["data"][0]
    assert first["line"]["shape"] == "hv"
    assert first["x"][:2] == ["2022-02-25 12:00", "2022-02-26 12:00"]
    assert first["y"][-1] == first["y"][-2]
    assert first["hovertext"][0].startswith("Tanks, 26 Feb 2022: ")


def test_axes_are_those_of_the_drawing():
    made = EVERY_KIND["log"]
    layout = figure(made)["layout"]
    axis = value_axis(made)
    assert layout["yaxis"]["type"] == "log"
    assert [10**end for end in layout["yaxis"]["range"]] == pytest.approx([axis.low, axis.high])
    assert layout["xaxis"]["range"] == ["2022-02-25", "2026-08-08"]
    assert layout["separators"] == ".,"


def test_no_string_can_be_read_as_markup():
    made = chart(totals(daily_series(30, category="aircraft")), labels={"aircraft": "<b>Air</b><extra></extra>"})
    assert "&" not in payload_json(chart(totals(daily_series(30)), labels={"tanks": "Tanks & others"}))
    assert "<" not in payload_json(made)
    assert ">" not in payload_json(made)
    assert figure(made)["data"][0]["name"] == "bAir/bextra/extra"


def test_a_course_without_a_figure_in_the_range_travels_beside_one_with_them():
    without = totals(Series.of("aircraft", "aircraft", []))
    made = chart(without, totals(daily_series(30)))
    traces = [trace for trace in json.loads(payload_json(made))["data"] if trace["name"] == "Tanks"]
    assert unpacked(traces[0])["y"] == figure(made)["data"][-1]["y"]


def test_colours_travel_by_the_names_of_their_tokens():
    written = payload_json(EVERY_KIND["area"])
    assert '"#' not in written
    assert "--" not in written  # the first course and the area below it have the script's own
    both = payload_json(EVERY_KIND["lines"])
    assert {piece for piece in both.split('"') if piece.startswith("--")} == {"--series-2"}


@given(
    st.lists(
        st.none() | st.integers(-(10**7), 10**7) | st.integers(-(10**6), 10**6).map(lambda n: n / 10), min_size=1
    ).filter(lambda numbers: any(n is not None for n in numbers)),
    st.sampled_from([1, 7, 30]),
)
def test_any_numbers_travel_unchanged(numbers, days):
    assert unpacked({"y": json.loads(json.dumps(packed_numbers(numbers, days=days)))})["y"] == numbers


@pytest.mark.parametrize("count", range(1, 20))  # whatever is left of the last byte
def test_neither_a_course_that_stands_still_nor_one_that_leaps_loses_a_number(count):
    for numbers in ([5] * count, [0, 10**12] * count, [*range(count), 10**15, *range(count)]):
        assert unpacked({"y": packed_numbers(numbers)})["y"] == numbers


def test_the_value_axis_says_its_unit():
    assert figure(EVERY_KIND["area"])["layout"]["yaxis"]["title"] == {"text": "a day"}


def test_weeks_of_a_full_course_stay_small_on_the_wire():
    assert len(EVERY_KIND["weeks"].traces[0].values) > 200
    assert len(brotli.compress(payload_json(EVERY_KIND["weeks"]).encode())) <= 800


def test_a_full_course_stays_small_on_the_wire():
    made = chart(totals(daily_series()), title="Tanks: reported losses since day 1")
    assert len(made.traces[0].values) == 1626
    assert len(brotli.compress(payload_json(made).encode())) <= 1_500


def test_rounded_figures_travel_as_tens_with_the_few_that_are_not() -> None:
    numbers: list[float | None] = [1000]
    for n in range(60):
        numbers.append((numbers[-1] or 0) + (-13 if n == 20 else 10 * n))
    packed = json.loads(json.dumps(packed_numbers(numbers)))
    assert packed["ones"] == {"20": 7}
    assert unpacked({"y": packed})["y"] == numbers
    assert "ones" not in packed_numbers([n + n // 10 for n in range(60)])
