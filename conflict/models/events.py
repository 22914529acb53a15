"""Events: what happened, when as exactly as is known, where, who took part, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from conflict.models.articles import CERTAINTY_KNOWN, TITLE_FIELDS, Certainty, Document, Qualifier, Question
from conflict.models.rows import Rows
from conflict.models.sources import Source, Translated


class Named(Translated):
    """What has a name and a page of its own, by which everything about it is found."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.word("name")

    @property
    def names(self) -> list[str]:
        """Return its name in every language, the English one first."""
        others = [words["name"] for words in self.translations.values() if words.get("name")]
        return list(dict.fromkeys([self.name, *others]))


class PlaceQuerySet(models.QuerySet["Place"]):
    def with_counts(self) -> Self:
        """Places with ``events_there``, how many events name each."""
        return self.annotate(events_there=Count("events")).order_by("name")


class Place(Named):
    """A named place; coordinates are WGS 84 degrees and stand for a point in it, not its outline."""

    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    # A country, a region, a sea: the coordinates stand for its middle, and nothing happened exactly there.
    is_area = models.BooleanField(_("wide area"), default=False)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="place_on_the_globe",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.slug])


class ActorQuerySet(models.QuerySet["Actor"]):
    def with_counts(self) -> Self:
        """Actors with ``events_in``, how many events name each as taking part."""
        return self.annotate(events_in=Count("events")).order_by("name")


class Actor(Named):
    """A state, organisation or person that takes part in events."""

    # The source as which it makes statements of its own: of a state, its government.
    source = models.OneToOneField(
        Source, verbose_name=_("speaks as"), on_delete=models.SET_NULL, null=True, blank=True, related_name="actor"
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])


def in_period(start: dt.date | None, end: dt.date | None) -> Q:
    """Return the condition that an event may have been in a period: a month on any day, what goes on for ever."""
    condition = Q() if end is None else Q(date__lte=end)
    if start is not None:
        goes_on = Q(precision=Event.Precision.SPAN, end_date__isnull=True)
        in_month = Q(precision=Event.Precision.MONTH, date__gte=start.replace(day=1))
        condition &= Q(date__gte=start) | Q(end_date__gte=start) | goes_on | in_month
    return condition


SHOWN_ON_CHARTS = ("slug", "title", "short_title", "date", "theme", "translations")
"""What charts show of an event."""


class EventQuerySet(models.QuerySet["Event"]):
    def with_themes(self, themes: Collection[str]) -> Self:
        return self.filter(theme__in=themes)

    def with_certainties(self, certainties: Collection[str]) -> Self:
        return self.filter(certainty__in=certainties)

    def with_actors(self, slugs: Collection[str]) -> Self:
        """Events in which at least one of these actors takes part, each once."""
        return self.filter(pk__in=EventActor.objects.filter(actor__slug__in=slugs).values("event"))

    def at_places(self, slugs: Collection[str]) -> Self:
        return self.filter(place__slug__in=slugs)

    def on_calendar_day(self, month: int, day: int) -> Self:
        """Events of this day of the calendar in any year: those of that day, and spans that begin or end on it."""
        begins = Q(date__month=month, date__day=day) & ~Q(precision=Event.Precision.MONTH)
        return self.filter(begins | Q(end_date__month=month, end_date__day=day))

    def near(self, first: dt.date, last: dt.date | None, *, days: int) -> Self:
        """Events that reach into the days from ``days`` before ``first`` to ``days`` after ``last``."""
        margin = dt.timedelta(days=days)
        return self.during(first - margin, (last or first) + margin)

    def with_details(self) -> Self:
        """Events with their place and lists: ``given``, the figures; ``involved``, the actors in their order;
        ``told_in``, the articles with what their titles are written from. No further query."""
        actors = Actor.objects.filter(eventactor__event=OuterRef("pk")).order_by("eventactor__order")
        articles = (
            Document.objects.articles().filter(events=OuterRef("pk")).only(*TITLE_FIELDS, "kind", "publisher")
        )
        return self.with_figures().annotate(involved=Rows(actors), told_in=Rows(articles))

    def told_differently(self) -> Self:
        """Events of which claims answer one question differently."""
        questions = Question.objects.with_several_answers()
        return self.filter(pk__in=Event.objects.filter(claims__question__in=questions.values("pk")).values("pk"))

    def with_difference(self) -> Self:
        """Add ``differs``: whether claims of an event answer one question differently."""
        return self.annotate(differs=Exists(Event.objects.told_differently().filter(pk=OuterRef("pk"))))

    def with_last_change(self) -> Self:
        """Add ``changed_at``: when a desk last changed the event; ``None`` where no desk ever did."""
        history = Event.history.filter(id=models.OuterRef("pk")).order_by("-history_date")
        return self.annotate(changed_at=models.Subquery(history.values("history_date")[:1]))

    def placed(self) -> Self:
        """Events that name a place."""
        return self.filter(place__isnull=False)

    def with_figures(self) -> Self:
        """Events with their place, and as the list ``given`` the figures that their sources give."""
        figures = EventFigure.objects.filter(event=OuterRef("pk")).order_by("order")
        return self.select_related("place").annotate(given=Rows(figures))

    def during(self, start: dt.date | None, end: dt.date | None) -> Self:
        """Events that may have happened on some day of a period; ``None`` leaves that side of it open."""
        return self.filter(in_period(start, end))

    def on_day(self, date: dt.date) -> Self:
        """Events known to have happened on that day, or whose span covers it. Month-only dates are not."""
        return self.exclude(precision=Event.Precision.MONTH).filter(
            Q(date=date, end_date__isnull=True) | Q(date__lte=date, end_date__gte=date)
        )

    def with_neighbours(self) -> Self:
        """Add ``before`` and ``after``: the event that stands beside one in the order of the timeline, as a list
        of one, or of none at either end."""
        date, title, key = OuterRef("date"), OuterRef("title"), OuterRef("pk")
        before = Q(date__lt=date) | Q(date=date, title__lt=title) | Q(date=date, title=title, pk__lt=key)
        after = Q(date__gt=date) | Q(date=date, title__gt=title) | Q(date=date, title=title, pk__gt=key)
        return self.annotate(
            before=Rows(Event.objects.filter(before).order_by("-date", "-title", "-pk")[:1]),
            after=Rows(Event.objects.filter(after).order_by("date", "title", "pk")[:1]),
        )

    def named_on_charts(self) -> Self:
        """Events that have a title short enough for a chart's time axis, oldest first."""
        return self.exclude(short_title="").order_by("date", "title")

    def named_or(self, condition: str) -> Self:
        """Events that charts name, and those for which an annotation is true."""
        return self.filter(Q(**{condition: True}) | ~Q(short_title=""))

    def with_fit(self, start: dt.date | None, end: dt.date | None) -> Self:
        """Add ``fits``: whether an event may have been in a period."""
        return self.annotate(fits=in_period(start, end) or Value(True))

    def on_a_scale(self) -> Self:
        """Events with no more than when they were, of which theme and how sure, oldest first."""
        return self.oldest_first().only("slug", "theme", "certainty", "date", "end_date", "precision")

    def on_charts(self) -> Self:
        """Every event with no more than charts show of it, oldest first."""
        return self.order_by("date", "title").only(*SHOWN_ON_CHARTS)

    def newest_first(self) -> Self:
        return self.order_by("-date", "title")

    def oldest_first(self) -> Self:
        return self.order_by("date", "title")


class Event(Translated):
    """Something that happened on a date, over a span, or in a month whose day is not known."""

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        SPAN = "span", _("span")

    class Theme(models.TextChoices):
        MILESTONE = "milestone", _("milestones")
        FRONT = "front", _("the front")
        STRIKE = "strike", _("strikes")
        ENERGY = "energy", _("energy")
        NAVAL = "naval", _("the sea")
        NUCLEAR = "nuclear", _("nuclear")
        CHEMICAL = "chemical", _("chemical weapons")
        AID = "aid", _("military aid")
        FOREIGN_FORCES = "foreign-forces", _("foreign forces")
        DIPLOMACY = "diplomacy", _("diplomacy")
        JUSTICE = "justice", _("justice")

    slug = models.SlugField(_("slug"), unique=True, max_length=120)
    title = models.CharField(_("title"), max_length=200)
    # A word or two that fits on a chart's time axis; empty: the event is not named on charts.
    short_title = models.CharField(_("title on charts"), max_length=30, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    date = models.DateField(_("date"))  # of a month: its first day
    end_date = models.DateField(_("last day"), null=True, blank=True)
    precision = models.CharField(_("date is known to the"), max_length=5, choices=Precision.choices, default="day")
    theme = models.CharField(_("theme"), max_length=20, choices=Theme.choices)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices)
    certainty_note = models.CharField(_("note on the certainty"), max_length=300, blank=True)
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    actors = models.ManyToManyField(
        Actor, through="EventActor", verbose_name=_("actors"), blank=True, related_name="events"
    )
    source_name = models.CharField(_("read at"), max_length=200)
    source_url = models.URLField(_("address"), max_length=500)
    articles = models.ManyToManyField(
        Document,
        verbose_name=_("articles"),
        blank=True,
        related_name="events",
        limit_choices_to={"kind": "article"},
    )

    objects = EventQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["date", "title"]
        constraints = [
            models.CheckConstraint(name="event_certainty_known", condition=CERTAINTY_KNOWN),
            models.CheckConstraint(
                name="event_precision_fits_dates",
                condition=Q(precision="day", end_date__isnull=True)
                | Q(precision="month", end_date__isnull=True, date__day=1)
                | Q(precision="span", end_date__gt=F("date"))
                | Q(precision="span", end_date__isnull=True),  # it goes on
            ),
        ]
        indexes = [models.Index(name="event_theme_date", fields=["theme", "date"])]

    def __str__(self) -> str:
        return self.word("title")

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    @property
    def has_no_day(self) -> bool:
        """Whether the day on which it happened, or began, is not known."""
        return self.precision == self.Precision.MONTH


class EventActor(models.Model):
    """An actor's part in an event, in the order in which they are named."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, verbose_name=_("actor"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("actor of an event")
        verbose_name_plural = _("actors of events")
        ordering = ["event", "order"]
        constraints = [models.UniqueConstraint(name="event_names_actor_once", fields=["event", "actor"])]

    def __str__(self) -> str:
        return str(self.actor)


class EventFigure(Translated):
    """A number that belongs to an event, as its source gives it: "killed", 10, people, exactly."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="figures")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("what is counted"), max_length=100)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=60)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier.choices, default="exactly")

    class Meta:
        verbose_name = _("figure of an event")
        verbose_name_plural = _("figures of events")
        ordering = ["event", "order"]
        constraints = [
            models.UniqueConstraint(name="event_figure_label_once", fields=["event", "label"]),
            models.CheckConstraint(name="event_figure_not_negative", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value.normalize():f} {self.unit}"
