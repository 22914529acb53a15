"""Cases of which `make test` tries the first and `make stress` all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def in_a_sweep(cases: Iterable[Any], *, but: Collection[Any]) -> list[Any]:
    """Give the cases of a parametrized test; all ``but`` some are left to a sweep."""
    return [case if case in but else pytest.param(case, marks=pytest.mark.sweep) for case in cases]
