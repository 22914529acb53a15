"""The milestones as a calendar that a reader subscribes to: round days, anniversaries, and round figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from icalendar import Calendar
from icalendar import Event as Entry

from conflict.analysis.calendar import ONE_DAY, day_number
from conflict.analysis.milestones import Milestone, figures_passed, milestone_days
from conflict.charts.chart import number_in_words
from conflict.models import Category
from conflict.queries import Asked
from conflict.web.milestones import first_day, in_words
from conflict.web.series import load_series

YEARS_AHEAD = 2
"""How far the calendar reaches beyond today: round days and anniversaries are known, round figures are not."""

STAMP = dt.datetime(2022, 2, 24, tzinfo=dt.UTC)
"""An entry says the same whenever it is asked for: its stamp is fixed, so that equal calendars are equal bytes."""


@require_safe
@conditional_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Give the milestone days up to two years ahead and the round figures passed as iCalendar. Two queries."""
    made = Calendar()
    made.add("prodid", "-//Conflict Ledger//Milestones//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Milestones: %(conflict)s") % {"conflict": _(settings.CONFLICT_NAME)})
    made.add("x-wr-timezone", settings.CONFLICT_TIME_ZONE)
    until = timezone.localdate() + YEARS_AHEAD * 365 * ONE_DAY
    for milestone in milestone_days(first_day=first_day(), until=until):
        made.add_component(_day(request, milestone))
    for entry in _figures(request):
        made.add_component(entry)
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="milestones.ics"'
    return response


def _day(request: HttpRequest, milestone: Milestone) -> Entry:
    number = day_number(milestone.date, first_day=first_day())
    words = in_words(milestone)
    if milestone.kind == "anniversary":
        words = _("%(anniversary)s since day 1 (day %(number)s)") % {
            "anniversary": words,
            "number": number_in_words(number),
        }
    # Pages of milestones exist once their day has come.
    come = milestone.date <= timezone.localdate()
    address = reverse("milestone", args=[number]) if come else reverse("milestones")
    uid = f"{milestone.kind}-{milestone.figure}"
    return _entry(request, uid, words, _(settings.CONFLICT_NAME), milestone.date, milestone.date, address)


def _figures(request: HttpRequest) -> Iterator[Entry]:
    """Walk the round figures that totals have passed; across days without a report, over all it may have been."""
    categories = {category.slug: category for category in Category.objects.all()}
    asked = Asked(tuple(categories.values()), None, None, "total", "linear", None)
    for series in load_series(asked):
        category = categories[series.category]
        for milestone in figures_passed(series):
            words = _("%(category)s: reported total reaches %(figure)s") % {
                "category": category,
                "figure": number_in_words(milestone.figure),
            }
            about = _("As the General Staff of Ukraine reports: the first report that states it.")
            address = reverse("figure", args=[milestone.date, category.slug])
            uid = f"total-{category.slug}-{milestone.figure}"
            yield _entry(request, uid, words, about, milestone.earliest or milestone.date, milestone.date, address)


def _entry(
    request: HttpRequest, uid: str, words: str, about: str, first: dt.date, last: dt.date, address: str
) -> Entry:
    """Make an entry of whole days that takes nobody's time; in iCalendar the end is the day after the last."""
    entry = Entry()
    entry.add("uid", f"{uid}-{first_day():%Y%m%d}@conflict-ledger")
    entry.add("dtstamp", STAMP)
    entry.add("dtstart", first)
    entry.add("dtend", last + ONE_DAY)
    entry.add("summary", words, parameters={"LANGUAGE": get_language() or "en"})
    entry.add("description", about)
    entry.add("url", request.build_absolute_uri(address))
    entry.add("transp", "TRANSPARENT")
    return entry
