"""The package's README: what it is, what its words mean, how to check, restore and cite it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.template.loader import render_to_string

from conflict.analysis.citation import ledger_as_text
from conflict.intake.package.tables import BY_NAME
from conflict.package.metadata import LICENCE_WORDS, Account, Written


def readme(account: Account, files: Sequence[Written]) -> str:
    """Return README.md. What it states of the ledger it takes from the ledger."""
    version = account.version
    text: str = render_to_string(
        "package/readme.md",
        {
            "account": account,
            "version": version,
            "time": f"{version.time.astimezone(dt.UTC):%Y-%m-%d %H:%M}",
            "reason": " ".join(version.reason.split()),
            "start": account.start.isoformat(),
            "first": account.first.isoformat() if account.first else "none",
            "last": account.last.isoformat() if account.last else "none",
            "tables": [(file, BY_NAME[file.name.removesuffix(".csv")]) for file in files],
            "licence": LICENCE_WORDS,
            "mit": any(one.licence == "MIT" for one in account.datasets),
            "citation": ledger_as_text(account.citation),
        },
    )
    return text
