"""The desk of reports: drafts, publishing, corrections, withdrawals, and two people at once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from conflict.ledger.publishing import publish, record_of, save_draft
from conflict.models import Decision, Document, LossEntry, Party, Point, Report, Source, Version
from tests.make import D, make_record, publish_records

LIST = reverse("admin:conflict_report_changelist")
ADD = reverse("admin:conflict_report_add")


def page_of(report: Report, page: str = "change") -> str:
    return reverse(f"admin:conflict_report_{page}", args=[report.pk])


def stamp_on(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    match = re.search(r'name="stamp" value="([0-9a-f]*)"', response.text)
    assert match is not None
    return match[1]


def head(document: str = "wednesday", date: str = "2024-11-20", **fields: Any) -> dict[str, Any]:
    row, _new = Document.objects.get_or_create(slug=document, defaults={"kind": "bulletin"})
    return {
        "source": Source.objects.get().pk,
        "party": Party.objects.get().pk,
        "date": date,
        "document": row.pk,
        "cited_url": "",
        "reason": "",
        "stamp": "",
        **fields,
    }


def send(client: Client, address: str, button: str, **fields: Any) -> Any:
    return client.post(address, {**fields, f"_{button}": "1"}, follow=True)


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def cells(text: str, label: str) -> list[str]:
    """The words of every cell of one column, tags taken away."""
    found = re.findall(rf'<td[^>]*data-label="{label}"[^>]*>(.*?)</td>', text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in found]


# -- Drafts -------------------------------------------------------------------------------------------------


def test_every_category_is_offered_in_its_order_and_empty_is_not_stated(ledger: Report, curator: Client) -> None:
    text = curator.get(ADD).text
    boxes = re.findall(r'name="([a-z-]+)-total"', text)
    assert boxes == ["personnel", "tanks", "artillery", "submarines"]

    send(curator, ADD, "save", **head(**{"tanks-total": "9,400"}))

    draft = Report.objects.get(status="draft")
    assert list(draft.entries.values_list("category__slug", "total", "change")) == [("tanks", 9400, None)]
    assert Version.objects.count() == 1


def test_a_category_that_has_ended_is_not_offered_unless_something_is_typed_for_it(
    ledger: Report, curator: Client
) -> None:
    from conflict.models import Category

    Category.objects.filter(slug="artillery").update(last_day=D(2022, 5, 1))
    Category.objects.filter(slug="submarines").update(first_day=D(2030, 1, 1))
    held = send(curator, ADD, "check", **head(**{"tanks-total": "9400"})).text
    assert 'name="artillery-total"' not in held
    assert 'name="submarines-total"' not in held
    assert 'name="artillery-total"' in send(curator, ADD, "check", **head(**{"artillery-total": "7"})).text


def test_figures_stand_beside_the_day_before_and_the_change_is_computed_as_typed(
    ledger: Report, curator: Client
) -> None:
    typed = head(
        **{
            "tanks-total": "9 400",
            "tanks-change": "+18",
            "personnel-total": "724,000",
            "personnel-change": "1610",
            "artillery-total": "5",
        }
    )

    response = send(curator, ADD, "check", **typed)

    assert cells(response.text, "Before") == ["724,050 19 November 2024", "9,382 19 November 2024", "none", "none"]
    assert cells(response.text, "Computed change") == ["−50 the total falls", "+18", "no earlier figure", "—"]
    assert cells(response.text, "Agreement") == ["differs by +1,660", "agrees", "no printed change", "—"]
    assert "Nothing is saved yet" in response.text
    assert not Report.objects.filter(status="draft").exists()


def test_a_change_over_several_days_is_not_compared_with_a_printed_one(ledger: Report, curator: Client) -> None:
    response = send(
        curator, ADD, "check", **head(date="2024-11-22", **{"tanks-total": "9400", "tanks-change": "6"})
    )

    assert cells(response.text, "Agreement")[1] == "3 days apart: not comparable"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("٩٣٨٢", "is not a whole number"),
        ("１２", "is not a whole number"),
        ("9_382", "is not a whole number"),
        ("93,82", "is not a whole number"),
        ("9382.0", "is not a whole number"),
        ("-5", "greater than or equal to 0"),
        ("9999999999", "less than or equal to 1000000000"),
        ("9" * 5000, "is not a whole number"),
    ],
)
def test_what_only_looks_like_a_number_is_refused_and_kept(
    ledger: Report, curator: Client, typed: str, fault: str
) -> None:
    response = send(curator, ADD, "save", **head(**{"tanks-total": typed}))

    assert fault in response.text.replace(",000", "000") or fault in response.text
    assert typed in response.text
    assert not Report.objects.filter(status="draft").exists()


@pytest.mark.parametrize(
    ("date", "fault"),
    [
        ("2022-02-23", "before day 1, 24 February 2022"),
        ("2999-01-01", "has not begun yet"),
        ("11/20/2024", "Enter a valid date"),
        ("2024-02-30", "Enter a valid date"),
        ("", "This field is required"),
    ],
)
def test_a_day_outside_the_war_is_refused(ledger: Report, curator: Client, date: str, fault: str) -> None:
    response = send(curator, ADD, "save", **head(date=date, **{"tanks-total": "9400"}))

    assert response.status_code == 200
    assert fault in response.text
    assert not Report.objects.filter(status="draft").exists()


def test_a_report_without_a_figure_and_a_qualifier_without_one_are_refused(
    ledger: Report, curator: Client
) -> None:
    assert "State at least one figure." in send(curator, ADD, "save", **head()).text
    response = send(curator, ADD, "save", **head(**{"tanks-total": "9400", "personnel-qualifier": "about"}))
    assert "There is no figure to qualify." in response.text
    assert not Report.objects.filter(status="draft").exists()


def test_a_draft_keeps_the_printed_text_of_its_entries_when_a_figure_is_corrected(
    ledger: Report, curator: Client
) -> None:
    import dataclasses

    record = make_record(D(2024, 11, 20), "wednesday", tanks=9400, personnel=None)
    entries = (dataclasses.replace(record.entries[0], text="tanks 9400", start=3, end=13), record.entries[1])
    draft = save_draft(record=dataclasses.replace(record, entries=entries))
    address = page_of(draft)

    fields = head(stamp=stamp_on(curator, address), **{"tanks-total": "9401"})
    send(curator, address, "save", **fields)

    assert list(
        draft.entries.order_by("category__order").values_list("category__slug", "total", "text", "start")
    ) == [
        ("personnel", None, "", None),
        ("tanks", 9401, "tanks 9400", 3),
    ]


def test_a_draft_can_be_moved_to_another_day_but_not_onto_another_report(ledger: Report, curator: Client) -> None:
    send(curator, ADD, "save", **head("tuesday", **{"tanks-total": "9400"}))
    draft = Report.objects.get(status="draft")
    stamp = stamp_on(curator, page_of(draft))

    fields = head("tuesday", stamp=stamp, **{"tanks-total": "9400"})
    refused = send(curator, page_of(draft), "save", **{**fields, "date": "2024-11-19"})
    assert "has a report of that day already" in refused.text
    send(curator, page_of(draft), "save", **{**fields, "date": "2024-11-21"})

    assert Report.objects.get(status="draft").date == D(2024, 11, 21)


# -- Publishing ---------------------------------------------------------------------------------------------


def test_publishing_a_new_report_makes_a_version_and_links_the_public_page(ledger: Report, editor: Client) -> None:
    response = send(
        editor,
        ADD,
        "publish",
        **head(reason="bulletin of the 20th", **{"tanks-total": "9400", "tanks-change": "18"}),
    )

    version = Version.objects.newest()
    assert (version.number, version.by, version.reason) == (2, "editor", "bulletin of the 20th")
    assert "Version 2 is made: 1 points opened, 0 closed." in messages_of(response)
    assert 'href="/reports/2024-11-20/"' in messages_of(response)
    assert Point.objects.get(date=D(2024, 11, 20)).computed_change == 18


def test_publishing_needs_a_reason(ledger: Report, editor: Client) -> None:
    for reason in ("", "   "):
        response = send(editor, ADD, "publish", **head(reason=reason, **{"tanks-total": "9400"}))
        assert "This field is required" in response.text
    assert Version.objects.count() == 1


def test_pressing_publish_twice_publishes_once_and_says_nothing_new(ledger: Report, editor: Client) -> None:
    fields = head(reason="bulletin", **{"tanks-total": "9400"})
    send(editor, ADD, "publish", **fields)

    again = send(editor, ADD, "publish", **fields)

    assert "Nothing new" in messages_of(again)
    assert Version.objects.count() == 2
    assert Report.objects.filter(date=D(2024, 11, 20)).count() == 1


def test_pressing_save_twice_keeps_one_draft(ledger: Report, curator: Client) -> None:
    fields = head(**{"tanks-total": "9400"})
    for _time in range(2):
        response = send(curator, ADD, "save", **fields)
    assert "there already" in messages_of(response)
    assert Report.objects.filter(status="draft").count() == 1


def test_publishing_a_draft_takes_what_is_typed_with_it(ledger: Report, editor: Client) -> None:
    send(editor, ADD, "save", **head(**{"tanks-total": "9400"}))
    draft = Report.objects.get(status="draft")
    stamp = stamp_on(editor, page_of(draft))

    fields = head(stamp=stamp, reason="checked", **{"tanks-total": "9401"})
    send(editor, page_of(draft), "publish", **fields)
    again = send(editor, page_of(draft), "publish", **fields)

    draft.refresh_from_db()
    assert (draft.status, draft.revision) == ("published", 1)
    assert Point.objects.get(date=D(2024, 11, 20)).total == 9401
    assert "Nothing new" in messages_of(again)
    assert Version.objects.count() == 2


def test_who_may_only_draft_can_neither_publish_nor_withdraw(ledger: Report, curator: Client) -> None:
    assert "_publish" not in curator.get(ADD).text
    assert curator.post(ADD, {**head(reason="x", **{"tanks-total": "9400"}), "_publish": "1"}).status_code == 403
    for page in ("withdraw",):
        assert curator.get(page_of(ledger, page)).status_code == 403
        assert curator.post(page_of(ledger, page), {"reason": "x"}).status_code == 403
    entry = ledger.entries.first()
    assert (
        curator.post(
            reverse("admin:conflict_report_decide", args=[ledger.pk, entry.pk]), {"reason": "x"}
        ).status_code
        == 403
    )
    for action in ("publish_drafts", "withdraw_reports"):
        curator.post(LIST, {"action": action, "_selected_action": [ledger.pk], "reason": "x"})
    ledger.refresh_from_db()
    assert ledger.status == "published"
    assert Version.objects.count() == 1


# -- Corrections --------------------------------------------------------------------------------------------


def test_a_published_report_is_shown_and_its_fields_cannot_be_typed_into(ledger: Report, editor: Client) -> None:
    text = editor.get(page_of(ledger)).text

    assert cells(text, "Total") == ["724,050", "9,382"]
    assert cells(text, "Computed change") == ["+1,610", "+17"]
    assert cells(text, "Agreement") == ["agrees", "agrees"]
    assert 'name="tanks-total"' not in text
    assert page_of(ledger, "correct") in text
    assert page_of(ledger, "withdraw") in text


def test_a_correction_becomes_the_next_revision_and_leaves_the_entries_of_the_first(
    ledger: Report, editor: Client
) -> None:
    address = page_of(ledger, "correct")
    fields = {
        "stamp": stamp_on(editor, address),
        "reason": "a digit was swapped",
        "cited_url": "",
        "tanks-total": "9328",
        "tanks-change": "17",
        "personnel-total": "724050",
        "personnel-change": "1610",
    }

    response = send(editor, address, "publish", **fields)
    again = send(editor, address, "publish", **fields)

    ledger.refresh_from_db()
    assert (ledger.status, ledger.to_version_id) == ("superseded", 2)
    assert ledger.entries.get(category__slug="tanks").total == 9382
    new = Report.objects.published().get(document__slug="tuesday")
    assert new.revision == 2
    assert new.entries.get(category__slug="tanks").total == 9328
    assert response.redirect_chain[-1][0] == page_of(new)
    assert "Nothing new" in messages_of(again)
    assert Version.objects.count() == 2


def test_a_correction_of_nothing_says_so(ledger: Report, editor: Client) -> None:
    address = page_of(ledger, "correct")
    same = {
        "tanks-total": "9,382",
        "tanks-change": "+17",
        "personnel-total": "724,050",
        "personnel-change": "1610",
    }
    for button in ("publish", "save"):
        response = send(
            editor, address, button, stamp=stamp_on(editor, address), reason="none", cited_url="", **same
        )
        assert "Nothing new" in messages_of(response)
    assert Version.objects.count() == 1
    assert Report.objects.count() == 2


def test_a_curator_drafts_a_correction_and_an_editor_publishes_it(
    ledger: Report, curator: Client, editor: Client
) -> None:
    address = page_of(ledger, "correct")
    send(curator, address, "save", stamp=stamp_on(curator, address), cited_url="", **{"tanks-total": "9383"})
    draft = Report.objects.get(status="draft")
    assert draft.revision == 2
    ledger.refresh_from_db()
    assert ledger.status == "published"

    response = editor.post(LIST, {"action": "publish_drafts", "_selected_action": [draft.pk, ledger.pk]})
    assert response.status_code == 200
    assert "reason" in response.text
    editor.post(
        LIST, {"action": "publish_drafts", "_selected_action": [draft.pk, ledger.pk], "reason": "seen by a second"}
    )

    draft.refresh_from_db()
    ledger.refresh_from_db()
    assert (draft.status, ledger.status) == ("published", "superseded")
    assert Version.objects.newest().reason == "seen by a second"


def test_superseded_and_withdrawn_reports_are_only_read(ledger: Report, editor: Client) -> None:
    editor.post(page_of(ledger, "withdraw"), {"reason": "it was another day's"})
    ledger.refresh_from_db()
    assert ledger.status == "withdrawn"

    text = editor.get(page_of(ledger)).text
    assert "_publish" not in text
    assert "another day" in text
    assert editor.get(page_of(ledger, "correct")).status_code == 302


def test_a_figure_that_a_document_does_not_state_can_be_taken_out(ledger: Report, editor: Client) -> None:
    address = page_of(ledger, "correct")
    send(
        editor,
        address,
        "publish",
        stamp=stamp_on(editor, address),
        reason="the bulletin states no personnel",
        cited_url="",
        **{"tanks-total": "9382", "tanks-change": "17"},
    )
    new = Report.objects.published().get(document__slug="tuesday")
    assert list(new.entries.values_list("category__slug", flat=True)) == ["tanks"]
    assert not Point.objects.standing().filter(date=D(2024, 11, 19), category__slug="personnel").exists()


# -- Withdrawing and deciding -------------------------------------------------------------------------------


def test_withdrawing_asks_for_a_reason_and_gives_back_the_next_best_reading(
    ledger: Report, editor: Client
) -> None:
    publish_records(make_record(D(2024, 11, 19), "petroivaniuk", tanks=9380))
    address = page_of(ledger, "withdraw")
    assert editor.get(address).status_code == 200
    assert "This field is required" in editor.post(address, {"reason": " "}).text
    assert Version.objects.count() == 2

    response = editor.post(address, {"reason": "a forgery"}, follow=True)

    assert "Version 3 is made" in messages_of(response)
    assert Point.objects.standing().get(category__slug="tanks", date=D(2024, 11, 19)).total == 9380
    again = editor.post(address, {"reason": "a forgery"}, follow=True)
    assert "Nothing new" in messages_of(again)
    assert Version.objects.count() == 3


def test_a_curators_decision_lets_another_reading_count(ledger: Report, editor: Client) -> None:
    publish_records(make_record(D(2024, 11, 19), "petroivaniuk", tanks=9380))
    other = Report.objects.get(document__slug="petroivaniuk")
    entry = LossEntry.objects.get(report=other)
    address = reverse("admin:conflict_report_decide", args=[other.pk, entry.pk])
    assert address in editor.get(page_of(other)).text

    editor.post(address, {"reason": "the bulletin was misprinted"})

    assert Point.objects.standing().get(category__slug="tanks", date=D(2024, 11, 19)).total == 9380
    assert Decision.objects.get().from_version.reason == "the bulletin was misprinted"
    assert address not in editor.get(page_of(other)).text


def test_a_decision_for_a_draft_is_refused_in_words(ledger: Report, editor: Client) -> None:
    draft = save_draft(record=make_record(D(2024, 11, 20), "wednesday", tanks=9400))
    response = editor.post(
        reverse("admin:conflict_report_decide", args=[draft.pk, draft.entries.get().pk]), {"reason": "x"}
    )
    assert response.status_code == 200
    assert "Only a stated total of a published report can be decided for." in response.text


def test_several_reports_are_withdrawn_as_one_version(ledger: Report, editor: Client) -> None:
    keys = list(Report.objects.values_list("pk", flat=True))
    editor.post(LIST, {"action": "withdraw_reports", "_selected_action": keys, "reason": "forgeries"})
    assert set(Report.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert Version.objects.count() == 2


# -- Two people ---------------------------------------------------------------------------------------------


def test_the_second_editor_of_a_draft_is_told_and_keeps_what_was_typed(
    ledger: Report, curator: Client, editor: Client
) -> None:
    send(curator, ADD, "save", **head(**{"tanks-total": "9400"}))
    draft = Report.objects.get(status="draft")
    address = page_of(draft)
    seen = stamp_on(editor, address)
    send(curator, address, "save", **head(stamp=stamp_on(curator, address), **{"tanks-total": "9401"}))

    told = send(editor, address, "save", **head(stamp=seen, **{"tanks-total": "9409"}))

    assert "somebody else saved a draft" in told.text
    assert 'value="9409"' in told.text
    assert "they saved: 9,401" in told.text
    assert draft.entries.get().total == 9401
    stamp = re.search(r'name="stamp" value="([0-9a-f]+)"', told.text)[1]
    send(editor, address, "save", **head(stamp=stamp, **{"tanks-total": "9409"}))
    assert draft.entries.get().total == 9409


def test_the_second_corrector_is_told_and_can_correct_the_new_revision(ledger: Report, editor: Client) -> None:
    address = page_of(ledger, "correct")
    seen = stamp_on(editor, address)
    publish(reports=[make_record(D(2024, 11, 19), "tuesday", tanks=9383)], reason="other", by="Olena")

    told = send(editor, address, "publish", stamp=seen, reason="mine", cited_url="", **{"tanks-total": "9384"})

    new = Report.objects.published().get(document__slug="tuesday")
    assert "Olena published this report (revision 2, version 2)" in told.text
    assert 'value="9384"' in told.text
    assert "mine" in told.text
    assert f'action="{page_of(new, "correct")}"' in told.text
    assert Version.objects.count() == 2
    stamp = re.search(r'name="stamp" value="([0-9a-f]+)"', told.text)[1]
    send(
        editor,
        page_of(new, "correct"),
        "publish",
        stamp=stamp,
        reason="mine",
        cited_url="",
        **{"tanks-total": "9384"},
    )
    assert Report.objects.published().get(document__slug="tuesday").revision == 3


def test_a_draft_published_meanwhile_is_not_overwritten(ledger: Report, curator: Client, editor: Client) -> None:
    send(curator, ADD, "save", **head(**{"tanks-total": "9400"}))
    draft = Report.objects.get(status="draft")
    seen = stamp_on(curator, page_of(draft))
    editor.post(LIST, {"action": "publish_drafts", "_selected_action": [draft.pk], "reason": "ready"})

    told = send(curator, page_of(draft), "save", **head(stamp=seen, **{"tanks-total": "9404"}))

    assert "editor published this report" in told.text
    assert 'value="9404"' in told.text
    assert draft.entries.get().total == 9400


def test_a_report_withdrawn_meanwhile_can_be_made_anew_from_what_was_typed(ledger: Report, editor: Client) -> None:
    from conflict.ledger.publishing import withdraw

    address = page_of(ledger, "correct")
    seen = stamp_on(editor, address)
    hidden = {
        "source": ledger.source_id,
        "party": ledger.party_id,
        "date": "2024-11-19",
        "document": ledger.document_id,
        "cited_url": "",
    }
    withdraw(reports=[ledger], reason="forged", by="Olena")

    told = send(editor, address, "publish", stamp=seen, reason="mine", **hidden, **{"tanks-total": "9384"})

    assert "withdrawn or deleted by somebody else" in told.text
    assert 'value="9384"' in told.text
    assert f'action="{ADD}"' in told.text
    send(editor, ADD, "publish", stamp="", reason="mine", **hidden, **{"tanks-total": "9384"})
    assert Report.objects.published().get(document__slug="tuesday").revision == 2


def test_adding_what_is_there_already_offers_to_correct_it(ledger: Report, editor: Client) -> None:
    told = send(editor, ADD, "publish", **head("tuesday", "2024-11-19", reason="r", **{"tanks-total": "9384"}))

    assert "has a report of that day already (revision 1, published)" in told.text
    assert f'action="{page_of(ledger, "correct")}"' in told.text
    assert Version.objects.count() == 1


# -- Deleting, history, list --------------------------------------------------------------------------------


def test_only_drafts_are_deleted(ledger: Report, curator: Client) -> None:
    draft = save_draft(record=make_record(D(2024, 11, 20), "wednesday", tanks=9400))
    assert curator.post(page_of(ledger, "delete"), {"post": "yes"}).status_code == 403
    mixed = {"action": "delete_selected", "_selected_action": [draft.pk, ledger.pk], "post": "yes"}
    assert "withdraw it instead" in curator.post(LIST, mixed).text
    assert Report.objects.count() == 3

    curator.post(page_of(draft, "delete"), {"post": "yes"})

    assert not Report.objects.filter(pk=draft.pk).exists()
    assert Report.objects.count() == 2


def test_a_draft_published_while_its_deletion_was_asked_is_kept(ledger: Report, curator: Client) -> None:
    from django.contrib import admin
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        admin.site.get_model_admin(Report).delete_model(None, ledger)  # type: ignore[arg-type]
    ledger.refresh_from_db()


def test_a_drafts_history_names_who_and_offers_no_way_back(ledger: Report, curator: Client) -> None:
    send(curator, ADD, "save", **head(**{"tanks-total": "9400"}))
    draft = Report.objects.get(status="draft")
    history = curator.get(page_of(draft, "history"))
    assert "curator" in history.text
    past = draft.history.first()
    address = reverse("admin:conflict_report_simple_history", args=[draft.pk, past.pk])
    assert address not in history.text
    assert curator.post(address, {"date": "2024-11-01"}).status_code == 302
    draft.refresh_from_db()
    assert draft.date == D(2024, 11, 20)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("2024-11-19", 1),
        ("day 1,000", 1),
        ("Day 999", 1),
        ("day 99999999", 0),
        ("monday", 1),
        ("day 999999", 0),
        ("nothing", 0),
    ],
)
def test_reports_are_found_by_date_day_and_document(
    ledger: Report, curator: Client, query: str, number: int
) -> None:
    response = curator.get(LIST, {"q": query})
    assert response.status_code == 200
    assert response.context["cl"].result_count == number


def test_the_list_shows_day_entries_and_version_and_filters(ledger: Report, curator: Client) -> None:
    text = curator.get(LIST).text
    for words in ("1,000", "999", "published", "tuesday", '<td class="field-entries_">2</td>'):
        assert words in text
    assert curator.get(LIST, {"status__exact": "draft"}).context["cl"].result_count == 0
    assert curator.get(LIST, {"document__kind__exact": "bulletin"}).context["cl"].result_count == 2
    assert curator.get(LIST, {"date__year": "2024", "date__month": "11"}).context["cl"].result_count == 2


def test_addresses_that_lead_nowhere_do_not_fail(ledger: Report, editor: Client) -> None:
    for address in (
        f"{LIST}999999/change/",
        f"{LIST}abc/change/",
        f"{LIST}999999/correct/",
        f"{LIST}999999/withdraw/",
        f"{LIST}{ledger.pk}/decide/999999/",
        f"{LIST}99999999999999999999999/correct/",
        f"{ADD}?date=nonsense&source=x&party=9999&document=abc",
    ):
        assert editor.get(address).status_code in (200, 302, 404), address
    assert editor.post(ADD, {"_save": "1"}).status_code == 200
    assert editor.post(ADD, {"_publish": "1", "source": "x", "date": "\0", "tanks-total": "\0"}).status_code == 200


def test_pages_cost_the_same_queries_at_any_size(
    ledger: Report, editor: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert editor.get(address).status_code == 200
        return len(queries)

    draft = save_draft(record=make_record(D(2024, 11, 20), "wednesday", tanks=9400))
    pages = [LIST, ADD, page_of(ledger), page_of(ledger, "correct"), page_of(draft), page_of(ledger, "history")]
    for address in pages:
        cost(address)
    few = [cost(address) for address in pages]
    publish_records(
        *(
            make_record(D(2024, 10, day), f"d{day}", tanks=9000 + day, personnel=1, artillery=2)
            for day in range(1, 31)
        ),
        *(make_record(D(2024, 11, 19), f"other-{n}", tanks=9382, artillery=n, submarines=1) for n in range(9)),
    )
    assert [cost(address) for address in pages] == few
    assert max(few) <= 20, dict(zip(pages, few, strict=True))


def test_a_record_typed_and_a_record_read_are_the_same(ledger: Report, editor: Client) -> None:
    send(
        editor,
        ADD,
        "publish",
        **head(reason="r", **{"tanks-total": "9400", "tanks-change": "18", "tanks-qualifier": "about"}),
    )
    stored = record_of(Report.objects.get(document__slug="wednesday"))
    assert [(e.category, e.total, e.change, e.qualifier) for e in stored.entries] == [("tanks", 9400, 18, "about")]
