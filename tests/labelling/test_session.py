"""Every command on the state: what it does, what it refuses, and that undo restores exactly."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_annotator import who_of
from made_labels import event

from detente.labelling.checks import EarlierLabels, check_event
from detente.labelling.draft import LabelDraft, Picked, Who
from detente.labelling.records import LabelledEvent
from detente.labelling.session import NOT_SAVED, Labelling, LabelPosition, LabelState

TYPES = ("ACCUSE", "THREATEN", "CONSULT")
COMMANDS = st.one_of(
    st.tuples(st.just("move"), st.integers(-9, 9)),
    st.tuples(st.just("extend"), st.integers(-3, 3)),
    st.tuples(st.just("set_words"), st.sampled_from(("predicate", "condition", "reported_by"))),
    st.tuples(st.just("set_party"), st.sampled_from(("actors", "recipients"))),
    st.tuples(st.just("set_type"), st.sampled_from(TYPES)),
    st.tuples(st.just("status"), st.sampled_from(("asserted", "conditional"))),
    st.tuples(st.just("choose"), st.sampled_from((-1, 1))),
    st.tuples(st.just("who"), st.sampled_from(("PER", "CHL"))),
    st.sampled_from(
        [
            (name,)
            for name in (
                "whole_event save save save drop new delete take_away set_quote next_sentence "
                "previous_sentence first_open"
            ).split()
        ]
    ),
)


def carry_out(labelling, name, *given):
    if name == "extend":
        labelling.move(given[0], extend=True)
    elif name == "status":
        labelling.set_fields(status=given[0])
    elif name == "who":
        draft = labelling.state.draft
        if draft:
            labelling.set_who([(Who(given[0], "GOV"),)] * len(draft.parties))
    elif name == "whole_event":  # or hardly any sequence would have one
        labelling.set_words("predicate")
        labelling.set_type("ACCUSE")
        labelling.set_party("actors")
        carry_out(labelling, "who", "PER")
        labelling.save()
    else:
        getattr(labelling, name)(*given)


def faults(labelling):
    """Breaches in the events as they would stand in the file."""
    seen = EarlierLabels(documents={doc.id: doc for doc in labelling.documents})
    found = []
    for one in labelling.state.events:
        found += [code for code, _ in check_event(one, seen, labelling.inventory) if code < "W"]
        seen.events[one.id] = one
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(COMMANDS, max_size=40))
def test_undo_and_redo_restore_exactly_and_saved_events_are_right(steps, documents, inventory):
    labelling = Labelling(documents, inventory, who_of=who_of)
    before = []
    for command in steps:
        past, was = len(labelling._past), labelling.state
        carry_out(labelling, *command)
        if len(labelling._past) == past + 1:
            before.append(was)
        else:  # nothing changed, or a whole event in several steps
            before += labelling._past[past:]
        assert faults(labelling) == []
    last, undone = labelling.state, []
    while labelling.undo() is None:
        assert labelling.state == before.pop()
        assert faults(labelling) == []
        undone.append(labelling.state)
    assert not before
    while undone:
        assert labelling.state == undone.pop()
        assert labelling.redo() is None
    assert labelling.redo() == "Nothing to redo."
    assert labelling.state == last


def test_an_event_from_selections(labelling, label_accusation):
    label_accusation(labelling)
    (saved,) = labelling.state.events
    wanted = event(quote="Peru accused Chile", date=None)
    assert saved == msgspec.convert(wanted, LabelledEvent)
    assert labelling.state.draft is None


def test_undo_brings_back_the_draft_then_its_parts(labelling, label_accusation):
    label_accusation(labelling)
    labelling.undo()
    assert labelling.state.events == ()
    assert labelling.state.draft.mode == "allege"
    labelling.undo()
    labelling.undo()
    assert labelling.state.draft.type is None
    for _ in range(3):
        assert labelling.redo() is None
    assert len(labelling.state.events) == 1
    assert labelling.redo() == "Nothing to redo."


def test_a_change_after_undo_ends_what_could_be_redone(labelling, label_accusation):
    label_accusation(labelling).undo()
    labelling.drop()
    assert labelling.redo() == "Nothing to redo."


def test_nothing_with_a_problem_is_saved(labelling, select):
    select(labelling, "accused").set_words("predicate")
    assert "no type" in labelling.save()
    labelling.set_type("ACCUSE")
    assert "nobody acts" in labelling.save()
    select(labelling, "Tuesday").set_party("actors")
    assert "who is “Tuesday”?" in labelling.save()
    labelling.set_who([(Who("PER", "GOV"),)])
    labelling.set_fields(mode="riot")
    assert "no such mode" in labelling.save()
    labelling.set_fields(mode=None, date="2021-02-30")
    assert "calendar" in labelling.save()
    assert labelling.state.events == ()
    labelling.set_fields(date=None, status="conditional")
    errors, doubts = labelling.problems()
    assert (errors, len(doubts)) == ([], 1)
    assert labelling.save() is None


def test_the_same_event_twice_is_refused(labelling, label_accusation, select):
    label_accusation(labelling)
    select(labelling, "Peru").set_party("actors")
    select(labelling, "accused").set_words("predicate")
    select(labelling, "Chile").set_party("recipients")
    labelling.set_type("ACCUSE")
    assert "already there" in labelling.save()


def test_a_type_takes_its_mode_along(labelling, label_accusation):
    label_accusation(labelling).choose(1)
    labelling.set_type("ACCUSE")
    assert labelling.state.draft.mode == "allege"
    labelling.set_type("REJECT")
    assert labelling.state.draft.mode is None


def test_editing_keeps_id_and_place(labelling, label_accusation, select):
    label_accusation(labelling)
    select(labelling, "spying").set_words("predicate")
    labelling.set_type("ACCUSE")
    select(labelling, "Peru").set_party("actors")
    labelling.save()
    labelling.choose(1)
    assert labelling.chosen() == 0
    labelling.set_fields(status="denied")
    labelling.save()
    assert [(one.id, one.status) for one in labelling.state.events] == [
        ("made_1#0", "denied"),
        ("made_1#1", "asserted"),
    ]


def test_nothing_unsaved_is_lost_by_moving_on(labelling):
    labelling.set_words("predicate")
    was = labelling.state
    for command in (
        labelling.next_sentence,
        labelling.previous_sentence,
        labelling.first_open,
        labelling.new,
    ):
        assert command() in (NOT_SAVED, "This is the first sentence.")
    assert labelling.choose(1) == NOT_SAVED
    assert labelling.other_document(1) == NOT_SAVED
    assert labelling.state == was


def test_a_sentence_without_events_is_done_too(labelling):
    for _ in range(4):
        assert labelling.next_sentence() is None
    assert labelling.state.at == LabelPosition(1, 1)
    assert "last sentence" in labelling.next_sentence()
    assert len(labelling.state.done) == labelling.total == 5
    assert labelling.first_open() == "Every sentence is done."
    assert labelling.next_sentence() == "This was the last sentence."
    labelling.undo()
    assert len(labelling.state.done) == 4


def test_jumping_and_going_back(labelling):
    labelling.other_document(1)
    assert labelling.key == ("made_2", 0)
    labelling.next_sentence()
    labelling.first_open()
    assert labelling.key == ("made_1", 0)
    assert labelling.previous_sentence() == "This is the first sentence."
    assert labelling.other_document(-1) is not None
    labelling.other_document(1)
    labelling.previous_sentence()
    assert labelling.key == ("made_1", 2)


def test_an_event_added_later_stands_in_text_order(labelling, label_accusation, select):
    labelling.other_document(1)
    select(labelling, "Bolivia").set_party("actors")
    select(labelling, "rejected").set_words("predicate")
    labelling.set_type("REJECT")
    labelling.save()
    labelling.other_document(-1)
    label_accusation(labelling)
    assert [one.doc for one in labelling.state.events] == ["made_1", "made_2"]


def test_what_repeats_a_deleted_event_is_told(documents, inventory):
    first = msgspec.convert(event(), LabelledEvent)
    later = msgspec.convert(
        event(id="made_1#4", predicate="spying", same_as="made_1#0"), LabelledEvent
    )
    labelling = Labelling(documents, inventory, LabelState(events=(first, later)))
    labelling.choose(1)
    labelling.set_type("REQUEST")
    assert "repeats this one" in labelling.save()
    labelling.drop()
    labelling.choose(1)
    assert "1" in labelling.delete()
    assert [one.same_as for one in labelling.state.events] == [None]
    labelling.undo()
    assert labelling.state.events == (first, later)


def test_an_event_repeats_only_earlier_ones_of_its_type(labelling, label_accusation, select):
    label_accusation(labelling).next_sentence()
    select(labelling, "expel").set_words("predicate")
    labelling.set_type("ACCUSE")
    assert [one.id for one in labelling.earlier()] == ["made_1#0"]
    labelling.set_fields(same_as="made_1#0")
    labelling.set_type("THREATEN")
    assert labelling.state.draft.same_as is None
    assert labelling.earlier() == []


def test_who_was_said_before_is_known_again(labelling, label_accusation, select):
    label_accusation(labelling).choose(1)
    labelling.set_who([(Who("PER", "MIL"),), (Who("CHL", "GOV"),)])
    labelling.save()
    assert labelling.guess(Picked("Peru", None)) == (Who("PER", "MIL"),)
    assert labelling.guess(Picked("Quito", None)) == ()


def test_typed_words_have_to_be_in_the_document(labelling):
    assert labelling.find("Chile") == Picked("Chile", 13)
    assert labelling.find("Bolivia") == Picked("Bolivia", None)
    assert labelling.find("Ecuador") is None
    assert labelling.find(" ") is None


def test_the_quote_can_be_set_by_hand(labelling, label_accusation, select):
    label_accusation(labelling).choose(1)
    select(labelling, "Peru accused Chile of spying").set_quote()
    labelling.save()
    assert labelling.state.events[0].quote == "Peru accused Chile of spying"
    labelling.choose(1)
    labelling.set_quote()
    labelling.save()
    assert labelling.state.events[0].quote == "Peru accused Chile"


def suggested(labelling):
    draft = LabelDraft(
        suggestion="made_1#0#0", predicate=Picked("accused", 5), type="ACCUSE", actors=()
    )
    labelling.suggestions["made_1", 0] = (draft,)
    return labelling


def test_a_suggestion_is_no_label_until_it_is_accepted(labelling, select):
    suggested(labelling)
    assert [row.is_suggestion for row in labelling.rows()] == [True]
    assert labelling.state.events == ()
    labelling.choose(1)
    assert "nobody acts" in labelling.save()
    select(labelling, "Peru").set_party("actors")
    assert labelling.save() is None
    assert [row.is_suggestion for row in labelling.rows()] == [False]
    assert labelling.state.used == {"made_1#0#0"}


def test_a_suggestion_is_thrown_away_or_left(labelling):
    suggested(labelling).choose(1)
    assert labelling.delete() is None
    assert labelling.rows() == []
    labelling.undo()
    assert len(labelling.rows()) == 1
    labelling.drop()
    labelling.next_sentence()
    labelling.previous_sentence()
    assert labelling.rows() == []


@pytest.mark.parametrize("command", ["save", "delete", "drop", "take_away", "undo", "redo"])
def test_a_command_without_anything_to_do_says_so(labelling, command):
    was = labelling.state
    assert getattr(labelling, command)()
    assert labelling.state == was
