"""Agreement of two labellings, on cases that can be counted by hand."""

from __future__ import annotations

import msgspec
import pytest
from made_labels import document, event, meeting, party, threat

import agreement
from labelled import LabelledDocument, LabelledEvent


def records(kind, *rows):
    return [msgspec.convert(row, kind) for row in rows]


def compared(first, second):
    docs = records(LabelledDocument, document())
    return agreement.compare(docs, records(LabelledEvent, *first), records(LabelledEvent, *second))


def test_the_same_labels_agree():
    rows = [event(), threat(), meeting()]
    found = compared(rows, rows)
    assert (found.type_f1, found.parties_f1, found.shared) == (1, 1, 3)
    assert (found.type_kappa, found.status_kappa, found.direction_share) == (1, 1, 1)
    assert found.per_type["ACCUSE"] == (1, 1, 1)


def test_sides_of_a_meeting_are_pooled_and_others_are_not():
    visit = meeting(source=[party("Peru", "PER")], target=[party("Bolivia", "BOL")])
    turned = event(source=[party("Chile", "CHL")], target=[party("Peru", "PER")])
    found = compared([event(), meeting()], [turned, visit])
    assert (found.type_f1, found.parties_f1) == (1, 0.5)
    assert found.direction_share == 0


def test_another_type_for_the_same_words_is_a_shared_event():
    found = compared([event(), threat()], [event(event="REJECT", mode=None), threat()])
    assert found.shared == 2
    assert found.type_f1 == 0.5
    # Seen 1/2; by chance THREATEN with THREATEN, 1/2 * 1/2.
    assert found.type_kappa == pytest.approx((0.5 - 0.25) / 0.75)


def test_status_is_compared_where_the_types_agree():
    found = compared([event(), threat()], [event(), threat(status="asserted")])
    assert found.status_share == 0.5


def test_an_event_that_one_side_lacks_is_not_shared():
    found = compared([event(), threat()], [event()])
    assert found.shared == 1
    assert found.type_f1 == pytest.approx(2 / 3)


def test_the_greatest_overlap_pairs_first():
    docs = {"made_1": records(LabelledDocument, document())[0]}
    near, far = event(id="made_1#7"), event(id="made_1#6", predicate="spying")
    pairs = agreement.shared_events(
        docs, records(LabelledEvent, event()), records(LabelledEvent, far, near)
    )
    assert [(one.id, two.id) for one, two in pairs] == [("made_1#0", "made_1#7")]


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([], None),
        ([("A", "A")], None),
        ([("A", "A"), ("B", "B")], 1),
        ([("A", "B"), ("B", "A")], -1),
        # The example of a textbook: 20 yes-yes, 5, 10, 15 no-no.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
    ],
)
def test_kappa(pairs, value):
    assert agreement.kappa(pairs) == (None if value is None else pytest.approx(value))


def test_documents_cut_otherwise_are_left_out(write_set, monkeypatch, capsys):
    first = write_set([document()], [event()])
    second = write_set([document(sents=["other"])], [event()], folder="second")
    monkeypatch.setattr("sys.argv", ["agreement.py", str(first), str(second)])
    assert agreement.main() == 1
    assert "the sentences differ" in capsys.readouterr().err
