"""Numbers: what is read, and what is refused with which reason."""

import pytest

from conflict.intake.numerals import NumeralError, Rounded, dots_are_thousands, read_number, read_rounded


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("7", 7),
        ("724050", 724050),
        ("9,382", 9382),
        ("724 050", 724050),
        ("1'099'530", 1099530),
        ("1,456,610", 1456610),
        ("1000000000", 10**9),
        ("1,000,000,000", 10**9),
        ("9,\x02382", 9382),
    ],
)
def test_numbers_with_thousands_apart_or_together_are_read(raw, value):
    assert read_number(raw) == value


SEPARATORS = "a number whose separators are not thousands"
ZERO = "a number that begins with 0"
SEVERAL = "several numbers run together"
LARGE = "a number above 1,000,000,000"
FOREIGN = "digits other than 0-9"
UNSEEN = "an invisible character within a number"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1,020.010", SEPARATORS),
        ("1,42", SEPARATORS),
        ("12,3456", SEPARATORS),
        ("1 020,010", SEPARATORS),
        ("1234,567", SEPARATORS),
        ("1,234 567", SEPARATORS),
        ("9.38", SEPARATORS),
        ("9.382", "a dot within a number of a text that does not part all its thousands by dots"),
        ("007", ZERO),
        ("00", ZERO),
        ("0,382", ZERO),
        ("8-10", SEVERAL),
        ("0-5", SEVERAL),
        ("17/33", SEVERAL),
        ("1000000001", LARGE),
        ("9999999999", LARGE),
        ("10000000000", LARGE),
        ("9" * 40, LARGE),
        ("9" * 5000, LARGE),
        ("٣٢٩", FOREIGN),
        ("１２", FOREIGN),
        ("9٣82", FOREIGN),
        ("9\x01382", "markup within a number"),
        ("9\x03382", UNSEEN),
        ("9\x04382", UNSEEN),
        ("9\x05382", UNSEEN),
    ],
)
def test_mangled_numbers_are_refused_with_the_reason(raw, reason):
    with pytest.raises(NumeralError) as refused:
        read_number(raw)
    assert str(refused.value) == reason


def test_dots_part_thousands_only_where_the_text_does_so_throughout():
    assert read_number("9.382", dotted=True) == 9382
    assert dots_are_thousands("9.382 carri, 19.111 droni, 28 navi")
    assert dots_are_thousands("1.099.530 soldati")
    assert dots_are_thousands("9.382, 19.111")
    assert not dots_are_thousands("9.382 tanks")
    assert not dots_are_thousands("9382 tanks")
    assert not dots_are_thousands("9.382 tanks, 19.111 drones and 724,050 troops")
    assert not dots_are_thousands("9.382 tanks, 19.111 drones and 724 050 troops")
    assert not dots_are_thousands("on 19.11.2024 at 06.00")


@pytest.mark.parametrize("raw", ["1,020.010", "9.38", "0.382"])
def test_mixed_or_uneven_separators_stay_mangled_even_among_dots(raw):
    with pytest.raises(NumeralError):
        read_number(raw, dotted=True)


@pytest.mark.parametrize(
    ("raw", "scale", "value", "step"),
    [
        ("724", 1000, 724_000, 1000),
        ("199,4", 1000, 199_400, 100),
        ("1.1", 10**6, 1_100_000, 100_000),
        ("724.05", 1000, 724_050, 10),
        ("0,5", 1000, 500, 100),
        ("1.25", 100, 125, 1),
        ("1.250", 1000, 1250, 1),
        ("1,\x025", 1000, 1500, 100),
        ("1000", 10**6, 10**9, 10**6),
    ],
)
def test_rounded_numbers_know_how_far_they_may_be_off(raw, scale, value, step):
    assert read_rounded(raw, scale) == Rounded(value, step)


@pytest.mark.parametrize(
    ("figure", "agrees"), [(199_299, False), (199_300, True), (199_400, True), (199_500, True), (199_501, False)]
)
def test_a_rounded_number_agrees_with_what_it_may_stand_for(figure, agrees):
    assert read_rounded("199,4", 1000).agrees_with(figure) is agrees


@pytest.mark.parametrize(
    ("raw", "scale", "reason"),
    [
        ("5000", 10**6, LARGE),
        ("1001", 10**6, LARGE),
        ("1000,1", 10**6, LARGE),
        ("1,2345", 1000, "a rounded number that cannot be read"),
        ("12,3456", 1000, "a rounded number that cannot be read"),
        ("٣", 1000, "a rounded number that cannot be read"),
        ("05", 1000, "a rounded number that cannot be read"),
        ("1.125", 100, "a rounded number that cannot be read"),
    ],
)
def test_rounded_numbers_that_cannot_be_are_refused(raw, scale, reason):
    with pytest.raises(NumeralError) as refused:
        read_rounded(raw, scale)
    assert str(refused.value) == reason
