"""Long courses of numbers made small for their way to static/js/chart.js, which undoes it.

Of a course travels only what does not follow from the days before, in as many bits as such surprises have taken
of late: an adaptive Rice code, as sound is written that must lose nothing. Whole numbers throughout, so that
Python and a browser come to the same.
"""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

_USUAL_SIZE = 16  # of a surprise, before any is known
_MEMORY = 32  # so many surprises tell how large the next will be
_MOST_ONES = 24  # a surprise of so many times the usual size is written out
_WIDE = 64  # bits of one that is
_ROUNDED = 20  # one difference in so many may have ones beside its tens


def packed_numbers(numbers: Sequence[float | None], *, days: int = 1) -> dict[str, Any]:
    """Pack numbers as a first one and the differences between neighbours, in units of their last decimal.

    `scale` units are one. Of a difference travels by how much it departs from the mean of the seven before it
    (rounded, halves up): `departures`, as `_written` codes them. Numbers that are means of so many `days` each
    lose what entered them that many days ago, so three quarters of that day's departure are added to the
    departure. `holes` are the places of None, which differences pass. Where nearly all differences are whole
    tens, as in rounded figures, tens are written, and `ones` says by place what the others have beyond (0 to 9,
    also of a fall).
    """
    known = [n for n in numbers if n is not None]
    scale = next(s for s in (1, 10, 100) if s == 100 or all(n * s == int(n * s) for n in known))
    whole = [round(n * scale) for n in known]
    steps = [after - before for before, after in pairwise(whole)]
    ones = {place: step % 10 for place, step in enumerate(steps) if step % 10}
    if rounded := _ROUNDED * len(ones) < len(steps):
        steps = [step // 10 for step in steps]
    departures = _departures(steps, days)
    packed: dict[str, Any] = {"first": whole[0], "departures": _written(departures)}
    if days > 1:
        packed["days"] = days
    if rounded:
        packed["ones"] = ones
    if scale > 1:
        packed["scale"] = scale
    if holes := [place for place, n in enumerate(numbers) if n is None]:
        packed["holes"] = holes
    return packed


def _departures(steps: Iterable[int], days: int) -> list[int]:
    before: deque[int] = deque(maxlen=7)
    departures: list[int] = []
    for place, step in enumerate(steps):
        count = len(before) or 1
        departure = step - (2 * sum(before) + count) // (2 * count)
        if 1 < days <= place:
            departure += (3 * departures[place - days] + 2) // 4
        departures.append(departure)
        before.append(step)
    return departures


def _written(departures: Iterable[int]) -> str:
    """Write numbers as bits in base 64, each without its sign (0, -1, 1, -2 as 0, 1, 2, 3).

    The lower bits of a number are as many as the mean size of late has but one; the rest of it is that many ones
    and a zero. `_MOST_ONES` ones mean that it follows in `_WIDE` bits. What fills the last byte are ones.
    """
    bits: list[str] = []
    size = _MEMORY * _USUAL_SIZE  # the mean of late, times `_MEMORY`
    for departure in departures:
        number = 2 * departure if departure >= 0 else -2 * departure - 1
        low = max(0, (size // _MEMORY).bit_length() - 1)
        high = number >> low
        if high < _MOST_ONES:
            bits.append("1" * high + "0" + (f"{number & ((1 << low) - 1):0{low}b}" if low else ""))
        else:
            bits.append("1" * _MOST_ONES + f"{number:0{_WIDE}b}")
        size += number - size // _MEMORY
    written = "".join(bits)
    written += "1" * (-len(written) % 8)
    return base64.b64encode(int(written or "0", 2).to_bytes(len(written) // 8, "big")).decode()
