"""The style page shows every part to those who build the site, and to nobody else."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_style_page_is_not_there_outside_debugging(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_style_page_shows_each_certainty_and_state_in_both_themes(client: Client, settings) -> None:
    settings.DEBUG = True
    page = client.get("/styleguide/").content.decode()
    for certainty in ("confirmed", "reported", "claimed", "disputed", "rejected"):
        assert page.count(f'data-certainty="{certainty}"') >= 2
    for words in ("not stated", "1,234,567,890", "No figures in this range.", "This cannot be shown"):
        assert page.count(words) >= 2
    assert page.count('class="chart-picture"') == 2
