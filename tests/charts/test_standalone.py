"""Pictures that leave the site: the numbers of the page, every word in its place, letters that are drawn."""

import re
import struct
import zlib
from xml.etree import ElementTree

import pytest

from conflict.analysis.series import Series, changes_per_day, totals
from conflict.charts.axes import time_axis, value_axis
from conflict.charts.chart import losses_chart
from conflict.charts.raster import png
from conflict.charts.standalone import HEIGHT, MARGIN, WIDTH, Imprint, Words, card, charts_picture
from tests.charts.make import START, daily_series, make_event


def chart_picture(made, imprint):
    return charts_picture([made], Words(made.title), imprint)


SVG = "{http://www.w3.org/2000/svg}"
IMPRINT = Imprint(
    site="Conflict Ledger",
    subject="Russia’s full-scale invasion of Ukraine",
    source="Source: General Staff of Ukraine.",
    licence="Licence: facts.",
    version="Ledger version 7 of 8 August 2026",
    address="https://ledger.example.org/losses/?category=tanks&version=7",
)
UKRAINIAN = (
    "Спеціальна техніка, реактивні системи залпового вогню та засоби протиповітряної оборони: "
    "повідомлені втрати за добу, середнє за чотирнадцять днів поспіль від першого дня вторгнення"
)


def chart(*measures, **given):
    labels = {m.category: m.category.capitalize() for m in measures}
    return losses_chart(measures, **{"labels": labels, "title": "Tanks: losses", "y_label": "units", **given})


PICTURES = {
    "area": chart(totals(daily_series(300))),
    "gaps": chart(totals(daily_series(300, without=set(range(50, 90))))),
    "bars": chart(changes_per_day(daily_series(60))),
    "weeks": chart(changes_per_day(daily_series(600))),
    "log": chart(totals(daily_series(300)), totals(daily_series(300, "aircraft")), scale="log"),
    "events": chart(totals(daily_series(600)), events=[make_event(n * 40, f"Event {n}") for n in range(12)]),
    "nothing": chart(totals(Series.of("tanks", "tanks", []))),
}


def tree(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own


def texts(svg):
    return [node.text for node in tree(svg).iter(f"{SVG}text")]


def pixels(data):
    """Decode a PNG of eight-bit RGBA into rows of bytes, four a pixel, with the standard library alone."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed, head = 8, b"", ()
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        head = struct.unpack(">IIBB", body[:10]) if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
        at += 12 + length
    width, _height, depth, kind = head
    assert (depth, kind) == (8, 6)
    raw, stride = zlib.decompress(packed), width * 4
    rows, before = [], bytes(stride)
    for start in range(0, len(raw), stride + 1):
        way, row = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left, up, corner = (row[i - 4], before[i], before[i - 4]) if i > 3 else (0, before[i], 0)
            if way == 1:
                row[i] = (row[i] + left) & 255
            elif way == 2:
                row[i] = (row[i] + up) & 255
            elif way == 3:
                row[i] = (row[i] + (left + up) // 2) & 255
            elif way == 4:
                guess = left + up - corner
                near = min((abs(guess - n), k) for k, n in enumerate((left, up, corner)))[1]
                row[i] = (row[i] + (left, up, corner)[near]) & 255
        before = bytes(row)
        rows.append(before)
    return rows


def third(svg):
    """Render a picture at a third of its size, since decoding a PNG in Python takes its time."""
    return pixels(png(svg.replace('width="1200" height="630"', 'width="400" height="210"', 1)))


def ink(rows, left, top, right, bottom):
    """Count the pixels of a part, given in the picture's own, that are not the paper's colour."""
    paper = rows[2][8:12]
    return sum(
        rows[y][4 * x : 4 * x + 4] != paper
        for y in range(top // 3, bottom // 3)
        for x in range(-(-left // 3), right // 3)
    )


@pytest.mark.parametrize("made", PICTURES.values(), ids=PICTURES)
def test_a_picture_says_what_it_shows_and_where_it_comes_from(made):
    svg = chart_picture(made, IMPRINT)
    words = " ".join(texts(svg))
    for said in (IMPRINT.site, IMPRINT.subject, IMPRINT.source, IMPRINT.licence, IMPRINT.version, IMPRINT.address):
        assert said in words
    assert made.title in words
    assert all(note in words for note in made.notes)
    assert tree(svg).find(f"{SVG}title").text == made.title
    assert (tree(svg).get("width"), tree(svg).get("height")) == ("1200", "630")


@pytest.mark.parametrize("made", PICTURES.values(), ids=PICTURES)
def test_no_stylesheet_is_needed(made):
    svg = chart_picture(made, IMPRINT)
    assert "class=" not in svg
    assert "var(" not in svg
    for node in tree(svg).iter():
        if node.tag in {f"{SVG}path", f"{SVG}text", f"{SVG}rect"}:
            assert node.get("fill")


def test_the_picture_shows_the_numbers_of_the_series():
    made = chart(totals(daily_series(40)))
    svg = chart_picture(made, IMPRINT)
    group = tree(svg).find(f"{SVG}g")
    left, top, scale = map(
        float, re.fullmatch(r"translate\((\S+) (\S+)\) scale\((\S+)\)", group.get("transform")).groups()
    )
    line = next(p for p in group if p.get("stroke"))
    numbers = [int(n) for n in re.findall(r"-?\d+", line.get("d"))]
    x, y, places = 0, 0, []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        places.append((left + x * scale, top + y * scale))
    grid = [float(r.get("y")) for r in tree(svg).iter(f"{SVG}rect") if r.get("x") == f"{left:.1f}"]
    low_y, high_y = grid[:2]
    (low, _), (high, _) = value_axis(made).ticks[:2]
    values = {v.end.toordinal(): v.value for v in made.traces[0].values}
    axis, right = time_axis(made), WIDTH - MARGIN
    for px, py in places:
        day = round(axis.start + (px - left) / (right - left) * (axis.end - axis.start))
        shown = low + (py - low_y) * (high - low) / (high_y - low_y)
        assert shown == pytest.approx(values[day], abs=(high - low) / abs(high_y - low_y))
    assert places[0][0] == pytest.approx(left)
    assert places[-1][0] == pytest.approx(right, abs=0.2)


def test_days_without_a_report_are_drawn_light_and_not_filled_in():
    svg = chart_picture(PICTURES["gaps"], IMPRINT)
    assert [p for p in tree(svg).iter(f"{SVG}path") if p.get("stroke-dasharray") == "30 40"]


def test_the_letters_are_there():
    rows = third(chart_picture(PICTURES["area"], IMPRINT))
    assert ink(rows, MARGIN, 26, 240, 54) > 100  # the name of the site
    assert ink(rows, MARGIN, 70, 400, 115) > 200  # the title
    assert ink(rows, MARGIN, 590, 700, 615) > 300  # the address


def test_a_png_has_the_size_that_networks_show():
    made = png(chart_picture(PICTURES["area"], IMPRINT))
    assert struct.unpack(">II", made[16:24]) == (1200, 630)


def test_cyrillic_letters_are_there_and_differ_from_one_another():
    one, other = (third(card(Words(word), IMPRINT)) for word in ("Танки", "Літаки"))
    assert ink(one, MARGIN, 70, 300, 115) > 100
    assert one[23:38] != other[23:38]  # letters that a font lacks would all be the same box


@pytest.mark.parametrize(
    "title", [UKRAINIAN, "W" * 200, "The " * 80, UKRAINIAN.upper()], ids=["uk", "one", "words", "caps"]
)
def test_no_text_leaves_the_picture(title):
    made = chart(
        totals(daily_series(300)), title=title, y_label=title, events=[make_event(n * 30, title) for n in range(9)]
    )
    long = Imprint(
        IMPRINT.site, title, title[:120], title[:120], "Version 1", "https://example.org/?" + "category=x&" * 20
    )
    rows = third(chart_picture(made, long))
    assert ink(rows, WIDTH - MARGIN + 12, 0, WIDTH, HEIGHT) == 0
    assert ink(rows, 0, 0, MARGIN - 24, HEIGHT) == 0
    assert ink(rows, 0, HEIGHT - 8, WIDTH, HEIGHT) == 0
    rows = third(card(Words(title, title), long, paragraph=title * 3, rows=[(title, "1,234,567", "+999")] * 30))
    assert ink(rows, WIDTH - MARGIN + 12, 0, WIDTH, HEIGHT) == 0
    assert ink(rows, 0, HEIGHT - 8, WIDTH, HEIGHT) == 0


def test_a_card_holds_as_many_rows_as_find_room_and_its_paragraph_whole():
    rows = [(f"Category {n}", f"{n:,}", f"+{n}") for n in range(12)]
    words = texts(card(Words("Report of a day", "Day 1"), IMPRINT, paragraph="Totals since day 1.", rows=rows))
    assert {"Totals since day 1.", "Day 1", "Category 11", "+11"} <= set(words)
    crowded = texts(card(Words("Report"), IMPRINT, paragraph="A sentence. " * 160, rows=rows))
    assert any(text.endswith("…") for text in crowded)
    assert "Category 0" not in crowded


def test_markup_in_a_name_stays_text():
    svg = chart_picture(chart(totals(daily_series(30)), title="<script>alert(1)</script> & \x07"), IMPRINT)
    assert "<script" not in svg
    assert tree(svg).find(f"{SVG}title").text.startswith("<script>")


def test_many_categories_are_named_at_their_ends_or_in_a_key():
    made = chart(*(totals(daily_series(300, f"category {n}", scale=n + 1)) for n in range(6)))
    assert {f"Category {n}" for n in range(6)} <= set(texts(chart_picture(made, IMPRINT)))
    long = chart(totals(daily_series(300, "c" * 40)), totals(daily_series(300, "d" * 40)))
    assert [t for t in texts(chart_picture(long, IMPRINT)) if t.startswith(("Ccc", "Ddd"))]


@pytest.mark.parametrize("count", [2, 5, 12])
def test_panels_stand_beside_one_another_each_with_its_name_and_axis(count):
    panels = [chart(totals(daily_series(300, f"category {n}", scale=n + 1))) for n in range(count)]
    svg = charts_picture(panels, Words("Twelve panels"), IMPRINT)
    assert {f"Category {n}" for n in range(count)} <= set(texts(svg))
    groups = [g.get("transform") for g in tree(svg).iter(f"{SVG}g")]
    assert len(set(groups)) == count
    rows = third(svg)
    assert ink(rows, WIDTH - MARGIN + 12, 0, WIDTH, HEIGHT) == 0
    assert ink(rows, 0, 0, MARGIN - 24, HEIGHT) == 0


def test_one_day_alone_is_a_dot():
    made = chart(totals(Series.of("tanks", "tanks", [(START, 5, None)])))
    assert 'stroke-linecap="round"' in chart_picture(made, IMPRINT)
