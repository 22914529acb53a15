"""Which reading of a disagreement is named: each rule alone, and together when they contradict each other."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from conflict.intake.datasets import DATASETS, read_dataset
from conflict.ledger.checks import Compared, Noticed, Stated, Usual
from conflict.ledger.likelihood import REACH, Verdict, find_disagreements, slip, weigh

D = dt.date
ONE = dt.timedelta(days=1)
DAY = D(2024, 6, 20)  # the day in question
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data"


def around(changes: int | list[int], *, before: int = 1000, after: int, days: int = 30) -> dict[D, Stated]:
    """Totals that lead to ``before`` on the day before and go on from ``after`` on the day after."""
    steps = [changes] * days if isinstance(changes, int) else (changes * days)[:days]
    totals = {DAY - ONE: before, DAY + ONE: after}
    for n, step in enumerate(steps, start=1):
        totals[DAY - (n + 1) * ONE] = totals[DAY - n * ONE] - step
        totals[DAY + (n + 1) * ONE] = totals[DAY + n * ONE] + step
    return {day: Stated(total) for day, total in totals.items()}


def judge(
    first: int, second: int, *, usual: int | list[int] = 10, before: int = 1000, after: int = 1020, **more: object
) -> Verdict:
    """Weigh two readings of the day, of the documents ``a`` and ``b``, that agree on all other days."""
    agreed = around(usual, before=before, after=after)
    documents = {"a": {**agreed, DAY: Stated(first)}, "b": {**agreed, DAY: Stated(second)}}
    return weigh(DAY, Compared.of(documents), **more)  # type: ignore[arg-type]


def test_the_reading_that_alone_lies_between_its_neighbours_is_likely() -> None:
    verdict = judge(1010, 1110)

    assert (verdict.likely, verdict.reason) == ("a", "neighbours")
    assert (verdict.before, verdict.after) == ((DAY - ONE, 1000), (DAY + ONE, 1020))


def test_neighbours_that_fall_themselves_bound_nothing() -> None:
    assert "neighbours" not in judge(991, 995, before=1000, after=992, usual=0).votes


def test_in_a_busy_category_the_reading_that_repeats_the_day_before_is_a_copy() -> None:
    verdict = judge(1000, 1010)

    assert (verdict.likely, verdict.reason) == ("b", "standstill")


def test_in_a_quiet_category_the_reading_that_lags_is_less_likely() -> None:
    verdict = judge(1001, 1000, usual=[0, 0, 0, 1], after=1001)

    assert (verdict.likely, verdict.reason) == ("a", "lag")


def test_a_lag_of_many_days_is_judged_on_each_of_them() -> None:
    agreed = around([0, 0, 0, 1], before=350, after=352)
    ahead, behind = dict(agreed), dict(agreed)
    for n in range(5):  # the later days move on: the agreement comes five days later
        ahead[DAY + n * ONE], behind[DAY + n * ONE] = Stated(351), Stated(350)
    for day in list(ahead):
        if day > DAY + 4 * ONE:
            ahead[day] = behind[day] = Stated(352)
    compared = Compared.of({"ahead": ahead, "behind": behind})

    verdicts = [weigh(DAY + n * ONE, compared) for n in range(5)]

    assert {(verdict.likely, verdict.reason) for verdict in verdicts} == {("ahead", "lag")}


def test_a_lag_that_changes_its_distance_is_not_judged_by_its_first_day() -> None:
    agreed = around([0, 0, 0, 1], before=350, after=352)
    late = {day: stated for day, stated in agreed.items() if day > DAY + ONE}
    ahead = {**agreed, DAY: Stated(351), DAY + ONE: Stated(352)}
    behind = {**agreed, DAY: Stated(350), DAY + ONE: Stated(350)} | late
    compared = Compared.of({"ahead": ahead, "behind": behind})

    assert weigh(DAY, compared).reason == "lag"
    assert weigh(DAY + ONE, compared).likely is None


def test_a_reading_that_overshoots_the_next_agreement_is_no_lag_of_the_other() -> None:
    assert judge(1000, 1003, usual=[0, 0, 0, 1], after=1001).reason == "neighbours"


def test_after_a_correction_downwards_the_reading_that_follows_it_is_likely() -> None:
    verdict = judge(970, 979, before=979, after=971, usual=0)

    assert (verdict.likely, verdict.reason) == ("a", "lag")


def test_the_reading_whose_changes_stay_near_the_usual_ones_is_likely() -> None:
    verdict = judge(1020, 1036, usual=[18, 22, 20, 21, 19], after=1040)

    assert (verdict.likely, verdict.reason) == ("a", "rate")


def test_readings_that_fit_almost_equally_are_not_decided() -> None:
    verdict = judge(1020, 1022, usual=[18, 22, 20, 21, 19], after=1040)

    assert (verdict.likely, verdict.reason) == (None, "undecided")


@pytest.mark.parametrize("figure", [22, 1022])
def test_a_headline_that_gives_the_change_or_the_total_decides(figure: int) -> None:
    verdict = judge(1020, 1022, usual=[18, 22, 20, 21, 19], after=1040, headline=[figure])

    assert (verdict.likely, verdict.reason) == ("b", "headline")


def test_a_headline_that_fits_neither_or_both_readings_says_nothing() -> None:
    assert judge(1020, 1022, usual=[18, 22, 20], after=1040, headline=[28]).reason == "undecided"
    assert judge(1020, 1022, usual=[18, 22, 20], after=1040, headline=[20, 22]).reason == "undecided"


def test_a_headline_counts_from_the_same_documents_day_before() -> None:
    usual = around([18, 22, 20], after=1060)
    # The agreement comes a day later.
    agreed = {day + ONE if day > DAY else day: stated for day, stated in usual.items()}
    first = {**agreed, DAY: Stated(1020), DAY + ONE: Stated(1041)}
    second = {**agreed, DAY: Stated(1000), DAY + ONE: Stated(1019)}

    verdict = weigh(DAY + ONE, Compared.of({"a": first, "b": second}), headline=[21])

    assert (verdict.likely, verdict.reason) == ("a", "headline")


def test_a_copied_over_day_decides_for_the_other_document() -> None:
    verdict = judge(1000, 1001, usual=[0, 0, 0, 1], after=1001, copied=["a"])

    assert (verdict.likely, verdict.reason) == ("b", "repeat")


def test_a_printed_change_decides_for_the_total_it_leads_to() -> None:
    agreed = around([18, 22, 20], after=1040)
    bulletin = {DAY: Stated(1020, 20)}
    compared = Compared.of({"a": {**agreed, DAY: Stated(1022)}, "b": agreed, "bulletin": bulletin})

    verdict = weigh(DAY, compared)

    assert (verdict.likely, verdict.reason) == ("bulletin", "printed")


def test_the_change_printed_the_next_day_decides_for_the_total_it_comes_from() -> None:
    agreed = around([18, 22, 20], after=1040)
    agreed[DAY + ONE] = Stated(1040, 18)
    compared = Compared.of({"a": {**agreed, DAY: Stated(1020)}, "b": {**agreed, DAY: Stated(1022)}})

    assert (weigh(DAY, compared).likely, weigh(DAY, compared).reason) == ("b", "printed")


def test_a_printed_report_is_likelier_than_a_transcription_where_nothing_else_speaks() -> None:
    verdict = judge(1020, 1022, usual=[18, 22, 20], after=1040, originals=["b"])

    assert (verdict.likely, verdict.reason) == ("b", "original")


def test_strong_rules_that_contradict_each_other_name_nobody() -> None:
    verdict = judge(1010, 1110, headline=[1110])

    assert (verdict.likely, verdict.reason) == (None, "contradiction")
    assert (verdict.votes["headline"], verdict.votes["neighbours"]) == (1110, 1010)


def test_a_strong_rule_outvotes_a_weak_one() -> None:
    verdict = judge(1010, 1110, originals=["b"])

    assert (verdict.likely, verdict.votes["original"]) == ("a", 1110)


def test_without_an_agreed_day_near_enough_nobody_is_named() -> None:
    far = (REACH + 1) * ONE
    agreed = {DAY - far: Stated(900), DAY + far: Stated(1100)}
    compared = Compared.of({"a": {**agreed, DAY: Stated(1000)}, "b": {**agreed, DAY: Stated(2000)}})

    assert (weigh(DAY, compared).likely, weigh(DAY, compared).reason) == (None, "no-neighbours")


def test_a_disagreement_is_graver_where_the_accepted_reading_is_unlikely() -> None:
    agreed = around(10, after=1020)
    documents = {"a": {**agreed, DAY: Stated(1010, None, 1)}, "b": {**agreed, DAY: Stated(1110, None, 2)}}

    def severity(accepted: int) -> str:
        (noticed,) = find_disagreements(Compared.of(documents), accepted={DAY: accepted})
        return noticed.severity

    assert (severity(1), severity(2)) == ("note", "error")
    assert severity(3) == "error"  # an accepted figure of no reading here


def test_a_disagreement_tells_all_that_it_was_judged_by() -> None:
    agreed = around(10, after=1020)
    documents = {
        "b": {**agreed, DAY: Stated(1110, 100, 2)},
        "a": {**agreed, DAY: Stated(1010, None, 1)},
        "c": {DAY: Stated(1010, None, 3), DAY + 2 * ONE: Stated(1)},
    }

    first, second = find_disagreements(Compared.of(documents), accepted={DAY: 1, DAY + 2 * ONE: 9})

    assert first == Noticed(
        "disagreement",
        "note",
        DAY,
        "1010/1110",
        None,
        {
            "readings": {"a": 1010, "b": 1110, "c": 1010},
            "printed": {"b": 100},
            "accepted": "a",
            "likely": "a",
            "reason": "neighbours",
            "votes": {"neighbours": 1010, "rate": 1010},
            "before": ["2024-06-19", 1000],
            "after": ["2024-06-21", 1020],
            "neighbours": {"a": [1000, 1020], "b": [1000, 1020], "c": [None, None]},
            "slip": "digit",
            "usual": [10, 3.2],
        },
    )
    assert (second.date, second.evidence["accepted"], second.evidence["neighbours"]["c"]) == (
        *(DAY + 2 * ONE, None, [None, None]),
    )


def test_what_is_not_known_of_a_disagreement_is_told_as_none() -> None:
    (noticed,) = find_disagreements(
        Compared.of({"a": {DAY: Stated(10)}, "b": {DAY: Stated(12)}, "c": {DAY: Stated(13)}}), accepted={}
    )

    assert (noticed.severity, noticed.cause) == ("doubt", "10/12/13")
    assert {key: noticed.evidence[key] for key in ("accepted", "likely", "before", "after", "slip")} == {
        **dict.fromkeys(("accepted", "likely", "before", "after", "slip")),
    }
    assert (noticed.evidence["reason"], "usual" in noticed.evidence) == ("no-neighbours", False)


def test_each_disagreement_gets_the_copies_headlines_and_originals_of_its_own_day() -> None:
    agreed = around([0, 0, 0, 1], after=1001)
    after = {DAY + n * ONE: Stated(1001) for n in range(1, 4)}
    first = {**agreed, **after, DAY: Stated(1000), DAY + 2 * ONE: Stated(1002)}
    second = {**agreed, **after, DAY: Stated(1001), DAY + 2 * ONE: Stated(1003)}
    compared = Compared.of({"a": first, "b": second})

    def reasons(**more: object) -> list[tuple[str | None, str]]:
        found = find_disagreements(compared, accepted={}, **more)  # type: ignore[arg-type]
        return [(noticed.evidence["likely"], noticed.evidence["reason"]) for noticed in found]

    quiet = ("b", "lag")
    assert reasons() == [quiet, (None, "undecided")]
    assert reasons(repeats={("a", DAY)}) == [("b", "repeat"), (None, "undecided")]
    assert reasons(headlines={DAY + 2 * ONE: [1003]}) == [quiet, ("b", "headline")]
    assert reasons(originals=["a"]) == [(None, "contradiction"), ("a", "original")]


@pytest.mark.parametrize(("days", "reason"), [(REACH, "neighbours"), (REACH + 1, "no-neighbours")])
def test_an_agreement_counts_as_far_away_as_the_longest_lag_and_no_farther(days: int, reason: str) -> None:
    agreed = {DAY - days * ONE: Stated(900), DAY + days * ONE: Stated(1100)}
    compared = Compared.of({"a": {**agreed, DAY: Stated(1000)}, "b": {**agreed, DAY: Stated(2000)}})

    assert weigh(DAY, compared).reason == reason


@pytest.mark.parametrize(
    ("still", "moving", "reason"), [(1, 9, "standstill"), (2, 18, "standstill"), (2, 17, "lag"), (5, 15, "lag")]
)
def test_a_category_hardly_ever_stands_still_up_to_a_tenth_of_days(still: int, moving: int, reason: str) -> None:
    days = [0] * still + [10] * moving
    agreed = around(days, after=1010, days=len(days))
    compared = Compared.of({"a": {**agreed, DAY: Stated(1000)}, "b": {**agreed, DAY: Stated(1010)}})

    votes = weigh(DAY, compared).votes
    assert {rule for rule in ("standstill", "lag") if rule in votes} == {reason}


@pytest.mark.parametrize(("still", "votes"), [(10, True), (11, False)])
def test_a_category_that_stands_still_on_more_than_a_quarter_of_days_has_no_rate(still: int, votes: bool) -> None:
    changes = [0] * still + [20] * (40 - still)
    agreed, total = {DAY - 21 * ONE: Stated(0)}, 0
    for n, change in enumerate([*changes[:20], 0, 0, *changes[20:]], start=-20):
        total += change
        agreed[DAY + n * ONE] = Stated(total)
    compared = Compared.of({"a": {**agreed, DAY: Stated(2 * total)}, "b": agreed})

    assert ("rate" in weigh(DAY, compared).votes) is votes


@pytest.mark.parametrize(("each", "known"), [(7, False), (8, True)])
def test_fewer_than_fifteen_changes_around_a_disagreement_make_no_usual_one(each: int, known: bool) -> None:
    agreed = around(10, after=1020, days=each)
    compared = Compared.of({"a": {**agreed, DAY: Stated(1010)}, "b": {**agreed, DAY: Stated(1110)}})

    assert (weigh(DAY, compared).usual is not None) is known


def test_the_usual_change_is_that_of_thirty_days_before_and_thirty_after() -> None:
    assert judge(1010, 1110).usual == Usual.of([10] * 60)
    farther = around([10] * 30 + [500] * 5, after=1020, days=35)
    documents = {"a": {**farther, DAY: Stated(1010)}, "b": {**farther, DAY: Stated(1110)}}
    assert weigh(DAY, Compared.of(documents)).usual == Usual.of([10] * 60)


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        (113390, 113990, "digit"),
        (1138750, 1137850, "transposed"),
        (4500, 4300, "digit"),
        (4530, 4510, "digit"),
        (369, 389, None),
        (2443, 2442, None),
        (9999, 10000, None),
        (1234, 1243, "transposed"),
        (1234, 4231, None),
        (1234, 1234, None),
    ],
)
def test_slips_of_the_hand_are_named(first: int, second: int, name: str | None) -> None:
    assert slip(first, second) == slip(second, first) == name


# -- On the real readings -----------------------------------------------------------------------------------


@pytest.mark.datasets
@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the public datasets are not in {FOLDER}")
def test_errors_put_into_agreed_days_are_hardly_ever_taken_for_the_truth() -> None:
    """Spoil one reading of a day on which both datasets agree, and see which one is named.

    A figure typed a day early is left out: in a category that seldom moves it looks like the other's lag.
    """
    stated: dict[str, dict[str, dict[D, Stated]]] = {}
    for name, dataset in DATASETS.items():
        files = {file: (FOLDER / name / file).read_bytes() for file in dataset.files}
        for report in read_dataset(name, files, first_day=D(2022, 2, 24), today=D(2026, 8, 22)).reports:
            for entry in report.entries:
                if entry.total is not None:
                    stated.setdefault(entry.category, {}).setdefault(name, {})[report.date] = Stated(entry.total)
    chance = random.Random(1)  # noqa: S311
    named = {"right": 0, "wrong": 0, "nobody": 0}
    for documents in stated.values():
        if len(documents) < 2:
            continue
        agreed = Compared.of(documents).agreed
        days = sorted(day for day in agreed if {day - ONE, day + ONE} <= agreed.keys())
        for day in chance.sample(days, min(60, len(days))):
            wrong = spoiled(chance, agreed[day - ONE], agreed[day])
            if wrong == agreed[day]:
                continue
            liar = chance.choice(sorted(documents))
            held = documents[liar][day]
            documents[liar][day] = Stated(wrong)
            likely = weigh(day, Compared.of(documents)).likely
            documents[liar][day] = held
            named["nobody" if likely is None else "wrong" if likely == liar else "right"] += 1

    assert named["right"] > 400
    assert named["wrong"] <= 0.02 * named["right"]
    assert named["nobody"] < 0.4 * named["right"]


def spoiled(chance: random.Random, before: int, total: int) -> int:
    """Copy the day before, mistype a digit, change two digits' places, or be off by a few."""
    digits = list(str(total))
    match chance.choice(["copied", "digit", "transposed", "near"]):
        case "copied":
            return before
        case "digit":
            digits[chance.randrange(max(0, len(digits) - 4), len(digits))] = chance.choice("0123456789")
        case "transposed" if len(digits) > 1:
            place = chance.randrange(max(0, len(digits) - 4), len(digits) - 1)
            digits[place : place + 2] = reversed(digits[place : place + 2])
        case _:
            return max(0, total + chance.choice([-1, 1]) * chance.randrange(1, 10))
    return int("".join(digits))
