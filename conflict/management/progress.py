"""Progress of a command on standard error, once it takes longer than a second."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper


class Progress:
    """Says on stderr, once a second after the first, what is being done: ``with Progress(self.stderr) as say``.

    A thread speaks, so that a single long step is heard of too. Call it with what is done, how many are done and
    how many there are, or ``say`` it in words.
    """

    def __init__(self, stderr: OutputWrapper) -> None:
        self._stderr, self._doing, self._done = stderr, "starting", threading.Event()
        self._start = time.monotonic()
        self._thread = threading.Thread(target=self._speak, daemon=True)

    def say(self, doing: str) -> None:
        self._doing = doing

    def __call__(self, what: str, done: int, of: int) -> None:
        self.say(f"{what}: {done:,} of {of:,}")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _speak(self) -> None:
        while not self._done.wait(1.0):
            self._stderr.write(f"{time.monotonic() - self._start:.0f} s: {self._doing}", self._stderr.style_func)
