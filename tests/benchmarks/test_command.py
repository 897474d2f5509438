"""`detente bench`, with the measuring replaced: what is tested is the shell."""

import json

import pytest

from detente import benchmarks
from detente.cli import main

from .test_tables import REPORT


@pytest.fixture
def calls(monkeypatch, sources):
    calls = []

    def run(found, *, quick, announce):
        announce("seed")
        calls.append((found, quick))
        return REPORT

    monkeypatch.setattr(benchmarks, "run_benchmarks", run)
    monkeypatch.chdir(sources.checkout)
    monkeypatch.delenv("DETENTE_BENCH_DATA", raising=False)
    return calls


def test_the_table_goes_to_the_terminal_and_the_page(calls, sources, tmp_path, capfd):
    assert main(["bench", "--out", str(tmp_path / "page.md")]) == 0
    assert calls == [(sources, False)]
    assert "14 of 22" in capfd.readouterr().out
    assert "14 of 22" in (tmp_path / "page.md").read_text()


def test_json_and_quick(calls, capfd):
    assert main(["bench", "--json", "--quick"]) == 0
    assert json.loads(capfd.readouterr().out)["rows"][0]["row"] == "found"
    assert calls[0][1]


def test_a_page_without_markers_is_told_before_the_work(calls, tmp_path, capfd):
    page = tmp_path / "page.md"
    page.write_text("# Title\n")
    assert main(["bench", "--out", str(page)]) == 2
    assert calls == []
    assert "D520" in capfd.readouterr().err


def test_a_folder_that_is_not_there(calls, capfd):
    assert main(["bench", "--data", "no/such/folder"]) == 2
    assert "D130" in capfd.readouterr().err
