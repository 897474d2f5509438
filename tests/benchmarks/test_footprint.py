import pytest

from detente.benchmarks import Missing, Sources, footprint
from detente.benchmarks.footprint import core_requirements, installed_size, start_up

from .conftest import FakeCoder

NOWHERE = Sources(None, None)


def test_requirements_are_followed_but_extras_are_not():
    names = core_requirements("detente")
    assert {"spacy", "thinc", "numpy", "rich", "markdown-it-py"} <= set(names)
    assert not {"detente", "pytest", "trafilatura", "pyarrow"} & set(names)
    assert names == sorted(set(names))


def test_a_package_that_is_not_installed_needs_nothing():
    assert core_requirements("no-such-package-here") == []


def test_sizes():
    rows = {row.name: row.metrics for row in installed_size(NOWHERE, FakeCoder())}
    assert rows["dependencies"]["bytes"] > 50_000_000
    assert rows["code"]["lines"] > 50 * rows["code"]["modules"] > 1000


def test_the_import_is_timed_without_data():
    imported, missing = start_up(NOWHERE, FakeCoder())
    assert 0 < imported.metrics["seconds"] < 10
    assert isinstance(missing, Missing)


@pytest.mark.skipif("sys.platform == 'win32'", reason="memory is not reported there")
def test_a_new_process_is_measured(sources, monkeypatch):
    monkeypatch.setattr(footprint, "_STARTS", 1)
    monkeypatch.setattr(footprint, "_COMMAND", "import sys; assert sys.argv[1] == 'code'")
    _, row = start_up(sources, FakeCoder())
    assert row.metrics["wall_seconds"] > 0
    assert row.metrics["peak_bytes"] > 1_000_000


@pytest.mark.skipif("sys.platform == 'win32'", reason="memory is not reported there")
def test_a_start_that_fails_is_no_measurement(sources, monkeypatch):
    monkeypatch.setattr(footprint, "_COMMAND", "raise SystemExit(7)")
    _, missing = start_up(sources, FakeCoder())
    assert "exit code 7" in missing.reason
