"""The table of words: how a form is written out, and which of several forms a text has."""

import datetime as dt

import pytest

from conflict.intake.labels import Labels, LabelTableError, unmix


def table(*forms, what="tanks"):
    return Labels([(what, "en", "-", "-", "; ".join(forms))])


def read(labels, text):
    words = text.split()
    length, meanings = labels.match(words, 0, len(words))
    return length, [meaning.what for meaning in meanings]


@pytest.mark.parametrize(
    ("form", "takes", "leaves"),
    [
        ("tank(s)", ["tank", "tanks"], ["tankss", "tan"]),
        ("armored|armoured car", ["armored car", "armoured car"], ["car", "armored", "armored|armoured car"]),
        ("колон(а|и|у)", ["колона", "колони", "колону"], ["колон", "колонаи"]),
        ("танк~", ["танк", "танки", "танками", "танків"], ["танкист", "танк~"]),
        ("гармат(а|и)|пушка", ["гармата", "гармати", "пушка"], ["гармат", "пушк", "гарматапушка"]),
        ("пушка|гармат(а|и)", ["гармата", "гармати", "пушка"], ["гармат", "пушкаа"]),
        ("(не)знищено", ["знищено", "незнищено"], ["не"]),
        ("air-defence", ["air defence"], ["air-defence"]),
        ('"град"', ["град"], []),
        ("a/b", ["a b"], ["ab"]),
        ("п’ять", ["п'ять"], ["пять"]),
        ("Tank", ["tank"], []),
        ("a.b", ["a b"], []),
    ],
)
def test_a_form_stands_for_its_spellings_and_no_others(form, takes, leaves):
    labels = table(form)
    assert all(read(labels, text)[1] for text in takes)
    assert not any(read(labels, text)[1] for text in leaves)


def test_empty_forms_are_passed_over_and_those_behind_them_read():
    labels = table("tank", " ", "", "lorry")
    assert read(labels, "lorry") == (1, ["tanks"])


def test_the_longest_form_counts_and_equal_ones_give_all_their_meanings():
    labels = Labels(
        [
            ("tanks", "en", "-", "-", "tank"),
            ("@unit", "en", "-", "-", "tank; tank crew"),
            ("@count", "en", "-", "-", "tank crew; tank crew man"),
            ("@count", "en", "-", "-", "tank crew"),
        ]
    )
    assert read(labels, "tank") == (1, ["tanks", "@unit"])
    assert read(labels, "tank crew") == (2, ["@unit", "@count"])
    assert read(labels, "tank crew man") == (3, ["@count"])
    assert read(labels, "tank man") == (1, ["tanks", "@unit"])
    assert read(labels, "man") == (0, [])
    assert labels.match(["tank", "crew"], 0, 1)[0] == 1  # no word behind the limit
    assert labels.match(["a", "tank", "crew"], 1, 3)[0] == 2


def test_a_meaning_holds_between_its_days():
    labels = Labels([("tanks", "en", "2022-05-01", "2022-05-02", "tank")])
    ((meaning,),) = [labels.match(["tank"], 0, 1)[1]]
    days = [dt.date(2022, 4, 30), dt.date(2022, 5, 1), dt.date(2022, 5, 2), dt.date(2022, 5, 3)]
    assert [meaning.holds_on(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("tanks", "en", "1 May", "-", "tank"), "Row 1: '1 May' is no date of the form YYYY-MM-DD."),
        (("tanks", "en", "-", "-", "17"), "Row 1: '17' has no word in it."),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_fault(row, fault):
    with pytest.raises(LabelTableError) as caught:
        Labels([row])
    assert str(caught.value) == fault


def test_a_file_of_another_shape_is_named_with_its_line(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text(
        'what\tlanguage\tsince\tuntil\tforms\n# a remark\n\ntanks\ten\t-\t-\t"tank"; бак\n', encoding="utf-8"
    )
    assert read(Labels.from_file(path), "бак") == (1, ["tanks"])
    path.write_text("what\tlanguage\tsince\tuntil\tforms\ntanks\ten\n", encoding="utf-8")
    with pytest.raises(LabelTableError, match=r"^own\.tsv: five columns are needed, not 2: \('tanks', 'en'\)$"):
        Labels.from_file(path)


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("танkи", "танки"),
        ("tanкs", "таnкs"),
        ("tanks", "tanks"),
        ("танки", "танки"),
        ("ґaнок", "ґанок"),
        ("ӿo", "ӿо"),
        ("аo", "ао"),
        ("naïve", "naïve"),
    ],
)
def test_latin_letters_among_cyrillic_ones_are_their_doubles(word, plain):
    assert unmix(word) == plain
