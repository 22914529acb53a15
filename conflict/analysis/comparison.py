"""What two sources count in one category, set side by side: never added, never averaged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Total:
    """A cumulative total and the day up to which it counts."""

    date: dt.date
    total: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A category in two sources. ``claimed`` None: the first states nothing at or before the second's day."""

    category: str  # the slug
    claimed: Total | None
    shown: Total

    @property
    def ratio(self) -> float | None:
        """What the second counts as a share of what the first does; None where that is not known, or is 0."""
        if self.claimed is None or not self.claimed.total:
            return None
        return self.shown.total / self.claimed.total

    @property
    def days_apart(self) -> int | None:
        """How many days earlier the first total is."""
        return (self.shown.date - self.claimed.date).days if self.claimed else None
