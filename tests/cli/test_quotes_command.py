"""`detente quotes` on the fake coder; the last tests run the real one."""

import csv
import io
import json
import sys

import pytest

from detente.cli import main


def test_the_plain_view_when_piped(run):
    code, out, err = run("quotes", "a.txt")
    assert (code, err) == (0, "")
    assert "Foreign Minister Elif Aydin (TUR·GOV) said · indirect · statement" in out
    assert "\x1b" not in out


def test_the_speaker_is_in_colour(run, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;38;2;139;99;214mForeign Minister Elif Aydin" in run("quotes", "a.txt")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("quotes", "a.txt")[1]


def test_jsonl_to_standard_output(run):
    code, out, _ = run("quotes", "a.txt", "b.txt", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["kind"] for row in rows] == ["indirect", "direct", "free", "mixed"] * 2


@pytest.mark.parametrize("name", ["q.jsonl", "q.csv", "q.txt"])
def test_out_chooses_the_format(run, tmp_path, name):
    path = tmp_path / name
    assert run("quotes", "a.txt", "--out", path) == (0, "", "")
    assert path.stat().st_size > 500
    assert list(tmp_path.iterdir()) == [path]


def test_format_wins_over_the_suffix(run, tmp_path):
    path = tmp_path / "quotes.dat"
    assert run("quotes", "a.txt", "--out", path, "--format", "csv")[0] == 0
    assert len(list(csv.DictReader(io.StringIO(path.read_text())))) == 4


@pytest.mark.parametrize("name", ["q.parquet", "q.xlsx"])
def test_what_quotations_cannot_be_written_as(run, tmp_path, name):
    code, out, err = run("quotes", "a.txt", "--out", tmp_path / name)
    assert (code, out) == (2, "")
    assert "D120" in err
    assert ".jsonl, .ndjson, .csv, .txt," in err


def test_there_is_no_parquet_of_quotations(run):
    code, out, err = run("quotes", "a.txt", "--format", "parquet")
    assert (code, out) == (2, "")
    assert "parquet" in err


def test_rejections_are_counted_and_shown(run):
    code, out, err = run("quotes", "broken.jsonl", "a.txt", "--format", "jsonl")
    assert code == 1
    assert len(out.splitlines()) == 4
    assert "6 of 7 documents were left out:" in err
    assert "R310  broken.jsonl:1: broken line 1" in err


def test_nothing_read_is_3(run):
    assert run("quotes", "broken.jsonl")[0] == 3
    assert "nothing to read" in run("quotes", "empty.jsonl")[2]
    assert "D301" in run("quotes", "missing.txt")[2]


def test_interruption_leaves_nothing(run, tmp_path):
    code, _, err = run("quotes", "a.txt", "interrupted.txt", "--out", tmp_path / "q.csv")
    assert code == 130
    assert "Interrupted after 2 documents." in err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_option_is_told(run):
    code, _, err = run("quotes", "a.txt", "--fromat", "csv")
    assert code == 2
    assert "D122" in err


# --------------------------------------------------------------------------------- the real coder

TEXT = "Norway’s minister Kari Moen flew to Oslo. “We are ready,” she told reporters."


def test_standard_input(capfdbinary, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["quotes", "-", "--format", "jsonl", "--date", "2024-06-01"]) == 0
    (row,) = (json.loads(line) for line in capfdbinary.readouterr().out.splitlines())
    assert row["speaker"]["text"] == "she"
    assert (row["actor"]["person"], row["actor"]["country"]) == ("Kari Moen", "NOR")
    (said,) = row["content"]
    assert TEXT[said["start"] : said["end"]] == said["text"]


def test_a_text_that_quotes_nobody_is_no_failure(capfdbinary, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Norway sent four boats to the harbour of Bergen in the morning.")
    assert main(["quotes", str(path), "--format", "jsonl"]) == 0
    assert capfdbinary.readouterr().out == b""
    assert main(["quotes", str(path)]) == 0
    assert "No quotations found in 1 sentence." in capfdbinary.readouterr().out.decode()
