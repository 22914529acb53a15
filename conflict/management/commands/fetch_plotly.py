"""Get the small bundle of plotly.js by way of npm, where npm is installed."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conflict.staticfiles import BUNDLE_MEMBER, BUNDLE_PACKAGE, BUNDLE_VERSION, bundle_fault

PATIENCE = 60  # seconds


class NotFetched(Exception):
    """Why there is no bundle, as a clause that follows a colon."""


class Command(BaseCommand):
    help = "Get the small bundle of plotly.js through npm, check its hash, and put it at PLOTLY_BUNDLE."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PLOTLY_BUNDLE:
            self.stdout.write("PLOTLY_BUNDLE is empty: the Python package's own plotly.js is served.")
            return
        target = Path(settings.PLOTLY_BUNDLE)
        if target.is_file() and not bundle_fault(target.read_bytes()):
            return
        try:
            content = fetch()
        except NotFetched as reason:
            self.stdout.write(f"The Python package's own plotly.js is served, three times as large: {reason}.")
            return
        if fault := bundle_fault(content):
            raise CommandError(f"What npm gave is not kept: {fault}")
        target.parent.mkdir(parents=True, exist_ok=True)
        arriving = target.with_suffix(".part")
        arriving.write_bytes(content)
        arriving.replace(target)
        self.stdout.write(f"Got {BUNDLE_PACKAGE} {BUNDLE_VERSION}, {len(content):,} bytes.")


def fetch() -> bytes:
    """Return the bundle out of the package that npm packs; no script of it is run. Raises NotFetched."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotFetched("npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", f"{BUNDLE_PACKAGE}@{BUNDLE_VERSION}", "--ignore-scripts", "--fetch-retries=0"]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=PATIENCE)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise NotFetched(f"npm gave no answer within {PATIENCE} seconds") from None
        except OSError as problem:
            raise NotFetched(f"npm cannot be run ({problem})") from None
        packed = list(Path(folder).glob("*.tgz"))
        if done.returncode != 0 or len(packed) != 1:
            raise NotFetched("npm could not get it")
        try:
            with tarfile.open(packed[0]) as archive:
                member = archive.extractfile(BUNDLE_MEMBER)
                if member is None:
                    raise KeyError(BUNDLE_MEMBER)
                return member.read()
        except (KeyError, tarfile.TarError):
            raise NotFetched(f"the package holds no {BUNDLE_MEMBER}") from None
