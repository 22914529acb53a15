"""The articles: their list, and what each states."""

from __future__ import annotations

import pytest

from conflict.models import Article, Category, Claim, Question, Source
from tests.make import DAY_1000, D, make_document, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db


def make_article(slug: str = "a-piece", **fields) -> Article:
    return Article.objects.create(slug=slug, **{"title": "A piece", **fields})


def make_claim(article: Article, **fields) -> Claim:
    return Claim.objects.create(
        document=article, **{"text": "A statement.", "speaker": "Someone", "certainty": "claimed", **fields}
    )


# -- The list -----------------------------------------------------------------------------------------------


def test_articles_stand_newest_first_and_those_without_a_date_last(client, words_of):
    make_article("old", title="The old", published=D(2023, 1, 1))
    make_article("undated", title="The undated")
    make_article("new", title="The new", published=D(2024, 11, 19))
    words = words_of(client.get("/articles/"))
    places = [
        words.index(title) for title in ("The new", "The old", "Day of publication not known", "The undated")
    ]
    assert places == sorted(places)


def test_an_article_shows_publisher_language_and_number_of_claims(client, words_of):
    make_claim(make_article(publisher="A paper", language="uk", published=D(2024, 11, 19)))
    response = client.get("/articles/")
    assert "19 November 2024 A piece A paper Ukrainian 1 claim" in words_of(response)
    assert b'<a href="/articles/a-piece/" lang="uk">' in response.content


def test_a_title_that_is_not_the_headline_is_marked_so(client):
    article = make_article(title_is_printed=False, language="uk")
    for address in ("/articles/", "/articles/a-piece/"):
        page = client.get(address).content.decode()
        assert "not known: the title" in page
        assert ' lang="uk">A piece' not in page  # our title is not in the article's language
    Article.objects.filter(pk=article.pk).update(title_is_printed=True)
    assert "not known: the title" not in client.get("/articles/").content.decode()


def test_no_articles_is_said_so(client):
    response = client.get("/articles/")
    assert response.status_code == 200
    assert b"has read no article yet" in response.content


# -- One article --------------------------------------------------------------------------------------------


def test_an_article_shows_summary_claims_and_the_original(client, words_of):
    make_reference()
    article = make_article(
        text="Our own words.\n\nA second paragraph.",
        url="https://example.org/piece",
        published_note="No date is shown.",
        publisher="A paper",
    )
    source = Source.objects.get(slug="general-staff")
    make_claim(
        article,
        text="About that many tanks.",
        speaker="General Staff",
        source=source,
        certainty="claimed",
        certainty_note="A note.",
        figure=9382,
        qualifier="about",
        unit="units",
        category=Category.objects.get(slug="tanks"),
    )
    response = client.get("/articles/a-piece/")
    words = words_of(response)
    assert "Our own words. A second paragraph." in words
    assert "About that many tanks. about 9,382 · Tanks" in words
    assert "General Staff ( General Staff of Ukraine , belligerent) claimed A note." in words
    assert "No date is shown." in words
    page = response.content.decode()
    assert '<a class="address" href="https://example.org/piece" rel="noopener external">' in page
    assert '<a href="/losses/tanks/">Tanks</a>' in page
    assert 'href="/about/#source-general-staff"' in page


def test_a_quotation_is_marked_as_one(client):
    make_claim(make_article(), text="game-changer", quoted=True)
    assert b"<q>game-changer</q>" in client.get("/articles/a-piece/").content


def test_a_zero_is_a_figure(client, words_of):
    make_claim(make_article(), figure=0, unit="ships")
    assert "A statement. 0 ships Someone" in words_of(client.get("/articles/a-piece/"))


def test_a_sum_is_checked_against_the_totals_that_the_article_prints(client, words_of):
    make_reference()
    document = make_document("a-piece", "article", title="A piece")
    publish_records(make_record(document=document, tanks=369, artillery=329))
    publish_records(make_record(tanks=1, artillery=1))  # another reading, published later, is the accepted one
    claim = make_claim(Article.objects.get(), figure=698, date=DAY_1000)
    claim.parts.set(Category.objects.filter(slug__in=["tanks", "artillery"]))
    words = words_of(client.get("/articles/a-piece/"))
    assert "369 Tanks + 329 Artillery systems = 698 ✓ as stated" in words
    assert "the totals that the article itself prints" in words


def test_a_sum_of_an_article_without_totals_is_checked_against_the_ledger(client, words_of):
    make_reference()
    publish_records(make_record(tanks=9382, artillery=20632))
    claim = make_claim(make_article(), figure=30000, date=DAY_1000)
    claim.parts.set(Category.objects.filter(slug__in=["tanks", "artillery"]))
    words = words_of(client.get("/articles/a-piece/"))
    assert "= 30,014 ≠ 30,000 as stated" in words
    assert "the totals that the ledger accepts for that day" in words


def test_a_sum_with_a_part_that_is_not_stated_cannot_be_checked(client, words_of):
    make_reference()
    publish_records(make_record(tanks=9382))
    claim = make_claim(make_article(), figure=9382, date=DAY_1000)
    claim.parts.set(Category.objects.filter(slug__in=["tanks", "submarines"]))
    words = words_of(client.get("/articles/a-piece/"))
    assert "9,382 Tanks + ? Submarines cannot be checked" in words
    assert "as stated" not in words


def test_the_figures_read_from_an_article_are_listed_with_what_is_not_stated(client, words_of):
    make_reference()
    document = make_document("a-piece", "article", title="A piece")
    publish_records(make_record(document=document, personnel=(724050, 1610), tanks=9382, artillery=(None, 46)))
    response = client.get("/articles/a-piece/")
    words = words_of(response)
    assert "Personnel 724,050 +1,610 Tanks 9,382 not stated Artillery systems not stated +46" in words
    assert b'href="/reports/2024-11-19/"' in response.content


def test_a_claims_day_is_linked_only_where_there_is_a_report(client):
    make_reference()
    make_claim(make_article(), figure=1, date=DAY_1000)
    assert b'href="/reports/2024-11-19/"' not in client.get("/articles/a-piece/").content
    publish_records(make_record(tanks=9382))
    assert b'href="/reports/2024-11-19/"' in client.get("/articles/a-piece/").content


def test_what_an_article_supports_is_named_once(client):
    article = make_article()
    tied, claimed = make_event("tied", title="The tied"), make_event("claimed", title="The claimed")
    tied.articles.add(article)
    for _ in range(2):
        make_claim(article).events.add(claimed, tied)
    page = client.get("/articles/a-piece/").content.decode()
    supports = page[page.index('id="supports"') :]
    assert supports.count("/events/tied/") == 1
    assert supports.count("/events/claimed/") == 1


def test_an_unknown_article_or_a_bulletin_is_no_article(client):
    make_reference()
    publish_records(make_record(tanks=9382))
    for slug in ("nothing", "bulletin"):
        response = client.get(f"/articles/{slug}/")
        assert response.status_code == 404
        assert b'<li><a href="/articles/">' in response.content


def test_articles_cost_as_many_queries_with_more_of_everything(client, queries_of):
    make_reference()
    document = make_document("a-piece", "article", title="A piece")
    publish_records(make_record(document=document, tanks=9382))
    article = Article.objects.get()
    make_claim(article)
    small = [queries_of("/articles/"), queries_of("/articles/a-piece/")]
    publish_records(*(make_record(D(2024, 10, n), document, tanks=9000 + n, personnel=n) for n in range(1, 20)))
    for number in range(20):
        event = make_event(f"event-{number}")
        claim = make_claim(article, figure=number, date=D(2024, 10, 1), source=Source.objects.get())
        claim.events.add(event)
        claim.parts.set(Category.objects.all())
        make_claim(make_article(f"piece-{number}"))
    assert [queries_of("/articles/"), queries_of("/articles/a-piece/")] == small


# -- Claims in the summary ----------------------------------------------------------------------------------


def _summary(client, text, *claims, **fields) -> str:
    article = make_article(text=text, **fields)
    for order, claim in enumerate(claims):
        Claim.objects.create(document=article, order=order, speaker="S", certainty="reported", **claim)
    page = client.get(article.get_absolute_url()).text
    return page[page.index('id="summary"') : page.index("A summary in our own words")]


def test_a_claim_is_marked_where_its_words_stand_in_the_summary(client, db):
    page = _summary(client, "He said “it is\nover” on Monday.", {"text": "it is over", "quoted": True})
    assert '<a href="#claim-1" class="claimed"><mark>it is\nover</mark></a>' in page


def test_a_counted_claim_is_marked_at_its_figure_if_that_stands_there_once(client, db):
    claim = {"text": "Germany supplied drones", "figure": 4000, "unit": "drones"}
    assert '#claim-1" class="claimed"><mark>4,000</mark>' in _summary(client, "Germany sent 4,000 drones.", claim)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("4,000 here and 4,000 there.", [{"text": "x", "figure": 4000, "unit": "drones"}]),
        (
            "4,000 drones.",
            [{"text": "x", "figure": 4000, "unit": "a"}, {"text": "y", "figure": 4000, "unit": "b"}],
        ),
        ("14,000.5 and 4,0001 drones", [{"text": "x", "figure": 4000, "unit": "a"}]),
        ("On 4 days.", [{"text": "x", "figure": 4, "unit": "children"}]),
        ("Nothing of the kind.", [{"text": "Something else"}]),
    ],
)
def test_a_claim_that_does_not_clearly_stand_in_the_summary_is_not_marked(client, db, text, claims):
    assert "<mark" not in _summary(client, text, *claims)


def test_a_summary_is_text_whatever_it_contains_and_keeps_its_paragraphs(client, db):
    page = _summary(client, "<b>One</b>\n\nTwo <script>x</script>", {"text": "<script>x</script>"})
    assert "<p>&lt;b&gt;One&lt;/b&gt;</p>" in page
    assert "<mark>&lt;script&gt;x&lt;/script&gt;</mark>" in page
    assert "<script>" not in page


def test_claims_of_an_article_stand_beside_other_answers_to_their_question(client, words_of):
    question = Question.objects.create(slug="dead", text="Is it the number of the dead?")
    article = Article.objects.create(slug="a-piece", title="A piece")
    other = Article.objects.create(slug="another", title="Another")
    for document, text, certainty in ((article, "It is.", "rejected"), (other, "It is not.", "claimed")):
        Claim.objects.create(
            document=document, text=text, speaker="A speaker", certainty=certainty, question=question
        )
    for address in ("/articles/a-piece/", "/articles/another/"):
        words = words_of(client.get(address))
        section = words[words.index("Is it the number of the dead?") :]
        assert section.index("It is. A speaker rejected In A piece") < section.index(
            "It is not. A speaker claimed"
        )


def test_a_question_with_one_answer_is_not_asked(client):
    article = Article.objects.create(slug="a-piece", title="A piece")
    question = Question.objects.create(slug="dead", text="Is it the number of the dead?")
    Claim.objects.create(document=article, text="It is.", speaker="S", certainty="claimed", question=question)
    assert b"Is it the number" not in client.get("/articles/a-piece/").content
