"""Two pictures made from the code: which room imports which, and which table points at which.

``make graphs`` writes docs/pictures/imports.svg and docs/pictures/tables.svg; tests/test_graphs.py holds them to
the code. In both everything points down: an arrow up would be a room that imports from above it, or a circle.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import grimp

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"

Edges = Mapping[tuple[str, str], int]
"""How often the first imports, or points at, the second."""

WIDTH, SIDE, TOP, ROW, BOX, LETTER, PORT = 960, 20, 62, 112, 40, 8.4, 10
STRENGTHS = ((2.4, 20), (1.6, 5), (0.9, 1))
"""How broad an arrow is from how many imports on: in steps, so that not every new import is a new picture."""

ROOMS = {
    "wsgi": "the door",
    "urls": "every address",
    "faults": "404 and 500",
    "apps": "what starts",
    "templatetags": "words of templates",
    "web": "pages",
    "api": "for programs",
    "admin": "desks",
    "management": "commands",
    "courses": "what was asked",
    "filters": "findings, search",
    "timeline_query": "events asked for",
    "wording": "figures in words",
    "charts": "SVG and Plotly",
    "ledger": "the one writer",
    "queries": "what may be asked",
    "package": "data to take",
    "analysis": "measures",
    "models": "tables",
    "intake": "reading",
    "asking": "days, numbers",
    "etags": "known again",
    "staticfiles": "plotly.js",
}
STYLE = """
svg { --paper: #fbf9f4; --ink: #1b1d21; --quiet: #5a5f69; --rule: #dcd7cc; --line: #0b5c7a; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #14171c; --ink: #e8e6e1; --quiet: #a3a8b3; --rule: #2e343e; --line: #6cc3e0; } }
text { font: 14px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--ink); text-anchor: middle; }
.title { font: 600 19px Georgia, "Times New Roman", serif; text-anchor: start; }
.quiet { font-size: 12px; fill: var(--quiet); }
.start { text-anchor: start; }
.paper { fill: var(--paper); }
.box { fill: var(--paper); stroke: var(--ink); }
.row { stroke: var(--rule); }
.edge { fill: none; stroke: var(--line); opacity: 0.55; }
.head { fill: var(--line); }
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its middle, half its width, and its row's top."""

    name: str
    note: str
    x: float
    half: float
    y: float


# -- What is drawn ------------------------------------------------------------------------------------------


def layers() -> list[list[str]]:
    """Return the rooms of each layer, the highest first, as the contract in pyproject.toml names them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    found = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[room.strip(" ()") for room in layer.split("|")] for layer in found]


def imports() -> Edges:
    """Return how many imports lead from one room to another; those for types alone do not count."""
    graph = grimp.build_graph("conflict", exclude_type_checking_imports=True, cache_dir=None)
    edges: Counter[tuple[str, str]] = Counter()
    for module in graph.modules - {"conflict"}:
        room = module.split(".")[1]
        for imported in graph.find_modules_directly_imported_by(module) - {"conflict"}:
            if (other := imported.split(".")[1]) != room:
                edges[room, other] += 1
    return edges


def tables() -> tuple[Edges, dict[str, int]]:
    """Return which model points at which, and how many columns each has. Needs Django to be set up."""
    from django.apps import apps

    edges: Counter[tuple[str, str]] = Counter()
    columns: dict[str, int] = {}
    for model in own_models():
        columns[model.__name__] = len(model._meta.concrete_fields)
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]:
            related = field.related_model
            if related in apps.get_models() and related._meta.app_label == "conflict" and related is not model:
                edges[model.__name__, related.__name__] += 1
    return edges, columns


def own_models() -> list[type]:
    """Return every model of the ledger that has a table and a row of its own: no proxy, no history, no join."""
    from django.apps import apps

    return [
        model
        for model in apps.get_app_config("conflict").get_models()
        if not model._meta.proxy and not model.__name__.startswith("Historical")
    ]


def heights(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Put what points at nothing into the lowest row, all else above what it points at. ValueError: a circle."""
    pairs = set(edges)
    below: dict[str, int] = {}
    rest = set(names)
    while rest:
        ready = {n for n in rest if all(b in below for a, b in pairs if a == n)}
        if not ready:
            raise ValueError(f"These point at each other in a circle, or into one: {', '.join(sorted(rest))}.")
        for name in ready:
            below[name] = max((below[b] + 1 for a, b in pairs if a == name), default=0)
        rest -= ready
    rows: list[list[str]] = [[] for _ in range(max(below.values()) + 1)]
    for name in sorted(below):
        rows[-1 - below[name]].append(name)
    return rows


# -- How it is drawn ----------------------------------------------------------------------------------------


def untangled(rows: Sequence[Sequence[str]], edges: Edges) -> list[list[str]]:
    """Order each row so that boxes stand near what they are joined with: each by the mean place of its like."""
    order = [list(row) for row in rows]
    for _ in range(8):
        place = {name: (n + 0.5) / len(row) for row in order for n, name in enumerate(row)}
        pulled = {}
        for name, own in place.items():
            joined = [place[b if a == name else a] for a, b in edges if name in (a, b)]
            pulled[name] = sum(joined) / len(joined) if joined else own
        order = [sorted(row, key=lambda name: (round(pulled[name], 6), name)) for row in order]
    return order


def placed(rows: Sequence[Sequence[str]], edges: Edges, notes: Mapping[str, str]) -> dict[str, Node]:
    """Give each box its place: as wide as its words and arrows ask for, the room left over shared out evenly."""
    nodes = {}
    into, out = Counter(b for _, b in edges), Counter(a for a, _ in edges)
    for number, row in enumerate(rows):
        words = [max(len(name) * LETTER, len(notes[name]) * 6.6) for name in row]
        ports = [max(into[name], out[name]) * PORT for name in row]
        halves = [max(pair) / 2 + 10 for pair in zip(words, ports, strict=True)]
        gap = (WIDTH - 2 * SIDE - 2 * sum(halves)) / (len(row) + 1)
        x = SIDE + gap
        for name, half in zip(row, halves, strict=True):
            nodes[name] = Node(name, notes[name], round(x + half, 1), round(half, 1), TOP + number * ROW)
            x += 2 * half + gap
    return nodes


def drawn(title: str, note: str, rows: Sequence[Sequence[str]], edges: Edges, notes: Mapping[str, str]) -> str:
    """Return the picture: boxes in rows, and an arrow, the stronger the more it stands for, from each to each."""
    nodes = placed(untangled(rows, edges), edges, notes)
    height = TOP + (len(rows) - 1) * ROW + BOX + 36
    svg = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", role="img")
    ET.SubElement(svg, "title").text = f"{title}. {note}"
    ET.SubElement(svg, "style").text = STYLE
    ET.SubElement(svg, "rect", {"class": "paper", "width": str(WIDTH), "height": str(height)})
    _text(svg, title, SIDE, 30, "title")
    _text(svg, note, SIDE, 50, "quiet start")
    for (a, b), times in sorted(edges.items()):
        _edge(svg, nodes[a], nodes[b], times, [nodes[n] for n in nodes], edges)
    for node in nodes.values():
        box = {"x": f"{node.x - node.half:g}", "y": f"{node.y + 12:g}", "width": f"{2 * node.half:g}"}
        ET.SubElement(svg, "rect", {**box, "height": str(BOX), "class": "box"})
        _text(svg, node.name, node.x, node.y + 29)
        _text(svg, node.note, node.x, node.y + 45, "quiet")
    ET.indent(svg, " ")
    return ET.tostring(svg, encoding="unicode") + "\n"


def _text(svg: ET.Element, words: str, x: float, y: float, kind: str = "") -> None:
    ET.SubElement(svg, "text", {"x": f"{x:g}", "y": f"{y:g}", **({"class": kind} if kind else {})}).text = words


def _edge(svg: ET.Element, a: Node, b: Node, times: int, nodes: Sequence[Node], edges: Edges) -> None:
    """Draw an arrow from the foot of one box to the head of another; each end has a place of its own there."""
    start = _port(a, b, [n for n in nodes if (a.name, n.name) in edges])
    end = _port(b, a, [n for n in nodes if (n.name, b.name) in edges])
    y1, y2 = a.y + 12 + BOX, b.y + 12
    bend = (y2 - y1) * 0.5
    width = next(width for width, least in STRENGTHS if times >= least)
    path = f"M{start:g} {y1:g} C{start:g} {y1 + bend:g} {end:g} {y2 - bend - 6:g} {end:g} {y2 - 6:g}"
    ET.SubElement(svg, "path", {"class": "edge", "d": path, "stroke-width": f"{width:.1f}"})
    size = 3 + width / 2
    head = f"M{end:g} {y2:g} l{-size:.1f} {-2 * size:.1f} h{2 * size:.1f} Z"
    ET.SubElement(svg, "path", {"class": "head", "d": head})


def _port(at: Node, towards: Node, joined: Sequence[Node]) -> float:
    """Return where on a box an arrow ends: those that lead left stand on the left."""
    order = sorted(joined, key=lambda node: (node.x, node.y, node.name))
    share = (order.index(towards) + 1) / (len(order) + 1)
    return round(at.x - at.half + 2 * at.half * share, 1)


# -- The two pictures ---------------------------------------------------------------------------------------


def imports_picture() -> str:
    """Draw the rooms in the rows of the contract; those that nothing is joined with are left out."""
    between = {edge: times for edge, times in imports().items() if "migrations" not in edge}
    joined = {room for edge in between for room in edge}
    return drawn(
        "Which room imports which",
        "An arrow is an import, the stronger the more there are; none leads up or sideways.",
        [[room for room in layer if room in joined] for layer in layers()],
        between,
        {room: ROOMS.get(room, "") for room in joined},
    )


def tables_picture() -> str:
    edges, columns = tables()
    notes = {name: f"{number} columns" for name, number in columns.items()}
    return drawn(
        "Which table points at which",
        "An arrow is a foreign key, or a table that joins the two.",
        heights(columns, edges),
        edges,
        notes,
    )


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict.settings")
    os.environ.setdefault("DEBUG", "true")
    django.setup()
    PICTURES.mkdir(exist_ok=True)
    for name, picture in (("imports", imports_picture()), ("tables", tables_picture())):
        path = PICTURES / f"{name}.svg"
        path.write_text(picture, encoding="utf-8")
        print(f"Wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
