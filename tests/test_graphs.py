"""The pictures of rooms and tables are those of the code, and in them nothing leads up or in a circle."""

from __future__ import annotations

import re
from itertools import combinations

import grimp
import pytest

from docs import graphs


def test_the_picture_of_the_imports_is_that_of_the_code() -> None:
    drawn = (graphs.PICTURES / "imports.svg").read_text(encoding="utf-8")
    assert drawn == graphs.imports_picture(), "make graphs draws it anew"


def test_the_picture_of_the_tables_is_that_of_the_code() -> None:
    drawn = (graphs.PICTURES / "tables.svg").read_text(encoding="utf-8")
    assert drawn == graphs.tables_picture(), "make graphs draws it anew"


def test_no_room_imports_from_above_it_or_from_beside_it() -> None:
    layer_of = {room: number for number, layer in enumerate(graphs.layers()) for room in layer}
    edges = {(a, b) for a, b in graphs.imports() if "migrations" not in (a, b)}
    assert len(edges) > 40
    assert not {(a, b) for a, b in edges if layer_of[a] >= layer_of[b]}


def test_no_files_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("conflict", exclude_type_checking_imports=True, cache_dir=None)
    edges = {(file, other) for file in graph.modules for other in graph.find_modules_directly_imported_by(file)}
    assert sum(len(row) for row in graphs.heights(graph.modules, edges)) == len(graph.modules)


def test_every_room_that_is_drawn_says_what_it_is_for() -> None:
    assert {room for edge in graphs.imports() for room in edge} - {"migrations"} == set(graphs.ROOMS)


def test_every_room_is_told_of_in_the_architecture() -> None:
    text = (graphs.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## One figure")[0]
    told = set(re.findall(r"`conflict/(\w+)(?:\.py)?`", text))
    assert told == {room for layer in graphs.layers() for room in layer}


def test_a_circle_is_seen() -> None:
    with pytest.raises(ValueError, match="into one: a, b, c"):
        graphs.heights("abcd", {("a", "b"), ("b", "c"), ("c", "b"), ("b", "d")})


def test_boxes_of_a_row_do_not_touch() -> None:
    edges = {edge: n for edge, n in graphs.imports().items() if "migrations" not in edge}
    rows = [[room for room in layer if room in graphs.ROOMS] for layer in graphs.layers()]
    places = graphs.placed(rows, edges, graphs.ROOMS)
    for row in rows:
        for a, b in combinations((places[room] for room in row), 2):
            assert abs(a.x - b.x) > a.half + b.half
