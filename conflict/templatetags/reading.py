"""Words of the reading pages: when an event was, in which language a document is, what a bulletin printed."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import npgettext

from conflict.analysis.calendar import day_number
from conflict.models import Claim, Document, Event, EventFigure
from conflict.models.sources import Translated
from conflict.web.printed import anchor
from conflict.wording import in_language, is_readers, language_name, note_of_language, when, when_in_words

register = template.Library()


@register.filter
def dated(event: Event, shape: str = "long") -> SafeString:
    """Return when an event was, as exactly as is known, as a ``time`` element; "short" is for narrow columns."""
    machine = f"{event.date:%Y-%m}" if event.precision == Event.Precision.MONTH else event.date.isoformat()
    return format_html(
        '<time datetime="{}">{}</time>', machine, when(event) if shape == "short" else when_in_words(event)
    )


@register.filter
def day_numbers(event: Event) -> tuple[int, int | None] | None:
    """Return the first and the last day's number of an event; ``None`` for a month, or a date before day 1."""
    if event.precision == Event.Precision.MONTH or event.date < settings.CONFLICT_START:
        return None
    first = day_number(event.date, first_day=settings.CONFLICT_START)
    if event.end_date is None:
        return first, None
    return first, day_number(event.end_date, first_day=settings.CONFLICT_START)


register.filter("language_name", language_name)
register.filter("anchor", anchor)


@register.filter
def normal(value: Decimal) -> str:
    """Write a decimal with its thousands apart and without the zeros that a column of decimals pads it with."""
    places = max(-int(value.normalize().as_tuple().exponent), 0)
    return number_format(value, places, use_l10n=True, force_grouping=True)


@register.filter
def word(row: Translated, field: str) -> str:
    """Return the words of a row's field in the reader's language, or else in English."""
    return row.word(field)


NAMES = frozenset({"name", "short", "publisher", "source_name", "speaker", "author", "side", "unit"})
"""Fields that hold a name or a word: they are read as they are. A sentence or a title says its language aloud."""


@register.filter
def told(row: Translated, field: str) -> SafeString | str:
    """Return the words of a row's field for the text of a page, marked where they are not in its language.

    The mark is a `lang`, and for the eye the name of the language, but for `NAMES` and a headline as printed.
    For what stands in an attribute or a title there is `word`, for an element of its own `tongue`.
    """
    text, language = row.words_and_language(field)
    is_name = field in NAMES or (field == "title" and getattr(row, "title_is_printed", False))
    return in_language(text, language, noted=not is_name)


@register.filter
def language_note(row: Translated, field: str) -> SafeString | str:
    """Return the visible note on the language of a row's field; "" in the page's own language."""
    text, language = row.words_and_language(field)
    return "" if is_readers(text, language) else note_of_language(language)


@register.filter
def tongue(row: Translated, field: str) -> SafeString | str:
    """Return the `lang` attribute for an element that holds a row's field; "" in the page's own language."""
    text, language = row.words_and_language(field)
    return "" if is_readers(text, language) else format_html(' lang="{}"', language)


@register.filter
def in_units(row: Claim | EventFigure) -> SafeString | str:
    """Return the unit that stands after a row's number, in the form that the number asks for.

    What a category may be counted in has its forms here; any other unit is as the data give it.
    """
    value = row.figure if isinstance(row, Claim) else row.value
    if value is None or value != int(value):
        return told(row, "unit")
    number = int(value)
    match row.unit:
        case "people":
            return npgettext("after a number", "person", "people", number)
        case "units":
            return npgettext("after a number", "unit", "units", number)
        case "people in a day":
            return npgettext("after a number", "person in a day", "people in a day", number)
        case "units in a day":
            return npgettext("after a number", "unit in a day", "units in a day", number)
    return told(row, "unit")


@register.filter
def titled(document: Document) -> SafeString | str:
    """Return a document's title for the text of a page, marked where it is not in the page's language."""
    return told(document, "title") or document.slug
