"""Rows that come as values of another query are what queries of their own would have given."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Count, Exists, Model, OuterRef

from conflict.models import (
    Actor,
    Category,
    Claim,
    Document,
    Event,
    EventActor,
    EventFigure,
    LossEntry,
    Place,
    Point,
    Report,
    Source,
    Version,
)
from conflict.models.rows import Rows, count_together, read_together
from tests.make import DAY_1000, D, make_event, make_record, make_reference, publish_records

pytestmark = pytest.mark.django_db


def columns(row: Model | None) -> dict[str, Any] | None:
    """Return what an instance holds, with what it refers to."""
    if row is None:
        return None
    plain = {name: value for name, value in vars(row).items() if name != "_state"}
    return plain | {name: columns(value) for name, value in row._state.fields_cache.items()}


def assert_same(rows: list[Any], queryset: Any) -> None:
    assert [columns(row) for row in rows] == [columns(row) for row in queryset]


@pytest.fixture
def event() -> Event:
    place = Place.objects.create(slug="odesa", name="Odesa", latitude=46.5, longitude=30.7, is_area=True)
    event = make_event(place=place, translations={"uk": {"title": '«Подія» "\\ \n'}})
    for order, name in enumerate(["Zed", "Ann", "Mid"]):
        actor = Actor.objects.create(slug=name.lower(), name=name, translations={"uk": {"name": f"{name}ко"}})
        EventActor.objects.create(event=event, actor=actor, order=order)
    for value in ("0.001", "1234.5", "123456789012345.678", "7"):
        EventFigure.objects.create(event=event, label=value, value=Decimal(value), unit="people")
    return event


def test_rows_come_in_their_order_and_whole(event):
    figures = EventFigure.objects.filter(event=OuterRef("pk")).order_by("-pk")
    actors = Actor.objects.filter(eventactor__event=OuterRef("pk")).order_by("eventactor__order")
    found: Any = Event.objects.annotate(given=Rows(figures), involved=Rows(actors)).get()
    assert_same(found.involved, Actor.objects.order_by("eventactor__order"))
    assert [str(actor) for actor in found.involved] == ["Zed", "Ann", "Mid"]
    assert [figure.label for figure in found.given] == ["7", "123456789012345.678", "1234.5", "0.001"]
    own = EventFigure.objects.exclude(label="123456789012345.678").order_by(
        "-pk"
    )  # more than SQLite keeps exactly
    assert_same([figure for figure in found.given if figure.label != "123456789012345.678"], own)


def test_where_there_are_no_rows_the_list_is_empty(event):
    none = Claim.objects.filter(events=OuterRef("pk"))
    assert Event.objects.annotate(claimed=Rows(none)).get().claimed == []
    assert Event.objects.none().annotate(claimed=Rows(none)).first() is None


def test_numbers_days_times_and_what_is_not_stated_stay_what_they_are():
    make_reference()
    publish_records(make_record(D(2024, 11, 18), tanks=9365), make_record(DAY_1000, tanks=9382, personnel=None))
    publish_records(make_record(DAY_1000, tanks=9383), reason="Misread.", by="Olena")
    versions = Version.objects.filter(number=OuterRef("from_version_id"))
    entries = LossEntry.objects.filter(report=OuterRef("pk")).order_by("category__order")
    for report in Report.objects.annotate(begun=Rows(versions), held=Rows(entries)):
        assert_same(report.begun, Version.objects.filter(number=report.from_version_id))
        assert report.begun[0].time.tzinfo is not None
        assert_same(report.held, LossEntry.objects.filter(report=report.pk).order_by("category__order"))
    points = Point.objects.filter(category=OuterRef("pk")).order_by("pk")
    tanks: Any = Category.objects.annotate(held=Rows(points)).get(slug="tanks")
    assert_same(tanks.held, Point.objects.filter(category__slug="tanks").order_by("pk"))
    assert {type(point.date) for point in tanks.held} == {dt.date}


def test_what_a_queryset_selects_leaves_out_and_adds_comes_alike(event):
    ends = Exists(EventFigure.objects.filter(event=OuterRef("pk"), value__gt=1))
    make_event("placeless")
    asked = (
        Event.objects.select_related("place"),
        Event.objects.only("slug", "date", "precision"),
        Event.objects.defer("summary", "translations"),
        Event.objects.select_related("place").only("title", "place__name", "place__is_area"),
        Event.objects.select_related("place").defer("summary", "place__translations"),
        Event.objects.annotate(figures_given=Count("figures"), has_large=ends),
    )
    for queryset in asked:
        (held,) = read_together(queryset)
        assert_same(sorted(held, key=lambda row: row.pk), queryset.order_by("pk"))


def test_what_is_left_out_costs_a_query_when_it_is_asked_for(event, django_assert_num_queries):
    (held,) = read_together(Event.objects.only("slug"))
    with django_assert_num_queries(1):
        assert held[0].title == event.title


def test_several_tables_are_read_in_one_query(event, django_assert_num_queries):
    make_reference()
    asked = (
        Actor.objects.filter(name__gt="B"),
        Source.objects.none(),
        Category.objects.all(),
        Place.objects.all(),
    )
    with django_assert_num_queries(1):
        held = read_together(*asked)
    for rows, queryset in zip(held, asked, strict=True):
        assert_same(sorted(rows, key=lambda row: row.pk), queryset.order_by("pk"))


def test_nothing_that_can_be_found_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read_together(Actor.objects.none(), Place.objects.filter(slug__in=[])) == [[], []]


def test_several_tables_are_counted_in_one_query(event, django_assert_num_queries):
    asked = {
        "actors": Actor.objects.all(),
        "none": Place.objects.none(),
        "documents": Document.objects.all(),
        "some": Actor.objects.filter(name__in=["Zed", "Ann"]).order_by("name"),
    }
    with django_assert_num_queries(1):
        counted = count_together(asked)
    assert counted == {name: queryset.count() for name, queryset in asked.items()}
    assert counted == {"actors": 3, "none": 0, "documents": 0, "some": 2}
