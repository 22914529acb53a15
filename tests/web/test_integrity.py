"""The state of the account: the calendar, the counts, and every finding with its neighbourhood."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from conflict.ledger.findings import check_all, settle_finding
from conflict.models import Category, Check, Document, Finding, Party, Source
from tests.make import D, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

PAGE = "/integrity/"
FIRST = D(2023, 1, 2)
Words = Callable[[HttpResponse], str]


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


@pytest.fixture(autouse=True)
def reference() -> None:
    make_reference()


def make_account(days: int = 12) -> None:
    """Publish two datasets: the second misses days 2 and 3 and swaps two digits on day 6; none noticed."""
    records = []
    for n in range(days):
        total = 113_000 + 90 * n
        records.append(make_record(day(n), "petroivaniuk", personnel=total, tanks=3000 + n))
        if n not in (2, 3):
            other = total + 900 if n == 6 else total
            records.append(make_record(day(n), "orc-losses", personnel=other, tanks=3000 + n))
    publish_records(*records)
    Finding.objects.all().delete()


def make_finding(**fields: Any) -> Finding:
    number = Finding.objects.count()
    return Finding.objects.create(
        **{
            "key": f"made:{number}",
            "kind": "gap",
            "severity": "note",
            "source": Source.objects.get(slug="general-staff"),
            "party": Party.objects.get(),
            "date": day(2),
            "evidence": {"days": 1, "span": 2},
            "found": timezone.now(),
            **fields,
        }
    )


def listed(client: Client, query: str = "") -> str:
    html = client.get(f"{PAGE}{query}").content.decode()
    return html.split('<ol class="findings">')[1] if '<ol class="findings">' in html else ""


def count(client: Client, query: str = "") -> int:
    return listed(client, query).count("<li><div>")


# -- Honest emptiness ---------------------------------------------------------------------------------------


def test_an_empty_ledger_says_so(client: Client, words_of: Words) -> None:
    words = words_of(client.get(PAGE))
    assert "The ledger holds no report yet" in words
    assert "none found anything" not in words


def test_a_ledger_that_was_never_checked_does_not_look_faultless(client: Client, words_of: Words) -> None:
    publish_records(make_record(tanks=9382))
    Check.objects.all().delete()
    words = words_of(client.get(PAGE))
    assert "Nothing has been checked yet" in words
    assert "python manage.py check_ledger" in words
    assert "none found anything" not in words


def test_a_checked_ledger_without_findings_says_that(client: Client, words_of: Words) -> None:
    publish_records(make_record(tanks=9382))
    check_all()
    words = words_of(client.get(PAGE))
    assert "Checked up to version 1, the newest" in words
    assert "Every check has run, and none found anything." in words


def test_versions_since_the_check_are_counted(client: Client, words_of: Words) -> None:
    publish_records(make_record(tanks=9382))
    publish_records(make_record(D(2024, 11, 20), tanks=9390))
    Check.objects.all().delete()
    Check.objects.create(version_id=1, time=timezone.now())
    assert "1 version since is not checked" in words_of(client.get(PAGE))


# -- At a glance --------------------------------------------------------------------------------------------


def test_the_calendar_tells_the_four_states_of_days(client: Client, words_of: Words) -> None:
    make_account()
    publish_records(make_record(day(14), "petroivaniuk", tanks=3100))
    response = client.get(PAGE)
    assert (
        "9 on which all readings agree, 3 with one reading only, 1 on which the readings differ, "
        "2 without a report here." in words_of(response)
    )
    html = response.content.decode()
    assert f'<a href="/reports/{day(6)}/" tabindex="-1"><use href="#day-differ"' in html
    assert html.count('<use href="#day-missing"') == 2
    assert "1 figure differs" in html


def test_the_table_behind_the_calendar_leads_to_the_same_days(client: Client) -> None:
    make_account()
    html = client.get(PAGE).content.decode()
    table = html.split("The same as a table")[1].split("</table>")[0]
    assert f'<a class="mark" href="/reports/{day(6)}/">8</a>' in table
    assert 'href="/reports/2023-01/"' in table


def test_counts_stand_by_kind_and_dataset(client: Client) -> None:
    make_account()
    check_all()
    html = client.get(PAGE).content.decode()
    counts = html.split('id="counts"')[1].split("</section>")[0]
    gaps = next(row for row in counts.split("<tr>") if "?kind=gap#findings" in row)
    assert "where=orc-losses#findings" in gaps.replace("&amp;", "&")
    assert re.findall(r'class="num">(?:<a[^>]*>)?(\d+|<span)', gaps) == ["1", "0", "0", "<span", "1"]


def test_a_version_shows_the_calendar_as_it_was_and_leaves_findings_out(client: Client, words_of: Words) -> None:
    publish_records(make_record(day(0), "petroivaniuk", tanks=3000))
    publish_records(make_record(day(0), "orc-losses", tanks=3001))
    check_all()
    now, then = client.get(PAGE), client.get(f"{PAGE}?version=1")
    assert "1 on which the readings differ" in words_of(now)
    assert "1 with one reading only, 0 on which the readings differ" in words_of(then)
    assert 'id="findings"' not in then.content.decode()
    assert f"/reports/{day(0)}/?version=1" in then.content.decode()


# -- Findings -----------------------------------------------------------------------------------------------


def test_a_disagreement_is_explained_with_readings_and_neighbourhood(client: Client) -> None:
    make_account()
    check_all()
    html = listed(client, "?kind=disagreement")
    assert html.count("<li><div>") == 1
    assert "113,540" in html and "114,440" in html
    assert 'class="likely"' in html
    assert f'href="/reports/{day(6)}/personnel/"' in html
    assert 'class="near-ring"' in html
    rows = re.findall(r'<th scope="row">(\d+ Jan 2023)</th>((?:<td class="num">[^<]*</td>)+)', html)
    cells = {when: re.findall(r">([\d,–]+)<", row) for when, row in rows}
    assert cells["8 Jan 2023"] == ["113,540", "114,440", "113,540"]
    assert cells["5 Jan 2023"] == ["113,270", "–", "113,270"]


def test_a_gap_shows_the_reports_around_it(client: Client, words_of: Words) -> None:
    make_account()
    check_all()
    html = listed(client, "?kind=gap")
    assert "has no report for 2 days, from 4 January 2023 to 5 January 2023" in html
    assert 'class="near-cross"' in html
    assert f'href="/reports/{day(1)}/"' in html and f'href="/reports/{day(4)}/"' in html
    assert '<td class="num">none</td>' in html


def test_a_long_gap_shows_its_ends(client: Client) -> None:
    make_account()
    make_finding(date=day(20), end_date=day(170), document=Document.objects.first(), evidence={"days": 151})
    html = listed(client, f"?from={day(19)}")
    assert "…" in html
    assert html.count('<th scope="row">') == 4 + 5 + 4


def test_every_kind_of_finding_can_be_shown(client: Client) -> None:
    make_account()
    tanks, dataset = Category.objects.get(slug="tanks"), Document.objects.get(slug="orc-losses")
    make_finding(
        kind="sum",
        document=dataset,
        evidence={"figure": 10, "sum": 9, "parts": {"tanks": 9}, "qualifier": "", "claim": 1},
    )
    make_finding(kind="unknown-category", document=dataset, evidence={"key": "robots"})
    make_finding(
        kind="repeat", document=dataset, date=day(5), evidence={"categories": 2, "moved": {"petroivaniuk": 2}}
    )
    fall = {"total": 9, "previous": 10, "previous_date": str(day(4))}
    make_finding(kind="fall", category=tanks, date=day(5), evidence=fall)
    arithmetic = {"printed": 5, "computed": 1, "total": 2, "previous": 1, "previous_date": str(day(4))}
    make_finding(kind="arithmetic", category=tanks, date=day(5), evidence=arithmetic)
    outlier = {"change": 90, "median": 1, "spread": 1, "times": 9, "lowest": 0, "highest": 2, "days": 30}
    make_finding(kind="outlier", category=tanks, date=day(5), evidence=outlier)
    html = listed(client)
    assert html.count("<li><div>") == 6
    for kind in ("Sum", "Unknown category", "Repeat", "Fall", "Arithmetic", "Outlier"):
        assert f"<strong>{kind}</strong>" in html
    assert "near-part" in html
    assert "Categories whose total moved since the day before" in html


def test_a_settled_finding_shows_its_words_and_their_author(client: Client, words_of: Words) -> None:
    make_account()
    finding = make_finding()
    settle_finding(finding=finding, state="explained", words="The ministry was silent.", by="Olena")
    words = words_of(client.get(PAGE))
    assert "The ministry was silent. Olena" in words
    assert count(client, "?state=explained") == 1
    assert count(client, "?state=open") == 0


def test_findings_are_narrowed_by_kind_category_state_place_and_days(client: Client) -> None:
    make_account()
    tanks, dataset = Category.objects.get(slug="tanks"), Document.objects.get(slug="orc-losses")
    fall = {"total": 9, "previous": 10, "previous_date": str(day(4))}
    make_finding(kind="fall", category=tanks, date=day(5), evidence=fall)
    make_finding(kind="fall", category=tanks, date=day(7), document=dataset, evidence=fall)
    make_finding(date=day(1), end_date=day(3), document=dataset, evidence={"days": 3})
    make_finding(date=day(1), passed=timezone.now())
    assert count(client) == 3
    assert count(client, "?kind=fall") == 2
    assert count(client, "?category=tanks") == 2
    assert count(client, "?category=personnel") == 0
    assert count(client, "?where=orc-losses") == 2
    assert count(client, "?where=accepted") == 1
    assert count(client, f"?from={day(3)}&to={day(5)}") == 2
    assert count(client, f"?from={day(4)}&to={day(5)}") == 1
    assert count(client, "?state=passed") == 1
    assert count(client, "?kind=sum&state=open") == 0


def test_a_disagreement_is_found_in_both_its_documents(client: Client) -> None:
    make_account()
    check_all()
    assert count(client, "?kind=disagreement&where=orc-losses") == 1
    assert count(client, "?kind=disagreement&where=petroivaniuk") == 1
    assert count(client, "?kind=disagreement&where=accepted") == 0


@pytest.mark.parametrize(
    "query",
    [
        "kind=disaster",
        "category=zeppelins",
        "state=forgotten",
        "where=nowhere",
        "from=yesterday",
        "to=2023-02-30",
        "from=2023-02-01&to=2023-01-01",
        "kind=gap&kind=fall",
        "page=0",
        "page=99",
        "page=x",
        "kind=%00",
        "version=0",
    ],
)
def test_what_cannot_be_read_is_refused_and_named(client: Client, query: str, words_of: Words) -> None:
    make_account()
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code in (400, 404)
    assert response.status_code == 400 or "version" in query
    words = words_of(response)
    assert any(sentence in words for sentence in ("cannot be shown", "no such page", "cannot be read"))


def test_a_refused_query_still_shows_the_account_and_the_form(client: Client) -> None:
    make_account()
    html = client.get(f"{PAGE}?kind=<script>").content.decode()
    assert "<script>" not in html.split("</head>")[1]
    assert '<svg class="calendar"' in html
    assert 'role="alert"' in html


def test_every_element_is_closed_where_it_belongs(client: Client) -> None:
    make_account()
    check_all()
    for address in (PAGE, f"{PAGE}?kind=gap", f"{PAGE}?kind=nonsense"):
        open_elements: list[str] = []
        html = re.sub(r"<script.*?</script>|<!.*?>", "", client.get(address).content.decode(), flags=re.DOTALL)
        for end, name, empty in re.findall(r"<(/?)([a-z]+)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?)>", html):
            if end:
                assert open_elements.pop() == name
            elif not empty and name not in {"meta", "link", "input", "br", "img"}:
                open_elements.append(name)
        assert open_elements == []


def test_htmx_gets_the_findings_alone(client: Client) -> None:
    make_account()
    check_all()
    response = client.get(PAGE, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert html.lstrip().startswith('<section class="section" id="findings"')
    assert '<svg class="calendar"' not in html
    assert "HX-Request" in response["Vary"] and "HX-Request" in client.get(PAGE)["Vary"]


def test_every_htmx_link_has_its_address(client: Client) -> None:
    make_account()
    check_all()
    html = client.get(f"{PAGE}?kind=gap").content.decode()
    for link in re.findall(r"<a[^>]*hx-get[^>]*>", html):
        assert "href=" in link
    assert "style=" not in html


def test_long_lists_are_paged(client: Client, words_of: Words) -> None:
    make_account()
    for n in range(60):
        make_finding(date=day(n))
    assert count(client, "?kind=gap") == 50
    assert count(client, "?kind=gap&page=2") == 10
    assert "?kind=gap&amp;page=2" in client.get(f"{PAGE}?kind=gap").content.decode()


def test_queries_do_not_grow_with_the_account(client: Client, queries_of: Callable[[str], int]) -> None:
    make_account(12)
    check_all()
    address = f"{PAGE}?kind=disagreement"
    few = queries_of(address)
    publish_records(
        *(make_record(day(n), "petroivaniuk", personnel=120_000 + n, tanks=4000 - n) for n in range(20, 60)),
        *(make_record(day(n), "orc-losses", personnel=120_000 + 2 * n, tanks=4000) for n in range(20, 60)),
    )
    check_all()
    assert Finding.objects.count() > 50
    assert queries_of(address) == few == 6
    assert queries_of(PAGE) == 6


def test_findings_of_another_source_stay_out(client: Client) -> None:
    make_account()
    oryx = Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    make_finding(source=oryx)
    assert count(client) == 0


def test_a_title_from_outside_is_escaped(client: Client) -> None:
    make_account()
    Document.objects.filter(slug="orc-losses").update(title="<img src=x>")
    check_all()
    html = client.get(PAGE).content.decode()
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html
