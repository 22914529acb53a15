"""One rule for every CSV of the site: no text passes for a formula, and each is read again as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.api.exports import safe_cell
from conflict.intake.formulas import STARTS, guarded, unguarded
from conflict.intake.package.cells import written

TEXTS = st.text() | st.builds(str.__add__, st.sampled_from([*STARTS, "'"]), st.text())


@given(TEXTS)
def test_a_guarded_text_is_no_formula_and_is_read_again_as_it_was(text: str) -> None:
    assert not guarded(text).startswith(STARTS)
    assert unguarded(guarded(text)) == text


@given(TEXTS)
def test_exports_and_the_package_guard_alike(text: str) -> None:
    assert safe_cell(text) == written(text) == guarded(text)


@pytest.mark.parametrize("start", STARTS)
def test_what_begins_like_a_formula_was_not_guarded(start: str) -> None:
    with pytest.raises(ValueError, match="1"):
        unguarded(f"{start}1")


def test_plain_texts_stay_as_they_are() -> None:
    assert [guarded(text) for text in ("", "tanks", "3 + 4", "it's")] == ["", "tanks", "3 + 4", "it's"]
