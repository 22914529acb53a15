"""Names in the order of the reader's alphabet."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from conflict.models import Place
from conflict.web.alphabet import by_name, place_in_alphabet

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


def named(*names: str) -> list[Place]:
    return [Place(slug=str(n), name=name, translations={"uk": {"name": name}}) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("uk", ["Ґенуя", "Єгипет", "Ірпінь", "Їжаківка", "Йордан", "Яремче"]),
        ("uk", ["«Азовсталь»", "Бахмут", "Oryx"]),
        ("en", ["Évreux", "Kyiv", "Київ"]),
    ],
)
def test_the_letters_of_the_reader_come_in_their_order_and_before_others(language, names):
    with override(language):
        assert [place.word("name") for place in by_name(named(*reversed(names)))] == names


@given(st.text(UKRAINIAN, min_size=1), st.text(UKRAINIAN, min_size=1))
def test_words_compare_letter_by_letter_as_in_a_dictionary(one, other):
    with override("uk"):
        for mine, theirs in zip(one, other, strict=False):
            if mine != theirs:
                expected = UKRAINIAN.index(mine) < UKRAINIAN.index(theirs)
                break
        else:
            expected = len(one) < len(other)
        assert (place_in_alphabet(one) < place_in_alphabet(other)) is expected


@pytest.mark.django_db
def test_lists_of_places_follow_the_language_of_the_page(client, words_of):
    for slug, english, ukrainian in (("kyiv", "Kyiv", "Київ"), ("the-hague", "The Hague", "Гаага")):
        Place.objects.create(slug=slug, name=english, translations={"uk": {"name": ukrainian}})
    english = words_of(client.get("/places/"))
    assert english.index("Kyiv") < english.index("The Hague")
    ukrainian = words_of(client.get("/uk/places/"))
    assert ukrainian.index("Гаага") < ukrainian.index("Київ")
