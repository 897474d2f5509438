import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from detente.cli import app
from detente.output.records import event_to_json

COMMANDS = ("code", "classify", "actors", "quotes", "explain", "facts", "bench")


def test_code_prints_the_plain_table_when_piped(run):
    code, out, err = run("code", "a.txt")
    assert code == 0
    assert "Elif Aydin TUR·GOV → Greece" in out
    assert "warns¹" in out
    assert "\x1b" not in out
    assert err == ""


def test_no_text(run):
    assert "warns¹" not in run("code", "a.txt", "--no-text")[1]


def test_no_color_wins_over_force_color(run, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in run("code", "a.txt")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("code", "a.txt")[1]


def test_jsonl_to_standard_output(run, sample):
    code, out, _ = run("code", "a.txt", "b.txt", "--format", "jsonl")
    lines = out.splitlines()
    assert code == 0
    assert len(lines) == 14
    assert json.loads(lines[1]) == event_to_json(sample.threat())


@pytest.mark.parametrize("name", ["e.jsonl", "e.csv", "e.parquet", "e.txt"])
def test_out_chooses_the_format(run, tmp_path, name):
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    path = tmp_path / name
    assert run("code", "a.txt", "--out", path) == (0, "", "")
    assert path.stat().st_size > 1000
    assert list(tmp_path.iterdir()) == [path]


def test_format_wins_over_the_suffix(run, tmp_path):
    path = tmp_path / "events.dat"
    assert run("code", "a.txt", "--out", path, "--format", "csv")[0] == 0
    assert len(list(csv.DictReader(io.StringIO(path.read_text())))) == 7


def test_rejections_are_counted_and_shown(run):
    code, out, err = run("code", "broken.jsonl", "a.txt", "--format", "jsonl")
    assert code == 1
    assert len(out.splitlines()) == 7
    assert "6 of 7 documents were left out:" in err
    assert "R310  broken.jsonl:1: broken line 1" in err
    assert "R310  and 2 more" in err
    assert "R301  broken.jsonl: not English" in err
    assert "broken line 4" not in err


def test_nothing_but_rejections_is_3(run):
    assert run("code", "broken.jsonl")[0] == 3


def test_nothing_at_all_is_3(run):
    code, out, err = run("code", "empty.jsonl", "--format", "jsonl")
    assert (code, out) == (3, "")
    assert "nothing to read" in err


def test_a_source_that_cannot_be_opened(run):
    code, out, err = run("code", "missing.txt")
    assert (code, out) == (3, "")
    assert err == "Error D301: missing.txt does not exist\nCheck the path.\n"


def test_among_others_it_does_not_sink_them(run):
    code, out, err = run("code", "missing.txt", "a.txt", "--format", "jsonl")
    assert code == 1
    assert len(out.splitlines()) == 7
    assert "D301  missing.txt: missing.txt does not exist" in err


def test_missing_dates_are_told_once(run):
    _, _, err = run("code", "undated.txt", "undated.txt", "--no-text")
    assert err.count("--date YYYY-MM-DD sets it") == 1
    _, _, err = run("code", "undated.txt", "--date", "2024-03-03")
    assert err == ""


def test_interruption_leaves_nothing_and_says_how_far_it_got(run, tmp_path):
    path = tmp_path / "events.csv"
    code, _, err = run("code", "a.txt", "interrupted.txt", "--out", path)
    assert code == 130
    assert "Interrupted after 2 documents." in err
    assert "was not written" in err
    assert list(tmp_path.iterdir()) == []


def test_options_lie_over_the_settings_file(run, fake, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('jobs = 3\nmax_bytes = 1000\nlexicon = "mine.tsv"\n')
    run("code", "a.txt", "--settings", path, "--jobs", "1", "--date", "2024-03-03")
    assert fake.settings.jobs == 1
    assert fake.settings.max_bytes == 1000
    assert fake.settings.lexicon == Path("mine.tsv")
    assert fake.settings.date == date(2024, 3, 3)
    assert not fake.settings.allow_private


@pytest.mark.parametrize(
    ("tokens", "words"),
    [
        (["code"], "SOURCE"),
        (["code", "a.txt", "--fromat", "csv"], "D122"),
        (["code", "a.txt", "--format", "xml"], "xml"),
        (["code", "a.txt", "--jobs", "0"], "--jobs"),
        (["code", "a.txt", "--date", "yesterday"], "D110"),
        (["code", "a.txt", "--settings", "none.toml"], "D101"),
        (["code", "a.txt", "--out", "no/such/folder.csv"], "D501"),
        (["code", "a.txt", "--out", "events.xlsx"], "D120"),
        (["code", "a.txt", "--format", "parquet"], "D503"),
        (["cod", "a.txt"], "cod"),
        (["explain", "1"], "D121"),
        (["explain", "1", "a.txt", "--in", "e.jsonl"], "D121"),
        (["explain", "1", "--in", "none.jsonl"], "D240"),
        (["explain", "zzzz", "a.txt"], "D243"),
    ],
)
def test_wrong_usage_is_one_message_and_2(run, tokens, words):
    code, out, err = run(*tokens)
    assert code == 2
    assert out == ""
    assert words in err
    assert "Traceback" not in err


def test_actors_are_lines_of_json(run, tmp_path):
    code, out, _ = run("actors", "a.txt")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["country"] for row in rows] == ["TUR", "GRC", "TUR"]
    assert rows[0]["document"] == "a.txt"
    assert run("actors", "a.txt", "--out", tmp_path / "a.jsonl")[:2] == (0, "")
    assert (tmp_path / "a.jsonl").read_text() == out


QUERIES = """\
{"id": "q1", "text": "France warned Iran.", "source": [0, 6], "target": [14, 18]}

{"id": 2, "text": "France warned Iran.", "source": [0, 6], "target": null}
{"text": "France warned Iran.", "source": [0, 6]}
{"id": "q4", "text": "France warned Iran.", "source": [0, 60]}
{"id": "q5", "text": "France warned Iran.", "source": [6, 6]}
{"id": "q6"}
nonsense
"""


def test_classify_answers_what_it_can(run, tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text(QUERIES)
    code, out, err = run("classify", path)
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [answer["id"] for answer in answers] == ["q1", 2, "4"]
    assert list(answers[0]) == ["id", "type", "mode", "status", "cameo", "probabilities"]
    assert "4 of 7 pairs were left out:" in err
    assert f"R702  {path}:5: source [0, 60] is not a place in the text" in err
    assert f"R701  {path}:8: " in err


def test_classify_says_what_it_cannot_open(run):
    code, _, err = run("classify", "none.jsonl")
    assert code == 3
    assert "D330" in err


def test_explain_from_a_file_and_afresh_agree(run, tmp_path, sample):
    path = tmp_path / "events.jsonl"
    run("code", "a.txt", "--out", path)
    code, by_number, _ = run("explain", "2", "--in", path)
    assert code == 0
    assert "runner-up REJECT" in by_number
    assert run("explain", sample.threat().id[:4], "--in", path)[1] == by_number
    afresh = run("explain", "2", "a.txt")[1]
    assert "runner-up REJECT" in afresh


def test_explain_names_the_broken_line(run, tmp_path):
    path = tmp_path / "events.jsonl"
    run("code", "a.txt", "--out", path)
    path.write_text(path.read_text() + '{"schema": 1, "id": 5}\n')
    code, _, err = run("explain", "zz", "--in", path)
    assert code == 2
    assert "line 8 is not an event" in err
    assert "$.id" in err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "Example" in out
    assert f"  detente {command} " in out


def test_the_commands_are_these(run):
    assert {name for name in app if not name.startswith("-")} >= set(COMMANDS)
    assert all(command in run("--help")[1] for command in COMMANDS)


def test_version(run):
    from detente import __version__

    assert run("--version") == (0, f"detente {__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_loads_nothing_heavy(option):
    script = (
        "import sys; from detente.cli import main; code = main([sys.argv[1]]);"
        "heavy = {'spacy', 'numpy', 'pyarrow', 'ahocorasick_rs', 'yaml'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy or code else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script, option], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
def test_a_closed_pipe_is_quiet(tmp_path, sample):
    """`detente explain ... | head`: the reader goes away, nobody complains."""
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps(event_to_json(sample.threat())) + "\n")
    reader, writer = os.pipe()
    os.close(reader)
    command = "import sys; from detente.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", command, "explain", "1", "--in", str(path)],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
