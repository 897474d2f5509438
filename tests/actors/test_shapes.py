"""Names told by their shape, and the table of regions."""

import pytest

from detente.actors import load_world, scan
from detente.actors.regions import regions

WORLD = load_world()


def shaped(text):
    """Kind, words and sector or adjective of every hit that is no plain name, role or pronoun."""
    plain = ("role", "pronoun", "capital")
    return [
        (h.kind, text[h.start : h.end], h.word) for h in scan(text, WORLD) if h.kind not in plain
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He left the Paris Agreement.", [("thing", "Paris Agreement", "")]),
        ("It broke the Minsk accords.", [("thing", "Minsk accords", "")]),
        ("The USS George Washington sailed.", [("thing", "USS George Washington", "")]),
        ("Rain fell as Hurricane Maria hit.", [("thing", "Hurricane Maria", "")]),
        ("The Moscow Times closed.", [("body", "The Moscow Times", "JRN")]),
        ("He reads the Times of India daily.", [("body", "the Times of India", "JRN")]),
        ("Students left Tehran University.", [("body", "Tehran University", "EDU")]),
        ("Shares of China Mobile fell.", [("body", "China Mobile", "BUS")]),
        ("Most South American leaders came.", [("region", "South American", "South American")]),
        ("It was the Gulf state.", [("region", "Gulf", "Gulf")]),
        ("The African Union met.", [("name", "African Union", "")]),
        ("A win for Jordan Henderson.", []),
        ("He spoke with Jim Jordan.", []),
        ("The North Korean army fired.", [("name", "North Korean", "")]),
        ("Jordan King Abdullah spoke.", [("name", "Jordan", ""), ("name", "King Abdullah", "")]),
    ],
)
def test_shapes(text, found):
    assert [hit for hit in shaped(text) if hit[0] != "name" or found] == found


def test_regions_have_known_members_and_one_adjective_each():
    table = regions()
    codes = frozenset().union(*table.members.values())
    assert codes <= set(WORLD.countries)
    assert set(table.adjectives.values()) == set(table.members)
    assert table.adjectives["South America"] == "South American"
    assert table.members["Western"] == frozenset()
