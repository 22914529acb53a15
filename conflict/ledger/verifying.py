"""Walking the chain: does every version's hash still fit the points that it opened and closed?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from conflict.ledger.acceptance import Standing
from conflict.ledger.settling import Series, hash_of, read_lives
from conflict.models import Version


@dataclass(frozen=True, slots=True)
class Verified:
    """``fault`` is a sentence about the first version that does not fit; ``None``: the chain is whole."""

    versions: int
    points: int
    newest_hash: str
    fault: str | None = None


def verify(*, progress: Callable[[int, int], None] | None = None) -> Verified:
    """Recompute every hash from the stored points. Reads the whole ledger once, writes nothing."""
    opened: dict[int, list[tuple[Series, Standing]]] = defaultdict(list)
    closed: dict[int, list[tuple[Series, Standing]]] = defaultdict(list)
    points = 0
    for series, point, since, until in read_lives():
        points += 1
        opened[since].append((series, point))
        if until is not None:
            closed[until].append((series, point))
    versions = list(Version.objects.order_by("number"))
    previous = ""
    for done, version in enumerate(versions):
        if progress:
            progress(done, len(versions))
        fault = _fault(version, done + 1, previous, opened[version.number], closed[version.number])
        if fault:
            return Verified(len(versions), points, versions[-1].hash, fault)
        previous = version.hash
    return Verified(len(versions), points, previous)


def _fault(
    version: Version,
    expected_number: int,
    previous: str,
    opened: list[tuple[Series, Standing]],
    closed: list[tuple[Series, Standing]],
) -> str | None:
    if version.number != expected_number:
        return f"Version {expected_number} is missing: after {expected_number - 1} comes {version.number}."
    if version.previous_hash != previous:
        return f"Version {version.number} does not follow the version before: it names another hash."
    if (version.opened, version.closed) != (len(opened), len(closed)):
        return (
            f"Version {version.number} says that it opened {version.opened} points and closed {version.closed}; "
            f"stored are {len(opened)} and {len(closed)}."
        )
    recomputed = hash_of(version, previous=previous, opened=opened, closed=closed)
    if recomputed != version.hash:
        return f"Version {version.number} does not fit its points: its hash would be {recomputed}."
    return None
