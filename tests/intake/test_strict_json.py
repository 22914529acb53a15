"""What the strict reading of JSON refuses, and that each refusal names its place."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict.intake.strict_json import DEEPEST, DatasetError, read_entries, shown


def read(text: str | bytes):
    return read_entries(text if isinstance(text, bytes) else text.encode(), file="losses.json")


def fault(text: str | bytes) -> DatasetError:
    with pytest.raises(DatasetError) as caught:
        read(text)
    return caught.value


def test_entries_keep_the_order_of_the_list_and_of_the_keys():
    first, second = read('[{"tank": 80, "date": "2022-02-25"}, {"date": "2022-02-26"}]')
    assert list(first.values) == ["tank", "date"]
    assert (first.number, second.number) == (1, 2)
    assert first.date() == dt.date(2022, 2, 25)


def test_a_byte_order_mark_and_blanks_around_the_list_are_passed_over():
    assert len(read(b'\xef\xbb\xbf \n[ {"a": 1} , {"a": 2} ]\r\n')) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "losses.json: the file is empty."),
        ("  \n", "losses.json: the file is empty."),
        ("[]", "losses.json: the list is empty."),
        ('{"date": 1}', "losses.json: a list of objects is due, this is an object."),
        ('"x"', "losses.json: a list of objects is due, this is a text."),
        ("<html>", 'losses.json: this is not JSON: it begins with "<html>".'),
        ("[1]", "losses.json, entry 1: an object is due, this is 1."),
        ("[[]]", "losses.json, entry 1: an object is due, this is a list."),
        ("[null]", "losses.json, entry 1: an object is due, this is null."),
        ('[{"a": 1}, NaN]', "losses.json, entry 2: NaN is not a number."),
        (b'[{"a": "\xff"}]', "losses.json: byte 9 is not UTF-8."),
        ('[{"a": 1}] x', "losses.json: line 1, column 12: something follows the end of the list."),
        ('[{"a": 1}][', "losses.json: line 1, column 11: something follows the end of the list."),
    ],
)
def test_what_is_no_list_of_objects_is_refused(text, sentence):
    assert str(fault(text)) == sentence


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ('"tank": 1, "tank": 2', "the key is given twice"),
        ('"tank": 1, "ta\\u006ek": 2', "the key is given twice"),
        ('"tank": NaN', "NaN is not a number"),
        ('"tank": Infinity', "Infinity is not a number"),
        ('"tank": -Infinity', "-Infinity is not a number"),
        ('"tank": 1e999', '"1e999" is beyond every number'),
        ('"tank": [1, [NaN]]', "NaN is not a number"),
        ('"tank": {"a": 1, "a": 2}', 'the key "a" inside it is given twice'),
        ('"tank": ' + "9" * 5000, "the number has 5,000 digits"),
        ('"tank": "\\ud800"', "the text holds half a character (a lone surrogate)"),
        ('"tank": "\\u0000"', "the text holds a NUL character"),
        ('"tank": ' + "[" * 12 + "]" * 12, "lists or objects are nested too deeply"),
    ],
)
def test_a_flaw_names_file_entry_date_and_key(inner, reason):
    error = fault('[{"date": "2022-02-25", "tank": 0}, {"date": "2022-02-26", ' + inner + "}]")
    assert (error.file, error.entry, error.date, error.key) == ("losses.json", 2, "2022-02-26", "tank")
    assert str(error) == f'losses.json, entry 2 (2022-02-26), key "tank": {reason}.'


@pytest.mark.parametrize("depth", [1_000, 100_000, 1_000_000])
def test_endless_nesting_is_a_fault_and_not_a_crash(depth):
    error = fault('[{"date": "2022-02-25", "tank": ' + "[" * depth)
    assert error.entry == 1
    assert "nested too deeply" in error.reason


def test_nesting_is_read_down_to_its_limit():
    depth = DEEPEST - 1
    assert read('[{"a": ' + "[" * depth + "]" * depth + "}]")
    assert "nested" in fault('[{"a": ' + "[" * (depth + 1) + "]" * (depth + 1) + "}]").reason


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[{"date": "2022-02-25", "tank": }]', "line 1, column 33"),
        ('[{"date": "2022-02-25",\n "tank": 8_0}]', "line 2, column 11"),
        ('[{"date": "2022-02-25", "tank": 080}]', "line 1, column 34"),
        ('[{"date": "2022-02-25", "tank": ١٢}]', "line 1, column 33"),
        ('[{"date": "2022-02-25", "tank": 80', "line 1, column 35"),
        ('[{"date": "2022-02-25", "tank": \'x\'}]', "line 1, column 33"),
    ],
)
def test_malformed_text_names_entry_date_key_line_and_column(text, place):
    error = fault(text)
    assert (error.entry, error.date, error.key) == (1, "2022-02-25", "tank")
    assert error.reason.startswith(f"{place}: this is not JSON (")


@pytest.mark.parametrize("text", ['[{"a": 1}', '[{"a": 1},', '[{"a": 1},]', '[{"a": 1} {"a": 2}]', "[", "[,]"])
def test_a_list_that_breaks_off_is_refused(text):
    assert "this is not JSON" in fault(text).reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("true", "true is not a whole number"),
        ("1.0", "1.0 is not a whole number"),
        ('"80"', '"80" is not a whole number'),
        ("null", "null is not a whole number"),
        ("[1]", "[1] is not a whole number"),
        ("-1", "-1 is negative"),
        ("101", "101 is above 100, no figure of this war comes near it"),
    ],
)
def test_a_whole_number_is_nothing_else(value, reason):
    (entry,) = read('[{"tank": ' + value + "}]")
    with pytest.raises(DatasetError) as caught:
        entry.whole_number("tank", lowest=0, highest=100)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "written",
    [
        "20220225",
        "2022-W08-5",
        "2022-02-30",
        "2022-2-25",
        "2022-02-25T00:00",
        "２０２２-02-25",
        " 2022-02-25",
        "",
    ],
)
def test_a_date_is_written_in_one_way(written):
    (entry,) = read(f'[{{"date": "{written}"}}]')
    with pytest.raises(DatasetError, match="is not a date written as"):
        entry.date()


def test_a_missing_key_and_an_endless_text_are_faults():
    (entry,) = read('[{"word": "' + "x" * 2001 + '"}]')
    with pytest.raises(DatasetError, match=r'entry 1, key "date": the key is missing\.'):
        entry.date()
    with pytest.raises(DatasetError, match=r"the text has 2,001 characters"):
        entry.text("word")


def test_messages_show_nothing_invisible_and_stay_short():
    assert shown("a\u202eb") == '"a\N{REPLACEMENT CHARACTER}b"'
    assert len(shown("x" * 10_000)) == 60


@given(st.binary(max_size=300) | st.text(alphabet='[]{}",:0123456789.eE-+ \nNanIfity"date\\u', max_size=120))
def test_no_bytes_make_it_fail_with_anything_but_its_own_error(payload):
    try:
        entries = read(payload)
    except DatasetError as error:
        assert str(error).startswith("losses.json") and str(error).endswith(".")
    else:
        assert all(isinstance(entry.values, dict) for entry in entries)
