"""Words of the desks' first page."""

from __future__ import annotations

import datetime as dt

from django import template
from django.db import models
from django.utils.safestring import SafeString

from conflict.admin import desks
from conflict.admin.start import work_to_do
from conflict.charts.projection import numbers

register = template.Library()
register.simple_tag(work_to_do)
register.simple_tag(numbers, name="map_numbers")


@register.filter
def at_desk(row: models.Model, words: str | None = None) -> SafeString | str:
    """Link a row's page on its desk."""
    return desks.desk_link(row, words)


@register.filter
def day_of(date: dt.date) -> str:
    """Write the number of a day; a date before day 1 has none."""
    return desks.day_of(date)
