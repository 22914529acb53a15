"""Every address of the site. Names are what templates and models reverse."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, register_converter

from conflict.api import values
from conflict.api.docs import docs
from conflict.web import (
    about,
    actors,
    around,
    articles,
    category,
    compare,
    data,
    embed,
    events,
    feeds,
    integrity,
    life,
    losses,
    maps,
    milestone,
    milestone_calendar,
    milestones,
    oembed,
    overview,
    periods,
    pictures,
    places,
    rankings,
    reports,
    search,
    share,
    signposts,
    styleguide,
    timeline,
    timeline_feed,
    use,
    versions,
    wars,
)
from conflict.web.asof import as_of
from conflict.web.converters import DateConverter, MonthConverter

register_converter(DateConverter, "date")
register_converter(MonthConverter, "month")

# Pages: in English as they stand here, in another language behind its code, /uk/losses/.
urlpatterns = i18n_patterns(
    path("", overview.overview, name="overview"),
    path("losses/", losses.losses, name="losses"),
    path("losses.csv", as_of(values.losses_csv, refuse=values.refuse_version), name="losses-csv"),
    path("losses.json", as_of(values.losses_json, refuse=values.refuse_version), name="losses-json"),
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
    path("timeline/feed.atom", timeline_feed.TimelineFeed(), name="timeline-feed"),
    path("milestones/", milestones.index, name="milestones"),
    path("milestones/calendar.ics", milestone_calendar.calendar, name="milestone-calendar"),
    path("milestones/day-<int:number>/", milestone.day, name="milestone"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/around/", around.event_around, name="event-around"),
    path("map/", maps.places_on_map, name="map"),
    path("places/", places.index, name="places"),
    path("places/<slug:slug>/", places.place, name="place"),
    path("actors/", actors.index, name="actors"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("articles/", articles.index, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("search/", search.search_page, name="search"),
    path("about/", about.about, name="about"),
    path("losses.svg", share.losses, {"form": "svg"}, name="losses-svg"),
    path("losses.png", share.losses, {"form": "png"}, name="losses-png"),
    path("reports/<date:date>.png", share.report, name="report-png"),
    path("milestones/day-<int:number>.png", share.milestone, name="milestone-png"),
    path("events/<slug:slug>.png", share.event, name="event-png"),
    path("data/", data.data, name="data"),
    path("data/use/", use.use, name="data-use"),
    path("data/conflict-ledger-v<int:number>.zip", data.package, name="package"),
    path("feeds/reports.atom", feeds.reports, name="feed-reports"),
    path("feeds/corrections.atom", feeds.corrections, name="feed-corrections"),
    path("embed/losses/", embed.losses, name="embed-losses"),
    path("embed/timeline/", embed.timeline, name="embed-timeline"),
    path("embed/figure/<date:date>/<slug:slug>/", embed.figure, name="embed-figure"),
    path("opensearch.xml", signposts.opensearch, name="opensearch"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("api/v1/docs", docs, name="api-docs"),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)

# What machines read has one address.
urlpatterns += [
    path("oembed", oembed.oembed, name="oembed"),
    path("robots.txt", signposts.robots, name="robots"),
    path("sitemap.xml", signposts.sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": signposts.SITEMAPS}, name="sitemap-section"),
    path("api/v1/", include("conflict.api.urls")),
]

handler400 = "conflict.web.errors.bad_request"
handler403 = "conflict.web.errors.forbidden"
handler404 = "conflict.faults.not_found"
handler500 = "conflict.faults.server_error"
