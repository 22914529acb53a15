"""What a long reading or writing tells of itself; ``conflict.management.progress`` says it on the terminal."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""
