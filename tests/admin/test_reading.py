"""The desk at which a bulletin is read: what it shows, what it asks, what it writes, and what it refuses."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conflict.models import Category, Document, Party, Report, Source, Version
from tests.admin.bulletins import LIST, UKRAINIAN
from tests.intake.local_server import page, serving
from tests.make import D, make_record, make_reference, publish_records

READ = reverse("admin:conflict_report_read")


@pytest.fixture
def monday(db: None) -> None:
    """A ledger that holds 18 November 2024 alone."""
    make_reference()
    publish_records(
        make_record(D(2024, 11, 18), "monday", personnel=722440, tanks=9365, artillery=20586, submarines=1)
    )


def form(text: str = LIST, **fields: Any) -> dict[str, Any]:
    return {"source": Source.objects.get().pk, "party": Party.objects.get().pk, "text": text, **fields}


def fields_of(response: Any) -> dict[str, str]:
    """Every field of the desk's form, as a browser would send it back."""
    text = response.text
    values = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and 'type="submit"' not in tag and name[1] != "csrfmiddlewaretoken":
            values[name[1]] = html.unescape(value[1]) if value else ""
    for name, inner in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
        values[name] = html.unescape(inner).removeprefix("\n")
    for name, inner in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        values[name] = chosen[1] if chosen else ""
    return values


def read(client: Client, text: str = LIST, **fields: Any) -> dict[str, str]:
    """Let the desk read a text, and return its form."""
    response = client.post(READ, {**form(text, **fields), "_read": "1"})
    assert response.status_code == 200
    return fields_of(response)


def press(client: Client, button: str, fields: dict[str, str], **typed: str) -> Any:
    return client.post(READ, {**fields, **typed, f"_{button}": "1"}, follow=True)


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def cell(response: Any, name: str) -> str:
    """The words of a part of the page with an id, tags taken away."""
    match = re.search(rf'<(\w+)[^>]* id="{name}"[^>]*>(.*?)</\1>', response.text, re.DOTALL)
    assert match is not None, name
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", match[2]).split()))


def test_a_ledger_without_a_report_proposes_the_source_whose_account_the_site_keeps(editor: Client) -> None:
    make_reference()
    Source.objects.create(slug="another", name="A source before it in the alphabet", kind="media")
    assert fields_of(editor.get(READ))["source"] == str(Source.objects.get(slug="general-staff").pk)


# -- What is shown ------------------------------------------------------------------------------------------


def test_problems_and_categories_are_told_in_the_curator_s_language(monday: None, curator: Client) -> None:
    words = {"name": "Танки", "short": "машини на гусеницях"}
    Category.objects.filter(slug="tanks").update(short="tracked", translations={"uk": words})
    response = curator.post(f"/uk{READ}", {**form("Станом на 19.11.2024\nтанків – 1,020.010"), "_read": "1"})

    assert "число, роздільники якого не відокремлюють тисяч (Танки)" in response.text
    assert "машини на гусеницях" in response.text
    assert "tracked" not in response.text


def test_a_pasted_text_is_shown_as_figures_beside_the_day_before(monday: None, curator: Client) -> None:
    response = curator.post(READ, {**form(), "_read": "1"})

    boxes = fields_of(response)
    assert (boxes["personnel-total"], boxes["personnel-change"], boxes["personnel-qualifier"]) == (
        "724,050",
        "+1,610",
        "about",
    )
    assert (boxes["submarines-total"], boxes["submarines-change"]) == ("1", "")
    assert cell(response, "computed-tanks") == "+17"
    assert cell(response, "verdict-tanks") == "agrees"
    assert "19 November 2024, day 1,000" in response.text
    assert cell(response, "sum") == (
        "4 categories stated, 3 printed changes agree with the ledger, 0 set by hand."
    )
    assert not Document.objects.filter(slug__startswith="bulletin-").exists()


def test_numbers_are_marked_in_the_text_and_lead_to_their_rows(monday: None, curator: Client) -> None:
    text = curator.post(READ, {**form(), "_read": "1"}).text
    assert '<a href="#row-tanks" id="printed-tanks"><mark>9,382</mark></a>' in text
    assert re.search(r'<a href="#row-tanks"><mark>\+?17</mark></a>', text)
    assert 'href="#printed-tanks"' in text and 'id="row-tanks"' in text


def test_what_cannot_be_read_is_a_problem_with_its_line(monday: None, curator: Client) -> None:
    response = curator.post(READ, {**form(LIST + "• Trebuchets: 12 units (+1)\n"), "_read": "1"})
    assert 'href="#line-7"' in response.text
    assert "Trebuchets: 12 units" in response.text
    assert re.search(r'<li id="line-7" class="doubtful"', response.text)


def test_a_category_that_the_ledger_has_not_is_a_problem(monday: None, curator: Client) -> None:
    response = curator.post(READ, {**form(LIST + "• Helicopters: 329 units\n"), "_read": "1"})
    assert "The text states helicopters" in html.unescape(response.text)


def test_a_new_category_with_labels_is_read_without_code(monday: None, curator: Client) -> None:
    Category.objects.create(slug="trebuchets", name="Trebuchets", order=9, labels={"en": ["trebuchets"]})
    response = curator.post(READ, {**form(LIST + "• Trebuchets: 12 units (+1)\n"), "_read": "1"})
    boxes = fields_of(response)
    assert (boxes["trebuchets-total"], boxes["trebuchets-change"]) == ("12", "+1")
    assert "line-7" not in re.findall(r'href="#(line-[0-9]+)"', response.text)


def test_a_label_without_a_word_is_told_and_the_rest_is_read(monday: None, curator: Client) -> None:
    Category.objects.filter(slug="tanks").update(labels={"en": ["—"]})
    response = curator.post(READ, {**form(), "_read": "1"})
    assert "has no word in it" in response.text
    assert fields_of(response)["tanks-total"] == "9,382"


def test_htmx_gets_the_part_and_the_part_alone(monday: None, curator: Client) -> None:
    response = curator.post(READ, form(), headers={"HX-Request": "true"})
    assert response.text.strip().startswith('<div id="reading">')
    assert "<html" not in response.text
    assert "HX-Request" in response["Vary"]


def test_a_text_is_shown_as_text_whatever_it_contains(monday: None, curator: Client) -> None:
    evil = "Tanks: <script>alert(1)</script> 9,382 <img src=x onerror=alert(1)> units (+17)\n\"'><mark>&amp;\u202e"
    for headers in ({}, {"HX-Request": "true"}):
        text = curator.post(READ, {**form(LIST + evil), "_read": "1"}, headers=headers).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


@pytest.mark.parametrize("text", ["", "   \n", "\0", "x" * 200_001])
def test_no_text_or_too_much_of_it_fails_with_a_sentence(monday: None, curator: Client, text: str) -> None:
    response = press(curator, "save", form(text))
    assert response.status_code == 200
    assert 'class="errorlist"' in response.text
    assert Version.objects.count() == 1
    assert not Report.objects.filter(status="draft").exists()


@pytest.mark.parametrize(
    ("date", "fault"),
    [("2022-02-23", "before day 1"), ("2999-01-01", "has not begun yet"), ("19/11/2024", "Enter a valid date")],
)
def test_a_day_that_cannot_be_is_refused(monday: None, curator: Client, date: str, fault: str) -> None:
    response = press(curator, "save", read(curator), date=date)
    assert fault in response.text
    assert not Report.objects.filter(status="draft").exists()


def test_a_text_without_its_day_asks_for_it(monday: None, curator: Client) -> None:
    text = LIST.replace(" as of 19 November 2024", "")
    response = press(curator, "save", read(curator, text))
    assert "give the day of issue" in response.text
    fields = read(curator, text, date="2024-11-19")
    assert "Saved as a draft" in messages_of(press(curator, "save", fields))


# -- What is written ----------------------------------------------------------------------------------------


def test_publishing_stores_text_offsets_and_document_and_names_the_version(monday: None, editor: Client) -> None:
    fields = read(editor, url="https://example.org/x", language="en")
    response = press(editor, "publish", fields)

    assert "Version 2 is made" in messages_of(response)
    assert 'href="/reports/2024-11-19/"' in response.text
    document = Document.objects.get(slug__startswith="bulletin-2024-11-19-")
    assert (document.kind, document.language, document.url) == ("bulletin", "en", "https://example.org/x")
    assert document.text == LIST.strip()
    assert len(document.sha256) == 64 and document.retrieved and not document.title_is_printed
    for entry in document.reports.get().entries.all():
        assert document.text[entry.start : entry.end] == entry.text
    version = Version.objects.get(number=2)
    assert (version.by, version.reason) == ("editor", "Bulletin of 19 November 2024")


def test_the_language_is_told_by_the_letters(monday: None, editor: Client) -> None:
    press(editor, "publish", read(editor, UKRAINIAN))
    assert Document.objects.get(slug__startswith="bulletin-2024").language == "uk"


def test_a_curator_drafts_and_does_not_publish(monday: None, curator: Client) -> None:
    fields = read(curator)
    assert press(curator, "publish", fields).status_code == 403
    assert 'name="_publish"' not in curator.get(READ).text
    assert "Saved as a draft" in messages_of(press(curator, "save", fields))
    assert Report.objects.get(status="draft").entries.count() == 4
    assert Version.objects.count() == 1


def test_a_visitor_and_a_member_without_permission_see_nothing(monday: None, django_user_model: Any) -> None:
    assert Client().get(READ).status_code == 302
    client = Client()
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.get(READ).status_code == 403
    assert client.post(READ, form()).status_code == 403


def test_nothing_is_published_that_was_not_shown(monday: None, editor: Client) -> None:
    response = press(editor, "publish", form())
    assert "This was read just now" in response.text
    changed = {**read(editor), "text": LIST.replace("9,382", "9,383")}
    assert "This was read just now" in press(editor, "publish", changed).text
    assert Version.objects.count() == 1


def test_pressing_twice_publishes_once(monday: None, editor: Client) -> None:
    fields = read(editor)
    first, second = press(editor, "publish", fields), press(editor, "publish", fields)
    assert "Version 2 is made" in messages_of(first)
    assert "Nothing new: these figures are published already, as version 2." in messages_of(second)
    assert Version.objects.count() == 2


def test_the_same_text_again_says_that_it_is_there(monday: None, editor: Client) -> None:
    press(editor, "publish", read(editor))
    again = editor.post(READ, {**form("\r\n" + LIST.replace("\n", "\r\n")), "_read": "1"})
    assert "This text is there already (published, revision 1)" in again.text
    assert "Nothing new" in messages_of(press(editor, "publish", fields_of(again)))
    assert Document.objects.filter(slug__startswith="bulletin-").count() == 1


def test_a_draft_is_published_from_the_same_text(monday: None, curator: Client, editor: Client) -> None:
    press(curator, "save", read(curator))
    assert "Version 2 is made" in messages_of(press(editor, "publish", read(editor)))
    assert Report.objects.filter(date=D(2024, 11, 19)).count() == 1


def test_two_languages_of_a_day_are_two_readings(monday: None, editor: Client) -> None:
    press(editor, "publish", read(editor))
    second = editor.post(READ, {**form(UKRAINIAN), "_read": "1"})
    assert "The ledger has other readings of this day" in second.text
    assert "Version 3 is made" in messages_of(press(editor, "publish", fields_of(second)))
    assert Report.objects.published().filter(date=D(2024, 11, 19)).count() == 2


# -- What is typed over -------------------------------------------------------------------------------------


def test_a_corrected_cell_is_marked_and_keeps_the_printed_words(monday: None, editor: Client) -> None:
    fields = {**read(editor), "tanks-total": "9381", "tanks-change": "16"}
    response = editor.post(READ, {**fields, "_read": "1"})
    assert cell(response, "hand-tanks") == "✎ set by hand; the text prints 9,382 (+17)"
    assert cell(response, "hand-artillery") == ""

    press(editor, "publish", fields_of(response))

    entry = Report.objects.published().get(date=D(2024, 11, 19)).entries.get(category__slug="tanks")
    assert (entry.total, entry.change) == (9381, 16)
    assert "9,382" in entry.text


def test_an_emptied_cell_is_not_stated(monday: None, editor: Client) -> None:
    fields = {**read(editor), "submarines-total": "", "submarines-change": ""}
    press(editor, "publish", fields)
    report = Report.objects.published().get(date=D(2024, 11, 19))
    assert not report.entries.filter(category__slug="submarines").exists()


def test_what_is_typed_survives_a_change_of_the_text_and_not_another_day(monday: None, curator: Client) -> None:
    fields = {**read(curator), "tanks-total": "9381"}
    same_day = curator.post(READ, {**fields, "text": LIST + "Source: the General Staff\n", "_read": "1"})
    assert fields_of(same_day)["tanks-total"] == "9381"
    other = LIST.replace("19 November", "20 November").replace("9,382", "9,400")
    next_day = curator.post(READ, {**fields, "text": other, "_read": "1"})
    assert fields_of(next_day)["tanks-total"] == "9,400"


@pytest.mark.parametrize("typed", ["٩٣٨٢", "9_382", "-1", "abc", "9999999999"])
def test_a_cell_that_is_no_number_is_refused(monday: None, editor: Client, typed: str) -> None:
    response = press(editor, "publish", {**read(editor), "tanks-total": typed})
    assert 'class="errorlist"' in response.text and typed in response.text
    assert Version.objects.count() == 1


@pytest.mark.parametrize("shown", ["{", "[]", "{}", '{"cells": 1}', "[" * 10_000, '{"cells": {}, "place": 3}'])
def test_a_form_that_was_tampered_with_writes_nothing(monday: None, editor: Client, shown: str) -> None:
    assert press(editor, "publish", {**read(editor), "shown": shown}).status_code == 200
    assert Version.objects.count() == 1


# -- Reasons ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"tanks-total": "9,300", "tanks-change": ""}, "65 below the 9,365"),
        ({"tanks-change": "18"}, "a change of +18 is printed"),
    ],
)
def test_a_fall_and_a_mismatch_ask_for_a_reason(
    monday: None, editor: Client, typed: dict[str, str], named: str
) -> None:
    fields = {**read(editor), **typed}
    assert named in cell(editor.post(READ, {**fields, "_read": "1"}), "doubts")

    refused = press(editor, "publish", fields)

    assert "Say in one sentence why this is right" in refused.text
    assert named in refused.text
    assert fields_of(refused)["tanks-change"] == typed["tanks-change"]
    assert Version.objects.count() == 1
    assert "Version 2 is made" in messages_of(press(editor, "publish", fields_of(refused), reason="It corrects."))
    assert Version.objects.get(number=2).reason == "It corrects."


def test_an_outlier_asks_for_a_reason(monday: None, editor: Client) -> None:
    days = [make_record(D(2024, 10, day), f"d{day}", tanks=9000 + 10 * day) for day in range(1, 32)]
    days += [make_record(D(2024, 11, day), f"n{day}", tanks=9310 + 3 * day) for day in range(1, 18)]
    publish_records(*days)
    fields = {**read(editor, LIST.replace("9,382 units (+17", "9,982 units (+617")), "reason": "  "}
    refused = press(editor, "publish", fields)
    assert "Say in one sentence" in refused.text and "617" in refused.text
    assert Version.objects.count() == 2


def test_a_draft_needs_no_reason(monday: None, curator: Client) -> None:
    fields = {**read(curator), "tanks-total": "9,300"}
    assert "Saved as a draft" in messages_of(press(curator, "save", fields))


# -- Two people ---------------------------------------------------------------------------------------------


def test_the_second_of_two_with_one_text_is_told_and_keeps_what_was_typed(
    monday: None, editor: Client, curator: Client
) -> None:
    mine = {**read(curator), "tanks-total": "9,381", "reason": "mine"}
    press(editor, "publish", read(editor))

    told = press(curator, "save", mine)

    assert "this document has a report of that day already" in told.text
    kept = fields_of(told)
    assert (kept["tanks-total"], kept["reason"]) == ("9,381", "mine")
    assert "they saved: 9,382 (+17)" in told.text
    assert not Report.objects.filter(status="draft").exists()
    assert "Saved as a draft" in messages_of(press(curator, "save", kept))


def test_who_publishes_after_another_reading_of_the_day_is_told_once(
    monday: None, editor: Client, django_user_model: Any
) -> None:
    mine = {**read(editor, UKRAINIAN), "tanks-total": "9,381", "tanks-change": "16"}
    other = Client()
    other.force_login(django_user_model.objects.create_superuser("olena"))
    press(other, "publish", read(other))

    told = press(editor, "publish", mine)

    assert "olena published a reading of this day (version 2" in html.unescape(told.text)
    assert Version.objects.count() == 2
    assert fields_of(told)["tanks-total"] == "9,381"
    assert "Version 3 is made" in messages_of(press(editor, "publish", fields_of(told)))


# -- Addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", "This field is required"),
        ("ftp://example.org/", "Enter a valid URL"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://example.org:8080/", "8080"),
    ],
)
def test_an_address_that_must_not_be_read_is_refused_with_a_sentence(
    monday: None, curator: Client, address: str, fault: str
) -> None:
    response = curator.post(READ, {**form(""), "url": address, "_fetch": "1"})
    assert response.status_code == 200
    told = re.findall(r'<ul class="errorlist"[^>]*>(.*?)</ul>', response.text, re.DOTALL)
    assert fault in html.unescape(" ".join(told))


def test_an_address_is_downloaded_reduced_to_text_and_read(monday: None, curator: Client, settings: Any) -> None:
    items = "".join(f"<li>{line}</li>" for line in LIST.split("\n"))
    written = f"<title>x</title><script>alert(1)</script><ul>{items}</ul>".encode()
    with serving() as server:
        server.answers["/day"] = page(written, content_type="text/html; charset=utf-8")
        settings.FETCH_ALLOW_HOSTS = frozenset({f"localhost:{server.port}"})
        address = f"http://localhost:{server.port}/day"
        response = curator.post(READ, {**form(""), "url": address, "_fetch": "1"})
    boxes = fields_of(response)
    assert boxes["tanks-total"] == "9,382"
    assert "alert" not in boxes["text"]


# -- Cost ---------------------------------------------------------------------------------------------------


def test_reading_costs_the_same_queries_at_any_size(monday: None, editor: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(editor)
        return len(queries)

    cost()
    few = cost()
    publish_records(
        *(make_record(D(2024, 10, day), f"d{day}", tanks=9000 + day, personnel=day) for day in range(1, 31)),
        *(make_record(D(2024, 11, 19), f"other-{n}", tanks=9382) for n in range(9)),
    )
    assert cost() == few
    assert few <= 25


# -- History ------------------------------------------------------------------------------------------------


def test_what_is_published_and_superseded_here_stands_in_the_history(monday: None, editor: Client) -> None:
    press(editor, "publish", read(editor))
    first = Report.objects.published().get(date=D(2024, 11, 19))
    fields = fields_of(editor.post(READ, {**form(), "_read": "1"}))
    press(editor, "publish", {**fields, "tanks-total": "9381", "tanks-change": "16", "reason": "A slip."})

    second = Report.objects.published().get(date=D(2024, 11, 19))
    rows = list(second.history.values_list("history_user__username", "history_change_reason", "status"))
    assert rows == [("editor", "A slip.", "published")]
    assert list(first.history.values_list("history_change_reason", "status", "to_version_id")) == [
        ("A slip.", "superseded", 3),
        ("Bulletin of 19 November 2024", "published", None),
    ]
    address = reverse("admin:conflict_report_history", args=[first.pk])
    assert "A slip." in editor.get(address).text


def test_a_published_draft_keeps_one_line_for_each_step(monday: None, editor: Client) -> None:
    press(editor, "save", read(editor))
    press(editor, "publish", read(editor))
    report = Report.objects.published().get(date=D(2024, 11, 19))
    assert report.history.first().history_change_reason == "Bulletin of 19 November 2024"
    assert report.history.filter(status="published").count() == 1


def test_another_total_of_the_day_in_the_ledger_is_pointed_at(monday: None, editor: Client) -> None:
    press(editor, "publish", read(editor))
    response = editor.post(READ, {**form(UKRAINIAN.replace("9 382 (+17)", "9 381 (+16)")), "_read": "1"})
    assert cell(response, "standing-tanks") == "9,382 ≠ another total bulletin, version 2"
    assert cell(response, "standing-artillery") == "20,632 bulletin, version 2"
