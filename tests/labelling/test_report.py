"""Two annotators compared: which sentences count, what differs, how it is told."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from made_labels import event, meeting, party, threat

import detente
from detente.errors import ConfigError
from detente.labelling.desk import open_desk
from detente.labelling.records import LabelledEvent

ALL = frozenset({("made_1", 0), ("made_1", 1), ("made_1", 2)})


def saved(source, name, *rows, done=ALL, suggest=False):
    desk = open_desk(source, name, suggest=suggest)
    events = tuple(msgspec.convert(row, LabelledEvent) for row in rows)
    desk.save(replace(desk.state, events=events, done=done))


def test_only_sentences_that_both_have_done_count(source):
    saved(source, "ana", event(), meeting())
    saved(source, "ben", event(), done=frozenset({("made_1", 0)}))
    report = detente.compare_labels(source)
    assert (report.annotators, report.shared, report.sentences) == (("ana", "ben"), 1, 5)
    assert report.comparison.type_f1 == 1
    assert report.comparison.documents == 1
    assert report.differences == ()


def test_differences_are_told_with_their_sentence(source):
    saved(source, "ana", event(), threat(), meeting())
    saved(source, "ben", event(status="denied", date=None), threat(event="REJECT", mode=None))
    report = detente.compare_labels(source, "ben", "ana")
    text = "\n".join(report.lines())
    assert "ben and ana: 3 of 5 sentences done by both" in text
    assert "made_1, sentence 1: Peru accused Chile of spying on Tuesday." in text
    assert "  status, date\n    ben: ACCUSE allege, denied: Peru (PER GOV) → Chile" in text
    assert "  type, mode\n    ben: REJECT, conditional" in text
    assert "only ana: CONSULT, asserted: Peru (PER GOV) + Bolivia (BOL GOV) “met”" in text
    assert [one.fields for one in report.differences] == [("status", "date"), ("type", "mode"), ()]


def test_sides_that_differ_are_told(source):
    saved(source, "ana", event())
    saved(source, "ben", event(target=[party("Chile", "CHL"), party("Tuesday", None, "UNK")]))
    (one,) = detente.compare_labels(source).differences
    assert one.fields == ("parties",)


def test_suggestions_are_owned_up_to(source):
    saved(source, "ana", event(), suggest=True)
    saved(source, "ben", event())
    open_desk(source, "ana")  # without them this time
    text = "\n".join(detente.compare_labels(source).lines())
    assert "ana began from suggestions" in text
    assert "ben began" not in text


def test_labels_without_progress_count_as_done(source):
    for name in ("ana", "ben"):
        saved(source, name, event())
        source.with_name(f"news.{name}.progress.json").unlink()
    assert detente.compare_labels(source).shared == 5


@pytest.mark.parametrize(
    ("there", "asked"),
    [((), ()), (("ana",), ()), (("ana", "ben", "eva"), ()), (("ana", "ben"), ("ana", "eva"))],
)
def test_two_have_to_be_named(source, there, asked):
    for name in there:
        saved(source, name, event())
    with pytest.raises(ConfigError, match="D143"):
        detente.compare_labels(source, *asked)


def test_a_report_changes_nothing(source):
    for name in ("ana", "ben"):
        saved(source, name, event())
    before = {file: file.read_bytes() for file in source.parent.iterdir()}
    detente.compare_labels(source)
    assert {file: file.read_bytes() for file in source.parent.iterdir()} == before
