"""The numbers of a printed piece, and which of them an entry states."""

from __future__ import annotations

import pytest

from conflict.intake.printed_numbers import places_of


@pytest.mark.parametrize(
    ("text", "total", "change", "marked", "whole"),
    [
        ("Tanks: 9,382 units (+17)", 9382, 17, ["9,382", "+17"], True),
        ("танків — 9 382 (-23) од", 9382, -23, ["9 382", "-23"], True),
        ("six units (total - 1,838)", 1838, 6, ["six", "1,838"], True),
        ('ЗРК "Бук" – один', 1, None, ["один"], True),
        ("tanks 1 (+1)", 1, 1, ["1", "+1"], True),
        ("one tank", 1, 1, ["one"], False),
        ("Tanks: 9,382 (+17)", 9381, 17, ["+17"], False),
        ("Tanks: 9,382 (+17)", None, None, [], True),
        ("Tanks: 19,382", 9382, None, [], False),
        ("", 0, None, [], False),
    ],
)
def test_a_number_is_marked_where_it_is_printed_and_nowhere_else(text, total, change, marked, whole):
    places, is_whole = places_of(text, total, change)
    assert ([text[place.start : place.end] for place in places], is_whole) == (marked, whole)
