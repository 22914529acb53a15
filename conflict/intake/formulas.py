"""Texts that a spreadsheet would take for formulas: how every CSV of the site marks them, and reads them again."""

from __future__ import annotations

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With these a formula begins somewhere; the wide ones are read as the narrow ones in Asia."""

MARK = "'"


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe before it where it looks like one.

    One that begins with an apostrophe gets another, so that ``unguarded`` gives back exactly what was written.
    """
    return f"{MARK}{text}" if text.startswith((*STARTS, MARK)) else text


def unguarded(cell: str) -> str:
    """Return the text of a guarded cell. Raises ``ValueError`` for one that begins like a formula."""
    if cell.startswith(STARTS):
        raise ValueError(cell)
    return cell.removeprefix(MARK)
