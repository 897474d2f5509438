"""Documents made by hand, and an annotator at work on them without files or a screen."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "labelled"))

import made_labels
from made_annotator import COUNTRIES, who_of

from detente.labelling.checks import Inventory
from detente.labelling.records import LabelledDocument
from detente.labelling.session import Labelling
from detente.ontology import load_ontology

OTHER = {
    "id": "made_2",
    "text": "Bolivia rejected the charge. Nobody was hurt.",
    "sents": ["Bolivia rejected the charge.", "Nobody was hurt."],
}


@pytest.fixture(scope="session")
def inventory():
    return Inventory(load_ontology(), frozenset(COUNTRIES))


@pytest.fixture(scope="session")
def documents():
    made = (made_labels.document(), made_labels.document(**OTHER))
    return msgspec.convert(list(made), list[LabelledDocument])


@pytest.fixture
def labelling(documents, inventory):
    return Labelling(documents, inventory, who_of=who_of)


@pytest.fixture
def select():
    """Select words of the open sentence with the cursor, as a user does."""

    def go(labelling, words):
        from detente.labelling.words import pieces

        start = labelling.sentence.index(words)
        cut = pieces(labelling.sentence)
        labelling.move(-9999)
        labelling.move([piece[0] for piece in cut].index(start))
        while labelling.selection[1] < start + len(words):
            labelling.move(1, extend=True)
        assert labelling.sentence[slice(*labelling.selection)] == words
        return labelling

    return go


@pytest.fixture
def label_accusation(select):
    """Label the first sentence: Peru accused Chile of spying."""

    def go(labelling):
        select(labelling, "Peru").set_party("actors")
        select(labelling, "accused").set_words("predicate")
        select(labelling, "Chile").set_party("recipients")
        labelling.set_type("ACCUSE")
        labelling.set_fields(mode="allege")
        assert labelling.save() is None
        return labelling

    return go


@pytest.fixture
def source(tmp_path):
    """A file of documents to label."""
    file = tmp_path / "news.docs.jsonl"
    rows = (made_labels.document(), made_labels.document(**OTHER))
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file
