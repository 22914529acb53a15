"""The pages of the reports: months, days, readings, and what is not there."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone

from conflict.intake.records import EntryRecord, ReportRecord
from conflict.ledger.publishing import save_draft, withdraw
from conflict.models import Category, Claim, Document, LossEntry, Report, Version
from tests.make import DAY_1000, D, make_document, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db

BEFORE = D(2024, 11, 17)
PAGE = "/reports/2024-11-19/"


@pytest.fixture
def ledger():
    make_reference()
    publish_records(
        make_record(BEFORE, personnel=720880, tanks=9360),
        make_record(DAY_1000, personnel=(724050, 1610), tanks=(9382, 17), artillery=20632),
    )


# -- One day ------------------------------------------------------------------------------------------------


def test_report_shows_totals_printed_and_computed_changes_with_their_span(client, ledger, words_of):
    words = words_of(client.get(PAGE))
    assert "Personnel 724,050 +1,610 +3,170 in 2 days" in words
    assert "Tanks 9,382 +17 +22 in 2 days" in words
    assert "Day 1,000" in words


def test_a_change_that_is_not_printed_is_not_stated_and_no_zero(client, ledger, words_of):
    assert "Artillery systems 20,632 not stated first figure" in words_of(client.get(PAGE))


def test_a_printed_zero_stays_a_zero(client, words_of):
    make_reference()
    publish_records(make_record(tanks=(9382, 0)))
    assert "Tanks 9,382 0 first figure" in words_of(client.get(PAGE))


def test_a_category_that_was_due_but_no_reading_speaks_of_is_listed(client, ledger, words_of):
    Category.objects.filter(slug="submarines").update(first_day=D(2023, 9, 14))
    assert "Submarines no reading" in words_of(client.get(PAGE))
    Category.objects.filter(slug="submarines").update(last_day=D(2024, 1, 1))
    assert "Submarines" not in words_of(client.get(PAGE))


def test_a_report_of_changes_alone_has_a_page_without_totals(client, words_of):
    make_reference()
    publish_records(make_record(tanks=(None, 5)))
    assert "Tanks not stated +5 –" in words_of(client.get(PAGE))


def test_a_qualifier_stands_beside_its_figure(client, words_of):
    make_reference()
    entry = EntryRecord("personnel", 724050, 1610, qualifier="about")
    publish_records(ReportRecord("general-staff", "russia", DAY_1000, make_document(), (entry,)))
    assert "Personnel about 724,050" in words_of(client.get(PAGE))


def test_a_printed_change_of_another_size_than_the_computed_one_is_marked(client, words_of):
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(tanks=(9382, 16)))
    assert "+16 +17 not as printed" in words_of(client.get(PAGE))


def test_readings_stand_side_by_side_with_their_difference_in_words_and_signs(client, ledger, words_of):
    publish_records(make_record(DAY_1000, "orc-losses", tanks=9400, personnel=724050))
    words = words_of(client.get(PAGE))
    assert "Tanks readings differ" in words
    assert "Tanks ✓ 9,382 +17 9,400 ≠ +18" in words
    assert "Personnel readings differ" not in words


def test_a_superseded_reading_stays_readable_with_its_revision(client, ledger, words_of):
    publish_records(make_record(DAY_1000, personnel=724050, tanks=9390, artillery=20632))
    words = words_of(client.get(PAGE))
    assert "revision 2 · counts since version 2" in words
    assert "revision 1 · superseded counted from version 1 until version 2" in words
    assert "✓ 9,390 9,382 ≠ −8" in words
    assert "readings differ" not in words  # what counts no more does not contradict what does


def test_a_withdrawn_report_stays_readable_and_says_so(client, ledger, words_of):
    withdraw(reports=Report.objects.of_day(DAY_1000), reason="a mistake", by="tests")
    response = client.get(PAGE)
    assert response.status_code == 200
    words = words_of(response)
    assert "No reading of this day counts any more" in words
    assert "9,382" in words


def test_a_draft_is_on_no_page(client, ledger, words_of):
    save_draft(record=make_record(D(2024, 11, 18), tanks=9999))
    save_draft(record=make_record(DAY_1000, "orc-losses", tanks=8888))
    assert client.get("/reports/2024-11-18/").status_code == 404
    assert "8,888" not in words_of(client.get(PAGE))
    assert "9,999" not in words_of(client.get("/reports/2024-11/"))


def test_the_document_and_its_original_are_linked(client):
    make_reference()
    article = make_document("a-piece", "article", title="A piece", url="https://example.org/piece")
    bulletin = make_document("a-bulletin", title="A bulletin", url="https://example.org/bulletin")
    publish_records(make_record(document=article, tanks=9382), make_record(document=bulletin, tanks=9382))
    page = client.get(PAGE).content.decode()
    assert '<a href="/articles/a-piece/">A piece</a>' in page
    assert '<a href="https://example.org/piece" rel="noopener external">' in page
    assert '<a href="https://example.org/bulletin" rel="noopener external">A bulletin</a>' in page


def test_a_pasted_text_is_escaped_and_its_pieces_are_marked(client):
    make_reference()
    text = "<b>Losses</b>\nTanks: 9,382 (+17)\nArtillery: 20,632 & more"
    piece = "Tanks: 9,382 (+17)"
    start = text.index(piece)
    entry = EntryRecord("tanks", 9382, 17, text=piece, start=start, end=start + len(piece))
    publish_records(
        ReportRecord("general-staff", "russia", DAY_1000, make_document(text=text), (entry,)),
        make_record(document="orc-losses", tanks=9382),
    )
    page = client.get(PAGE).content.decode()
    name = f"printed-{Report.objects.get(document__slug='bulletin').pk}-tanks"
    cell = f"entry-{LossEntry.objects.get(text=piece).pk}"
    assert (
        f'&lt;b&gt;Losses&lt;/b&gt;\nTanks: <a href="#{cell}" id="{name}"><mark>9,382</mark></a> '
        f'(<a href="#{cell}"><mark>+17</mark></a>)\nArtillery: 20,632 &amp; more'
    ) in page
    assert f'<td id="{cell}"' in page
    assert f'<a href="#{name}">9,382</a>' in page


def test_a_text_that_was_read_again_since_is_shown_without_wrong_marks(client):
    make_reference()
    entry = EntryRecord("tanks", 9382, 17, text="Tanks: 9,382", start=0, end=12)
    document = make_document(text="Another text of some length")
    publish_records(ReportRecord("general-staff", "russia", DAY_1000, document, (entry,)))
    page = client.get(PAGE).content.decode()
    assert "Another text of some length" in page
    assert "<mark" not in page


def _bulletin(slug: str, text: str, total: int, change: int, piece: str, **fields) -> ReportRecord:
    start = text.index(piece)
    entry = EntryRecord("tanks", total, change, text=piece, start=start, end=start + len(piece))
    return ReportRecord("general-staff", "russia", DAY_1000, make_document(slug, text=text, **fields), (entry,))


def test_texts_in_two_languages_stand_beside_each_other_each_in_its_own(client):
    make_reference()
    english = _bulletin("english", "Tanks: 9,382 (+17)", 9382, 17, "Tanks: 9,382 (+17)", language="en")
    ukrainian = _bulletin("ukrainian", "танків — 9382 (+17) од", 9382, 17, "танків — 9382 (+17)", language="uk")
    publish_records(english, ukrainian)
    page = client.get(PAGE).content.decode()
    assert page.count('class="printed"') == 2
    assert 'dir="auto" lang="uk">танків — <a' in page
    assert 'dir="auto" lang="en">Tanks: <a' in page


def test_a_figure_set_by_hand_is_not_said_to_be_printed(client, words_of):
    make_reference()
    publish_records(_bulletin("bulletin", "Tanks: 9,382 (+17)", 9381, 17, "Tanks: 9,382 (+17)"))
    response = client.get(PAGE)
    assert "<mark>9,382</mark>" not in response.text
    assert "<mark>+17</mark></a>" in response.text
    assert "Set by hand, other than this text prints: Tanks: 9,381 (+17); printed: Tanks: 9,382 (+17)" in (
        words_of(response)
    )


def test_marks_of_the_only_reading_lead_to_the_accepted_figures(client):
    make_reference()
    publish_records(_bulletin("bulletin", "Tanks: 9,382 (+17)", 9382, 17, "Tanks: 9,382 (+17)"))
    page = client.get(PAGE).content.decode()
    assert 'href="#accepted-tanks"' in page
    assert '<tr id="accepted-tanks">' in page


def test_a_correction_is_told_with_who_when_why_and_what(client, words_of):
    make_reference()
    piece = "Tanks: 9,382 (+17)"
    publish_records(_bulletin("bulletin", piece, 9382, 17, piece), by="olena", reason="As printed.")
    publish_records(_bulletin("bulletin", piece, 9381, 16, piece), by="taras", reason="A slip of the ministry.")
    withdraw(reports=[Report.objects.published().get()], by="olena", reason="Not of this day.")
    page = client.get(PAGE)
    words = words_of(page)
    assert page.text.count('class="printed"') == 1
    steps = words[words.index("What was done to these readings") :]
    assert steps.index("olena: withdrawn") < steps.index("taras: corrected") < steps.index("olena: published")
    assert "A slip of the ministry. Tanks: 9,382 (+17) → 9,381 (+16)" in steps
    assert "Not of this day." in steps
    assert str(Version.objects.get(number=2).time.year) in steps


def test_a_stated_sum_is_computed_from_its_parts(client, ledger, words_of):
    claim = _claim(figure=30014)
    claim.parts.set(Category.objects.filter(slug__in=["tanks", "artillery"]))
    assert "9,382 Tanks + 20,632 Artillery systems = 30,014 ✓ as stated" in words_of(client.get(PAGE))
    Claim.objects.update(figure=30000)
    assert "= 30,014 ≠ 30,000 as stated" in words_of(client.get(PAGE))
    claim.parts.add(Category.objects.get(slug="submarines"))
    assert "cannot be checked: a part is not stated" in words_of(client.get(PAGE))


def test_the_days_events_and_neighbours_are_linked(client, ledger):
    publish_records(make_record(D(2024, 11, 30), tanks=9450))
    make_event("of-the-day", title="Of the day")
    make_event("span", title="Over it", date=D(2024, 11, 1), end_date=D(2024, 12, 1), precision="span")
    make_event("month", title="Some day in November", date=D(2024, 11, 1), precision="month")
    page = client.get(PAGE).content.decode()
    assert '<a href="/events/of-the-day/">' in page
    assert '<a href="/events/span/">' in page
    assert "Some day in November" not in page
    assert 'rel="prev" href="/reports/2024-11-17/"' in page
    assert 'rel="next" href="/reports/2024-11-30/"' in page


def test_a_report_costs_as_many_queries_with_more_of_everything(client, ledger, queries_of):
    small = queries_of(PAGE)
    publish_records(make_record(DAY_1000, "orc-losses", tanks=9400, submarines=1))
    publish_records(make_record(DAY_1000, "petroivaniuk", tanks=9401), make_record(DAY_1000, tanks=9383))
    for number in range(3):
        make_event(f"event-{number}")
        _claim(figure=number).parts.set(Category.objects.all())
    assert queries_of(PAGE) == small == 5
    _claim(figure=7).parts.set(Category.objects.all())
    assert queries_of(PAGE) == small


# -- Months -------------------------------------------------------------------------------------------------


def test_a_month_shows_missing_days_as_missing(client, ledger, words_of):
    words = words_of(client.get("/reports/2024-11/"))
    assert "17 November Sunday 998 720,880 not stated first figure 1" in words
    assert "18 November no report in the ledger 19 November" in words
    assert "724,050 +1,610 +3,170 in 2 days 1" in words
    assert "20 November" not in words  # nothing is due after the newest report


def test_a_run_of_missing_days_is_one_row_with_its_length(client, ledger, words_of):
    publish_records(make_record(D(2024, 11, 27), tanks=9450))
    assert "20–26 November no report in the ledger for 7 days" in words_of(client.get("/reports/2024-11/"))


def test_a_month_marks_the_days_on_which_readings_differ(client, ledger, words_of):
    publish_records(
        make_record(BEFORE, "orc-losses", personnel=720880), make_record(DAY_1000, "orc-losses", tanks=1)
    )
    words = words_of(client.get("/reports/2024-11/"))
    assert "in 2 days 2 differ" in words
    assert words.count("differ") == 1


def test_the_index_lists_every_month_with_its_days(client, ledger, words_of):
    publish_records(make_record(D(2024, 9, 29), tanks=8000))
    response = client.get("/reports/")
    words = words_of(response)
    assert "September 1 of 2 days October 0 of 31 days November 2 of 19 days December –" in words
    assert "17 November" in words  # the newest month stands open
    assert b'href="/reports/2024-09/"' in response.content
    assert b'href="/reports/2024-10/"' not in response.content


@pytest.mark.parametrize("address", ["/reports/", "/reports/2024-11/"])
def test_months_cost_as_many_queries_with_more_reports(client, ledger, queries_of, address):
    small = queries_of(address)
    days = [make_record(D(2024, 10, 1) + dt.timedelta(days=n), tanks=8000 + n) for n in range(48)]
    publish_records(*days)
    publish_records(*(dataclasses.replace(day, document=make_document("orc-losses", "dataset")) for day in days))
    assert queries_of(address) == small


# -- What is not there --------------------------------------------------------------------------------------


def test_an_empty_ledger_says_so(client, db):
    response = client.get("/reports/")
    assert response.status_code == 200
    assert b"holds no report yet" in response.content
    for page in (PAGE, "/reports/2024-11/"):
        response = client.get(page)
        assert response.status_code == 404
        assert b"holds no report yet" in response.content


def test_a_day_without_a_report_leads_to_the_nearest_ones(client, ledger):
    response = client.get("/reports/2024-11-18/")
    assert response.status_code == 404
    assert b"No report of 18 November 2024" in response.content
    assert b"does not say that nothing was reported" in response.content
    assert b'href="/reports/2024-11-17/"' in response.content
    assert b'href="/reports/2024-11-19/"' in response.content


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/reports/2022-02-23/", b"begins with day 1, 24 February 2022"),
        ("/reports/2022-01/", b"begins with day 1, 24 February 2022"),
        ("/reports/2024-11-20/", b"newest report in the ledger is of 19 November 2024"),
        ("/reports/2024-10/", b"any of these 31 days"),
        ("/reports/2024-02-30/", b"the calendar has no such day"),
        ("/reports/2024-13/", b"the calendar has no such day"),
        ("/reports/yesterday/", b"the calendar has no such day"),
    ],
)
def test_a_page_without_a_report_says_why(client, ledger, address, words):
    publish_records(make_record(D(2024, 9, 1), tanks=8000))
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content


def test_tomorrow_lies_in_the_future(client, ledger):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    response = client.get(f"/reports/{tomorrow}/")
    assert response.status_code == 404
    assert b"lies in the future" in response.content


@pytest.mark.parametrize("address", ["/reports/", "/reports/2024-11/", PAGE])
def test_reports_are_only_read(client, ledger, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def _claim(**fields) -> Claim:
    document, _made = Document.objects.get_or_create(slug="a-piece", kind="article", title="A piece")
    return Claim.objects.create(
        document=document, text="A sum.", speaker="Someone", certainty="claimed", date=DAY_1000, **fields
    )
