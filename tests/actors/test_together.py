"""Words for several parties, on hand-built sentences."""

import pytest
from test_mentions import sentence

from detente.actors.memory import Memory, Seen
from detente.actors.together import companions, last_meeting, parties_meant
from detente.types import Actor, Mention


def seen(country, *, at=0, index=0, kind="country", **marks):
    person = f"{country} {at}" if kind == "person" else None
    actor = Actor(person or country, country, "GOV", person=person)
    mention = Mention(at, at + 3, country, index, 0, 1, 0, kind, (actor,))
    human = kind == "person"
    return Seen(mention, marks.pop("subject", False), human, False, not human, **marks)


def words(text, index=1, start=100):
    rows = [(word, "NOUN", "NN", "dep", 0) for word in text.split()]
    return sentence(rows, index=index, start=start)


def countries(found):
    return [actor.country for actor in found[1]] if found else None


COUNTRIES = Memory(seen=[seen("CHL"), seen("PER", at=5), seen("BOL", at=10)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("both countries", ["CHL", "PER"]),
        ("the three countries", ["CHL", "PER", "BOL"]),
        ("the four countries", None),
        ("the countries", None),
        ("two countries", None),
        ("the two men", None),
        ("countries", None),
    ],
)
def test_as_many_as_it_says(text, expected):
    sent = words(text)
    assert countries(parties_meant(sent, len(sent.tokens) - 1, COUNTRIES)) == expected


def test_the_countries_are_two_where_there_are_two():
    memory = Memory(seen=COUNTRIES.seen[:2])
    assert countries(parties_meant(words("the countries"), 1, memory)) == ["CHL", "PER"]


def test_of_several_in_a_sentence_both_are_those_that_and_joins():
    pair = [seen("PER", at=5, chain=4), seen("BOL", at=10, chain=4)]
    memory = Memory(seen=[seen("CHL"), *pair])
    assert countries(parties_meant(words("both countries"), 1, memory)) == ["PER", "BOL"]


def test_leaders_are_people():
    memory = Memory(seen=[seen("CHL", kind="person"), seen("PER", at=5, kind="person")])
    memory.seen.append(seen("BOL", at=10))
    assert countries(parties_meant(words("the two leaders"), 2, memory)) == ["CHL", "PER"]


def test_who_met_are_they_even_some_sentences_later():
    memory = Memory(seen=[seen("CHL", kind="person", subject=True)])
    memory.seen.append(seen("PER", at=5, kind="person", company=True))
    met = companions(memory.seen)
    assert met is not None and [a.country for a in met.mention.actors] == ["CHL", "PER"]
    assert last_meeting(memory, 4) is not None
    assert last_meeting(memory, 12) is None


def test_one_alone_is_not_several():
    assert companions([seen("CHL", kind="person", subject=True)]) is None
