"""Who edited an article, a claim or an event, and when."""

from __future__ import annotations

import pytest

from conflict.models import Article, Claim, Document
from tests.make import make_event

pytestmark = pytest.mark.django_db


def test_every_save_of_an_article_leaves_one_row_of_history() -> None:
    article = Article.objects.create(slug="a", title="A")
    article.title = "B"
    article.save()

    rows = Document.objects.get(slug="a").history.order_by("history_date")

    assert [(row.title, row.history_type) for row in rows] == [("A", "+"), ("B", "~")]
    article.delete()
    assert Document.history.filter(slug="a", history_type="-").count() == 1


def test_claims_and_events_keep_their_history() -> None:
    event = make_event(title="First")
    event.title = "Second"
    event.save()
    assert event.history.count() == 2
    claim = Claim.objects.create(
        document=Document.objects.create(slug="d", kind="article", title="D"),
        text="t",
        speaker="s",
        certainty="claimed",
    )
    assert claim.history.count() == 1
