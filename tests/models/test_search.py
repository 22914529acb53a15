"""Search: both databases agree with a plain recount, nothing a reader types breaks it, triggers keep the rows."""

from __future__ import annotations

import random
import unicodedata

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations import Migration
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conflict.models import (
    Actor,
    Article,
    Category,
    Claim,
    Document,
    Event,
    EventActor,
    EventFigure,
    Place,
    Report,
    Source,
)
from conflict.models.folding import LONGEST_QUERY, QueryTooLong, excerpt, mark, read_query
from conflict.models.guards import guards_lifted
from conflict.models.search import RANKED, UNDATED, Results, search
from conflict.models.search_index import install_search, lift_search, rebuild_search
from conflict.models.search_texts import Kind
from tests.make import D, make_document, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db


def found(text: str, **asked: object) -> list[tuple[str, int]]:
    return [(hit.kind.name.lower(), hit.key) for hit in search(text, **asked).hits]


def names(text: str, **asked: object) -> set[str]:
    """Return the slugs of the events that are found."""
    keys = [hit.key for hit in search(text, **{"limit": 1000, **asked}).hits if hit.kind == Kind.EVENT]
    return set(Event.objects.filter(pk__in=keys).values_list("slug", flat=True))


def make_claim(text: str = "A claim", **fields: object) -> Claim:
    article = fields.pop("document", None) or Article.objects.create(slug="article", title="An article")
    return Claim.objects.create(
        document=article, **{"text": text, "speaker": "A minister", "certainty": "claimed", **fields}
    )


# -- What is asked for --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found_too"),
    [
        ("odesa", True),
        ("ODESA", True),
        ("strike odesa", True),
        ("odesa strike", True),
        ("odes", True),
        ("strik odesa", False),  # only the last word may be begun
        ("des", False),
        ("o", False),  # a single character is a whole word
        ('"strike on odesa"', True),
        ('"odesa strike"', False),
        ('"strike on odes"', False),  # a closed quotation is whole
        ('"strike on odes', True),  # one that is still being typed is not
        ("„strike on“ odesa", True),
        ("odesa kyiv", False),
        ("łódź", True),
        ("Łodz", True),
        ("lodz", False),  # ł is a letter, not an l with an accent
        ("jalapeno", True),
        ("JALAPEÑO", True),
        ("jalapen\u0303o", True),
        ("київ", True),
        ("КИЇВ", True),
        ("киів", True),
        ("киі\u0308в", True),
        ("харьков", False),
        ("обєкт", False),
        ("об'єкт", True),
        ("об’єкт", True),
        ("обʼєкт", True),
        ("4,000", True),
        ("4.000", True),
        ("000,4", False),
        ("odesa AND strike", False),  # there are no operators: "and" is a word
        ("odesa OR kyiv", False),
        ("NOT kyiv", False),
        ("title:odesa", False),
        ("odesa*", True),
        ("(odesa)", True),
        ("^odesa", True),
        ("-odesa", True),
    ],
)
def test_words_and_phrases_are_the_whole_language(text, found_too):
    make_event(
        title="A strike on Odesa",
        summary="Łódź sent 4,000 jalapeños, no: one jalapeño.",
        translations={"uk": {"title": "Удар по об’єкту, Київ", "summary": "об’єкт"}},
    )
    assert bool(found(text)) == found_too


@pytest.mark.parametrize("text", ["", " ", '"', '""', "—", "\x00", "* ^ ( ) : - +", "½", "\u0301", "😀"])
def test_what_holds_no_word_finds_nothing_and_costs_nothing(text, django_assert_num_queries):
    make_event()
    with django_assert_num_queries(0):
        assert search(text) == Results((), 0, {}, {}, ())


def test_a_query_that_is_too_long_is_refused():
    search("x" * LONGEST_QUERY)
    with pytest.raises(QueryTooLong):
        search("x" * (LONGEST_QUERY + 1))


def test_no_phrase_spans_a_title_and_its_text():
    make_event(title="Odesa", summary="burns", source_name="A paper")
    assert found("odesa burns")
    assert not found('"odesa burns"')


# -- Against a plain recount --------------------------------------------------------------------------------

LETTERS = "abeéñłżąöç" + "абвгґеёіїйьєў" + "n\u0303e\u0301и\u0306і\u0308" + "019" + " \"'’ʼ-,.·_*:()"
TEXT = st.text(LETTERS, max_size=40)


def plain_words(text: str) -> list[str]:
    """Fold and part a text one character at a time."""
    words = [""]
    for char in unicodedata.normalize("NFD", text.replace("ʼ", " ")).lower():
        if unicodedata.category(char).startswith(("L", "N")):
            words[-1] += char
        elif not unicodedata.combining(char):
            words.append("")
    return [word for word in words if word]


def plain_match(query: str, texts: list[str]) -> bool:
    """Look for every piece of a query between two separators, wherever it may begin."""
    pieces, quoted, closed = [], False, False
    rest = query
    while rest:
        if rest[0] == '"':
            body, sign, rest = rest[1:].partition('"')
            quoted, closed = True, bool(sign)
        else:
            cut = min((rest.find(sign) for sign in ' "' if sign in rest), default=len(rest))
            body, rest, quoted = rest[: cut or 1], rest[cut or 1 :], False
        if plain_words(body):
            pieces.append((plain_words(body), quoted and closed))
    for number, (piece, whole) in enumerate(pieces, 1):
        begun = number == len(pieces) and not whole and len(piece[-1]) > 1
        if not any(
            held[place : place + len(piece) - 1] == piece[:-1]
            and (
                held[place + len(piece) - 1].startswith(piece[-1])
                if begun
                else held[place + len(piece) - 1] == piece[-1]
            )
            for held in map(plain_words, texts)
            for place in range(len(held) - len(piece) + 1)
        ):
            return False
    return bool(pieces)


@settings(suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6), queries=st.lists(TEXT, min_size=1, max_size=8)
)
@example(rows=[("a", "b")], queries=['"a b"', "a b", '"a'])
@example(rows=[("ʼa", "и\u0306"), ("й", "аʼb")], queries=["ʼ", "й", "и", "а'b"])
def test_search_finds_what_a_plain_recount_finds(rows, queries):
    from django.db import transaction

    with transaction.atomic():
        for number, (title, summary) in enumerate(rows):
            make_event(f"row-{number}", title=title, summary=summary, source_name="")
        # A query is also made of pieces of what is there, or it would hardly ever find anything.
        for query in [*queries, *(text[:12] for row in rows for text in row)]:
            expected = {f"row-{n}" for n, texts in enumerate(rows) if plain_match(query, list(texts))}
            assert names(query) == expected, query
        transaction.set_rollback(True)


@settings(suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=LONGEST_QUERY))
@example(text='"' * 200)
@example(text="a " * 100)
@example(text='a" OR b NEAR(c) NOT d* ^e {title text} : f')
@example(text="'; DROP TABLE search_text; --")
@example(text="a\\' & b | !c <-> d:*AB")
@example(text="%s %d %% %(x)s")
@example(text="\ud800 lone surrogate")
@example(text="𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ㍿ ﷽ ǅ İstanbul ẞ ΣΑΣ עִבְרִית हिन्दी 한국어 中文")
def test_nothing_that_is_typed_breaks_the_query(text):
    if not Event.objects.exists():
        make_event(title="An event")
    results = search(text)
    assert results.total >= len(results.hits)
    mark(text, results.phrases)
    assert "".join(piece for piece, _found in mark(text, results.phrases)) == text


@pytest.mark.parametrize("text", ["İstanbul", "中文", "한국어", "Überraschung", "Đuro", "дрони", "ɣ", "١٢٣"])
def test_a_text_is_found_by_itself_in_any_script(text):
    make_event(title=text)
    assert names(text) == {"an-event"}


# -- What is found, and in which order ----------------------------------------------------------------------


def test_a_report_is_found_by_its_day_in_every_form_it_is_written():
    make_reference()
    publish_records(
        make_record(document=make_document("b", publisher="Bulletin House", title="Losses on Tuesday"), tanks=1)
    )
    publish_records(make_record(D(2024, 11, 20), tanks=2))
    report = Report.objects.get(date=D(2024, 11, 19))
    for text in (
        *("2024-11-19", "19 November 2024", "November 19, 2024", "19 листопада 2024", "19.11.2024"),
        *("day 1000", "day 1,000", "день 1000", "1000-й день", "Bulletin House", "tuesday"),
    ):
        assert found(text) == [("report", report.pk)], text
    assert len(found("General Staff")) == 2


def test_a_day_with_several_readings_is_found_once_and_by_each_publisher():
    make_reference()
    for name in ("One", "Two"):
        publish_records(make_record(document=make_document(name.lower(), publisher=f"{name} Press"), tanks=1))
    assert found("one press") == found("two press") == found("2024-11-19")
    assert len(found("2024-11-19")) == 1


def test_reports_that_do_not_count_are_not_found():
    from conflict.ledger.publishing import save_draft, withdraw

    make_reference()
    save_draft(record=make_record(D(2024, 1, 1), document="draft", tanks=1))
    assert not found("2024-01-01")
    publish_records(make_record(tanks=1))
    publish_records(make_record(tanks=2))
    assert Report.objects.filter(status="superseded").exists()
    published = Report.objects.get(status="published")
    assert found("2024-11-19") == [("report", published.pk)]
    withdraw(reports=[published], reason="a test", by="tests")
    assert not found("2024-11-19")


def test_what_stands_in_a_title_comes_before_what_stands_in_a_text():
    make_event("in-text", title="Another thing", summary="odesa odesa odesa", date=D(2025, 1, 1))
    make_event("in-title", title="A long title that among many words says Odesa once", summary="x " * 300)
    assert [Event.objects.get(pk=key).slug for _kind, key in found("odesa")] == ["in-title", "in-text"]


def test_many_rows_come_newest_first_and_titles_still_lead(monkeypatch):
    monkeypatch.setattr("conflict.models.search.RANKED", 3)
    for day in (5, 9, 2):
        make_event(f"text-{day}", title="x", summary="odesa", date=D(2024, 6, day))
    for day in (4, 8, 1):
        make_event(f"title-{day}", title="odesa", date=D(2024, 5, day))
    order = [Event.objects.get(pk=key).slug for _kind, key in found("odesa")]
    assert order == ["title-8", "title-4", "title-1", "text-9", "text-5", "text-2"]
    pages = [found("odesa", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [row for page in pages for row in page] == found("odesa")
    assert RANKED > 3


def test_facets_count_by_type_and_year_each_within_the_other():
    make_reference()
    Category.objects.filter(slug="tanks").update(definition="odesa")
    make_event("a", title="odesa", date=D(2023, 1, 1))
    make_event("b", title="odesa", date=D(2024, 1, 1))
    make_claim("odesa", date=D(2024, 3, 1))
    every = search("odesa")
    assert (every.total, every.kinds, every.years) == (
        4,
        {Kind.CATEGORY: 1, Kind.EVENT: 2, Kind.CLAIM: 1},
        {2024: 2, 2023: 1, UNDATED: 1},
    )
    events = search("odesa", kinds=[Kind.EVENT])
    assert (events.total, events.kinds, events.years) == (2, every.kinds, {2024: 1, 2023: 1})
    year = search("odesa", year=2024)
    assert (year.total, year.kinds, year.years) == (2, {Kind.EVENT: 1, Kind.CLAIM: 1}, every.years)
    both = search("odesa", kinds=[Kind.EVENT, Kind.CATEGORY], year=UNDATED)
    assert [(hit.kind, both.total) for hit in both.hits] == [(Kind.CATEGORY, 1)]


def test_a_claim_is_found_by_speaker_figure_source_category_and_translation():
    make_reference()
    claim = make_claim(
        "Losses mount",
        figure=724050,
        unit="soldiers",
        speaker="Minister Petrenko",
        source=Source.objects.get(),
        category=Category.objects.get(slug="tanks"),
        translations={"uk": {"text": "Втрати зростають", "unit": "військових"}},
    )
    for text in (
        "724,050",
        "724050 soldiers",
        "petrenko",
        "General Staff mount",
        "втрати військових",
        "losses tanks",
    ):
        assert found(text) == [("claim", claim.pk)], text


# -- Rows are right whoever writes --------------------------------------------------------------------------


def test_rows_follow_save_update_bulk_create_raw_sql_and_delete():
    event = make_event(title="first")
    event.title = "second"
    event.save()
    assert (names("first"), names("second")) == (set(), {"an-event"})
    Event.objects.update(title="third", date=D(2023, 5, 5))
    assert (names("second"), names("third", year=2023)) == (set(), {"an-event"})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE conflict_event SET title = 'fourth'")
    assert (names("third"), names("fourth")) == (set(), {"an-event"})
    Event.objects.bulk_create(
        Event(slug=f"b{n}", title="fourth", date=D(2024, 1, 1), theme="front", certainty="confirmed")
        for n in range(3)
    )
    assert names("fourth") == {"an-event", "b0", "b1", "b2"}
    Event.objects.filter(slug="b1").delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM conflict_event WHERE slug = 'b2'")
    assert names("fourth") == {"an-event", "b0"}
    assert_kept()


def test_rows_follow_what_they_are_related_to():
    place = Place.objects.create(slug="p", name="Odesa")
    actor = Actor.objects.create(slug="a", name="Helsing", translations={"uk": {"name": "Гельсінг"}})
    event = make_event(place=place)
    part = EventActor.objects.create(event=event, actor=actor)
    figure = EventFigure.objects.create(event=event, label="killed", value=10, unit="people")
    for text in ("odesa", "helsing", "гельсінг", '"killed 10 people"'):
        assert names(text) == {"an-event"}, text
    Place.objects.update(name="Kharkiv")
    Actor.objects.update(name="OPCW", translations={"uk": {"name": "ОЗХЗ"}})
    figure.value = 11
    figure.save()
    for text in ("odesa", "helsing", "гельсінг", '"killed 10"'):
        assert names(text) == set(), text
    assert names("kharkiv opcw озхз") == names('"killed 11"') == {"an-event"}
    part.delete()
    figure.delete()
    assert names("opcw") == names("killed") == set()
    assert_kept()


def test_rows_of_claims_and_reports_follow_documents_sources_and_categories():
    make_reference()
    publish_records(make_record(document=make_document("b", publisher="Old Press"), tanks=1))
    claim = make_claim(source=Source.objects.get(), category=Category.objects.get(slug="tanks"))
    Document.objects.filter(slug="b").update(publisher="New Press")
    Document.objects.filter(slug="article").update(published=D(2023, 1, 1))
    Source.objects.update(name="The Staff")
    Category.objects.filter(slug="tanks").update(translations={"uk": {"name": "Танки"}})
    assert (found("old press"), len(found("new press"))) == ([], 1)
    assert {kind for kind, _key in found('"the staff"')} == {"claim", "report"}
    assert ("claim", claim.pk) in found("танки", year=2023)
    Article.objects.all().delete()
    assert {kind for kind, _key in found('"the staff"')} == {"report"}
    assert_kept()


def test_a_bulletin_or_dataset_is_no_article_until_it_is_one():
    document = Document.objects.create(slug="d", kind="bulletin", title="Odesa")
    assert not found("odesa")
    Document.objects.update(kind="article")
    assert found("odesa") == [("article", document.pk)]


def test_translations_of_any_shape_are_taken():
    for number, translations in enumerate(
        [{}, [], ["x"], "x", 5, None, {"uk": None}, {"uk": "x"}, {"uk": {"title": ["odesa"], "summary": 5}}]
    ):
        make_event(f"e{number}", translations=translations if translations is not None else {"uk": None})
    assert len(found("event")) == 9


def test_a_text_too_long_to_index_whole_is_found_by_its_beginning():
    make_event(title="x" * 200, summary="begins " + "слово1 " * 300_000 + "ends")
    assert names("begins") == {"an-event"}
    assert names("ends") == set()


def test_a_text_of_many_bytes_is_written_and_phrases_are_found_in_it():
    chance = random.Random(5)  # noqa: S311
    syllables = [chr(chance.randrange(0xAC00, 0xD7A4)) for _ in range(100_000)]  # nine bytes each
    words = ["".join(syllables[place : place + 5]) for place in range(0, len(syllables), 5)]
    make_event(summary=" ".join(words)[:100_000])
    assert names(f'"{words[100]} {words[101]}"') == {"an-event"}
    assert not names(f'"{words[101]} {words[100]}"')
    assert names(words[16_000]) == {"an-event"}


@pytest.mark.django_db(transaction=True)
def test_rows_follow_loaddata_and_flush():
    call_command("loaddata", "reference", verbosity=0)
    assert ("category", Category.objects.get(slug="tanks").pk) in found("танки")
    before = search("танки").total
    call_command("loaddata", "reference", verbosity=0)
    assert search("танки").total == before > 0
    assert_kept()
    with guards_lifted():
        call_command("flush", interactive=False, verbosity=0)
    assert search("танки").total == 0
    make_event(title="after")
    assert names("after") == {"an-event"}


@pytest.mark.django_db(transaction=True)
def test_rows_of_actors_and_places_follow_their_names_and_sources():
    source = Source.objects.create(slug="opcw", name="The Organisation", kind="organisation")
    actor = Actor.objects.create(slug="opcw", name="OPCW", translations={"uk": {"name": "ОЗХЗ"}})
    place = Place.objects.create(slug="odesa", name="Odesa, Ukraine", translations={"uk": {"name": "Одеса"}})
    assert found("озхз") == [("actor", actor.pk)]
    assert found("одеса") == found('"odesa ukraine"') == [("place", place.pk)]
    assert not found("organisation")
    Actor.objects.update(source=source)
    assert found("organisation") == [("actor", actor.pk)]
    Source.objects.update(name="The Watchdog")
    Place.objects.update(name="Odesa")
    assert found("watchdog") == [("actor", actor.pk)]
    assert not found("ukraine")
    assert_kept()
    source.delete()
    assert not found("watchdog")
    Actor.objects.all().delete()
    Place.objects.all().delete()
    assert not found("opcw") and not found("odesa")
    assert_kept()


def test_a_longer_phrase_must_stand_in_one_place_and_not_only_its_pairs():
    make_event("whole", title="The quick red fox runs")
    make_event("pairs", title="A quick red car, and the red fox")
    make_event("parted", title="Quick, said the red old fox")
    assert names('"quick red fox"') == {"whole"}
    assert names('"quick red"') == names('"quick red fo') | {"pairs"} == {"whole", "pairs"}
    assert names('"red fox" quick') == {"whole", "pairs"}
    assert names('"red fo') == {"whole", "pairs"}
    assert not names('"red fo"')


def test_what_was_missed_while_the_triggers_were_away_is_made_good():
    make_event("one", title="odesa")
    lift_search()
    Event.objects.update(title="kharkiv")
    assert names("odesa") == {"one"}
    assert rebuild_search()[Kind.EVENT] == 1
    assert (names("odesa"), names("kharkiv")) == (set(), {"one"})
    Event.objects.update(title="poltava")
    install_search()
    assert names("poltava") == {"one"}
    Event.objects.update(title="sumy")
    assert names("sumy") == {"one"}
    assert_kept()


@pytest.mark.django_db(transaction=True)
def test_tables_can_be_made_anew_by_a_migration_and_search_stands_again():
    make_event("one", title="odesa")
    emit_pre_migrate_signal(0, False, "default", plan=[(Migration("a_migration", "conflict"), False)], apps=apps)
    if connection.vendor == "sqlite":
        with connection.schema_editor() as editor:
            editor._remake_table(Event)
    Event.objects.update(title="kharkiv")
    emit_post_migrate_signal(0, False, "default", plan=[(Migration("a_migration", "conflict"), False)], apps=apps)
    assert names("kharkiv") == {"one"}
    Event.objects.update(title="sumy")
    assert names("sumy") == {"one"}


def test_the_command_says_what_it_made(capsys):
    make_event()
    call_command("rebuild_search")
    assert "events 1" in capsys.readouterr().out


def assert_kept() -> None:
    """Check that the rows that triggers kept are those that would be made anew, and that the index fits them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, kind, key, title, text FROM search_text ORDER BY id")
        kept = cursor.fetchall()
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        else:
            cursor.execute(
                "SELECT count(*) FROM search_text t FULL JOIN search_index i ON i.id = t.id WHERE t.id IS NULL "
                "OR i.id IS NULL OR i.words <> search_vector(t.title, t.text) "
                "OR i.pairs <> search_pairs(t.title, t.text)"
            )
            assert cursor.fetchone() == (0,)
        rebuild_search()
        cursor.execute("SELECT id, kind, key, title, text FROM search_text ORDER BY id")
        assert cursor.fetchall() == kept


# -- Marks and excerpts -------------------------------------------------------------------------------------


def test_marks_cover_whole_words_phrases_and_accents():
    text = "Київ: the Strike on Odesa, striking"
    assert mark(text, read_query('киів "strike on" stri')) == [
        ("Київ", True),
        (": the ", False),
        ("Strike on", True),
        (" Odesa, ", False),
        ("striking", True),
    ]


def test_an_excerpt_stands_around_the_first_place_and_says_what_is_left_out():
    text = "before " * 100 + "Odesa" + " after" * 100
    pieces = excerpt(text, read_query("odesa"))
    assert ("Odesa", True) in pieces
    assert (pieces[0], pieces[-1]) == (("… ", False), (" …", False))
    assert len("".join(piece for piece, _found in pieces)) < 260
    assert excerpt("short", read_query("odesa")) == [("short", False)]


@given(text=st.text(max_size=900), query=st.text(max_size=20))
def test_an_excerpt_is_a_piece_of_its_text(text, query):
    pieces = excerpt(text, read_query(query))
    middle = "".join(piece for piece, _found in pieces)
    assert middle.removeprefix("… ").removesuffix(" …") in text or middle in text
