"""What is typed: countries and sectors, dates; and a letter for every choice."""

from __future__ import annotations

import pytest
from made_annotator import COUNTRIES

from detente.labelling.draft import Who
from detente.labelling.entry import EntryError, letters_for, read_day, read_who


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("CHL GOV", [("CHL", "GOV")]),
        ("chl mil", [("CHL", "MIL")]),
        ("Chile", [("CHL", "GOV")]),
        ("chile JUD", [("CHL", "JUD")]),
        ("congo (brazzaville) REB", [("COG", "REB")]),
        ("- IGO", [(None, "IGO")]),
        ("IGO", [(None, "IGO")]),
        ("PER GOV, CHL GOV,", [("PER", "GOV"), ("CHL", "GOV")]),
        ("PER, Peru", [("PER", "GOV")]),
    ],
)
def test_read_who(typed, who, inventory):
    assert read_who(typed, inventory, COUNTRIES) == tuple(Who(*one) for one in who)


@pytest.mark.parametrize("typed", ["", " , ", "Atlantis", "CHL GVO", "UNO", "- EUR"])
def test_nobody_is_told(typed, inventory):
    with pytest.raises(EntryError):
        read_who(typed, inventory, COUNTRIES)


def test_read_day():
    assert [read_day(one) for one in ("", "2021", " 2021-03 ", "2021-03-09")] == [
        None,
        "2021",
        "2021-03",
        "2021-03-09",
    ]
    for wrong in ("2021-02-30", "9 March", "21"):
        with pytest.raises(EntryError):
            read_day(wrong)


def test_every_type_and_mode_has_a_letter_of_its_own(inventory):
    ontology = inventory.ontology
    for names in (list(ontology.types), *(ontology.modes_of(kind) for kind in ontology.types)):
        letters = letters_for(names)
        assert list(letters) == list(names)
        assert len(set(letters.values())) == len(names)


def test_there_are_more_names_than_letters():
    letters = letters_for(str(number) for number in range(50))
    assert len(letters) == len(set(letters.values())) == 36
