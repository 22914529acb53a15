"""The public datasets that can be read, by name. A new one is a module and a line here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from conflict.intake.datasets import orc_losses, petroivaniuk
from conflict.intake.datasets.definition import Dataset
from conflict.intake.records import DatasetRecord
from conflict.intake.strict_json import DatasetError

__all__ = ["DATASETS", "Dataset", "DatasetError", "read_dataset"]

DATASETS: Mapping[str, Dataset] = {dataset.name: dataset for dataset in (petroivaniuk.DATASET, orc_losses.DATASET)}


def read_dataset(name: str, payloads: Mapping[str, bytes], *, first_day: dt.date, today: dt.date) -> DatasetRecord:
    """Read a whole dataset from the bytes of its files (file name to bytes; all of ``DATASETS[name].files``).

    ``today`` is the date in the conflict's own time zone: a later date in a file is an error. Raises
    `KeyError` for an unknown name and `DatasetError`, one sentence naming file, entry and key, for anything
    unreadable.
    """
    return DATASETS[name].read(payloads, first_day=first_day, today=today)
