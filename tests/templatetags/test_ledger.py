"""What the templates mark: certainty, and where the reader is."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from conflict.models import Event
from conflict.templatetags.ledger import certainty


def test_certainty_has_a_word_and_a_shape():
    marked = certainty(Event(certainty="disputed"))
    assert marked == '<span class="certainty" data-certainty="disputed">disputed</span>'


@pytest.mark.parametrize(("path", "mark"), [("/losses/", "page"), ("/losses/tanks/", "true"), ("/reports/", "")])
def test_the_navigation_says_where_the_reader_is(path, mark):
    drawn = Template('{% nav_link "losses" "Losses" %}').render(Context({"request": RequestFactory().get(path)}))
    assert drawn == f'<a href="/losses/"{f" aria-current={chr(34)}{mark}{chr(34)}" if mark else ""}>Losses</a>'
