"""In which language a text is written, judged by its letters: English, Ukrainian or Russian."""

from __future__ import annotations

import re

MOST_LETTERS = 20_000
"""So many letters tell the language of a text of any length."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


def language_of(text: str) -> str:
    """Return "en", "uk" or "ru" for a text mostly in that script, "" where there are too few letters to say.

    Cyrillic with і, ї, є or ґ is Ukrainian, with ы, э, ё or ъ Russian, by what is more frequent. A text in two
    scripts (the General Staff prints "танків / tanks") is of the one that has more letters.
    """
    letters = text[:MOST_LETTERS].lower()
    latin = sum("a" <= letter <= "z" for letter in letters)
    cyrillic = sum("а" <= letter <= "ґ" for letter in letters)
    if latin + cyrillic < 3:
        return ""
    if latin > cyrillic:
        return "en"
    ukrainian, russian = (sum(letters.count(letter) for letter in marks) for marks in ("іїєґ", "ыэёъ"))
    if ukrainian == russian:
        return ""
    return "uk" if ukrainian > russian else "ru"


def language_code(text: str) -> str:
    """Return a language code in its usual form ("en", "pt-BR" for "pt_br"), "" for what is none."""
    code = text.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(code) or len(code) > 12:
        return ""
    first, *rest = code.split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
