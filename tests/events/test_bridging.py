"""What a sentence leaves to the rest of the document."""

from __future__ import annotations


def assaults(code_text, text):
    return [
        (
            sorted({p.actor.country for p in e.actors}),
            sorted({p.actor.country for p in e.recipients}),
        )
        for e in code_text(text).events
        if e.type == "ASSAULT"
    ]


def test_an_attack_and_its_dead_are_one_event(code_text):
    got = assaults(code_text, "A Chilean airstrike on the camp killed nine Peruvian soldiers.")
    assert got == [(["CHL"], ["PER"])]


def test_the_raid_is_the_one_told_before(code_text):
    text = (
        "The Chilean army raided a Peruvian village on Monday. "
        "Nine Peruvian farmers were killed in the raid."
    )
    assert assaults(code_text, text)[-1] == (["CHL"], ["PER"])


def test_an_echo_is_not_coded_again(code_text):
    text = "Chile bombed a Peruvian port on Monday. The attack killed nine."
    assert len(assaults(code_text, text)) == 1


def test_the_move_is_the_last_act_told(code_text):
    text = "Chile expelled the Peruvian ambassador. Bolivia condemned the move."
    (event,) = [e for e in code_text(text).events if e.type == "ACCUSE"]
    assert {p.actor.country for p in event.recipients} == {"CHL"}
