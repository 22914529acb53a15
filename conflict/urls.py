"""Every address of the site. Names are what templates and models reverse."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path, register_converter

from conflict.api import values
from conflict.web import (
    about,
    around,
    articles,
    category,
    compare,
    events,
    integrity,
    life,
    losses,
    milestone,
    milestones,
    overview,
    periods,
    pictures,
    rankings,
    reports,
    search,
    share,
    timeline,
    versions,
    wars,
)
from conflict.web.asof import as_of
from conflict.web.converters import DateConverter, MonthConverter

register_converter(DateConverter, "date")
register_converter(MonthConverter, "month")

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("losses/", losses.losses, name="losses"),
    path("losses.csv", as_of(values.losses_csv), name="losses-csv"),
    path("losses.json", as_of(values.losses_json), name="losses-json"),
    path("losses/<slug:slug>/rankings/", rankings.rankings, name="rankings"),
    path("losses/<slug:slug>/", category.category, name="category"),
    path("losses/<slug:slug>/calendar/", pictures.calendar, name="category-calendar"),
    path("losses/<slug:slug>/years/", pictures.years, name="category-years"),
    path("reports/", reports.index, name="reports"),
    path("reports/<month:month>/", reports.month, name="reports-month"),
    path("reports/<date:date>/", reports.report, name="report"),
    path("reports/<date:date>/<slug:slug>/", life.figure, name="figure"),
    path("versions/", versions.versions, name="versions"),
    path("versions/<int:number>/", versions.version, name="version"),
    path("compare/sources/", compare.sources, name="compare-sources"),
    path("compare/categories/", pictures.multiples, name="compare-categories"),
    path("compare/weeks/", pictures.weeks, name="compare-weeks"),
    path("compare/periods/", periods.periods, name="compare-periods"),
    path("compare/wars/", wars.wars, name="compare-wars"),
    path("integrity/", integrity.integrity, name="integrity"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("milestones/", milestones.index, name="milestones"),
    path("milestones/day-<int:number>/", milestone.day, name="milestone"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/around/", around.event_around, name="event-around"),
    path("articles/", articles.index, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("search/", search.search_page, name="search"),
    path("about/", about.about, name="about"),
    path("losses.svg", share.losses, {"form": "svg"}, name="losses-svg"),
    path("losses.png", share.losses, {"form": "png"}, name="losses-png"),
    path("reports/<date:date>.png", share.report, name="report-png"),
    path("milestones/day-<int:number>.png", share.milestone, name="milestone-png"),
    path("events/<slug:slug>.png", share.event, name="event-png"),
    path("admin/", admin.site.urls),
]

handler400 = "conflict.web.errors.bad_request"
handler403 = "conflict.web.errors.forbidden"
handler404 = "conflict.web.errors.not_found"
handler500 = "conflict.web.errors.server_error"
