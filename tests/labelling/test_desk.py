"""Files of an annotator: written whole after every change, and taken up again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import replace

import msgspec
import pytest
from made_labels import FIRST, document, event, meeting

from detente.config import Settings
from detente.errors import ConfigError, DataError, OutputError, ReadingError
from detente.labelling.desk import files_of, labelled_document, open_desk, read_progress
from detente.labelling.records import LabelledEvent, encoded, sentence_starts
from detente.labelling.session import LabelPosition
from made_documents import make_document

ONE = msgspec.convert(event(), LabelledEvent)
THREE = msgspec.convert(meeting(), LabelledEvent)


def test_what_was_saved_is_taken_up_again(source):
    desk = open_desk(source, "ana")
    assert [doc.id for doc in desk.documents] == ["made_1", "made_2"]
    state = replace(desk.state, events=(ONE,), done=frozenset({("made_1", 0), ("made_1", 1)}))
    desk.save(replace(state, used=frozenset({"made_1#0#1"})))
    again = open_desk(source, "ana")
    assert again.state.events == (ONE,)
    assert again.state.done == state.done
    assert again.state.used == {"made_1#0#1"}
    assert again.state.at == LabelPosition(0, 2)


def test_two_annotators_do_not_meet(source):
    first = open_desk(source, "ana")
    first.save(replace(first.state, events=(ONE,)))
    assert open_desk(source, "ben").state.events == ()
    names = sorted(file.name for file in source.parent.iterdir())
    assert names == [
        "news.ana.gold.jsonl",
        "news.ana.progress.json",
        "news.ben.gold.jsonl",
        "news.ben.progress.json",
        "news.docs.jsonl",
    ]


def test_out_names_both_files(source, tmp_path):
    files = files_of(source, "ana", out=tmp_path / "mine" / "x.gold.jsonl")
    assert files.documents == source
    assert files.progress == tmp_path / "mine" / "x.progress.json"


def test_events_are_put_in_the_order_of_the_text(source):
    files_of(source, "ana").events.write_bytes(encoded((THREE, ONE)))
    assert open_desk(source, "ana").state.events == (ONE, THREE)


def test_sentences_cut_otherwise_are_not_done(source):
    desk = open_desk(source, "ana")
    desk.save(replace(desk.state, done=frozenset({("made_1", 0), ("made_2", 0)})))
    rows = [json.loads(line) for line in source.read_text().splitlines()]
    rows[0]["sents"] = [f"{rows[0]['sents'][0]} {rows[0]['sents'][1]}", rows[0]["sents"][2]]
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert open_desk(source, "ana").state.done == {("made_2", 0)}


def test_another_program_is_not_overwritten(source):
    desk = open_desk(source, "ana")
    desk.files.events.write_bytes(encoded((THREE,)))
    with pytest.raises(OutputError, match="D530"):
        desk.save(replace(desk.state, events=(ONE,)))
    assert desk.files.events.read_bytes() == encoded((THREE,))


def test_a_folder_that_cannot_be_written_is_told_at_once(source, tmp_path):
    with pytest.raises(OutputError, match="D501"):
        open_desk(source, "ana", out=tmp_path / "nowhere" / "x.gold.jsonl")


KILLED = """
import sys
from dataclasses import replace
from pathlib import Path
import msgspec
from detente.labelling.desk import open_desk
from detente.labelling.records import LabelledEvent

desk = open_desk(Path(sys.argv[1]), "ana")
made = msgspec.convert(msgspec.json.decode(sys.argv[2]), LabelledEvent)
events, done = (), frozenset()
for number in range(100_000):
    events += (msgspec.structs.replace(made, id=f"made_1#{number}", date=str(1000 + number)),)
    done = done | {("made_1", number % 3)}
    desk.save(replace(desk.state, events=events, done=done))
    print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_saved(source):
    program = [sys.executable, "-c", KILLED, str(source), json.dumps(event())]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as run:
        last = -1
        for line in run.stdout:
            last = int(line)
            if last >= 30:
                run.send_signal(signal.SIGKILL)
                break
        # What it still said before it died was saved as well.
        last = max([last, *map(int, run.stdout.read().split())])
    desk = open_desk(source, "ana")
    assert len(desk.state.events) in (last + 1, last + 2)
    assert len(desk.state.done) == 3
    desk.save(replace(desk.state, events=()))


# ---------------------------------------------------------------------------------- plain documents


def test_plain_text_is_cut_into_sentences(tmp_path):
    text = tmp_path / "article.txt"
    text.write_text(
        "Peru warns Chile again\n\nLIMA, March 3 -- Peru warned Chile on Tuesday. It did not say "
        "why.\n\nChile was silent.\n"
    )
    desk = open_desk(text, "ana")
    (doc,) = desk.documents
    assert doc.sents == (
        "Peru warned Chile on Tuesday.",
        "It did not say why.",
        "Chile was silent.",
    )
    assert doc.text == "Peru warned Chile on Tuesday. It did not say why.\n\nChile was silent."
    assert (tmp_path / "article.docs.jsonl").is_file()
    assert desk.files.events == tmp_path / "article.ana.gold.jsonl"
    assert open_desk(text, "ben").documents == desk.documents
    assert open_desk(tmp_path / "article.docs.jsonl", "ana").documents == desk.documents
    text.write_text("Peru thanked Chile. Nobody was surprised.\n")
    with pytest.raises(DataError, match="D264"):
        open_desk(text, "ana")


def test_documents_that_are_none_are_told(tmp_path):
    feed = tmp_path / "feed.jsonl"
    rows = [{"id": "a", "text": f"{FIRST} Nobody was surprised."}, {"id": "b"}]
    feed.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    desk = open_desk(feed, "ana", settings=Settings())
    assert [doc.id for doc in desk.documents] == ["a"]
    assert [one.code for one in desk.rejected] == ["R311"]


def test_the_sentences_of_a_made_document_cover_its_text():
    made = labelled_document(make_document("One came.  Two went.\n\nThree stayed at home."))
    assert made.text == "One came. Two went.\n\nThree stayed at home."
    assert sentence_starts(made) == [0, 10, 21]


# ------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("name", ["", "a b", "ana.x", "../ana"])
def test_an_annotator_is_part_of_a_file_name(source, name):
    with pytest.raises(ConfigError, match="D142"):
        open_desk(source, name)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("{broken", "D261"),
        (json.dumps(event(doc="other")), "D262"),
        (json.dumps(event(sent=9)), "D262"),
        (json.dumps(event(quote="Peru accuses", predicate="accuses")), "D262"),
        (f"{json.dumps(event())}\n{json.dumps(event())}", "D262"),
        (b"\xff\xfe", "D260"),
    ],
)
def test_labels_that_cannot_be_used_are_left_alone(source, lines, code):
    file = files_of(source, "ana").events
    content = lines if isinstance(lines, bytes) else lines.encode()
    file.write_bytes(content)
    with pytest.raises(DataError, match=code):
        open_desk(source, "ana")
    assert file.read_bytes() == content


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"schema": 99}'])
def test_a_broken_progress_file_is_told(source, content):
    file = files_of(source, "ana").progress
    file.write_text(content)
    with pytest.raises(DataError, match="D263"):
        open_desk(source, "ana")


def test_a_later_progress_file_is_not_misread(source):
    file = open_desk(source, "ana").files.progress
    file.write_text(file.read_text().replace('"schema":1', '"schema":2'))
    with pytest.raises(DataError, match="not known to this version"):
        read_progress(file)


def test_there_has_to_be_something_to_label(tmp_path):
    empty = tmp_path / "x.docs.jsonl"
    with pytest.raises(DataError, match="D260"):
        open_desk(empty, "ana")
    empty.write_text(json.dumps(document(sents=[], text="")))
    with pytest.raises(DataError, match="D265"):
        open_desk(empty, "ana")
    empty.write_text(f"{json.dumps(document())}\n{json.dumps(document())}\n")
    with pytest.raises(DataError, match="D262"):
        open_desk(empty, "ana")
    with pytest.raises(ReadingError, match="D301"):
        open_desk(tmp_path / "missing.txt", "ana")
    (tmp_path / "blank.txt").write_text(" \n")
    with pytest.raises(DataError, match="D265"):
        open_desk(tmp_path / "blank.txt", "ana")
