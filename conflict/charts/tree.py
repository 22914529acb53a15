"""What drawings that are built as a tree say again and again: lines, texts, places in per cent, and the markup."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString


def markup(root: Element) -> SafeString:
    """Write a tree, safe to put into a template as it is: the serialiser escapes its texts and attributes."""
    return SafeString(tostring(root, encoding="unicode").translate(_CONTROL_CHARACTERS))


def percent(number: float) -> str:
    """Write a place in per cent: 12.5 as "12.5%"."""
    return f"{short(number)}%"


def short(number: float) -> str:
    """Write a number with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def text(parent: Element, words: str, **attributes: str) -> Element:
    """Write words into a drawing; ``class_`` and ``text_anchor`` stand for what Python has no names for."""
    made = SubElement(parent, "text", {_name(key): value for key, value in attributes.items()})
    made.text = words
    return made


def line(parent: Element, name: str, x: tuple[str, str], y: tuple[str, str]) -> None:
    """Draw a straight line of a class."""
    SubElement(parent, "line", {"class": name, "x1": x[0], "x2": x[1], "y1": y[0], "y2": y[1]})


def titled(element: Element, words: str) -> None:
    """Say what an element shows while the pointer rests on it."""
    SubElement(element, "title").text = words


def joined(points: Iterable[tuple[float, float]]) -> str:
    """Write points as a path in whole units, each relative to the rounded one before it."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = "".join(f"l{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(whole))
    return f"M{whole[0][0]} {whole[0][1]}{steps}"


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


_CONTROL_CHARACTERS = dict.fromkeys(c for c in range(32) if chr(c) not in "\t\n\r")
