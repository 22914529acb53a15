"""How high a value is among others, in a few steps that a picture can tell apart."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conflict.analysis.series import Measured

STEPS = 5
"""As many shades of one colour as the eye tells apart on a page."""

RATIOS = (0.5, 1.0, 1.5, 2.0)
"""The bounds between the steps of a value that is set against a mean."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The upper ends of the steps, ascending; the last step is open. Steps are counted from 1."""

    bounds: tuple[float, ...]

    def of(self, value: float) -> int:
        """Return the step of a value: 0 for none, -1 for a fall, else the first step that reaches up to it."""
        if value <= 0:
            return -1 if value < 0 else 0
        return bisect_left(self.bounds, value) + 1

    @property
    def steps(self) -> int:
        return len(self.bounds) + 1


def even_levels(values: Iterable[float], steps: int = STEPS) -> Levels:
    """Choose round bounds that put about as many of the values above 0 into each step.

    Bounds are rounded to two digits, so that a legend can be read; where that or many equal values would make
    a step empty there are fewer steps, at least one.
    """
    known = sorted(value for value in values if value > 0)
    bounds: list[float] = []
    for step in range(1, steps):
        if not known:
            break
        bound = _rounded(known[max(math.ceil(step * len(known) / steps) - 1, 0)])
        # A bound at or above the highest value would leave the steps above it empty.
        if bound < known[-1] and (not bounds or bound > bounds[-1]):
            bounds.append(bound)
    return Levels(tuple(bounds))


def mean_of(measured: Measured) -> float | None:
    """Return the mean of the known values of whole periods; None where there is none or it is not above 0."""
    known = [v.value for v in measured.values if v.value is not None and not v.partial]
    mean = sum(known) / len(known) if known else 0.0
    return mean if mean > 0 else None


def against_mean(measured: Measured, mean: float | None) -> list[int | None]:
    """Return the step of each value as a ratio to a mean, by `RATIOS`; None where either is not known.

    Where the mean is not known because nothing ever rose, a value of 0 is still none.
    """
    levels = Levels(tuple(ratio * (mean or 1.0) for ratio in RATIOS))
    return [
        None if v.value is None or (mean is None and v.value > 0) else levels.of(v.value) for v in measured.values
    ]


def _rounded(number: float) -> float:
    """Round to two digits: 1,393 to 1,400, 16.4 to 16, 2.93 to 2.9."""
    digits = 1 - math.floor(math.log10(number))
    return round(number, digits)


def ranges(levels: Levels) -> Sequence[tuple[float, float | None]]:
    """Return the lower and upper end of each step; the last has no upper end."""
    lows = (0.0, *levels.bounds)
    highs: tuple[float | None, ...] = (*levels.bounds, None)
    return list(zip(lows, highs, strict=True))
