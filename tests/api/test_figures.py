"""The accepted figures as a long table and in the compact form."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflict.api.figures import COLUMNS, compact
from conflict.api.values import COLUMNS as VALUE_COLUMNS
from conflict.models import Category, Point, Source, Version
from conflict.queries import MEASURES
from tests.api.conftest import body_of
from tests.make import D, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db


def rows_of(client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/api/v1/losses.csv{query}")
    assert response.status_code == 200, response.content
    return list(csv.DictReader(io.StringIO(body_of(response).decode(), newline="")))


# -- The long table -----------------------------------------------------------------------------------------


def test_the_table_has_the_promised_columns(client, ledger):
    header = body_of(client.get("/api/v1/losses.csv")).decode().splitlines()[0]
    assert header == (
        "date,day,source,party,category,total,printed_change,computed_change,days_since_previous,qualifier,"
        "document_url,version"
    )


def test_a_row_tells_everything_of_a_figure(client, ledger):
    assert rows_of(client, "?category=tanks")[4] == {
        "date": "2024-11-07",
        "day": "988",
        "source": "general-staff",
        "party": "russia",
        "category": "tanks",
        "total": "9020",
        "printed_change": "5",
        "computed_change": "5",
        "days_since_previous": "3",
        "qualifier": "",
        "document_url": "http://testserver/reports/2024-11-07/",
        "version": "3",
    }


def test_what_is_not_stated_is_empty_and_null_and_never_zero(client, ledger, ask):
    (first, *_rest) = rows_of(client, "?category=tanks")
    assert (first["printed_change"], first["computed_change"], first["days_since_previous"]) == ("", "", "")
    first = ask("losses.json?category=tanks")[0]
    assert (first["printed_change"], first["computed_change"], first["days_since_previous"]) == (None, None, None)


def test_a_zero_that_is_printed_stays_a_zero(client, ask):
    make_reference()
    publish_records(make_record(tanks=(0, 0)))
    assert rows_of(client)[0]["total"] == "0"
    assert ask("losses.json")[0]["printed_change"] == 0


def test_nothing_asked_is_every_category_in_the_sources_order(client, ledger):
    assert [row["category"] for row in rows_of(client)] == ["personnel"] * 8 + ["tanks"] * 8


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_table_csv_and_json_are_the_same_for_any_query(client, ledger, data):
    """The oracle is the plain loop over all points."""
    slugs = data.draw(st.lists(st.sampled_from(["personnel", "tanks", "artillery"]), unique=True))
    first = data.draw(st.none() | st.dates(D(2024, 10, 30), D(2024, 11, 12)))
    last = data.draw(st.none() | st.dates(first or D(2024, 10, 30), D(2024, 11, 12)))
    version = data.draw(st.none() | st.integers(1, 3))
    query = "?" + "&".join(
        [f"category={slug}" for slug in slugs]
        + [f"from={first}"] * bool(first)
        + [f"to={last}"] * bool(last)
        + [f"version={version}"] * bool(version)
    )
    asked = version or 3
    wanted = [
        (p.category.order, p.date, p.total, p.printed_change, p.computed_change, p.days_since_previous)
        for p in Point.objects.select_related("category")
        if (not slugs or p.category.slug in slugs)
        and (not first or p.date >= first)
        and (not last or p.date <= last)
        and p.from_version_id <= asked
        and (p.to_version_id is None or p.to_version_id > asked)
    ]
    wanted.sort(key=lambda row: row[:2])
    names = ("total", "printed_change", "computed_change", "days_since_previous")
    order = dict(Category.objects.values_list("slug", "order"))
    as_csv = [
        (
            order[row["category"]],
            dt.date.fromisoformat(row["date"]),
            *(int(row[name]) if row[name] else None for name in names),
        )
        for row in rows_of(client, query)
    ]
    objects = json.loads(body_of(client.get(f"/api/v1/losses.json{query}")))
    as_json = [
        (order[row["category"]], dt.date.fromisoformat(row["date"]), *(row[name] for name in names))
        for row in objects
    ]
    assert as_csv == as_json == wanted
    assert all(tuple(row) == COLUMNS for row in objects)


def test_the_table_of_the_page_holds_the_totals_of_the_csv(client, ledger):
    query = "?category=personnel&category=tanks&measure=total&from=2024-11-02&to=2024-11-09"
    page = client.get(f"/losses/{query}").context["table"].rows
    shown = {
        (row.last, slug): cell.value.value
        for row in page
        for slug, cell in zip(("personnel", "tanks"), row.cells, strict=True)
        if cell.value
    }
    plain = query.replace("&measure=total", "")
    exported = {
        (dt.date.fromisoformat(row["date"]), row["category"]): int(row["total"]) for row in rows_of(client, plain)
    }
    assert exported == shown


def test_another_source_is_never_mixed_in(client, ledger, ask):
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    assert ask("losses.json?source=oryx") == []
    assert len(ask("losses.json?source=general-staff")) == 16


def test_a_past_version_is_given_as_it_stood(client, ledger):
    assert [row["total"] for row in rows_of(client, "?category=tanks&version=1")][2] == "9010"
    assert [row["total"] for row in rows_of(client, "?category=tanks")][2] == "9011"
    assert {row["version"] for row in rows_of(client, "?version=1")} == {"1"}


def test_an_empty_ledger_gives_a_header_and_an_empty_list(client, ask):
    make_reference()
    assert rows_of(client) == []
    assert ask("losses.json") == []
    assert ask("versions") == []


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?from=2024-13-01", "from"),
        ("?from=2024-11-10&to=2024-11-01", "to"),
        ("?category=tank", "category"),
        ("?version=0", "version"),
        ("?version=99", "version"),
        ("?version=1&version=2", "version"),
        ("?source=nobody", "source"),
        ("?measure=guess", "measure"),
        ("?limit=1001", "limit"),
        ("?cursor=made-up", "cursor"),
        ("?form=2024-01-01", "form"),
        ("?category=%00", "category"),
    ],
)
def test_a_fault_names_its_parameter(client, ledger, query, parameter):
    for address in ("losses.csv", "losses.json"):
        response = client.get(f"/api/v1/{address}{query}")
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert [fault["parameter"] for fault in problem["errors"]] == [parameter]
        assert problem["status"] == 400
        assert parameter in problem["detail"]


def test_every_fault_is_named_at_once(ask, ledger):
    problem = ask("losses.csv?form=1&from=x&version=99", 400)
    assert {fault["parameter"] for fault in problem["errors"]} == {"form", "from", "version"}


# -- Its pages ----------------------------------------------------------------------------------------------


def walk(client, address: str, between=lambda: None) -> list[list[dict]]:
    pages = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        pages.append(json.loads(body_of(response)))
        links = response.get("Link", "")
        address = links.partition(">")[0].removeprefix("<") if 'rel="next"' in links else ""
        between()
    return pages


def test_pages_together_are_the_whole(client, ledger, ask):
    pages = walk(client, "/api/v1/losses.json?limit=3")
    assert [len(page) for page in pages] == [3, 3, 3, 3, 3, 1]
    assert [row for page in pages for row in page] == ask("losses.json")


def test_a_report_published_between_two_pages_shifts_nothing(client, ledger, ask):
    whole, day = ask("losses.json"), iter(range(11, 20))
    pages = walk(
        client,
        "/api/v1/losses.json?limit=5",
        between=lambda: publish_records(make_record(D(2024, 11, next(day)), personnel=800_000, tanks=9999)),
    )
    assert [row for page in pages for row in page] == whole
    assert len(ask("losses.json")) > len(whole)


def test_a_cursor_belongs_to_its_address_and_filters(client, ledger, ask):
    links = client.get("/api/v1/losses.json?limit=3&category=tanks")["Link"]
    cursor = links.partition("cursor=")[2].partition(">")[0]
    assert ask(f"losses.json?limit=2&category=tanks&cursor={cursor}")
    for other in ("losses.json?limit=3", "losses.csv?category=tanks", "reports?limit=3"):
        glue = "&" if "?" in other else "?"
        problem = ask(f"{other}{glue}cursor={cursor}", 400)
        assert problem["errors"][0]["parameter"] == "cursor"


# -- The compact form ---------------------------------------------------------------------------------------


def test_a_series_marks_missing_days_as_null(ask, ledger):
    assert ask("series/tanks.json") == {
        "source": "general-staff",
        "party": "russia",
        "category": "tanks",
        "unit": "units",
        "version": 3,
        "start": "2024-11-01",
        "step": 1,
        "total": [9000, 9005, 9011, 9015, None, None, 9020, 9025, 9030, 9035],
        "change": [None, 5, 6, 4, None, None, None, 5, 5, 5],
    }


def test_a_sparse_series_is_given_by_its_dates(ask):
    make_reference()
    publish_records(*(make_record(D(2024, month, 1), tanks=100 * month) for month in (1, 5, 9)))
    found = ask("series/tanks.json")
    assert found["dates"] == ["2024-01-01", "2024-05-01", "2024-09-01"]
    assert (found["total"], found["change"]) == ([100, 500, 900], [None, None, None])
    assert "step" not in found


def test_a_series_keeps_to_days_and_version(ask, ledger):
    found = ask("series/tanks.json?from=2024-11-02&to=2024-11-03&version=1")
    assert (found["version"], found["total"], found["change"]) == (1, [9005, 9010], [5, 5])
    assert ask("series/tanks.json?from=2024-12-01")["total"] == []


def test_a_series_of_no_category_is_not_found(ask, ledger):
    assert "“tank”" in ask("series/tank.json", 404)["detail"]


@given(
    st.dictionaries(st.integers(0, 60), st.tuples(st.integers(0, 9), st.none() | st.integers(-9, 9)), max_size=12)
)
def test_the_compact_form_holds_each_figure_on_its_day(found):
    first = D(2024, 1, 1)
    rows, last = [], None
    for offset, (total, change) in sorted(found.items()):
        days = None if last is None else offset - last
        rows.append((first + dt.timedelta(offset), total, None if days is None else change, days))
        last = offset
    made = compact(rows)
    if "dates" in made:
        dates = made["dates"]
    else:
        dates = [made["start"] + dt.timedelta(n * made["step"]) for n in range(len(made["total"]))]
    assert len(dates) == len(made["total"]) == len(made["change"])
    held = {d: (t, c) for d, t, c in zip(dates, made["total"], made["change"], strict=True) if t is not None}
    assert held == {date: (total, change if days == 1 else None) for date, total, change, days in rows}


# -- What it costs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["losses.csv", "losses.json", "losses.json?limit=5", "series/tanks.json"])
def test_the_cost_does_not_grow_with_the_ledger(client, ledger, address, django_assert_num_queries):
    # Categories, newest version, sources, two for the documents' stamp, then one a category.
    expected = {"losses.csv": 9, "losses.json": 9, "losses.json?limit=5": 6, "series/tanks.json": 4}[address]
    for grown in (5, 6):
        with django_assert_num_queries(expected):
            body_of(client.get(f"/api/v1/{address}"))
        publish_records(*(make_record(D(2023, grown, n), personnel=100 + n, tanks=10 + n) for n in range(1, 25)))
    assert Version.objects.count() == 5


# -- Measures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", [slug for slug, _words in MEASURES])
def test_a_measure_gives_the_values_of_the_pages_chart(client, ledger, ask, measure):
    query = f"?category=personnel&category=tanks&measure={measure}&from=2024-11-02&to=2024-11-10"
    chart = client.get(f"/losses/{query}").context["figure"].chart
    shown = sorted(
        (
            value.end,
            value.start,
            number,
            value.value if value.value is None else pytest.approx(value.value, abs=1e-4),
        )
        for number, trace in enumerate(chart.traces)
        for value in trace.values
    )
    given_json, given_csv = ask(f"losses.json{query}"), rows_of(client, query)
    places = {"personnel": 0, "tanks": 1}
    assert shown
    assert shown == sorted(
        (dt.date.fromisoformat(r["end"]), dt.date.fromisoformat(r["start"]), places[r["category"]], r["value"])
        for r in given_json
    )
    assert [row["value"] for row in given_csv] == [
        "" if r["value"] is None else str(r["value"]) for r in given_json
    ]
    assert [row["end"] for row in given_csv] == sorted(row["end"] for row in given_csv)
    assert tuple(given_json[0]) == tuple(given_csv[0]) == VALUE_COLUMNS
    assert {row["measure"] for row in given_csv} == {measure}
    assert {row["version"] for row in given_json} == {3}


def test_the_values_of_a_measure_come_whole(ask, ledger):
    problem = ask("losses.json?measure=total&limit=10", 400)
    assert problem["errors"][0]["parameter"] == "limit"


def test_figures_of_two_sources_stand_under_each_other(client, ledger, ask):
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    record = make_record(D(2024, 11, 5), "oryx-by-model", tanks=3500)
    publish_records(dataclasses.replace(record, source="oryx"))
    found = ask("losses.json?source=oryx&source=general-staff&category=tanks")
    assert len(found) == 9
    assert {row["source"]: row["total"] for row in found} == {"oryx": 3500, "general-staff": 9035}
    assert [
        row
        for page in walk(client, "/api/v1/losses.json?limit=4&source=oryx&source=general-staff&category=tanks")
        for row in page
    ] == found
    problem = ask("series/tanks.json?source=oryx&source=general-staff", 400)
    assert problem["errors"][0]["parameter"] == "source"
    assert ask("series/tanks.json?source=oryx")["total"] == [3500]
