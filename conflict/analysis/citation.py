"""How to cite a figure: as a sentence and as BibTeX, with the address at which it can always be read again."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What identifies one figure. The words are in the reader's language; ``figure`` is "9,382" or "not stated".

    ``reader`` says who read the figure from where: the title of the document, "" if there is none.
    ``published`` is the day of the version, which makes the year of the citation.
    """

    site: str
    source: str
    subject: str
    figure: str
    date: dt.date
    date_in_words: str
    document: str
    version: int
    published: dt.date
    published_in_words: str
    address: str
    key: str
    """Of the cell, in ASCII: "ledger-2024-11-19-tanks"."""


def as_text(citation: Citation) -> str:
    """Return the citation as one line: who stated what of which day, where read, and at which version."""
    words = [f"{citation.source}: {_stated(citation)}."]
    if citation.document:
        words.append(f"{_read_from(citation)}.")
    words.append(f"{_held_by(citation)} ({citation.published_in_words}). {citation.address}")
    return " ".join(words)


def as_bibtex(citation: Citation) -> str:
    """Return a ``@misc`` entry, which every BibTeX style knows. The address is verbatim, all else escaped."""
    fields = {
        "author": f"{{{escape(citation.source)}}}",
        "title": f"{{{escape(_stated(citation))}}}",
        "howpublished": escape(_held_by(citation)),
        "year": str(citation.published.year),
        "month": str(citation.published.month),
        "note": escape(_read_from(citation)) if citation.document else "",
        "url": citation.address,
    }
    return _entry(f"{citation.key}-v{citation.version}", fields)


def _entry(key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _stated(citation: Citation) -> str:
    return _("%(subject)s, as reported on %(date)s: %(figure)s") % {
        "subject": citation.subject,
        "date": citation.date_in_words,
        "figure": citation.figure,
    }


def _read_from(citation: Citation) -> str:
    return _("Read from: %(document)s") % {"document": citation.document}


def _held_by(citation: Citation) -> str:
    return _("%(site)s, version %(number)s") % {"site": citation.site, "number": citation.version}


def escape(text: str) -> str:
    """Return text in which no sign means anything to LaTeX or ends a BibTeX field."""
    return re.sub(r"[\\~^&%$#_{}]", lambda sign: _ESCAPES[sign[0]], text)


SITE = "Conflict Ledger"
"""The name under which the site is cited, in every language."""


@dataclass(frozen=True, slots=True)
class LedgerCitation:
    """What identifies the whole ledger at one version. ``address``: where it can be had, "" if not known."""

    title: str
    version: int
    published: dt.date
    hash: str
    address: str = ""


def ledger_as_text(citation: LedgerCitation) -> str:
    """Return the citation of a whole ledger as one line; the hash says which ledger it is, wherever it is kept."""
    line = (
        f"{SITE} contributors ({citation.published.year}). {citation.title}. {SITE}, version {citation.version} "
        f"({citation.published.isoformat()}), SHA-256 {citation.hash}."
    )
    return f"{line} {citation.address}" if citation.address else line


def ledger_as_bibtex(citation: LedgerCitation) -> str:
    """Return a ``@misc`` entry of a whole ledger."""
    fields = {
        "author": f"{{{SITE} contributors}}",
        "title": f"{{{escape(citation.title)}}}",
        "howpublished": f"{SITE}, version {citation.version}",
        "year": str(citation.published.year),
        "month": str(citation.published.month),
        "note": f"SHA-256 {citation.hash}",
        "url": citation.address,
    }
    return _entry(f"conflict-ledger-v{citation.version}", fields)
