"""Events below a confidence are left out, and it is said how many."""

import json

import pytest

from detente.cli.commands import main

TEXT = "Peru accused Chile of shelling a port. Togo's envoy met the king of Tonga in Lima."


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def coded(capsys, *options):
    code = main(["code", *options, "--format", "jsonl"])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_unsure_events_are_left_out_and_counted(article, capsys):
    _, every, silent = coded(capsys, article)
    least = sorted(event["confidence"]["event"] for event in every)
    assert least
    assert "left out" not in silent
    bar = least[-1]
    code, sure, said = coded(capsys, article, "--min-confidence", str(bar))
    assert code == 0
    assert [e["id"] for e in sure] == [e["id"] for e in every if e["confidence"]["event"] >= bar]
    if len(sure) < len(every):
        assert f"{len(every) - len(sure)} event" in said


def test_nothing_sure_is_not_nothing_found(article, capsys):
    code, sure, said = coded(capsys, article, "--min-confidence", "1")
    assert (code, sure) == (0, [])
    assert "below the confidence asked for were left out" in said


@pytest.mark.parametrize("wrong", ["1.5", "-0.1", "high"])
def test_a_confidence_is_a_share(article, capsys, wrong):
    assert main(["code", article, f"--min-confidence={wrong}"]) == 2


def test_a_settings_file_is_held_to_the_same(article, tmp_path, capsys):
    settings = tmp_path / "s.toml"
    settings.write_text("min_confidence = 7\n", encoding="utf-8")
    assert main(["code", article, "--settings", str(settings)]) == 2
    assert "D106" in capsys.readouterr().err
