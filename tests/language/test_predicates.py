"""Deep arguments: passives, control, relative clauses, participles, conjunction."""

from __future__ import annotations

import pytest

from detente.language import clause_at, conjuncts, predicate_at


def roles_of(sent, word):
    token = next(t for t in sent.tokens if t.text == word)
    view = predicate_at(sent, token.index)
    return {role: [sent.tokens[i].text for i in where] for role, where in view.arguments}


@pytest.mark.parametrize(
    "text, word, role, expected",
    [
        # active and passive
        ("Ghana accused Togo.", "accused", "subj", ["Ghana"]),
        ("Togo was accused by Ghana.", "accused", "subj", ["Ghana"]),
        ("Togo was accused by Ghana.", "accused", "obj", ["Togo"]),
        ("Weapons provided by Iran reached Yemen.", "provided", "subj", ["Iran"]),
        ("Weapons provided by Iran reached Yemen.", "provided", "obj", ["Weapons"]),
        ("Togo was given weapons by Ghana.", "given", "iobj", ["Togo"]),
        ("Togo was given weapons by Ghana.", "given", "obj", ["weapons"]),
        # double object and prepositions
        ("Ghana gave the rebels new weapons.", "gave", "iobj", ["rebels"]),
        ("Ghana gave weapons to Togo.", "gave", "to", ["Togo"]),
        # control
        ("Ghana refused to meet Togo.", "meet", "subj", ["Ghana"]),
        ("Ghana urged Togo to withdraw.", "withdraw", "subj", ["Togo"]),
        ("Ghana called on Togo to withdraw.", "withdraw", "subj", ["Togo"]),
        ("Togo was asked to withdraw.", "withdraw", "subj", ["Togo"]),
        ("Ghana accused Togo of arming rebels.", "arming", "subj", ["Togo"]),
        ("Ghana retaliated by expelling diplomats.", "expelling", "subj", ["Ghana"]),
        # relative clauses
        ("The minister who ordered the raid resigned.", "ordered", "subj", ["minister"]),
        ("The rebels whom Ghana sheltered attacked Togo.", "sheltered", "obj", ["rebels"]),
        # conjunction
        ("Ghana met Togo and praised Benin.", "praised", "subj", ["Ghana"]),
        ("Ghana, Togo and Benin met.", "met", "subj", ["Ghana", "Togo", "Benin"]),
    ],
)
def test_roles_of_verbs(parse, text, word, role, expected):
    assert roles_of(parse(text), word)[role] == expected


@pytest.mark.parametrize(
    "text, word, role, expected",
    [
        ("The visit of the minister to Togo ended.", "visit", "to", ["Togo"]),
        ("Ghana's attack on Togo failed.", "attack", "poss", ["Ghana"]),
        ("Ghana's attack on Togo failed.", "attack", "on", ["Togo"]),
        ("Talks between Ghana and Togo failed.", "Talks", "between", ["Ghana", "Togo"]),
        ("The sanctions imposed on Togo by Ghana hurt.", "sanctions", "by", ["Ghana"]),
    ],
)
def test_roles_of_nouns(parse, text, word, role, expected):
    assert roles_of(parse(text), word)[role] == expected


def test_clause_collects_helpers(parse):
    sent = parse("Ghana said it would not attack if Togo withdrew.")
    attack = next(t.index for t in sent.tokens if t.text == "attack")
    clause = clause_at(sent, attack)
    assert clause.modals == ("would",)
    assert clause.negation is not None
    withdrew = next(t.index for t in sent.tokens if t.text == "withdrew")
    assert clause_at(sent, withdrew).mark == "if"


def test_conjoined_verbs_share_their_helpers(parse):
    sent = parse("Ghana will meet Togo and discuss the border.")
    discuss = next(t.index for t in sent.tokens if t.text == "discuss")
    assert clause_at(sent, discuss).modals == ("will",)


def test_conjuncts_are_in_text_order(parse):
    sent = parse("Ghana, Togo and Benin agreed.")
    assert [sent.tokens[i].text for i in conjuncts(sent, 0)] == ["Ghana", "Togo", "Benin"]
