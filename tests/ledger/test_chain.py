"""What a version's hash covers, spelt out: a reader who follows the page on verifying must get the same."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pytest

from conflict.ledger.chain import Change, version_hash

OPENED = Change("+", "general-staff", "russia", "tanks", "2024-11-19", 9382, 17, None, None, "зведення", 1)
CLOSED = replace(OPENED, sign="-", total=9381, printed_change=None, computed_change=-3, days_since_previous=2)
HEAD = {
    "previous": "ab" * 32,
    "number": 12,
    "time": dt.datetime(2024, 11, 19, 9, 30, 5, 999, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    "kind": "publication",
    "by": "Ада",
    "reason": 'the "morning" bulletin',
}


def test_the_hash_is_of_a_json_list_of_head_and_changes_without_spaces_in_utf_8() -> None:
    text = (
        f'[["{"ab" * 32}",12,"2024-11-19T07:30:05+00:00","publication","Ада","the \\"morning\\" bulletin"],'
        '[["+","general-staff","russia","tanks","2024-11-19",9382,17,null,null,"зведення",1],'
        '["-","general-staff","russia","tanks","2024-11-19",9381,null,-3,2,"зведення",1]]]'
    )
    assert version_hash(**HEAD, changes=[CLOSED, OPENED]) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("field", ["source", "party", "category", "date"])
def test_changes_are_hashed_in_one_order_however_they_come(field: str) -> None:
    later = replace(CLOSED, **{field: "zzz"})
    assert version_hash(**HEAD, changes=[OPENED, later]) == version_hash(**HEAD, changes=[later, OPENED])
