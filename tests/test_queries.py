"""The one form for what may be asked of the ledger."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from conflict.asking import shown
from conflict.models import Category, Event, Source, Version
from conflict.queries import MEASURES, Asked, ExplorerQuery, LossesQuery, PageQuery

CATEGORIES = [
    Category(pk=n, slug=slug, name=slug.title(), order=n)
    for n, slug in enumerate(["personnel", "tanks", "artillery", "uavs", "ships", "vehicles", "aircraft"])
]
SOURCES = [Source(slug="general-staff", name="General Staff"), Source(slug="oryx", name="Oryx")]
EVENTS = [Event(slug="kherson", title="Kherson retaken", date=dt.date(2022, 11, 11), theme="front")]
NAMES = ["category", "source", "from", "to", "measure", "base", "scale", "version", "year"]
MORE_NAMES = [*NAMES, "panels", "events", "since", "sort"]


def ask(query: str, form: type[LossesQuery] = PageQuery, **fields) -> LossesQuery:
    given = {"newest": Version(number=7), "defaults": {"category": "personnel"}, **fields}
    return form(QueryDict(query), categories=CATEGORIES, **given)


def explore(query: str, **fields) -> ExplorerQuery:
    return ask(query, ExplorerQuery, sources=SOURCES, events=EVENTS, **fields)


def understood(form: LossesQuery) -> Asked:
    assert form.is_valid(), form.errors
    return form.asked


def faults_of(query: str, form: type[LossesQuery] = PageQuery) -> dict[str, str]:
    asked = explore(query) if form is ExplorerQuery else ask(query, form)
    assert not asked.is_valid()
    return {fault.name: fault.sentence for fault in asked.faults}


def test_where_nothing_is_asked_the_defaults_stand():
    form = ask("")
    assert form.is_valid()
    assert [c.slug for c in form.asked.categories] == ["personnel"]
    assert (form.asked.measure, form.asked.scale) == ("mean-30", "linear")
    assert (form.asked.start, form.asked.end, form.asked.version, form.asked.year) == (None, None, None, None)


def test_empty_fields_of_a_sent_form_are_not_asked():
    assert ask("category=&from=&to=&measure=&scale=&version=&year=").is_valid()


def test_everything_that_can_be_asked_is_understood():
    form = ask(
        "category=uavs&category=tanks&from=2024-01-01&to=2024-11-19&measure=total&scale=log&version=7&year=2024"
    )
    assert form.is_valid(), form.errors
    assert [c.slug for c in form.asked.categories] == ["tanks", "uavs"]  # in the source's order
    assert (form.asked.start, form.asked.end) == (dt.date(2024, 1, 1), dt.date(2024, 11, 19))
    assert (form.asked.measure, form.asked.scale) == ("total", "log")
    assert (form.asked.version, form.asked.year) == (7, 2024)


def test_the_form_shows_the_defaults_as_chosen():
    drawn = str(ask("")["category"])
    assert drawn.count("checked") == 1
    assert 'value="personnel" id="id_category_0" checked' in drawn


@pytest.mark.parametrize(
    "value",
    [
        "2024-13-01",
        "2024-02-30",
        "2024-1-5",
        "24-01-05",
        "yesterday",
        "2024-11-19T00:00",
        "٢٠٢٤-١١-١٩",
        "２０２４-11-19",
    ],
)
@pytest.mark.parametrize("name", ["from", "to"])
def test_a_day_that_cannot_be_read_is_named_and_kept(name, value):
    assert f"“{value}”" in faults_of(f"{name}={value}")[name]
    drawn = str(ask(f"{name}={value}")[name])
    assert f'value="{value}"' in drawn
    assert 'type="text"' in drawn  # a calendar would drop what it cannot read


def test_a_day_is_chosen_in_the_browsers_calendar_within_the_account():
    drawn = str(ask("from=2024-11-19")["from"])
    assert 'type="date"' in drawn
    assert 'min="2022-02-24"' in drawn
    assert f'max="{timezone.localdate()}"' in drawn


def test_days_outside_the_account_are_refused():
    assert "before day 1" in faults_of("from=2022-02-23")["from"]
    assert "future" in faults_of(f"to={timezone.localdate() + dt.timedelta(days=1)}")["to"]
    assert ask(f"from=2022-02-24&to={timezone.localdate()}").is_valid()


def test_the_last_day_cannot_lie_before_the_first():
    assert "lies before the first" in faults_of("from=2024-11-19&to=2024-11-18")["to"]
    assert ask("from=2024-11-19&to=2024-11-19").is_valid()


@pytest.mark.parametrize(
    ("query", "name"),
    [("category=tanks&category=dragons", "category"), ("measure=sum", "measure"), ("scale=x", "scale")],
)
def test_an_unknown_word_is_named(query, name):
    value = query.rpartition("=")[2]
    assert f"“{value}”" in faults_of(query)[name]


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "1_0", "٣", "²", "1e3", "9999999999"])
@pytest.mark.parametrize("name", ["version", "year"])
def test_a_number_is_written_in_plain_digits(name, value):
    assert f"“{value}”" in faults_of(f"{name}={value}")[name]


def test_a_version_that_is_not_there_is_refused():
    assert "the newest is 7" in faults_of("version=8")["version"]
    assert not ask("version=1", newest=None).is_valid()


def test_a_year_outside_the_account_is_refused():
    assert "2022" in faults_of("year=2021")["year"]


@pytest.mark.parametrize("name", ["from", "to", "base", "measure", "scale", "version"])
def test_one_value_is_one_value(name):
    value = {"measure": "total", "scale": "log", "version": "1"}.get(name, "2024-11-19")
    assert faults_of(f"{name}={value}&{name}={value}") == {name: "More than one value is given."}


def test_a_picture_holds_six_categories_and_other_uses_any_number():
    every = "&".join(f"category={c.slug}" for c in CATEGORIES)
    assert "6" in faults_of(every)["category"]
    form = ask(every, LossesQuery)
    assert form.is_valid()
    assert len(form.asked.categories) == 7
    assert form.asked.year is None


def test_what_was_typed_is_cut_to_what_a_sentence_can_hold():
    assert shown("x" * 5000) == "x" * 40 + "…"
    assert len(faults_of(f"from={'9' * 5000}")["from"]) < 200


def test_an_index_may_have_a_day_of_its_own_as_its_base():
    assert understood(ask("measure=index&base=2024-01-01")).base == dt.date(2024, 1, 1)
    assert "“soon”" in faults_of("measure=index&base=soon")["base"]


def test_only_sources_with_figures_can_be_asked_for():
    assert understood(ask("")).sources == ("general-staff",)
    assert understood(explore("source=oryx&source=general-staff")).sources == ("general-staff", "oryx")
    assert "“oryx”" in faults_of("source=oryx")["source"]  # where none but the ledger's own is offered
    assert understood(explore("source=oryx")).sources == ("oryx",)


def test_no_address_means_another_measure_tomorrow():
    """A mean has the length of its window in its name, whatever the data would bear."""
    assert [slug for slug, _words in MEASURES if slug.startswith("mean")] == ["mean-7", "mean-30"]
    assert "“mean”" in faults_of("measure=mean")["measure"]


# -- The explorer -------------------------------------------------------------------------------------------


def test_a_panel_each_has_room_for_every_category():
    every = "&".join(f"category={c.slug}" for c in CATEGORIES)
    assert "category" in faults_of(every, ExplorerQuery)
    asked = understood(explore(f"{every}&panels=1"))
    assert (asked.panels, len(asked.categories)) == (True, 7)
    assert "“2”" in faults_of("panels=2", ExplorerQuery)["panels"]


def test_events_are_all_or_none_or_those_of_some_themes():
    assert understood(explore("")).events == ()
    assert understood(explore("events=none")).events == ("none",)
    assert understood(explore("events=naval&events=front")).events == ("naval", "front")
    assert "beside a theme" in faults_of("events=none&events=front", ExplorerQuery)["events"]
    assert "“weather”" in faults_of("events=weather", ExplorerQuery)["events"]


def test_since_an_event_becomes_the_day_on_which_it_began():
    form = explore("since=kherson&category=tanks&measure=total&from=2024-01-01")
    assert form.is_valid()
    resolved = form.resolved
    assert QueryDict(resolved) == QueryDict("category=tanks&from=2022-11-11&measure=total")
    assert form.resolved is resolved
    assert explore("category=tanks").is_valid()
    assert "“dragons”" in faults_of("since=dragons", ExplorerQuery)["since"]


def test_a_table_is_sorted_by_a_column_that_it_has():
    assert understood(explore("")).sort == "-date"
    assert understood(explore("category=tanks&sort=tanks")).sort == "tanks"
    both = "category=tanks&source=oryx&source=general-staff"
    assert understood(explore(f"{both}&sort=-tanks@oryx")).sort == "-tanks@oryx"
    for sort in ("uavs", "--date", "tanks@oryx"):
        assert sort in faults_of(f"category=tanks&sort={sort}", ExplorerQuery)["sort"]


def test_the_canonical_query_leaves_out_what_stands_by_itself():
    form = explore("category=tanks&from=&to=&measure=mean-30&scale=linear&source=general-staff&since=&panels=")
    assert form.is_valid()
    assert form.canonical == "category=tanks"
    assert explore("").canonical == ""
    again = explore(f"{explore('category=uavs&category=tanks&measure=total&events=none').canonical}")
    understood(again)
    assert [c.slug for c in again.asked.categories] == ["tanks", "uavs"]
    assert (again.asked.measure, again.asked.events) == ("total", ("none",))


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=12)), max_size=6))
def test_any_query_is_either_understood_or_its_faults_are_named(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    form = PageQuery(data, categories=CATEGORIES, newest=None, defaults={"category": "tanks"})
    if form.is_valid():
        assert form.asked.categories
    else:
        assert all(fault.label and fault.sentence for fault in form.faults)
    form.as_div()


@given(st.lists(st.tuples(st.sampled_from(MORE_NAMES), st.text(max_size=12)), max_size=6))
def test_any_address_of_the_explorer_is_either_understood_or_its_faults_are_named(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    form = explore(data.urlencode())
    if form.is_valid():
        again = explore(form.canonical)
        assert again.is_valid()
        assert again.asked == form.asked
    else:
        assert all(fault.label and fault.sentence for fault in form.faults)
