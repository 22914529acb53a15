"""Every address of the site. Names are what templates and models reverse."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path, register_converter

from conflict.web import (
    about,
    articles,
    compare,
    events,
    integrity,
    life,
    losses,
    milestone,
    milestones,
    overview,
    reports,
    search,
    styleguide,
    timeline,
    versions,
)
from conflict.web.converters import DateConverter, MonthConverter

register_converter(DateConverter, "date")
register_converter(MonthConverter, "month")

# Pages: in English as they stand here, in another language behind its code, /uk/losses/.
urlpatterns = i18n_patterns(
    path("", overview.overview, name="overview"),
    path("losses/", losses.losses, name="losses"),
    path("losses/<slug:slug>/", losses.category, name="category"),
    path("reports/", reports.index, name="reports"),
    path("reports/<month:month>/", reports.month, name="reports-month"),
    path("reports/<date:date>/", reports.report, name="report"),
    path("reports/<date:date>/<slug:slug>/", life.figure, name="figure"),
    path("versions/", versions.versions, name="versions"),
    path("versions/<int:number>/", versions.version, name="version"),
    path("compare/sources/", compare.sources, name="compare-sources"),
    path("integrity/", integrity.integrity, name="integrity"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("milestones/", milestones.index, name="milestones"),
    path("milestones/day-<int:number>/", milestone.day, name="milestone"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("articles/", articles.index, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("search/", search.search_page, name="search"),
    path("about/", about.about, name="about"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)

handler400 = "conflict.web.errors.bad_request"
handler403 = "conflict.web.errors.forbidden"
handler404 = "conflict.web.errors.not_found"
handler500 = "conflict.web.errors.server_error"
