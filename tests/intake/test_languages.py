"""The language of a text by its letters, and codes of languages in their usual form."""

import pytest

from conflict.intake.languages import MOST_LETTERS, language_code, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tanks", "en"),
        ("танки і гармати", "uk"),
        ("ґанок", "uk"),
        ("ЇЖАК", "uk"),
        ("потери этой армии", "ru"),
        ("объём", "ru"),
        ("танк", ""),  # no letter tells
        ("ії ыы", ""),  # as many of each
        ("ії ы", "uk"),
        ("і ыы", "ru"),
        ("танків / tank", "uk"),
        ("танків / tanks and more", "en"),
        ("їжа abc", "uk"),  # as many of each script
        ("ab", ""),
        ("abc", "en"),
        ("a1", ""),
        ("azz", "en"),
        ("яґя", "uk"),
        ("123 +17", ""),
        ("", ""),
    ],
)
def test_the_language_is_that_of_most_letters(text, language):
    assert language_of(text) == language


def test_the_beginning_of_a_long_text_tells():
    assert language_of("a" * MOST_LETTERS + "ї" * MOST_LETTERS * 2) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en", "en"),
        (" UK ", "uk"),
        ("pt_br", "pt-BR"),
        ("zh-hant", "zh-hant"),
        ("zh-hant-tw", "zh-hant-TW"),
        ("sr-latn-latn", "sr-latn-latn"),  # 12 characters
        ("sr-latn-latnx", ""),
        ("e", ""),
        ("engl", ""),
        ("en-", ""),
        ("en us", ""),
    ],
)
def test_a_code_is_written_in_its_usual_form_or_is_none(text, code):
    assert language_code(text) == code
