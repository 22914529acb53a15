"""The small bundle of plotly.js by way of an npm that the tests make: no test asks a registry."""

import hashlib
import io
import tarfile

import pytest
from django.core.management import CommandError, call_command

from conflict import staticfiles
from conflict.staticfiles import BUNDLE_MEMBER, BUNDLE_VERSION

CONTENT = b"/* plotly.js v4 */"


def packed(name, content):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return held.getvalue()


@pytest.fixture
def target(tmp_path, settings, monkeypatch):
    path = tmp_path / "held" / "plotly.js"
    settings.PLOTLY_BUNDLE = str(path)
    monkeypatch.setattr(staticfiles, "BUNDLE_SHA256", hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()
    return path


@pytest.fixture
def npm(tmp_path, target):
    """Give a function that makes an npm whose `pack` leaves ``archive``, and exits with ``code``."""

    def make(archive=b"", code=0):
        (tmp_path / "given.tgz").write_bytes(archive)
        script = tmp_path / "bin" / "npm"
        copy = f"/bin/cat {tmp_path}/given.tgz > given.tgz" if archive else ":"
        script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n{copy}\nexit {code}\n')
        script.chmod(0o755)

    return make


def run(capsys):
    call_command("fetch_plotly")
    return capsys.readouterr().out


def test_the_bundle_is_put_where_the_setting_says(target, npm, tmp_path, capsys):
    npm(packed(BUNDLE_MEMBER, CONTENT))
    assert "Got plotly.js-basic-dist-min" in run(capsys)
    assert target.read_bytes() == CONTENT
    assert f"pack plotly.js-basic-dist-min@{BUNDLE_VERSION} --ignore-scripts" in (tmp_path / "asked").read_text()
    (tmp_path / "asked").unlink()
    assert run(capsys) == ""  # it is there: npm is not asked again
    assert not (tmp_path / "asked").exists()


def test_another_file_than_the_pinned_one_is_not_kept(target, npm):
    npm(packed(BUNDLE_MEMBER, CONTENT + b"alert(1)"))
    with pytest.raises(CommandError, match="not the file that was examined"):
        call_command("fetch_plotly")
    assert not target.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"code": 1}, "npm could not get it"),
        ({"archive": packed("package/other.js", CONTENT)}, "holds no package/plotly-basic.min.js"),
        ({"archive": b"no archive"}, "holds no package/plotly-basic.min.js"),
    ],
)
def test_where_npm_fails_one_sentence_says_that_the_package_s_own_is_served(target, npm, given, sentence, capsys):
    npm(**given)
    said = run(capsys)
    assert sentence in said
    assert said.count("\n") == 1
    assert not target.exists()


def test_where_there_is_no_npm_one_sentence_says_so(target, capsys):
    assert "npm is not installed" in run(capsys)


def test_an_empty_setting_fetches_nothing(target, npm, settings, tmp_path, capsys):
    settings.PLOTLY_BUNDLE = ""
    npm(packed(BUNDLE_MEMBER, CONTENT))
    assert "PLOTLY_BUNDLE is empty" in run(capsys)
    assert not (tmp_path / "asked").exists()
