"""Sums that a document prints, checked against their parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sum:
    """A stated sum and what it should consist of. A part that is ``None`` is not stated, which is not 0."""

    stated: int
    parts: tuple[int | None, ...]

    @property
    def computed(self) -> int | None:
        """The sum of the parts; ``None`` where one of them is not stated, or where there are none."""
        known = [part for part in self.parts if part is not None]
        return sum(known) if known and len(known) == len(self.parts) else None

    @property
    def difference(self) -> int | None:
        """How much more is stated than the parts give: 0 where it holds, ``None`` where it cannot be checked."""
        return None if self.computed is None else self.stated - self.computed
