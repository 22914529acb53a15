"""What can be wrong with a wish to write into the ledger. Each message is a sentence for a person."""

from __future__ import annotations


class LedgerError(ValueError):
    """A write that the ledger refuses; nothing was written."""


class UnknownName(LedgerError):
    """A report names a source, party or category that the ledger does not have."""

    def __init__(self, kind: str, slug: str) -> None:
        super().__init__(
            f"The ledger has no {kind} {slug!r}. Load the reference fixture first "
            f"(manage.py loaddata reference), or add the {kind} in the admin."
        )


class BadReport(LedgerError):
    """A report cannot be stored as it is: no reason given, a figure out of range, a date outside the war."""


class StaleReport(LedgerError):
    """The report was changed by somebody else since it was opened."""
