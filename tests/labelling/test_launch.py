"""The command: what it needs, what it prints, and the real program in a real terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time

import pytest

import detente
from detente.cli import main
from detente.errors import ConfigError
from detente.labelling.desk import open_desk
from detente.labelling.launch import tally_of

# Stands in the way of every module of the package, as if it were not installed.
WITHOUT_TEXTUAL = "import sys; sys.modules['textual'] = None; from detente.cli import main; "


@pytest.fixture
def plain(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")


def test_without_the_extra_it_says_what_to_install(source):
    program = f"{WITHOUT_TEXTUAL}sys.exit(main(['label', {str(source)!r}, '--annotator', 'ana']))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 2
    assert "Error D140" in run.stderr
    assert "pip install 'detente[label]'" in run.stderr


def test_the_report_needs_no_extra(source):
    for name in ("ana", "ben"):
        open_desk(source, name)
    program = f"{WITHOUT_TEXTUAL}sys.exit(main(['label', 'report', {str(source)!r}]))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert "ana and ben: 0 of 5 sentences done by both" in run.stdout


def test_a_pipe_is_no_terminal(source):
    pytest.importorskip("textual")
    with pytest.raises(ConfigError, match="D141"):
        detente.label(source, "ana")
    assert list(source.parent.iterdir()) == [source]


def test_the_tally_is_what_is_on_disk(source):
    tally = tally_of(open_desk(source, "ana"))
    assert (tally.documents, tally.events, tally.done, tally.sentences) == (2, 0, 0, 5)


@pytest.mark.parametrize("arguments", [["label", "--help"], ["label", "report", "--help"]])
def test_help_has_an_example(arguments, plain, capsys):
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "detente label report news.docs.jsonl ana ben" in out
    assert "Example" in out


def test_an_annotator_has_to_be_named(source, plain, capsys):
    assert main(["label", str(source)]) == 2


def test_the_command_prints_how_far_it_got(source, plain, capsys, monkeypatch):
    def label(file, annotator, *, out, suggest, settings):
        assert (file, annotator, out, suggest) == (source, "ana", None, True)
        return tally_of(open_desk(file, annotator))

    monkeypatch.setattr("detente.api.label", label)
    assert main(["label", str(source), "--annotator", "ana", "--suggest"]) == 0
    assert "0 events, 0 of 5 sentences done, saved in " in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
def test_the_program_in_a_terminal_of_its_own(source):
    """Labels nothing, marks a sentence done, is interrupted: the mark stays."""
    pytest.importorskip("textual")
    ours, theirs = os.openpty()
    call = f"main(['label', {str(source)!r}, '--annotator', 'ana'])"
    program = f"import sys; from detente.cli import main; sys.exit({call})"
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    run = subprocess.Popen(
        [sys.executable, "-c", program], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    screen = b""

    def wait_for(words):
        nonlocal screen
        # Half a minute: tables load on a machine that has other things to do.
        until = time.monotonic() + 30
        while words not in screen and time.monotonic() < until:
            if select.select([ours], [], [], 0.5)[0]:
                screen += os.read(ours, 65536)
        assert words in screen, screen[-2000:]

    wait_for(b"0 of 5 sentences done")
    os.write(ours, b" ")
    wait_for(b"1 of 5 sentences done")
    os.write(ours, b"\x03")
    wait_for(b"saved in")
    assert run.wait(timeout=30) == 0
    os.close(ours)
    assert b"Traceback" not in screen
    assert len(open_desk(source, "ana").state.done) == 1
