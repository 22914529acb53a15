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
    ],
)
def test_numbers_with_thousands_apart_or_together_are_read(raw, value):
    assert read_number(raw) == value


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1,020.010", "separators"),
        ("1,42", "separators"),
        ("12,3456", "separators"),
        ("1 020,010", "separators"),
        ("1234,567", "separators"),
        ("1,234 567", "separators"),
        ("9.382", "a dot"),
        ("007", "begins with 0"),
        ("0,382", "begins with 0"),
        ("8-10", "several numbers"),
        ("17/33", "several numbers"),
        ("1000000001", "above"),
        ("9" * 40, "above"),
        ("9" * 5000, "above"),
        ("٣٢٩", "digits other"),
        ("１２", "digits other"),
        ("9٣82", "digits other"),
        ("9\x01382", "markup"),
        ("9\x03382", "invisible"),
        ("9\x05382", "invisible"),
    ],
)
def test_mangled_numbers_are_refused_with_the_reason(raw, reason):
    with pytest.raises(NumeralError, match=reason):
        read_number(raw)


def test_dots_part_thousands_only_where_the_text_does_so_throughout():
    assert read_number("9.382", dotted=True) == 9382
    assert dots_are_thousands("9.382 carri, 19.111 droni, 28 navi")
    assert dots_are_thousands("1.099.530 soldati")
    assert not dots_are_thousands("9.382 tanks")
    assert not dots_are_thousands("9.382 tanks, 19.111 drones and 724,050 troops")
    assert not dots_are_thousands("9.382 tanks, 19.111 drones and 724 050 troops")
    assert not dots_are_thousands("on 19.11.2024 at 06.00")


def test_mixed_separators_stay_mangled_even_among_dots():
    with pytest.raises(NumeralError):
        read_number("1,020.010", dotted=True)


@pytest.mark.parametrize(
    ("raw", "scale", "value", "step"),
    [
        ("724", 1000, 724_000, 1000),
        ("199,4", 1000, 199_400, 100),
        ("1.1", 10**6, 1_100_000, 100_000),
        ("724.05", 1000, 724_050, 10),
    ],
)
def test_rounded_numbers_know_how_far_they_may_be_off(raw, scale, value, step):
    assert read_rounded(raw, scale) == Rounded(value, step)


def test_a_rounded_number_agrees_with_what_it_may_stand_for():
    spoken = read_rounded("199,4", 1000)
    assert spoken.agrees_with(199_460)
    assert not spoken.agrees_with(199_960)


@pytest.mark.parametrize(("raw", "scale"), [("5000", 10**6), ("1,2345", 1000), ("٣", 1000), ("12,3456", 1000)])
def test_rounded_numbers_that_cannot_be_are_refused(raw, scale):
    with pytest.raises(NumeralError):
        read_rounded(raw, scale)
