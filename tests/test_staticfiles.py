from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from conflict.staticfiles import PUBLISHED, PlotlyFinder


def test_plotly_is_found_in_the_installed_package():
    found = Path(finders.find(PUBLISHED))
    assert found.name == "plotly.min.js"
    assert b"plotly.js v" in found.read_bytes()[:200]
    assert PlotlyFinder().find(PUBLISHED, find_all=True) == [str(found)]


@pytest.mark.parametrize(
    "path",
    ["plotly.min.js", "vendor/widgetbundle.js", "vendor/../plotly.min.js", "vendor/templates/plotly.json"],
)
def test_no_other_file_of_the_package_is_published(path):
    assert PlotlyFinder().find(path) == []
    assert finders.find(path) is None


def test_collectstatic_gets_exactly_that_file_under_its_published_path():
    (listed,) = PlotlyFinder().list([])
    name, storage = listed
    assert f"{storage.prefix}/{name}" == PUBLISHED
    assert storage.exists(name)
    assert list(PlotlyFinder().list(["*.js"])) == []
