"""What only became clear further on, on hand-built sentences."""

from test_mentions import sentence

from detente.actors.memory import Memory
from detente.actors.settling import settle
from detente.types import Actor, Mention

NAMED = sentence(
    [
        ("Two", "NUM", "CD", "nummod", 1),
        ("lawmakers", "NOUN", "NNS", "nsubj", 6),
        (",", "PUNCT", ",", "punct", 1),
        ("Latu", "PROPN", "NNP", "appos", 1),
        ("and", "CCONJ", "CC", "cc", 3),
        ("Vete", "PROPN", "NNP", "conj", 3),
        ("left", "VERB", "VBD", "ROOT", 6),
    ]
)


def mention(first, last, kind, actor):
    tokens = NAMED.tokens[first:last]
    text = " ".join(token.text for token in tokens)
    return Mention(
        tokens[0].start, tokens[-1].end, text, 0, first, last, last - 1, kind, (actor,), 0.4
    )


def nobody(name):
    return Actor(name, None, "UNK", person=name, rule="no country")


LAWMAKERS = mention(0, 2, "role", Actor("lawmakers", "TON", "LEG", rule="side"))


def sides(mentions):
    return [(m.actors[0].country, m.actors[0].sector, m.actors[0].rule) for m in mentions]


def test_names_in_apposition_to_a_role_are_of_its_country():
    people = [mention(3, 4, "person", nobody("Latu")), mention(5, 6, "person", nobody("Vete"))]
    settled = settle([LAWMAKERS, *people], [NAMED], "NZL", Memory())
    assert sides(settled)[1:] == [("TON", "LEG", "apposition")] * 2


def test_a_later_introduction_counts_from_the_start():
    memory = Memory()
    memory.name("Sione Latu", Actor("Sione Latu", "FJI", "JRN", person="Sione Latu", rule="side"))
    (settled,) = settle([mention(3, 4, "person", nobody("Latu"))], [NAMED], "NZL", memory)
    assert sides([settled]) == [("FJI", "JRN", "introduced")]
    assert settled.score == 0.8


def test_who_is_not_described_is_of_the_main_country_and_so_are_his_pronouns():
    he = mention(6, 7, "pronoun", nobody("Vete"))
    person = mention(6, 7, "person", nobody("Vete"))
    settled = settle([person, he], [NAMED], "NZL", Memory())
    assert sides(settled)[0] == ("NZL", "UNK", "main country")
    assert settled[1].actors[0].country == "NZL"
    assert settled[0].score == 0.4


def test_without_a_main_country_nobody_is_guessed():
    person = mention(6, 7, "person", nobody("Vete"))
    assert settle([person], [NAMED], None, Memory()) == (person,)


def test_staff_of_a_body_across_borders_stay_without_a_country():
    staff = Actor("Vete", None, "IGO", person="Vete", rule="side")
    person = mention(6, 7, "person", staff)
    assert settle([person], [NAMED], "NZL", Memory()) == (person,)
