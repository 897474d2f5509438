"""The program, driven by its keys alone; what counts is what is in the files afterwards."""

from __future__ import annotations

import asyncio
import json

import msgspec
import pytest
from made_annotator import COUNTRIES, who_of
from made_labels import FIRST, event, threat

from detente.errors import LanguageError, OutputError
from detente.labelling.desk import open_desk
from detente.labelling.draft import LabelDraft, Picked
from detente.labelling.records import LabelledEvent, encoded
from detente.labelling.suggestions import FirstReading

pytest.importorskip("textual")

from detente.labelling.app import LabellingApp
from detente.labelling.layout import KEYS

# The first sentence: Peru accused Chile of spying on Tuesday.
ACCUSATION = "a right p right r t u m a".split()


@pytest.fixture
def drive(source, inventory):
    """Press keys in a program of its own and give the program back, closed."""

    def go(*keys, name="ana", reader=None, check=None, size=(100, 36)):
        app = LabellingApp(open_desk(source, name), inventory, COUNTRIES, reader=reader)
        app.labelling.who_of = who_of

        async def run():
            async with app.run_test(size=size) as pilot:
                await app.workers.wait_for_complete()
                await pilot.pause()
                for key in keys:
                    await pilot.press(key)
                await pilot.pause()
                if check:
                    check(app)

        asyncio.run(run())
        return app

    return go


def events_of(source, name="ana"):
    lines = source.with_name(f"news.{name}.gold.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def shown(app, part):
    return str(app.screen_stack[0].query_one(f"#{part}").render())


def test_an_event_from_first_key_to_file(source, drive):
    def check(app):
        assert shown(app, "said") == "Saved in news.ana.gold.jsonl"

    app = drive(*ACCUSATION, "d", *"2021-03-09", "enter", "enter")
    (row,) = events_of(source)
    assert row == event(quote="Peru accused Chile") | {"background": False, "same_as": None}
    assert app.labelling.state.draft is None


def test_several_words_with_shift(source, drive):
    drive("home", "shift+right", "shift+right", "p", "t", "u", "home", "a", "enter")
    (row,) = events_of(source)
    assert (row["predicate"], row["source"][0]["text"]) == ("Peru accused Chile", "Peru")


def test_undo_and_redo_reach_the_file(source, drive):
    drive(*ACCUSATION, "enter", "u")
    assert events_of(source) == []
    drive(*ACCUSATION, "enter", "u", "ctrl+r")
    assert len(events_of(source)) == 1


def test_a_problem_is_said_and_nothing_saved(source, drive):
    def check(app):
        assert "no type: press t" in shown(app, "said")
        assert app.screen_stack[0].query_one("#said").has_class("wrong")

    drive("a", "right", "p", "enter", check=check)
    assert events_of(source) == []


def test_it_resumes_where_it_was_left(source, drive):
    drive(*ACCUSATION, "enter", "space", "space")
    app = drive("q")
    assert app.labelling.key == ("made_1", 2)
    assert len(app.labelling.state.events) == 1
    assert len(app.labelling.state.done) == 2


def test_an_event_is_changed_and_deleted(source, drive):
    drive(*ACCUSATION, "enter", "down", "s", "d", "o", "enter")
    (row,) = events_of(source)
    assert (row["status"], row["background"]) == ("denied", True)
    drive("down", "x")
    assert events_of(source) == []


def test_words_from_elsewhere_and_parties(source, drive):
    drive(*ACCUSATION, "B", *"Lima", "enter", "g", "tab", *" CHL", "enter", "enter")
    (row,) = events_of(source)
    assert row["reported_by"] == "Lima"
    drive("down", "g", "down", *(["backspace"] * 7), *"CHL MIL", "enter", "enter")
    assert events_of(source)[0]["target"][0] == {"text": "Chile", "country": "CHL", "sector": "MIL"}


def test_what_cannot_be_taken_stays_in_the_dialog(drive):
    def check(app):
        assert len(app.screen_stack) == 2
        assert "nowhere in the document" in str(app.screen.query_one(".wrong").render())

    drive("A", *"Atlantis", "enter", check=check)


def test_escape_closes_a_dialog_and_drops_a_draft(source, drive):
    app = drive("p", "t", "escape", "escape")
    assert app.labelling.state.draft is None


def test_modes_are_those_of_the_type(drive):
    assert "press t first" in drive("p", "m")._said
    assert "no modes" in drive("p", "t", "i", "m")._said
    app = drive(*ACCUSATION, "m", "minus")
    assert app.labelling.state.draft.mode is None


def test_an_earlier_event_is_repeated(source, drive):
    said = drive(*ACCUSATION, "e")._said
    assert "No earlier event" in said
    keys = "space right p a t u e 0 enter".split()
    drive(*ACCUSATION, "enter", *keys)
    assert events_of(source)[1]["same_as"] == "made_1#0"


def test_quitting_does_not_lose_an_event(drive):
    def check(app):
        assert app.is_running
        assert "not saved" in shown(app, "said")

    drive("p", "q", check=check)
    assert not drive("q").is_running


def test_the_help_names_every_key_that_is_bound(drive):
    text = " ".join(keys for _, rows in KEYS for keys, _ in rows)
    for binding in LabellingApp.BINDINGS:
        for key in binding.key.split(","):
            plain = {
                "left": "←", "right": "→", "shift+left": "Shift", "shift+right": "Shift",
                "up": "↑", "down": "↓", "pagedown": "PgDn", "pageup": "PgUp", "ctrl+r": "Ctrl+R",
                "left_square_bracket": "[", "right_square_bracket": "]", "question_mark": "?",
            }.get(key, key)  # fmt: skip
            if key not in ("home", "end", "delete", "ctrl+c", "ctrl+q"):
                assert plain in text or plain.capitalize() in text, key
    drive("question_mark", check=lambda app: app.screen.query_one(".dialog"))


def test_parts_have_letters_in_the_sentence(drive):
    def check(app):
        assert shown(app, "sentence") == "[A Peru] [P accused] [R Chile] of spying on Tuesday."

    drive(*ACCUSATION, check=check)


def test_a_disk_that_refuses_is_told_until_it_works(source, drive, monkeypatch):
    def check(app):
        def full(desk, state):
            raise OutputError("D502", "writing failed: no space left", "Free some space.")

        with monkeypatch.context() as patch:
            patch.setattr(type(app.desk), "save", full)
            app.action_command("save")
            assert "NOT SAVED: writing failed" in shown(app, "said")
            app.action_leave()
            assert app.is_running
        assert events_of(source) == []
        app.action_move(1)
        assert shown(app, "said") == "Saved in news.ana.gold.jsonl"
        assert len(events_of(source)) == 1

    drive(*ACCUSATION, check=check)


class Reader:
    """Finds one event in the first sentence of any document."""

    def read(self, doc):
        draft = LabelDraft(
            suggestion=f"{doc.id}#0#0", predicate=Picked("accused", 5), type="ACCUSE"
        )
        return FirstReading((), {0: (draft,)} if doc.sents[0] == FIRST else {})


def test_a_reader_that_fails_does_not_stop_the_labelling(source, drive):
    class Broken:
        def read(self, doc):
            raise LanguageError("D401", "no parser model is installed", "Install one.")

    app = drive(reader=Broken(), check=lambda app: shown(app, "said"))
    assert "no parser model" in app._said
    drive(*ACCUSATION, "enter", reader=Broken())
    assert len(events_of(source)) == 1


def test_a_suggestion_is_completed_and_accepted(source, drive):
    app = drive("down", reader=Reader())
    assert app.labelling.rows()[0].is_suggestion
    assert events_of(source) == []
    drive("down", "a", "enter", reader=Reader())
    (row,) = events_of(source)
    assert (row["event"], row["quote"]) == ("ACCUSE", "Peru accused")
    assert not drive(reader=Reader()).labelling.rows()[0].is_suggestion


def test_documents_cannot_write_to_the_screen(source, drive):
    rows = [json.loads(line) for line in source.read_text().splitlines()]
    rows[0]["title"] = "[bold red]\x1b[2J"
    rows[0]["text"] = "Peru [/x] \x1baccused Chile."
    rows[0]["sents"] = [rows[0]["text"]]
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    app = drive("p", "enter", size=(80, 24))
    assert app.labelling.sentence == rows[0]["text"]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
def test_it_fits_small_and_large_terminals(source, drive, size):
    source.with_name("news.ana.gold.jsonl").write_bytes(
        encoded([msgspec.convert(row, LabelledEvent) for row in (event(), threat())])
    )

    def check(app):
        sentence = app.screen.query_one("#sentence").region
        around = app.screen.query_one("#around").region
        assert around.contains_region(sentence) or sentence.height > around.height
        assert app.screen.query_one("#keys").region.bottom == size[1]

    drive("down", check=check, size=size)
