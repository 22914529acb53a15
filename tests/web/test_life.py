"""The life of one figure, and how to cite it."""

from __future__ import annotations

import html as markup
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conflict.ledger.publishing import decide, save_draft, withdraw
from conflict.models import Category, Finding, LossEntry, Party, Point, Report, Source
from conflict.web.life import life
from tests.make import D, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

DAY = D(2024, 11, 18)
NEXT = D(2024, 11, 19)
NOW = timezone.now()
TANKS = "/reports/2024-11-18/tanks/"


@pytest.fixture
def corrected() -> None:
    """Version 1 states 9,365 and 9,382 tanks; version 2 corrects the first day to 9,360."""
    make_reference()
    publish_records(make_record(DAY, tanks=(9365, 12), personnel=722440), make_record(NEXT, tanks=9382))
    publish_records(
        make_record(DAY, tanks=(9360, 12), personnel=722440), reason="A digit was misread.", by="Olena"
    )


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return markup.unescape(response.content.decode())


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def section(html: str, name: str) -> str:
    return html.split(f'id="{name}"')[1].split("</section>")[0]


def test_a_corrected_figure_tells_what_it_was_and_why(client: Client, corrected: None) -> None:
    html = page(client, TANKS)
    assert "Tanks: 9,360" in words(html)
    told = section(html, "life")
    assert told.index("New figure") < told.index("9,365") < told.index("Figure changed") < told.index("9,360")
    assert "A digit was misread." in told and "Olena" in told
    assert 'class="mark">changed<' in html


def test_every_reading_is_shown_but_no_draft(client: Client, corrected: None) -> None:
    publish_records(make_record(DAY, "petroivaniuk", tanks=9999))
    publish_records(make_record(DAY, "orc-losses", personnel=722440))
    save_draft(record=make_record(DAY, "draft", tanks=1234))
    told = words(section(page(client, TANKS), "readings"))
    assert "superseded since version 1 until version 2" in told
    assert "9,365" in told and "9,360" in told and "9,999" in told
    assert "orc-losses" in told and "not stated" in told
    assert "1,234" not in told and told.count("✓") == 2  # the legend and the one reading


def test_a_figure_as_of_a_version_is_the_one_that_stood_then(client: Client, corrected: None) -> None:
    html = page(client, f"{TANKS}?version=1")
    assert "Tanks: 9,365" in words(html)
    assert "9,360" not in html and "superseded" not in html and "A digit was misread." not in html
    assert 'class="mark">changed<' not in html
    assert "as it stood at" in html


def test_a_withdrawn_figure_is_not_stated_and_its_past_stays(client: Client, corrected: None) -> None:
    withdraw(reports=Report.objects.published().filter(date=DAY), reason="Not of that day.", by="Olena")
    html = page(client, TANKS)
    assert "Tanks: not stated" in words(html)
    assert "Figure removed" in section(html, "life") and "withdrawn" in section(html, "readings")
    assert "Tanks: 9,360" in words(page(client, f"{TANKS}?version=2"))


def test_a_figure_that_returns_counts_as_new_again(corrected: None) -> None:
    withdraw(reports=Report.objects.published().filter(date=DAY), reason="Not of that day.", by="Olena")
    publish_records(make_record(DAY, tanks=9360))
    points = list(Point.objects.filter(date=DAY, category__slug="tanks").order_by("from_version_id"))
    assert [step.what.name for step in life(points, None)] == ["NEW", "TOTAL", "REMOVED", "NEW"]
    assert [step.what.name for step in life(points[:2], 2)] == ["NEW", "TOTAL"]


def test_a_category_that_the_report_leaves_out_is_not_stated(client: Client, corrected: None) -> None:
    html = page(client, "/reports/2024-11-18/submarines/")
    assert "Submarines: not stated" in words(html)
    assert "Not stated is not zero" in html
    assert "No version ever accepted a figure here." in html


def test_what_does_not_exist_is_not_found_with_a_way_on(client: Client, corrected: None) -> None:
    assert "/reports/2024-11-18/" in page(client, "/reports/2024-11-17/tanks/", 404)
    assert "/losses/artillery/" in page(client, "/reports/2024-11-18/zeppelins/", 404)
    page(client, "/reports/2024-02-30/tanks/", 404)


def test_a_day_that_only_a_draft_knows_has_no_report(client: Client, corrected: None) -> None:
    save_draft(record=make_record(D(2024, 11, 20), tanks=9400))
    page(client, "/reports/2024-11-20/tanks/", 404)


def test_a_day_reported_only_later_has_no_report_at_the_version(client: Client, corrected: None) -> None:
    publish_records(make_record(D(2024, 11, 20), tanks=9400))
    page(client, "/reports/2024-11-20/tanks/?version=2", 404)
    page(client, "/reports/2024-11-20/tanks/?version=3")


def test_a_decision_is_shown_with_its_reason(client: Client, corrected: None) -> None:
    publish_records(make_record(DAY, "petroivaniuk", tanks=9999))
    decide(entry=LossEntry.objects.get(total=9999), reason="The headline says so.", by="Taras")
    told = section(page(client, TANKS), "decisions")
    assert "Taras" in told and "The headline says so." in told and "9,999" in told
    assert 'id="decisions"' not in page(client, f"{TANKS}?version=3")


def test_findings_of_the_figure_and_of_its_day_are_told_in_words(client: Client, corrected: None) -> None:
    common = {
        "source": Source.objects.get(),
        "party": Party.objects.get(),
        "severity": "doubt",
        "found": NOW,
    }
    tanks, artillery = (Category.objects.get(slug=slug) for slug in ("tanks", "artillery"))
    evidence = {"printed": 12, "computed": 7, "total": 9360, "previous": 9353}
    settled = {
        "state": "explained",
        "words": "It corrected itself.",
        "decided_by": "Olena",
        "decided": NOW,
    }
    Finding.objects.create(
        key="a",
        kind="arithmetic",
        category=tanks,
        date=DAY,
        evidence=evidence,
        **common,
        **settled,
    )
    Finding.objects.create(key="b", kind="arithmetic", category=artillery, date=DAY, evidence=evidence, **common)
    Finding.objects.create(
        key="c", kind="gap", date=D(2024, 11, 15), end_date=D(2024, 11, 18), evidence={"days": 4}, **common
    )
    told = section(page(client, TANKS), "findings")
    assert "Tanks" in told and "It corrected itself." in told and "explained" in told
    assert "4 days" in told and "Artillery" not in told
    # What checks noticed is no part of a version: a page that is kept for good leaves it out.
    assert 'id="findings"' not in page(client, f"{TANKS}?version=2")


def test_days_around_say_whether_they_are_reported(client: Client, corrected: None) -> None:
    publish_records(make_record(D(2024, 11, 16), personnel=1))
    told = words(section(page(client, TANKS), "days"))
    assert "16 November 2024 not stated" in told and "17 November 2024 no report" in told
    assert "19 November 2024 9,382 +22" in told and "18 November 2024 changed 9,360" in told


def test_the_citation_leads_to_the_figure_for_good(client: Client, corrected: None) -> None:
    cited = section(page(client, TANKS), "cite")
    assert "General Staff of Ukraine: Losses of Russia, Tanks, as reported on 18 November 2024: 9,360." in cited
    assert "@misc{ledger-2024-11-18-tanks-v2," in cited
    assert f"url = {{http://testserver{TANKS}?version=2}}" in cited
    publish_records(make_record(DAY, tanks=1))
    assert "Tanks: 9,360" in words(page(client, f"{TANKS}?version=2"))
    assert f"{TANKS}?version=1" in section(page(client, f"{TANKS}?version=1"), "cite")


def test_the_page_asks_a_fixed_number_of_queries(client: Client, corrected: None) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, address)
        return len(captured)

    few, few_then = count(TANKS), count(f"{TANKS}?version=2")
    for n in range(6):
        publish_records(make_record(DAY, tanks=9000 + n), make_record(DAY, f"reading-{n}", tanks=n))
    assert count(TANKS) == few <= 10
    assert count(f"{TANKS}?version=2") == few_then <= 10


# -- The mark -----------------------------------------------------------------------------------------------


def test_only_a_figure_that_was_shown_otherwise_is_marked_as_changed(corrected: None) -> None:
    def changed(number: int | None) -> dict[tuple[str, int], bool]:
        points = Point.objects.at_version(number).with_changed_mark().select_related("category")
        return {(point.category.slug, point.date.day): point.changed for point in points}  # type: ignore[attr-defined]

    assert not any(changed(1).values())
    now = changed(None)
    assert now["tanks", 18]
    assert not now["tanks", 19]  # only its computed change moved
    assert not now["personnel", 18]  # the same total in the next revision


def test_a_figure_put_back_as_it_was_stays_marked(corrected: None) -> None:
    publish_records(make_record(DAY, tanks=9365))
    point = Point.objects.standing().with_changed_mark().get(date=DAY, category__slug="tanks")
    assert point.total == 9365 and point.changed  # type: ignore[attr-defined]
