"""Numbers as bulletins print them, read strictly: what may be two things is no number.

ASCII digits only. Thousands stand together (724050), or in threes parted by commas, apostrophes or spaces;
parted by dots only in a text that does so throughout. Everything else is a NumeralError that says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from conflict.intake.records import LARGEST

RUN = r"\d+(?:(?:[ ,.':/-]\x02*|[\x01\x03\x04\x05]+)\d+)*"
"""Digits and what may stand between them, in a text that ``bulletin_tokens.normalise`` made."""

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([ ,'])[0-9]{3})(?:\1[0-9]{3})*")
_DOTTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_PLAIN = re.compile(r"0|[1-9][0-9]*")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,3})(?:[.,]([0-9]{1,3}))?")
_GROUPED_ANYHOW = re.compile(r"(?<![\d.,'])[1-9][0-9]{0,2}(?:[ ,'][0-9]{3})+(?![\d.,']\d|\d)")
_DOTTED_ANYHOW = re.compile(r"(?<![\d.,'/:-])[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?![.,'/:-]?\d)")


class NumeralError(ValueError):
    """Why a printed number cannot be trusted, in words."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number said in thousands or millions: ``value`` to the nearest ``step``, no exact figure."""

    value: int
    step: int

    def agrees_with(self, figure: int) -> bool:
        """Whether an exact figure could be spoken of like this."""
        return abs(figure - self.value) <= self.step


def dots_are_thousands(text: str) -> bool:
    """Whether a text parts thousands by dots and in no other way.

    True needs two numbers such as 9.382, or one such as 1.099.530, and none such as 9,382 or 9 382.
    """
    dotted = _DOTTED_ANYHOW.findall(text)
    if not dotted or (len(dotted) < 2 and dotted[0].count(".") < 2):
        return False
    return _GROUPED_ANYHOW.search(text) is None


def read_number(raw: str, *, dotted: bool = False) -> int:
    """The value of a printed run of digits and separators; ``dotted`` where dots part its thousands.

    Raises NumeralError for anything that is not one certain number of at most LARGEST.
    """
    text = raw.replace("\x02", "")
    if not text.isascii():
        raise NumeralError("digits other than 0-9")
    if any(mark in text for mark in "\x03\x04\x05"):
        raise NumeralError("an invisible character within a number")
    if "\x01" in text:
        raise NumeralError("markup within a number")
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text) or (dotted and _DOTTED.fullmatch(text)):
        digits = re.sub(r"[^0-9]", "", text)
        if len(digits) > 10 or int(digits) > LARGEST:
            raise NumeralError("a number above 1,000,000,000")
        return int(digits)
    if "-" in text or "/" in text:
        raise NumeralError("several numbers run together")
    if len(text) > 1 and text[0] == "0":
        raise NumeralError("a number that begins with 0")
    if _DOTTED.fullmatch(text):
        raise NumeralError("a dot within a number of a text that does not part all its thousands by dots")
    raise NumeralError("a number whose separators are not thousands")


def read_rounded(raw: str, scale: int) -> Rounded:
    """A number before "thousand" or "million": 199,4 and 1000 give 199,400 to the nearest 100.

    Raises NumeralError where the number itself is none.
    """
    match = _DECIMAL.fullmatch(raw.replace("\x02", ""))
    step = scale // 10 ** len(match[2] or "") if match else 0
    if match is None or step == 0:
        raise NumeralError("a rounded number that cannot be read")
    value = int(match[1]) * scale + int(match[2] or 0) * step
    if value > LARGEST:
        raise NumeralError("a number above 1,000,000,000")
    return Rounded(value, step)
