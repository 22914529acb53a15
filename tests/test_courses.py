"""The courses that a query asks for: which points stand, which once showed another total, and every measure."""

import dataclasses

import pytest

from conflict.analysis.relative import indexed, shares
from conflict.analysis.series import changes_per_day, mean_rate, per_period, totals
from conflict.courses import load_courses, measure_all
from conflict.models import Category, Point, Source
from conflict.queries import MEASURES, Asked
from conflict.web.series import load_series
from tests.make import D, make_record, make_reference, publish_records
from tests.rows import once

pytestmark = pytest.mark.django_db


def asked_for(*slugs: str, **fields) -> Asked:
    categories = tuple(Category.objects.filter(slug__in=slugs))
    return Asked(
        categories,
        **{"start": None, "end": None, "measure": "total", "scale": "linear", "version": None, **fields},
    )


@pytest.fixture
@once
def corrected():
    """Publish three days, then a version that changes one, takes one back and leaves one alone."""
    make_reference()
    publish_records(*(make_record(D(2024, 11, n), tanks=9300 + n) for n in (17, 18, 19)))
    publish_records(make_record(D(2024, 11, 18), tanks=9399))


def test_a_course_holds_what_stands_and_marks_what_once_differed(corrected, django_assert_num_queries):
    asked = asked_for("tanks", "submarines")
    with django_assert_num_queries(1):
        tanks, submarines = load_courses(asked)
    assert [(o.date.day, o.total) for o in tanks.series.observations] == [(17, 9317), (18, 9399), (19, 9319)]
    assert tanks.changed == {D(2024, 11, 18)}
    assert (submarines.series.observations, submarines.changed) == ((), frozenset())


def test_a_course_at_a_version_knows_nothing_later(corrected):
    (tanks,) = load_courses(asked_for("tanks", version=1))
    assert [o.total for o in tanks.series.observations] == [9317, 9318, 9319]
    assert tanks.changed == frozenset()


@pytest.mark.parametrize("version", [None, 1, 2])
def test_courses_agree_with_the_points_that_stand_and_their_mark(corrected, version):
    asked = asked_for("tanks", version=version)
    (tanks,) = load_courses(asked)
    assert [tanks.series] == load_series(asked)
    marked = Point.objects.at_version(version).with_changed_mark().filter(changed=True)
    assert tanks.changed == set(marked.values_list("date", flat=True))


def test_another_source_has_courses_only_where_it_states_something(corrected):
    Source.objects.create(slug="oryx", name="Oryx", kind="researchers")
    publish_records(dataclasses.replace(make_record(D(2024, 11, 18), "photographs", tanks=3500), source="oryx"))
    courses = load_courses(asked_for("tanks", "artillery", sources=("general-staff", "oryx")))
    assert [(c.source, c.key) for c in courses] == [
        ("general-staff", "tanks"),
        ("general-staff", "artillery"),
        ("oryx", "tanks@oryx"),
    ]
    assert [o.total for o in courses[-1].series.observations] == [3500]


def test_every_measure_that_can_be_asked_for_is_taken(corrected):
    (tanks,) = load_courses(asked_for("tanks"))
    base, end = D(2024, 11, 18), D(2024, 11, 18)
    expected = {
        "total": totals(tanks.series),
        "change": changes_per_day(tanks.series),
        "mean-7": mean_rate(tanks.series, days=7),
        "mean-30": mean_rate(tanks.series, days=30),
        "per-week": per_period(tanks.series, "week"),
        "per-month": per_period(tanks.series, "month"),
        "per-quarter": per_period(tanks.series, "quarter"),
        "per-year": per_period(tanks.series, "year"),
        "share": shares(tanks.series, until=end),
        "index": indexed(tanks.series, base=base),
    }
    assert set(expected) == {slug for slug, _words in MEASURES}
    for measure, measured in expected.items():
        assert measure_all(asked_for("tanks", measure=measure, base=base, end=end), [tanks.series]) == [measured]
    with pytest.raises(ValueError, match="no measure sum"):
        measure_all(asked_for("tanks", measure="sum"), [tanks.series])


def test_an_index_without_a_base_begins_with_the_range(corrected):
    (tanks,) = load_courses(asked_for("tanks"))
    (measured,) = measure_all(asked_for("tanks", measure="index", start=D(2024, 11, 19)), [tanks.series])
    assert measured == indexed(tanks.series, base=D(2024, 11, 19))
