"""What is shown, read as plain text: nothing is told by colour alone, nothing short is cut."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.console import Console

from detente.labelling import painting
from detente.labelling.draft import LabelDraft, Picked


def printed(what, width=80):
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(what)
    return console.file.getvalue()


def test_parts_stand_in_brackets_also_inside_each_other(labelling, select):
    labelling.next_sentence()
    select(labelling, "If Chile does not stop").set_words("condition")
    select(labelling, "Chile").set_party("recipients")
    text = painting.paint_sentence(labelling).plain
    assert text.startswith("[C If [R Chile] does not stop], ")


def test_predicates_of_other_events_are_numbered(labelling, label_accusation):
    label_accusation(labelling)
    assert painting.paint_sentence(labelling).plain.startswith("Peru accused¹ Chile")
    labelling.choose(1)
    assert "[P accused]" in painting.paint_sentence(labelling).plain


def test_the_progress_line_fits_a_narrow_terminal(labelling, label_accusation):
    label_accusation(labelling).next_sentence()
    line = painting.paint_progress(labelling)
    assert "1 of 5 sentences done" in line.plain
    assert "document 1/2 · sentence 2/3 not done" in line.plain
    assert line.cell_len <= 78


def test_done_sentences_have_a_mark(labelling):
    labelling.next_sentence()
    before, after = painting.paint_around(labelling)
    assert before.plain.startswith("✓ Peru accused")
    assert after.plain.startswith("· The presidents")


@pytest.mark.parametrize("width", [76, 120])
def test_the_fields_of_an_event_with_their_keys(labelling, label_accusation, width):
    label_accusation(labelling).choose(1)
    labelling.set_fields(status="conditional")
    text = printed(painting.paint_draft(labelling), width)
    for shown in ("PER GOV: Peru", "ACCUSE", "allege", "↳ conditional", "Peru accused Chile"):
        assert shown in text


def test_a_suggestion_says_that_it_is_one(labelling):
    draft = LabelDraft(suggestion="made_1#0#0", predicate=Picked("accused", 5), type="ACCUSE")
    labelling.suggestions["made_1", 0] = (draft,)
    assert "suggestion: Enter accepts" in printed(painting.paint_rows(labelling), 120)


def test_what_could_steer_the_terminal_is_replaced(labelling, documents):
    text = "Peru \x1b[2J accused [bold]Chile."
    labelling.documents = [msgspec.structs.replace(documents[0], text=text, sents=(text,))]
    for text in (painting.paint_sentence(labelling), painting.paint_head(labelling)):
        assert "\x1b" not in text.plain
    assert "[bold]Chile" in painting.paint_sentence(labelling).plain
