"""The desks of the ledger itself, to be read: points, versions, decisions, and counts by model."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conflict.admin.desks import (
    ReadOnlyDesk,
    change,
    day_of,
    desk_link,
    desk_url,
    figure,
    list_link,
    original_link,
    public_link,
)
from conflict.models import Decision, LossEntry, ModelCount, Point, Report, Version

SHOWN = 50
"""Points that a version's own page shows of those it opened and closed; the list of points has them all."""


class StandingFilter(admin.SimpleListFilter):
    """Whether a row of the ledger stands now."""

    title = _("stands")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("now")), ("no-more", _("no longer"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "now":
                return queryset.filter(to_version__isnull=True)
            case "no-more":
                return queryset.filter(to_version__isnull=False)
        return queryset


def _entry_link(entry: LossEntry) -> SafeString:
    """Link to the very line of a report that a figure came from."""
    address = f"{desk_url(entry.report)}#entry-{entry.pk}"
    return format_html('<a href="{}">{}</a>', address, entry.report)


@admin.register(Point)
class PointDesk(ReadOnlyDesk):
    """What the charts read, each figure with the report and the document it came from."""

    list_display = [
        "date",
        "day",
        "category",
        "total_",
        "printed_change_",
        "computed_change_",
        "days",
        "document",
        "from_version",
        "to_version",
    ]
    list_display_links = ["date"]
    list_filter = [StandingFilter, "category", "source", "party", "entry__report__document__kind"]
    list_select_related = ["category", "entry__report__document", "from_version", "to_version"]
    search_fields = [
        "date",
        "category__name",
        "category__slug",
        "=total",
        "entry__report__document__slug",
        "entry__report__document__title",
    ]
    search_help_text = _("A date such as 2024-11-19, a category, a document, or an exact total.")
    date_hierarchy = "date"
    ordering = ["-date", "category__order", "-from_version"]
    fieldsets = [
        (None, {"fields": ["date", "day", "source", "party", "category", "public_page"]}),
        (_("The figure"), {"fields": ["total_", "printed_change_", "computed_change_", "days"]}),
        (_("Where it came from"), {"fields": ["report", "printed", "document", "original"]}),
        (_("While it stands"), {"fields": ["from_version", "to_version"]}),
    ]
    readonly_fields = [
        "day",
        "total_",
        "printed_change_",
        "computed_change_",
        "days",
        "report",
        "printed",
        "document",
        "original",
        "public_page",
    ]

    @admin.display(description=_("day"), ordering="date")
    def day(self, point: Point) -> str:
        return day_of(point.date)

    @admin.display(description=_("total"), ordering="total")
    def total_(self, point: Point) -> str:
        return figure(point.total)

    @admin.display(description=_("change as printed"), ordering="printed_change")
    def printed_change_(self, point: Point) -> str:
        return change(point.printed_change)

    @admin.display(description=_("computed change"), ordering="computed_change")
    def computed_change_(self, point: Point) -> str:
        return _computed(point)

    @admin.display(description=_("days since"), ordering="days_since_previous")
    def days(self, point: Point) -> str:
        return "—" if point.days_since_previous is None else figure(point.days_since_previous)

    @admin.display(description=_("document"))
    def document(self, point: Point) -> SafeString | str:
        return desk_link(point.entry.report.document)

    @admin.display(description=_("report"))
    def report(self, point: Point) -> SafeString:
        return _entry_link(point.entry)

    @admin.display(description=_("as printed"))
    def printed(self, point: Point) -> str:
        return point.entry.text or "—"

    @admin.display(description=_("original"))
    def original(self, point: Point) -> SafeString | str:
        return original_link(point.entry.report.original_url)

    @admin.display(description=_("on the site"))
    def public_page(self, point: Point) -> SafeString | str:
        return public_link(point.entry.report)


@admin.register(Version)
class VersionDesk(ReadOnlyDesk):
    """Who changed the ledger, when and why, and what that opened and closed."""

    list_display = ["number_", "time", "kind", "by", "reason", "opened_", "closed_", "short_hash"]
    list_filter = ["kind", "by"]
    search_fields = ["=number", "by", "reason", "^hash"]
    search_help_text = _("A number, a name, words of the reason, or the beginning of a hash.")
    date_hierarchy = "time"
    ordering = ["-number"]
    fields = [
        "number_",
        "time",
        "kind",
        "by",
        "reason",
        "opened_",
        "points_opened",
        "closed_",
        "points_closed",
        "reports",
        "hash",
        "previous_hash",
    ]
    readonly_fields = ["number_", "opened_", "closed_", "points_opened", "points_closed", "reports"]

    @admin.display(description=_("number"), ordering="number")
    def number_(self, version: Version) -> str:
        return figure(version.number)

    @admin.display(description=_("points opened"), ordering="opened")
    def opened_(self, version: Version) -> str:
        return figure(version.opened)

    @admin.display(description=_("points closed"), ordering="closed")
    def closed_(self, version: Version) -> str:
        return figure(version.closed)

    @admin.display(description=_("hash"))
    def short_hash(self, version: Version) -> str:
        return f"{version.hash[:12]}…"

    @admin.display(description=_("which points it opened"))
    def points_opened(self, version: Version) -> SafeString:
        return _points(version, version.opened, "from_version")

    @admin.display(description=_("which points it closed"))
    def points_closed(self, version: Version) -> SafeString:
        return _points(version, version.closed, "to_version")

    @admin.display(description=_("reports"))
    def reports(self, version: Version) -> SafeString:
        return format_html(
            "{} · {}",
            list_link(Report, gettext("that it published"), from_version__exact=version.number),
            list_link(Report, gettext("that it superseded or withdrew"), to_version__exact=version.number),
        )


def _computed(point: Point) -> str:
    return gettext("first of its series") if point.computed_change is None else change(point.computed_change)


def _points(version: Version, number: int, side: str) -> SafeString:
    """Show the first points that a version opened or closed, and where all of them are. One query."""
    if not number:
        return format_html("<span>{}</span>", gettext("none"))
    points = Point.objects.filter(**{side: version.number}).select_related("category")
    rows = format_html_join(
        "",
        '<tr><th scope="row"><a href="{}">{}</a></th><td>{}</td>'
        '<td class="num">{}</td><td class="num">{}</td></tr>',
        (
            (
                desk_url(point),
                point.date.isoformat(),
                point.category,
                figure(point.total),
                _computed(point),
            )
            for point in points.order_by("-date", "category__order")[:SHOWN]
        ),
    )
    rest = list_link(
        Point,
        gettext("all %s in the list of points") % figure(number),
        **{f"{side}__exact": version.number},
    )
    return format_html(
        '<table class="points"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
        '<th scope="col" class="num">{}</th><th scope="col" class="num">{}</th></tr></thead>'
        "<tbody>{}</tbody></table><p>{}</p>",
        _("date"),
        _("category"),
        _("total"),
        _("computed change"),
        rows,
        rest,
    )


@admin.register(Decision)
class DecisionDesk(ReadOnlyDesk):
    """Which reading a curator decided for; decisions are made on the page of the report."""

    list_display = ["date", "category", "total", "document", "from_version", "to_version", "reason"]
    list_filter = [StandingFilter, "category", "source", "party"]
    list_select_related = ["category", "from_version", "to_version", "entry__report__document"]
    search_fields = ["date", "category__name", "category__slug", "from_version__reason", "from_version__by"]
    date_hierarchy = "date"
    fields = [
        "date",
        "source",
        "party",
        "category",
        "total",
        "report",
        "document",
        "reason",
        "by",
        "from_version",
        "to_version",
    ]
    readonly_fields = ["total", "report", "document", "reason", "by"]

    @admin.display(description=_("total"))
    def total(self, decision: Decision) -> str:
        return figure(decision.entry.total)

    @admin.display(description=_("report"))
    def report(self, decision: Decision) -> SafeString:
        return _entry_link(decision.entry)

    @admin.display(description=_("document"))
    def document(self, decision: Decision) -> SafeString | str:
        return desk_link(decision.entry.report.document)

    @admin.display(description=_("why"))
    def reason(self, decision: Decision) -> str:
        return decision.from_version.reason

    @admin.display(description=_("who"))
    def by(self, decision: Decision) -> str:
        return decision.from_version.by


@admin.register(ModelCount)
class ModelCountDesk(ReadOnlyDesk):
    """What a source counts by model; a category's total is the sum of its models."""

    list_display = ["model", "manufacturer", "total_", "group", "category", "day_of_report", "revision"]
    list_filter = ["category", "report__source", "report__status"]
    list_select_related = ["category", "report"]
    search_fields = ["model", "manufacturer", "group", "report__date"]
    date_hierarchy = "report__date"
    fields = ["report_", "category", "group", "model", "manufacturer", "total_"]
    readonly_fields = ["report_", "total_"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).order_by("-report__date", "category__order", "group", "-total")

    @admin.display(description=_("total"), ordering="total")
    def total_(self, count: ModelCount) -> str:
        return figure(count.total)

    @admin.display(description=_("date"), ordering="report__date")
    def day_of_report(self, count: ModelCount) -> SafeString | str:
        return desk_link(count.report, count.report.date.isoformat())

    @admin.display(description=_("revision"))
    def revision(self, count: ModelCount) -> str:
        return figure(count.report.revision)

    @admin.display(description=_("report"))
    def report_(self, count: ModelCount) -> SafeString | str:
        return desk_link(count.report)
