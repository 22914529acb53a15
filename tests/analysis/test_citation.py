"""Citations: no sign of the words may end a field or mean something to LaTeX."""

from __future__ import annotations

import dataclasses
import datetime as dt

from conflict.analysis.citation import Citation, as_bibtex, as_text, escape

CITATION = Citation(
    site="Conflict Ledger",
    source="General Staff of Ukraine",
    subject="losses of Russia, Tanks",
    figure="about 9,382",
    date=dt.date(2024, 11, 19),
    date_in_words="19 November 2024",
    document="Report of the 1,000th day",
    version=57,
    published=dt.date(2025, 3, 1),
    published_in_words="1 March 2025",
    address="https://example.org/reports/2024-11-19/tanks/?version=57",
    key="ledger-2024-11-19-tanks",
)


def test_the_sentence_says_who_what_when_and_where() -> None:
    assert as_text(CITATION) == (
        "General Staff of Ukraine: losses of Russia, Tanks, as reported on 19 November 2024: about 9,382. "
        "Read from: Report of the 1,000th day. Conflict Ledger, version 57 (1 March 2025). "
        "https://example.org/reports/2024-11-19/tanks/?version=57"
    )


def test_the_entry_has_one_key_a_version_and_its_address_as_it_is() -> None:
    lines = as_bibtex(CITATION).splitlines()
    assert lines[0] == "@misc{ledger-2024-11-19-tanks-v57," and lines[-1] == "}"
    assert "  author = {{General Staff of Ukraine}}," in lines
    assert "  year = {2025}," in lines and "  month = {3}," in lines
    assert "  url = {https://example.org/reports/2024-11-19/tanks/?version=57}," in lines


def test_without_a_document_nothing_is_said_of_one() -> None:
    citation = dataclasses.replace(CITATION, document="")
    assert "Read from" not in as_text(citation) and "note =" not in as_bibtex(citation)


def test_signs_of_latex_are_escaped_once() -> None:
    assert escape(r"50% & {a_b} #1 $2 ~ ^ \\") == (
        r"50\% \& \{a\_b\} \#1 \$2 \textasciitilde{} \textasciicircum{} \textbackslash{}\textbackslash{}"
    )


def test_braces_of_any_words_stay_balanced() -> None:
    citation = dataclasses.replace(CITATION, source="A } B", subject="{ C", document="}}}")
    text = as_bibtex(citation).replace(r"\{", "").replace(r"\}", "")
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
