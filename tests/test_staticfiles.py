import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, StaticFilesStorage
from django.core.exceptions import ImproperlyConfigured

from conflict import staticfiles
from conflict.settings import PLOTLY_BUNDLE
from conflict.staticfiles import BUNDLE_VERSION, PUBLISHED, PlotlyFinder, need_collected, plotly_file


@pytest.fixture
def bundle(tmp_path, settings, monkeypatch):
    """A small bundle where the setting says, and its hash where the pinned one stands."""
    path = tmp_path / "plotly-basic.min.js"
    path.write_bytes(b"/* plotly.js v4 */")
    settings.PLOTLY_BUNDLE = str(path)
    monkeypatch.setattr(staticfiles, "BUNDLE_SHA256", hashlib.sha256(path.read_bytes()).hexdigest())
    return path


@pytest.fixture
def no_bundle(tmp_path, settings):
    settings.PLOTLY_BUNDLE = str(tmp_path / "none.js")


def test_without_a_bundle_plotly_is_found_in_the_installed_package(no_bundle):
    found = Path(finders.find(PUBLISHED))
    assert found.name == "plotly.min.js"
    assert b"plotly.js v" in found.read_bytes()[:200]
    assert PlotlyFinder().find(PUBLISHED, find_all=True) == [str(found)]


def test_an_empty_setting_asks_for_the_package_s_own_file(settings):
    settings.PLOTLY_BUNDLE = ""
    assert plotly_file().parent.name == "package_data"


def test_the_bundle_is_served_where_there_is_one(bundle):
    assert finders.find(PUBLISHED) == str(bundle)


def test_a_bundle_of_another_hash_is_refused_by_name(bundle):
    bundle.write_bytes(b"alert(1)")
    with pytest.raises(ImproperlyConfigured, match=re.escape(str(bundle))):
        finders.find(PUBLISHED)


def test_the_bundle_is_of_the_version_that_the_package_holds(no_bundle):
    assert f"plotly.js v{BUNDLE_VERSION}".encode() in plotly_file().read_bytes()[:200]
    assert BUNDLE_VERSION in PLOTLY_BUNDLE


@pytest.mark.parametrize(
    "path",
    ["plotly.min.js", "vendor/widgetbundle.js", "vendor/../plotly.min.js", "vendor/templates/plotly.json"],
)
def test_no_other_file_of_the_package_is_published(path):
    assert PlotlyFinder().find(path) == []
    assert finders.find(path) is None


@pytest.mark.parametrize("which", ["bundle", "no_bundle"])
def test_collectstatic_gets_exactly_that_file_under_its_published_path(which, request):
    request.getfixturevalue(which)
    (listed,) = PlotlyFinder().list([])
    name, storage = listed
    assert f"{storage.prefix}/{name}" == PUBLISHED
    with storage.open(name) as file:
        assert b"plotly.js v" in file.read(200)
    assert list(PlotlyFinder().list(["*.js"])) == []


def test_a_server_without_collected_files_does_not_start(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="files are not collected"):
        need_collected(ManifestStaticFilesStorage(location=tmp_path))
    manifest = {"version": "1.1", "paths": {"css/site.css": "css/site.0123456789ab.css"}, "hash": "0"}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest))
    need_collected(ManifestStaticFilesStorage(location=tmp_path))
    need_collected(StaticFilesStorage(location=tmp_path))  # knows files by their names: nothing to collect
