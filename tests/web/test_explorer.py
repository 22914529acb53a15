"""The explorer: one address for all choices, and one set of values in chart, table, CSV and JSON."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import html
import io
import random
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.http import QueryDict

from conflict.api.values import COLUMNS
from conflict.charts.chart import number_in_words
from conflict.models import Category, Finding, Party, Source
from conflict.queries import MEASURES, ExplorerQuery
from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db

PARTIAL = {"HX-Request": "true"}


def uneven_reports(count: int = 120, *, last: dt.date = DAY_1000):
    """Return reports of about two days in three, some without tanks, with a fall, up to ``last``."""
    rng = random.Random(7)  # noqa: S311
    records, personnel, tanks = [], 700_000, 9_000
    for n in range(count):
        personnel, tanks = personnel + rng.randrange(600, 2000), tanks + rng.randrange(-2, 30)
        if rng.random() < 0.7 or n in (0, count - 1):
            figures = {"personnel": personnel, "artillery": 20_000 + 40 * n}
            if rng.random() < 0.8:
                figures["tanks"] = tanks
            records.append(make_record(last - dt.timedelta(days=count - 1 - n), **figures))
    return records


@pytest.fixture
@once
def ledger():
    make_reference()
    publish_records(*uneven_reports())


def make_finding(slug: str | None, date: dt.date, **fields) -> Finding:
    return Finding.objects.create(
        key=f"{slug} {date} {fields}",
        **{
            "kind": "fall",
            "severity": "doubt",
            "source": Source.objects.get(slug="general-staff"),
            "party": Party.objects.get(slug="russia"),
            "category": Category.objects.get(slug=slug) if slug else None,
            "date": date,
            "found": dt.datetime(2024, 12, 1, tzinfo=dt.UTC),
            "evidence": {"total": 1, "previous": 2, "previous_date": "2024-11-01"},
            **fields,
        },
    )


# -- Table, chart, CSV and JSON -----------------------------------------------------------------------------


def random_query(rng: random.Random) -> list[tuple[str, str]]:
    slugs = rng.sample(["personnel", "tanks", "artillery", "submarines"], rng.randrange(1, 4))
    query = [("category", slug) for slug in slugs]
    query.append(("measure", rng.choice([slug for slug, _words in MEASURES])))
    start = DAY_1000 - dt.timedelta(days=rng.randrange(0, 130))
    if rng.random() < 0.6:
        query.append(("from", start.isoformat()))
    if rng.random() < 0.4:
        query.append(("to", (start + dt.timedelta(days=rng.randrange(0, 60))).isoformat()))
    if rng.random() < 0.3:
        query.append(("base", (start + dt.timedelta(days=rng.randrange(0, 9))).isoformat()))
    query += rng.sample(
        [("panels", "1"), ("scale", "log"), ("events", "none"), ("version", "1")], rng.randrange(3)
    )
    if rng.random() < 0.5:
        query.append(("sort", rng.choice(["date", "-date", slugs[0], f"-{slugs[-1]}"])))
    return [
        (name, min(value, DAY_1000.isoformat())) if name in ("from", "to", "base") else (name, value)
        for name, value in query
    ]


def as_text(cell: object) -> str:
    """Write a cell of JSON as CSV has it."""
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


@pytest.mark.parametrize("seed", range(30))
def test_table_chart_csv_and_json_hold_the_same(client, ledger, seed):
    query = urlencode(random_query(random.Random(seed)))  # noqa: S311
    page = client.get(f"/losses/?{query}")
    assert page.status_code == 200, page.context["form"].errors
    figures = page.context["panels"] or [page.context["figure"]]
    drawn = {trace.key: trace for figure in figures for trace in figure.chart.traces}

    lines = list(csv.DictReader(io.StringIO(client.get(f"/losses.csv?{query}").content.decode())))
    objects = client.get(f"/losses.json?{query}").json()
    assert [{name: as_text(cell) for name, cell in o.items()} for o in objects] == lines

    # The chart's values and those of the file are the same ones.
    for key, trace in drawn.items():
        own = [o for o in objects if o["category"] == key]
        stated = {
            (v.start.isoformat(), v.end.isoformat()): None if v.value is None else round(v.value, 4)
            for v in trace.values
        }
        assert {(o["start"], o["end"]): o["value"] for o in own} == stated
        assert [o["gap_days"] for o in sorted(own, key=lambda o: o["end"])] == [v.gap for v in trace.values]
    assert len(objects) == sum(len(trace.values) for trace in drawn.values())

    # The rows that stand open are the first of the file, in its order and as it rounds.
    rows = page.context["table"].rows
    written = re.findall(r"<tr><th scope=\"row\" class=\"date\">(.*?)</tr>", page.content.decode(), re.S)
    written = written[-len(rows) :] if rows else []
    expected = iter(objects)
    for row, markup in zip(rows, written, strict=True):
        cells = [
            html.unescape(
                re.sub(r'<a class="mark".*?</a>|<span class="none gap"><span.*?</span>.*?</span>|<[^>]*>', "", c)
            ).strip()
            for c in re.findall(r"<td.*?</td>", markup, re.S)
        ]
        for trace, cell, words in zip(drawn.values(), row.cells, cells, strict=True):
            if cell.value is None:
                assert words == "–"
                continue
            line = next(expected)
            assert (line["category"], line["end"]) == (trace.key, row.last.isoformat())
            number = line["value"]
            assert words == ("not known" if number is None else number_in_words(cell.value.value, trace.decimals))
            assert number is None or abs(number - cell.value.value) < 1e-4


def test_the_files_say_whose_figures_of_which_version_they_hold(client, ledger):
    publish_records(make_record(D(2024, 11, 18), tanks=9_999))
    (line, *_rest) = csv.DictReader(
        io.StringIO(client.get("/losses.csv?category=tanks&measure=total").content.decode())
    )
    assert (line["source"], line["party"], line["category"]) == ("general-staff", "russia", "tanks")
    assert (line["unit"], line["measure"], line["version"]) == ("units", "total", "2")
    first = client.get("/losses.json?category=tanks&measure=total&version=1").json()
    assert {o["version"] for o in first} == {1}
    assert 9_999 not in {o["value"] for o in first}


def test_the_files_refuse_what_the_page_refuses_and_name_it(client, ledger):
    for name in ("csv", "json"):
        response = client.get(f"/losses.{name}?measure=sum&from=never")
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        said = response.json()
        assert said["status"] == 400 and said["type"].endswith("#bad-query")
        assert [fault["parameter"] for fault in said["errors"]] == ["from", "measure"]
        assert "“never”" in said["errors"][0]["detail"] and "“sum”" in said["errors"][1]["detail"]
        assert client.post(f"/losses.{name}").status_code == 405


@pytest.mark.parametrize("number", ["99", "many", "1&version=2"])
@pytest.mark.parametrize("name", ["csv", "json"])
def test_the_files_refuse_a_version_that_there_is_not_as_any_fault(client, ledger, name, number):
    response = client.get(f"/losses.{name}?version={number}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert [fault["parameter"] for fault in response.json()["errors"]] == ["version"]


def test_the_files_know_the_days_since_an_event(client, ledger):
    make_event("kursk", date=D(2024, 8, 6))
    response = client.get("/losses.csv?since=kursk&category=tanks&from=2024-01-01")
    assert (response.status_code, response["Location"]) == (302, "/losses.csv?category=tanks&from=2024-08-06")


def test_a_file_of_a_version_may_be_kept_for_good(client, ledger):
    assert "immutable" in client.get("/losses.csv?version=1")["Cache-Control"]
    response = client.get("/losses.csv")
    assert "no-cache" in response["Cache-Control"]
    assert client.get("/losses.csv", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_the_page_links_its_own_values(client, ledger):
    page = client.get(
        "/losses/?category=tanks&measure=total&from=&sort=tanks&year=2024&scale=linear"
    ).content.decode()
    assert 'href="/losses.csv?category=tanks&amp;measure=total&amp;sort=tanks"' in page
    assert 'href="/losses.json?category=tanks&amp;measure=total&amp;sort=tanks"' in page
    assert 'data-copy="/losses/?category=tanks&amp;measure=total&amp;sort=tanks"' in page


# -- One address --------------------------------------------------------------------------------------------


def test_since_an_event_leads_to_the_days_since(client, ledger):
    make_event("kursk", date=D(2024, 8, 6))
    response = client.get("/losses/?since=kursk&category=tanks&measure=total&from=2024-01-01&scale=linear")
    assert response.status_code == 302
    assert response["Location"] == "/losses/?category=tanks&from=2024-08-06&measure=total"
    assert client.get("/losses/?since=bakhmut").status_code == 400
    assert client.get("/losses/?since=kursk&version=1").status_code == 400  # events are no part of a version


def test_htmx_pushes_the_shortest_address_that_asks_the_same(client, ledger):
    response = client.get(
        "/losses/?category=tanks&category=personnel&measure=total&scale=linear&from=&to=&since=&panels=",
        headers=PARTIAL,
    )
    assert response["HX-Push-Url"] == "/losses/?category=tanks&category=personnel&measure=total"
    assert "HX-Push-Url" not in client.get("/losses/")
    assert client.get("/losses/", headers=PARTIAL)["HX-Push-Url"] == "/losses/"


@pytest.mark.parametrize("part", ["pick-category", "pick-days", "pick-events"])
def test_the_part_of_the_form_in_which_one_chose_stays_open(client, ledger, part):
    make_event("kursk")
    response = client.get("/losses/", headers={**PARTIAL, "HX-Trigger": part})
    form = response.content.decode().partition("</form>")[0]
    opened = re.findall(r'<details class="pick" open>.*?</details>', form, re.S)
    assert len(opened) == 1
    assert f'id="{part}"' in opened[0]
    assert "HX-Trigger" in response["Vary"]
    assert '<details class="pick" open>' not in client.get("/losses/").content.decode().partition("</form>")[0]


def test_presets_choose_the_days(client, ledger):
    page = client.get("/losses/?category=tanks").content.decode()
    for start, end in [("2024-10-21", ""), ("2024-08-22", ""), ("2023-11-21", ""), ("2022-02-24", "2024-11-19")]:
        days = f"from={start}&amp;to={end}" if end else f"from={start}"
        assert f'href="/losses/?category=tanks&amp;{days}"' in page


# -- Panels, sources, measures ------------------------------------------------------------------------------


def test_panels_draw_each_category_over_the_same_days_with_its_own_scale(client, ledger, words_of):
    response = client.get("/losses/?category=personnel&category=tanks&panels=1&measure=total")
    panels = response.context["panels"]
    assert [[t.key for t in panel.chart.traces] for panel in panels] == [["personnel"], ["tanks"]]
    assert len({(panel.chart.start, panel.chart.end) for panel in panels}) == 1
    assert max(panels[1].chart.numbers) < min(panels[0].chart.numbers)
    page = response.content.decode()
    assert page.count("data-chart ") == 2
    assert page.count("data-figure") == 2
    assert page.count("/losses.csv?") == 1
    assert "Each panel has a scale of its own" in words_of(response)
    assert [column.key for column in response.context["columns"]] == ["date", "personnel", "tanks"]


def test_two_sources_stand_side_by_side_under_their_names(client, ledger, words_of):
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    photographed = [
        dataclasses.replace(make_record(D(2024, n, 1), "photographs", tanks=3000 + n), source="oryx")
        for n in (9, 10, 11)
    ]
    publish_records(*photographed)
    page = client.get("/losses/?category=tanks").content.decode()
    assert 'value="oryx"' in page
    response = client.get("/losses/?category=tanks&source=oryx&source=general-staff&measure=total")
    labels = [trace.label for trace in response.context["figure"].chart.traces]
    assert labels == ["Tanks (General Staff of Ukraine)", "Tanks (Oryx)"]
    lines = client.get("/losses.json?category=tanks&source=oryx&measure=total").json()
    assert [(o["source"], o["category"], o["value"]) for o in lines] == [
        ("oryx", "tanks", 3011),
        ("oryx", "tanks", 3010),
        ("oryx", "tanks", 3009),
    ]
    assert client.get("/losses/?category=artillery&source=oryx").status_code == 200  # which states nothing of it
    assert "never added" in words_of(response)


def test_a_short_form_is_explained_where_the_figures_name_it(client, ledger):
    Category.objects.filter(slug="tanks").update(short="MBT", definition="What the source counts as one.")
    page = client.get("/losses/?category=tanks&category=personnel").content.decode()
    places = re.findall(r'popovertarget="([^"]+)">([^<]+)<', page)
    assert [words for _place, words in places].count("MBT") == 1
    assert all(page.count(f'id="{place}"') == 1 for place, _words in places)
    assert "<span>What the source counts as one.</span>" in page


def test_what_is_100_is_said_beside_the_chart(client, ledger, words_of):
    words = words_of(client.get("/losses/?category=artillery&measure=index&base=2024-11-01"))
    assert re.search(r"100 is the total of: Artillery systems, \d+ Nov 2024 \(2\d,\d{3}\)", words)
    words = words_of(client.get("/losses/?category=artillery&measure=share"))
    assert "100 percent is the last total in the range: Artillery systems, 19 Nov 2024 (24,760)." in words


# -- Key figures --------------------------------------------------------------------------------------------


def test_key_figures_of_a_range_and_of_its_like(client, words_of):
    make_reference()
    publish_records(*(make_record(D(2024, 10, 20) + dt.timedelta(days=n), tanks=9000 + n * n) for n in range(31)))
    words = words_of(client.get("/losses/?category=tanks&from=2024-11-10&to=2024-11-19"))
    words = words.partition("The chosen days in figures")[2]
    assert "10 days, from 10 November 2024 to 19 November 2024." in words
    assert "Tanks Sum 500 Mean a day 50 Highest day +59 19 Nov 2024 Rank 1 of 3" in words
    assert "The range before 300 since then +67 %" in words


def test_key_figures_that_gaps_forbid_are_not_known(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 8, 1), tanks=9000), make_record(D(2024, 11, 19), tanks=9381))
    words = words_of(client.get("/losses/?category=tanks&from=2024-11-10&to=2024-11-15"))
    assert "Sum not known Mean a day not known Highest day not known Rank not known" in words
    assert "No change can be known for these days" in words_of(
        client.get("/losses/?category=tanks&from=2024-11-20")
    )


def test_all_days_sum_to_the_total_where_reports_begin_with_the_war(client, words_of):
    make_reference()
    publish_records(make_record(D(2022, 2, 26), tanks=146), make_record(D(2022, 2, 28), tanks=150))
    words = words_of(client.get("/losses/?category=tanks"))
    assert "5 days, from 24 February 2022 to 28 February 2022." in words
    assert "Sum 150 Mean a day 30" in words


# -- Marks --------------------------------------------------------------------------------------------------


def test_findings_and_changed_figures_stand_on_the_chart_in_the_table_and_lead_to_their_pages(client, words_of):
    make_reference()
    publish_records(*(make_record(D(2024, 11, n), tanks=9000 + n, personnel=n) for n in range(1, 20)))
    publish_records(make_record(D(2024, 11, 10), tanks=9011))
    make_finding("tanks", D(2024, 11, 15))
    make_finding(None, D(2024, 11, 17), kind="repeat")
    make_finding(
        "tanks",
        D(2024, 11, 12),
        state="dismissed",
        words="no",
        decided_by="x",
        decided=dt.datetime(2024, 12, 2, tzinfo=dt.UTC),
    )
    make_finding("tanks", D(2024, 11, 13), passed=dt.datetime(2024, 12, 2, tzinfo=dt.UTC))
    make_finding("personnel", D(2024, 11, 14))
    response = client.get("/losses/?category=tanks&measure=total")
    marks = {mark.date.day: mark for mark in response.context["figure"].chart.marks}
    assert sorted(marks) == [10, 15, 17]
    assert (marks[10].kind, marks[10].href) == ("changed", "/reports/2024-11-10/tanks/")
    assert (marks[15].kind, marks[15].href) == ("finding", "/reports/2024-11-15/tanks/#findings")
    assert marks[17].href == "/integrity/?kind=repeat&from=2024-11-17&to=2024-11-17#findings"
    page = " ".join(response.content.decode().split())
    drawn = page.partition("data-figure")[0]
    for mark in marks.values():
        assert f'href="{html.escape(mark.href)}"' in drawn
    for day in (10, 15):
        assert client.get(marks[day].href.partition("#")[0]).status_code == 200
    words = words_of(response)
    assert "3 findings and changed figures" in words
    assert '<td class="num"><a class="mark" href="/reports/2024-11-10/tanks/">changed</a> 9,011' in page
    assert '<td class="num"><a class="mark" href="/reports/2024-11-15/tanks/#findings">finding</a> 9,015' in page
    old = client.get("/losses/?category=tanks&measure=total&version=1").context["figure"].chart
    assert old.marks == ()  # findings are no part of a version, and nothing had been changed


def test_notes_too_near_to_stand_apart_lead_to_their_days_alone(client):
    make_reference()
    publish_records(*(make_record(D(2022, 3, 1) + dt.timedelta(days=n), tanks=100 + n) for n in range(990)))
    for n in (1, 2, 9):
        make_finding("tanks", D(2024, 6, n))
    make_finding("tanks", D(2024, 6, 2), kind="outlier")
    marks = client.get("/losses/?category=tanks&measure=total").context["figure"].chart.marks
    assert [mark.kind for mark in marks] == ["several"]
    assert marks[0].label == "1 Jun 2024 – 9 Jun 2024 · 4 notes"
    nearer = client.get(marks[0].href).context["figure"].chart
    assert (nearer.start, nearer.end) == (D(2024, 6, 1), D(2024, 6, 9))
    assert [(m.date.day, m.kind) for m in nearer.marks] == [(1, "finding"), (2, "several"), (9, "finding")]
    assert nearer.marks[1].href == "/reports/2024-06-02/"


def test_events_are_chosen_by_theme_and_milestones_are_computed(client, ledger):
    make_event("named", short_title="Named", date=D(2024, 11, 1), theme="front")
    make_event("unnamed", title="A ship sinks", date=D(2024, 11, 2), theme="naval")

    def shown(query: str) -> list[str]:
        return [e.label for e in client.get(f"/losses/?category=tanks&{query}").context["figure"].chart.events]

    assert shown("") == ["10,000", "Named", "Day 1,000"]
    assert shown("events=naval") == ["A ship sinks"]
    assert shown("events=none") == []
    assert "Day 1,000" in shown("events=milestone")
    past = shown("version=1")
    assert "Named" not in past
    assert "Day 1,000" in past


def test_a_milestone_that_is_told_as_an_event_is_not_told_twice(client, ledger):
    make_event("day-1000", short_title="The thousandth", date=DAY_1000, theme="milestone")
    events = client.get("/losses/?category=artillery").context["figure"].chart.events
    assert [e.label for e in events if e.date == DAY_1000] == ["The thousandth"]


# -- Order of the table -------------------------------------------------------------------------------------


def test_the_table_is_sorted_by_links_and_says_so(client, ledger):
    page = client.get("/losses/?category=tanks&measure=total&sort=-tanks").content.decode()
    asked = "/losses/?category=tanks&amp;measure=total&amp;sort="
    assert f'aria-sort="descending"><a class="sort" id="sort-2" href="{asked}tanks"' in page
    assert f'aria-sort="none"><a class="sort" id="sort-1" href="{asked}-date"' in page
    assert "The first 30 of" in page
    rows = client.get("/losses/?category=tanks&measure=change&sort=tanks").context["table"].rows
    values = [row.cells[0].value.value for row in rows]
    assert values == sorted(values)


# -- Rankings -----------------------------------------------------------------------------------------------


def test_rankings_name_the_highest_days_weeks_and_months(client, words_of):
    make_reference()
    publish_records(*(make_record(D(2024, 9, 1) + dt.timedelta(days=n), tanks=9000 + n * n) for n in range(61)))
    words = words_of(client.get("/losses/tanks/rankings/"))
    assert "1 31 Oct 2024 119 2 30 Oct 2024 117" in words
    assert "1 21 Oct – 27 Oct 2024 735" in words
    assert "1 October 2024 2,759" in words
    assert client.get("/losses/tanks/rankings/?version=1").status_code == 200


def test_rankings_say_where_there_is_nothing_to_rank(client, ledger, words_of):
    assert "no day, week or month can be ranked" in words_of(client.get("/losses/submarines/rankings/"))
    response = client.get("/losses/dragons/rankings/")
    assert response.status_code == 404
    assert 'href="/losses/tanks/"' in response.content.decode()


# -- Queries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/losses/?category=tanks&category=personnel", 6),
        ("/losses/?category=tanks&category=personnel&panels=1&measure=per-week&sort=tanks", 6),
        ("/losses/?category=tanks&version=1", 5),
        ("/losses.csv?category=tanks", 5),
        ("/losses/tanks/rankings/", 3),
    ],
)
def test_the_explorer_costs_as_many_queries_at_any_size(client, queries_of, address, queries):
    make_reference()
    publish_records(*uneven_reports(20))
    assert queries_of(address) == queries
    publish_records(*uneven_reports(200, last=DAY_1000 - dt.timedelta(days=20)))
    publish_records(*(make_record(D(2024, 6, n), tanks=5) for n in range(1, 20)))
    for n in range(1, 30):
        make_event(f"event-{n}", short_title=f"Event {n}", date=D(2024, 10, n))
        make_finding("tanks", D(2024, 10, n))
    cache.clear()  # as of a version the answer is kept
    assert queries_of(address) == queries


# -- Documentation ------------------------------------------------------------------------------------------


def test_the_documentation_names_every_parameter_measure_and_column():
    text = (Path(__file__).resolve().parents[2] / "docs" / "explorer.md").read_text(encoding="utf-8")
    form = ExplorerQuery(QueryDict(), categories=[], newest=None, defaults={})
    for name in [*form.fields, *(slug for slug, _words in MEASURES), *COLUMNS]:
        assert f"`{name}`" in text, name
