"""Citations: no sign of the words may end a field or mean something to LaTeX."""

from __future__ import annotations

import dataclasses
import datetime as dt

from conflict.analysis.citation import (
    Citation,
    LedgerCitation,
    as_bibtex,
    as_text,
    escape,
    ledger_as_bibtex,
    ledger_as_text,
)

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
    assert as_bibtex(CITATION).splitlines() == [
        "@misc{ledger-2024-11-19-tanks-v57,",
        "  author = {{General Staff of Ukraine}},",
        "  title = {{losses of Russia, Tanks, as reported on 19 November 2024: about 9,382}},",
        "  howpublished = {Conflict Ledger, version 57},",
        "  year = {2025},",
        "  month = {3},",
        "  note = {Read from: Report of the 1,000th day},",
        "  url = {https://example.org/reports/2024-11-19/tanks/?version=57},",
        "}",
    ]


LEDGER = LedgerCitation("Losses & events", 57, dt.date(2025, 3, 1), "ab12", "https://example.org/data/")


def test_a_whole_ledger_is_cited_by_its_hash_and_where_it_can_be_had() -> None:
    line = (
        "Conflict Ledger contributors (2025). Losses & events. "
        "Conflict Ledger, version 57 (2025-03-01), SHA-256 ab12."
    )
    assert ledger_as_text(LEDGER) == f"{line} https://example.org/data/"
    assert ledger_as_text(dataclasses.replace(LEDGER, address="")) == line
    assert ledger_as_bibtex(LEDGER).splitlines() == [
        "@misc{conflict-ledger-v57,",
        "  author = {{Conflict Ledger contributors}},",
        r"  title = {{Losses \& events}},",
        "  howpublished = {Conflict Ledger, version 57},",
        "  year = {2025},",
        "  month = {3},",
        "  note = {SHA-256 ab12},",
        "  url = {https://example.org/data/},",
        "}",
    ]


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
