"""What may be asked of the timeline: every filter equals a plain recount, and every fault is named."""

from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils import timezone

from conflict.analysis.calendar import day_number, last_of_month
from conflict.models import Actor, Event, EventActor, Place
from conflict.models.folding import fold, read_query, runs_of
from conflict.timeline_query import TimelineQuery
from conflict.web.timeline_facets import PERIOD, address, facets_of, period_in_words, years_of
from tests.make import D, make_event

pytestmark = pytest.mark.django_db

THEMES = ["front", "naval", "energy"]
CERTAINTIES = ["confirmed", "disputed", "rejected"]
WORDS = ["drones", "Дрони", "tanks at sea", "Łódź"]


def query(text):
    return TimelineQuery.of(QueryDict(text))


def asked(text):
    form = query(text)
    assert form.is_valid(), form.errors
    return form


def slugs(text):
    return sorted(asked(text).events().values_list("slug", flat=True))


def fault(text):
    form = query(text)
    assert not form.is_valid()
    [only] = form.faults
    return only.name, only.sentence


# -- Against a plain recount --------------------------------------------------------------------------------


@pytest.fixture
def many():
    """Sixty events of all precisions, themes, certainties, places, actors and words, always the same."""
    chance = random.Random(6)  # noqa: S311 - always the same
    places = [Place.objects.create(slug=f"place-{n}", name=f"Place {n}") for n in range(3)]
    actors = [Actor.objects.create(slug=f"actor-{n}", name=f"Actor {n}") for n in range(4)]
    for number in range(60):
        date = D(2022, 2, 24) + dt.timedelta(days=chance.randrange(1100))
        precision = chance.choice(["day", "day", "month", "span", "span"])
        end = date + dt.timedelta(days=chance.randrange(1, 200)) if precision == "span" else None
        event = make_event(
            f"event-{number}",
            title=f"Event {chance.choice(WORDS)}",
            date=date.replace(day=1) if precision == "month" else date,
            end_date=None if end and chance.random() < 0.2 else end,
            precision=precision,
            theme=chance.choice(THEMES),
            certainty=chance.choice(CERTAINTIES),
            place=chance.choice([*places, None]),
        )
        for order, actor in enumerate(chance.sample(actors, chance.randrange(4))):
            EventActor.objects.create(event=event, actor=actor, order=order)


def reaches(event, first, last):
    """Whether an event may have happened, or went on, on one of the days: day after day, without any database."""
    if event.precision == "month":
        days = {event.date.replace(day=n) for n in range(1, last_of_month(event.date).day + 1)}
        return any(first <= day <= last for day in days)
    if event.precision == "span":
        return event.date <= last and (event.end_date is None or event.end_date >= first)
    return first <= event.date <= last


def holds(event, text):
    said = f"{event.title} {event.place or ''} {' '.join(a.name for a in event.actors.all())} A paper"
    words = [fold(said[start:end]) for start, end in runs_of(said)]
    return all(any(True for _ in phrase.found_in(words)) for phrase in read_query(text))


def recount(values, without=""):
    """Return the slugs that a query must find, event by event in Python."""
    found = []
    first, last = dt.date.min, dt.date.max
    if without != "period":
        first = values.get("from") or first
        last = values.get("to") or last
        if "year" in values:
            first, last = max(first, D(values["year"], 1, 1)), min(last, D(values["year"], 12, 31))
        if "month" in values:
            first, last = max(first, values["month"]), min(last, last_of_month(values["month"]))
    for event in Event.objects.select_related("place").prefetch_related("actors"):
        own = {
            "theme": {event.theme},
            "certainty": {event.certainty},
            "place": {event.place.slug} if event.place else set(),
            "actor": {actor.slug for actor in event.actors.all()},
        }
        fits = all(not values.get(name) or name == without or own[name] & set(values[name]) for name in own)
        if fits and reaches(event, first, last) and (not values.get("q") or holds(event, values["q"])):
            found.append(event.slug)
    return sorted(found)


def random_values(chance):
    values = {}
    for name, choices in (
        ("theme", THEMES),
        ("certainty", CERTAINTIES),
        ("place", [f"place-{n}" for n in range(3)]),
        ("actor", [f"actor-{n}" for n in range(4)]),
    ):
        if chance.random() < 0.4:
            values[name] = chance.sample(choices, chance.randrange(1, 3))
    if chance.random() < 0.5:
        start = D(2022, 2, 24) + dt.timedelta(days=chance.randrange(1000))
        values["from"] = start
        if chance.random() < 0.5:
            values["to"] = start + dt.timedelta(days=chance.randrange(300))
    elif chance.random() < 0.4:
        values["year"] = chance.choice([2022, 2023, 2024, 2025])
    elif chance.random() < 0.5:
        values["month"] = D(chance.choice([2022, 2023, 2024]), chance.randrange(1, 13), 1)
    if chance.random() < 0.3:
        values["q"] = chance.choice(["drones", "дрони", "lodz", '"at sea"', "tank", "Actor 1", "event dr"])
    return values


def written(values):
    query = QueryDict(mutable=True)
    for name, value in values.items():
        if isinstance(value, list):
            query.setlist(name, value)
        elif name == "month":
            query[name] = f"{value:%Y-%m}"
        else:
            query[name] = str(value)
    return query.urlencode()


def test_filters_equal_a_plain_recount(many):
    chance = random.Random(1)  # noqa: S311
    sizes = set()
    for _number in range(80):
        values = random_values(chance)
        found = slugs(written(values))
        assert found == recount(values), values
        sizes.add(len(found))
    assert len(sizes) > 10  # not all of them empty, nor all whole


def test_counts_beside_choices_equal_what_choosing_them_alone_in_their_group_shows(many):
    chance = random.Random(2)  # noqa: S311
    for _number in range(25):
        values = random_values(chance)
        form = asked(written(values))
        total, facets = facets_of(form)
        assert total == 60
        for facet in facets:
            for choice in facet.choices:
                assert choice.count == len(recount({**values, facet.name: [choice.value]})), (values, choice)
                assert choice.chosen == (choice.value in values.get(facet.name, []))


def test_counts_of_years_and_months_equal_what_zooming_there_shows(many):
    others = {"theme": ["front", "naval"], "certainty": ["confirmed"]}
    form = asked(written({**others, "year": 2023}))
    at_any_time = list(form.events(without="period"))
    years, months = years_of(form, at_any_time)
    assert years[0].count == len(recount(others))
    for year in years[1:]:
        assert year.count == len(recount({**others, "year": int(year.words)}))
        assert year.current == (year.words == "2023")
    assert sum(month.count for month in months) > 0
    for month in months:
        text = month.address.partition("?")[2]
        assert month.count == asked(text).events().count()


# -- Periods ------------------------------------------------------------------------------------------------


def test_a_month_known_without_its_day_is_in_every_part_of_the_month():
    make_event(date=D(2024, 2, 1), precision="month")
    assert slugs("from=2024-02-29&to=2024-02-29") == ["an-event"]  # the leap day
    assert slugs("from=2024-03-01") == []
    assert slugs("to=2024-01-31") == []


def test_what_goes_on_is_in_every_later_period():
    make_event(date=D(2024, 8, 6), precision="span")
    assert slugs("year=2026") == ["an-event"]
    assert slugs("to=2024-08-05") == []


def test_periods_given_twice_are_what_they_share():
    make_event("may", date=D(2024, 5, 5))
    make_event("june", date=D(2024, 6, 5))
    assert slugs("year=2024&from=2024-06-01") == ["june"]
    assert fault("year=2023&from=2024-06-01") == (
        "year",
        "Of these days none is left: the last, 31 December 2023, lies before the first, 1 June 2024.",
    )


def test_leap_day_is_a_day_of_the_calendar_in_any_year():
    make_event("leap", date=D(2024, 2, 29))
    make_event("day-before", date=D(2023, 2, 28))
    make_event("ends", date=D(2024, 2, 20), end_date=D(2024, 2, 29), precision="span")
    make_event("month", date=D(2024, 2, 1), precision="month")
    assert slugs("on=02-29") == ["ends", "leap"]
    assert slugs("on=02-01") == []


# -- Faults -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("theme=sport", "theme", "“sport” is not a theme of the timeline."),
        ("theme=front&theme=sport", "theme", "“sport” is not a theme of the timeline."),
        (
            "certainty=sure",
            "certainty",
            "“sure” is not a certainty: confirmed, reported, claimed, disputed, rejected.",
        ),
        ("actor=nobody", "actor", "The ledger knows no actor “nobody”."),
        ("place=nowhere", "place", "The ledger knows no place “nowhere”."),
        ("from=2024-02-30", "from", "“2024-02-30” is not a day of the calendar. A day is written 2024-11-19."),
        ("from=2021-01-01", "from", "1 January 2021 lies before day 1, which is 24 February 2022."),
        ("to=٢٠٢٤-١١-١٩", "to", "“٢٠٢٤-١١-١٩” is not a day of the calendar. A day is written 2024-11-19."),
        ("year=0", "year", "“0” is not a whole number above zero."),
        ("year=99999", "year", "99999 is no year of the calendar."),
        ("month=2024-13", "month", "“2024-13” is not a month of the calendar. A month is written 2024-11."),
        ("month=2024-1", "month", "“2024-1” is not a month of the calendar. A month is written 2024-11."),
        ("on=02-30", "on", "“02-30” is not a day of the calendar. A day of any year is written 11-19."),
        ("event=nothing", "event", "No event of the timeline has the name “nothing”."),
        ("year=2023&year=2024", "year", "More than one value is given."),
        ("q=" + "x" * 201, "q", "At most 200 characters; these are 201."),
        (
            "from=2024-05-02&to=2024-05-01",
            "to",
            "Of these days none is left: the last, 1 May 2024, lies before the first, 2 May 2024.",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(text, name, sentence):
    assert fault(text) == (name, sentence)


@pytest.mark.parametrize("text", ["q=%00", "event=%00", 'q="', "q=*", "q=%22%22%22", "q=-", "q=%F0%9F%98%80"])
def test_no_words_break_the_query(text):
    form = query(text)
    if form.is_valid():
        assert list(form.events()) == []
    else:
        assert form.faults


# -- Addresses ----------------------------------------------------------------------------------------------


def test_an_address_says_what_is_asked_and_what_changes():
    make_event()
    form = asked("theme=front&theme=naval&year=2024&q=drones&page=3")
    assert address(form) == "/timeline/?theme=front&theme=naval&year=2024&q=drones"
    assert address(form, theme="energy", q="") == "/timeline/?theme=energy&year=2024"
    assert address(form, **dict.fromkeys((*PERIOD, "theme", "q"), "")) == "/timeline/"


# -- Days of the war in any zone ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "date", "number"),
    [
        ("2024-11-18T21:59:59+00:00", D(2024, 11, 18), 999),  # a second before midnight in Kyiv
        ("2024-11-18T22:00:00+00:00", D(2024, 11, 19), 1000),
        ("2024-11-18T17:00:00-05:00", D(2024, 11, 19), 1000),  # still the 18th in New York
        ("2024-11-19T06:59:59+09:00", D(2024, 11, 18), 999),  # already the 19th in Tokyo
        ("2024-02-28T22:00:00+00:00", D(2024, 2, 29), 736),  # the leap day
        ("2024-02-29T22:00:00+00:00", D(2024, 3, 1), 737),
        ("2024-03-30T21:59:59+00:00", D(2024, 3, 30), 766),  # the night in which clocks go forward
        ("2024-03-30T22:00:00+00:00", D(2024, 3, 31), 767),
        ("2024-03-31T20:59:59+00:00", D(2024, 3, 31), 767),  # that day has 23 hours
        ("2024-03-31T21:00:00+00:00", D(2024, 4, 1), 768),
        ("2024-10-26T21:00:00+00:00", D(2024, 10, 27), 977),  # that day has 25 hours
        ("2024-10-27T21:59:59+00:00", D(2024, 10, 27), 977),
        ("2024-10-27T22:00:00+00:00", D(2024, 10, 28), 978),
    ],
)
def test_a_day_begins_at_midnight_in_kyiv(settings, moment, date, number):
    local = timezone.localdate(dt.datetime.fromisoformat(moment))
    assert (local, day_number(local, first_day=settings.CONFLICT_START)) == (date, number)


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati"])
def test_day_numbers_count_dates_and_not_hours(zone, settings):
    """From midnight to midnight in a zone the number rises by one, whatever its clocks do."""
    start = settings.CONFLICT_START
    for days in range(0, 1500, 7):
        date = start + dt.timedelta(days=days)
        midnight = dt.datetime.combine(date, dt.time(), ZoneInfo(zone))
        assert day_number(midnight.date(), first_day=start) == days + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("year=2024", "2024"),
        ("month=2024-11", "November 2024"),
        ("from=2024-05-01", "from 1 May 2024 on"),
        ("to=2024-05-01", "up to 1 May 2024"),
        ("from=2024-05-01&to=2024-05-03", "1 May 2024 – 3 May 2024"),
        ("year=2024&from=2024-06-01", "1 June 2024 – 31 December 2024"),
        ("event=an-event", "around “An event”, 19 Nov 2024"),
    ],
)
def test_a_period_is_put_in_words_as_it_was_given(text, words):
    make_event()
    assert period_in_words(asked(text)) == words
