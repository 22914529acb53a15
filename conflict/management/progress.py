"""Progress of a command on standard error, once it takes longer than a second."""

from __future__ import annotations

import time

from django.core.management.base import OutputWrapper


class Progress:
    """Call it with what is being done, how many are done and how many there are."""

    def __init__(self, stream: OutputWrapper) -> None:
        self.stream = stream
        self.started = self.shown = time.monotonic()
        self.on_screen = False

    def __call__(self, what: str, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self.started < 1 or now - self.shown < 0.2:
            return
        self.shown = now
        self.on_screen = True
        self.stream.write(f"\r{what}: {done:,} of {of:,}", ending="")

    def close(self) -> None:
        if self.on_screen:
            self.stream.write("")
