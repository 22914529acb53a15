"""What may be asked of the ledger: one form for pages, exports, the API and embeds.

    ?category=tanks&category=uavs&from=2024-01-01&to=2024-11-19&measure=mean-30&scale=log&version=3

Nothing that is asked is replaced in silence: a value that cannot be read is an error that names it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conflict.asking import AskedForm, CountField, DayField, SpanForm, check_version, shown
from conflict.models import Category, Event, Point, Source, Version

LEDGER: Mapping[str, str] = {"source": "general-staff", "party": "russia"}
"""Whose account of whose losses the site keeps: keywords of the querysets' ``of``."""

MEASURES = (
    ("mean-7", gettext_lazy("mean of 7 days")),
    ("mean-30", gettext_lazy("mean of 30 days")),
    ("change", gettext_lazy("per day")),
    ("per-week", gettext_lazy("by week")),
    ("per-month", gettext_lazy("by month")),
    ("per-quarter", gettext_lazy("by quarter")),
    ("per-year", gettext_lazy("by year")),
    ("total", gettext_lazy("total")),
    ("share", gettext_lazy("share of the total")),
    ("index", gettext_lazy("a chosen day = 100")),
)
"""What can be measured, in the order of a list, as conflict.courses takes it."""

USUAL_MEASURE = "mean-30"
"""What is shown where nothing is asked: known also where every other day went unreported."""

PERSONNEL = "personnel"
"""The category of the headline."""

NO_EVENTS = "none"
"""Stands where the themes of events would: the chart shows none."""

SCALES = (("linear", gettext_lazy("linear")), ("log", gettext_lazy("logarithmic")))


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was understood. ``start`` and ``end`` None leave that side open; ``version`` None is now."""

    categories: tuple[Category, ...]
    start: dt.date | None
    end: dt.date | None
    measure: str
    scale: str
    version: int | None
    year: int | None = None
    sources: tuple[str, ...] = (LEDGER["source"],)  # slugs
    base: dt.date | None = None  # of an index; None is the first day of the range
    panels: bool = False  # a picture for each category, each with its own scale
    events: tuple[str, ...] = ()  # themes; none is every event that is named on charts
    sort: str = "-date"


class LossesQuery(SpanForm):
    """Which categories, sources, days, measure, scale and version of the ledger are asked for.

    ``categories`` and ``sources`` are all that can be asked for (without the latter only the ledger's own),
    ``newest`` the ledger's newest version, ``defaults`` what stands where nothing is asked. Read ``asked``
    after ``is_valid()``; ``faults`` says what is wrong otherwise.
    """

    category = forms.MultipleChoiceField(
        label=gettext_lazy("Categories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not a category of the ledger.")},
    )
    source = forms.MultipleChoiceField(
        label=gettext_lazy("Sources"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not a source with figures of losses.")},
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Measure"),
        choices=MEASURES,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is none of those that there are.")},
    )
    base = DayField(label=gettext_lazy("Day that is 100"), required=False)
    scale = forms.ChoiceField(
        label=gettext_lazy("Scale"),
        choices=SCALES,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is none of those that there are.")},
    )
    version = CountField(label=gettext_lazy("Version"), required=False)

    most_categories: int | None = None
    repeatable = frozenset(("category", "source"))

    def __init__(
        self,
        data: QueryDict,
        *,
        categories: Sequence[Category],
        newest: Version | None,
        defaults: Mapping[str, str | Sequence[str]],
        sources: Sequence[Source] = (),
    ) -> None:
        self.categories, self.newest, self.sources = tuple(categories), newest, tuple(sources)
        self.defaults = {"source": LEDGER["source"], "measure": USUAL_MEASURE, "scale": "linear", **defaults}
        super().__init__(_completed(data, self.defaults))
        self.order_fields(["category", "source", "from", "to"])
        self._offer("category", [(c.slug, str(c)) for c in self.categories])
        self._offer("source", [(s.slug, str(s)) for s in self.sources] or [(LEDGER["source"], "")])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def clean_category(self) -> list[str]:
        slugs: list[str] = self.cleaned_data["category"]
        if self.most_categories is not None and len(set(slugs)) > self.most_categories:
            raise forms.ValidationError(
                ngettext(
                    "One picture can tell %(most)d category apart; %(count)d are asked for.",
                    "One picture can tell %(most)d categories apart; %(count)d are asked for.",
                    self.most_categories,
                ),
                params={"most": self.most_categories, "count": len(set(slugs))},
            )
        return slugs

    def clean_version(self) -> int | None:
        return check_version(self.cleaned_data["version"], newest=self.newest.number if self.newest else 0)

    @cached_property
    def asked(self) -> Asked:
        """Return what a valid query asks for, categories and sources in the order of what there is."""
        wanted, sources = set(self.cleaned_data["category"]), set(self.cleaned_data["source"])
        return Asked(
            categories=tuple(c for c in self.categories if c.slug in wanted),
            start=self.cleaned_data["from"],
            end=self.cleaned_data["to"],
            measure=self.cleaned_data["measure"],
            scale=self.cleaned_data["scale"],
            version=self.cleaned_data["version"],
            year=self.cleaned_data.get("year"),
            sources=tuple(s.slug for s in self.sources if s.slug in sources) or (LEDGER["source"],),
            base=self.cleaned_data["base"],
            panels=self.cleaned_data.get("panels") == "1",
            events=tuple(self.cleaned_data.get("events", ())),
            sort=self.cleaned_data.get("sort") or "-date",
        )

    @property
    def canonical(self) -> str:
        """Return the shortest query that asks the same: without what is empty and what stands by itself."""
        return self.without()

    def without(self, *names: str, **given: str) -> str:
        """Return the canonical query without some fields, and with others as ``given``."""
        kept = QueryDict(mutable=True)
        for name in self.fields:
            asked = self.data.getlist(name) if name not in names else []
            values = [v for v in ([given[name]] if name in given else asked) if v]
            usual = self.defaults.get(name, [])
            if values and values != ([usual] if isinstance(usual, str) else list(usual)):
                kept.setlist(name, values)
        return kept.urlencode()


class YearQuery(AskedForm):
    """Which year of the table behind a picture is opened; none is the newest rows."""

    year = CountField(label=gettext_lazy("Year"), required=False)

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        first, last = settings.CONFLICT_START.year, timezone.localdate().year
        if year is not None and not first <= year <= last:
            raise forms.ValidationError(
                _("The account covers the years %(first)s to %(last)s, not %(year)s."),
                params={"first": str(first), "last": str(last), "year": str(year)},
            )
        return year


@dataclass(frozen=True, slots=True)
class Offered:
    """What the explorer offers to choose from."""

    categories: list[Category]
    sources: list[Source]
    events: list[Event]

    @classmethod
    def read(cls, *, as_of_version: bool) -> Offered:
        """Return all that there is. Three queries; as of a version two.

        Events are edited outside the versions, so that none can be begun with as of one.
        """
        stated = Exists(Point.objects.filter(source=OuterRef("pk")))
        sources = sorted(Source.objects.filter(stated), key=lambda s: s.slug != LEDGER["source"])
        events = [] if as_of_version else list(Event.objects.on_charts())
        return cls(list(Category.objects.all()), sources, events)


class PageQuery(LossesQuery, YearQuery):
    """What a page with one chart is asked: also which year of the table behind it is opened."""

    most_categories = 6  # as many as conflict.charts.theme has colours


class ExplorerQuery(PageQuery):
    """What the explorer is asked: also a panel a category, which events, since which one, and in which order.

    ``events`` are all that can be begun with; ``since`` names one of them, and ``resolved`` is then the same
    query with the day of that event in its place.
    """

    panels = forms.ChoiceField(
        label=gettext_lazy("Pictures"),
        choices=[("", gettext_lazy("one for all")), ("1", gettext_lazy("one for each, with its own scale"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is none of those that there are.")},
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Events on the chart"),
        choices=[(NO_EVENTS, gettext_lazy("none")), *Event.Theme.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not a theme of events.")},
    )
    since = forms.ChoiceField(
        label=gettext_lazy("Since an event"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("“%(value)s” is no event to begin with; as of a version there is none.")
        },
    )
    sort = forms.CharField(label=gettext_lazy("Order of the table"), required=False)

    repeatable = LossesQuery.repeatable | {"events"}

    def __init__(self, data: QueryDict, *, events: Sequence[Event] = (), **fields: Any) -> None:
        self.begins = {event.slug: event for event in events}
        super().__init__(data, **fields)
        offered = [
            (e.slug, f"{date_format(e.date, 'SHORT_DATE_FORMAT')}: {e.word('short_title') or e}") for e in events
        ]
        self._offer("since", [("", _("choose an event")), *offered])

    @classmethod
    def of(cls, data: QueryDict, *, newest: Version | None, offered: Offered | None = None) -> Self:
        """Make the form of an address. Three queries, unless what is ``offered`` has been read before."""
        offered = offered or Offered.read(as_of_version=bool(data.get("version")))
        categories = offered.categories
        usual = [c.slug for c in categories if c.slug == PERSONNEL] or [c.slug for c in categories[:1]]
        return cls(
            data,
            categories=categories,
            newest=newest,
            defaults={"category": usual},
            sources=offered.sources,
            events=offered.events,
        )

    def clean_category(self) -> list[str]:
        if self.data.get("panels") != "1":
            return super().clean_category()
        slugs: list[str] = self.cleaned_data["category"]
        return slugs

    def clean_events(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["events"]
        if NO_EVENTS in chosen and len(set(chosen)) > 1:
            raise forms.ValidationError(_("“none” cannot stand beside a theme."))
        return chosen

    def clean_sort(self) -> str:
        """Take "date" or the slug of a category or source that is asked for; "-" before it is downwards."""
        sort: str = self.cleaned_data["sort"]
        columns = {"date", *self.cleaned_data.get("category", ())}
        for source in self.cleaned_data.get("source", ()):
            columns |= {f"{category}@{source}" for category in self.cleaned_data.get("category", ())}
        if sort and sort.removeprefix("-") not in columns:
            raise forms.ValidationError(
                _("The table has no column “%(value)s” to be sorted by."), params={"value": shown(sort)}
            )
        return sort

    @cached_property
    def resolved(self) -> str | None:
        """Return the query from the day of the event that ``since`` names on, None where it names none."""
        event = self.begins.get(self.cleaned_data.get("since") or "")
        if event is None:
            return None
        return self.without("since", **{"from": event.date.isoformat()})


def _completed(data: QueryDict, defaults: Mapping[str, str | Sequence[str]]) -> QueryDict:
    """Set the defaults where nothing is asked, so that the form shows what the page shows."""
    completed = data.copy()
    for name, value in defaults.items():
        if not any(completed.getlist(name)):
            completed.setlist(name, [value] if isinstance(value, str) else list(value))
    return completed
