"""The reader's reasons as a curator reads them."""

import ast
import re

import pytest
from django.utils import translation

from conflict.admin.problems import tell, tell_reason
from conflict.intake.bulletins import read_bulletin
from conflict.intake.labels import TABLE

NAMES = {"tanks": "танки", "mlrs": "РСЗВ"}
MODULES = sorted([*TABLE.parent.glob("bulletin*.py"), TABLE.parent / "numerals.py"])
NO_REASONS = {"not an item"}
PARTS = {
    "figure.kind": "total",
    "best.value": "9,382",
    "total": "9,382",
    "', '.join(missing)": "tanks, mlrs",
    "named": "2024-11-19, 2024-11-20",
    "date.isoformat()": "2024-11-19",
    "other.isoformat()": "2024-11-19",
    "given.isoformat()": "2024-11-20",
}


def reasons_in(module):
    """Every sentence in a module's code: what has words apart from each other and is no docstring."""
    tree = ast.parse(module.read_text())
    no_code = {
        id(part)
        for node in ast.walk(tree)
        for part in ([node.value] if isinstance(node, ast.Expr) else getattr(node, "values", []))
        if isinstance(node, ast.Expr | ast.JoinedStr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else PARTS.get(ast.unparse(part.value), "")
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in no_code:
            yield node.value


REASONS = {
    reason
    for module in MODULES
    for reason in reasons_in(module)
    if re.match("[a-z]+ [a-z0-9]+", reason) and reason not in NO_REASONS
}


def test_the_reader_s_reasons_are_found():
    assert len(REASONS) > 50
    assert {"an unknown label", "a number above 1,000,000,000", "two different totals for one category"} <= REASONS


@pytest.mark.parametrize("reason", sorted(REASONS | {"this change differs from the list's 1,610"}))
def test_every_reason_of_the_reader_is_told_in_both_languages(reason):
    with translation.override("en"):
        assert tell_reason(reason, {}).split()[0] == reason.split()[0]
    with translation.override("uk"):
        told = tell_reason(reason, NAMES)
    assert re.search("[а-яії]", told)
    assert not re.search("[a-z]|%", told)


@pytest.mark.parametrize(
    ("language", "reason", "told"),
    [
        (
            "en",
            "the text speaks of 2024-11-19, the date given is 2024-11-20",
            "the text speaks of 19 November 2024, the date given is 20 November 2024",
        ),
        (
            "uk",
            "several days could be the day of issue: 2024-11-19, 2024-11-20",
            "днем випуску може бути один із кількох: 19 листопада 2024, 20 листопада 2024",
        ),
        (
            "uk",
            "a sum that cannot be checked: not stated: tanks, mlrs",
            "суму не перевірити: не вказано: танки, РСЗВ",
        ),
        ("en", "a reason that no one has written", "a reason that no one has written"),
    ],
)
def test_days_numbers_and_categories_of_a_reason_follow_the_language(language, reason, told):
    with translation.override(language):
        assert tell_reason(reason, NAMES) == told


def test_a_problem_keeps_its_line_and_text_and_names_its_category():
    (problem,) = tell(read_bulletin("Losses\nTanks: 1,020.010").problems, {"tanks": "Tanks"})
    assert (problem.line, problem.text, problem.category) == (2, "Tanks: 1,020.010", "Tanks")
