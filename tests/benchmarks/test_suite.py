import sys
import types

import pytest

from detente.benchmarks import Missing, Row, run_benchmarks, suite

from .conftest import FakeCoder


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    pipeline = types.ModuleType("detente.pipeline")
    pipeline.Coder = FakeCoder
    monkeypatch.setitem(sys.modules, "detente.pipeline", pipeline)

    def found(sources, coder):
        yield Row("seed", "found", {"count": 1}, "1 of 1")
        yield Missing("part", "not there")

    def slow(sources, coder):
        yield Row("speed", "detente", {"rate": 1}, "1")

    monkeypatch.setattr(suite, "BENCHMARKS", {"seed": found, "speed": slow})


def test_everything_is_run_and_announced(sources):
    names = []
    report = run_benchmarks(sources, announce=names.append)
    assert names == ["seed", "speed"]
    assert [row.key for row in report.rows] == ["seed/found", "speed/detente"]
    assert report.missing == (Missing("part", "not there"),)
    assert report.has_data
    assert report.signature == FakeCoder.signature
    assert "Python" in report.machine


def test_quick_leaves_the_slow_ones_out_and_says_so(sources):
    report = run_benchmarks(sources, quick=True)
    assert [row.key for row in report.rows] == ["seed/found"]
    assert Missing("speed", "left out by --quick") in report.missing


def test_only_some(sources):
    assert [row.key for row in run_benchmarks(sources, only=["speed"]).rows] == ["speed/detente"]
