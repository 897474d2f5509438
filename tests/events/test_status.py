"""Modals, negation, embedding, conditions: one sentence a rule."""

from __future__ import annotations

import pytest

FACTS = [
    # plain, and words that leave a fact a fact
    ("Chile attacked Peru.", "ASSAULT", "asserted"),
    ("Chile managed to invade Peru.", "ASSAULT", "asserted"),
    ("Chile not only attacked Peru but also boasted.", "ASSAULT", "asserted"),
    # negation
    ("Chile did not attack Peru.", "ASSAULT", "negated"),
    ("Chile never attacked Peru.", "ASSAULT", "negated"),
    ("Chile failed to attack Peru.", "ASSAULT", "negated"),
    ("Chile averted an attack on Peru.", "ASSAULT", "negated"),
    # supposition
    ("Chile may attack Peru.", "ASSAULT", "hypothetical"),
    ("Officials fear that Chile could attack Peru.", "ASSAULT", "hypothetical"),
    ("Has Chile attacked Peru?", "ASSAULT", "hypothetical"),
    # condition
    ("Peru would condemn Chile if Chile attacked Bolivia.", "ACCUSE", "conditional"),
    ("Peru would condemn Chile if Chile attacked Bolivia.", "ASSAULT", "hypothetical"),
    # denial
    ("Chile denied that it had attacked Peru.", "ASSAULT", "denied"),
    ("Chile denied attacking Peru.", "ASSAULT", "denied"),
    # plans
    ("Chile plans to sanction Peru.", "SANCTION", "future"),
    ("Chile will impose sanctions on Peru.", "SANCTION", "future"),
    # a request is recorded with the act only when it hits a third
    ("Chile asked Brazil to attack Peru.", "ASSAULT", "requested"),
    ("Chile asked Brazil to attack Peru.", "REQUEST", "asserted"),
    # type and status together: a promise, a refusal, a demand, a threat
    ("Chile will send food to Peru.", "AGREE", "asserted"),
    ("Chile wants to help Peru.", "AGREE", "asserted"),
    ("Chile will not send food to Peru.", "REJECT", "asserted"),
    ("Chile said it would not meet with Peru.", "REJECT", "asserted"),
    ("Peru must release the hostages, Chile said.", "REQUEST", "asserted"),
    ("Chile said it will attack Peru.", "THREATEN", "asserted"),
    ("Any aid to Peru would have consequences, Chile warned.", "THREATEN", "asserted"),
]


@pytest.mark.parametrize("text, event_type, status", FACTS)
def test_status(code_text, text, event_type, status):
    found = {(e.type, str(e.status)) for e in code_text(text).events}
    assert (event_type, status) in found, found


GONE = [
    ("Chile promised to send food to Peru.", "AID"),
    ("Chile refused to release the Peruvian hostages.", "RETREAT"),
    ("Chile urged Peru to withdraw.", "RETREAT"),
    ("The ministers of Chile and Peru met to discuss trade.", "COOPERATE"),
    ("Chile did not say whether it had attacked Peru.", "ASSAULT"),
]


@pytest.mark.parametrize("text, event_type", GONE)
def test_what_a_speech_act_absorbs_is_not_told_again(code_text, text, event_type):
    assert event_type not in {e.type for e in code_text(text).events}


def test_the_cue_is_evidence(code_text):
    (event,) = code_text("Chile may attack Peru.").events
    (cue,) = [e for e in event.evidence if e.field == "status"]
    assert cue.span is not None and cue.span.text == "may"
    assert cue.rule == "modal:may"


def test_a_condition_is_a_span(code_text):
    text = "Chile will attack Peru unless Peru withdraws from the port."
    events = code_text(text).events
    conditions = [e.condition.text for e in events if e.condition]
    assert "unless Peru withdraws from the port" in conditions


def test_a_noun_phrase_can_be_the_condition(code_text):
    text = "Any aid to Peru would have consequences, Chile warned."
    (threat,) = [e for e in code_text(text).events if e.type == "THREATEN"]
    assert threat.condition is not None and threat.condition.text == "Any aid to Peru"


def read_by(code_text, text, event_type):
    """Status, the rule that read it, the rule that converted it, condition: of the one event."""
    (event,) = [e for e in code_text(text).events if e.type == event_type]
    rules = {e.field: e.rule for e in event.evidence if e.field in ("status", "type")}
    condition = event.condition.text if event.condition else None
    return str(event.status), rules["status"], rules["type"], condition


CHARGES = [
    # the charge is denied by whoever is named in the clause behind it
    ("Peru accused Chile of bombing a ferry, a charge that Chile has denied.", "ASSAULT", True),
    ("Peru accused Chile of bombing a ferry, an allegation that Chile rejects.", "ASSAULT", True),
    # the accusation itself was made
    ("Peru accused Chile of bombing a ferry, a charge that Chile has denied.", "ACCUSE", False),
    # upheld; another claim, by others
    ("Peru accused Chile of bombing a ferry, a charge that the court upheld.", "ASSAULT", False),
    (
        "Peru accused Chile of bombing a ferry after Bolivia made a claim that Ecuador denied.",
        "ASSAULT",
        False,
    ),
]


@pytest.mark.parametrize("text, event_type, denied", CHARGES)
def test_a_charge_that_is_denied(code_text, text, event_type, denied):
    status, rule, _, _ = read_by(code_text, text, event_type)
    assert (status == "denied", rule == "charge denied") == (denied, denied)


def test_who_denies_the_charge_is_the_one_who_says_so(code_text):
    text = "Peru accused Chile of bombing a ferry, a charge that Chile has denied."
    (event,) = [e for e in code_text(text).events if e.type == "ASSAULT"]
    assert [a.span.text for a in event.attribution] == ["Chile"]


CONDITIONS = [
    # what is threatened, warned, promised, agreed or refused on a condition is itself on it
    (
        "Peru threatened to expel the Chilean ambassador unless Chile paid.",
        "THREATEN",
        "unless Chile paid",
    ),
    (
        "Peru warned that it would attack Chile if the ships came closer.",
        "THREATEN",
        "if the ships came closer",
    ),
    (
        "Peru promised to send grain to Chile if the port was opened.",
        "AGREE",
        "if the port was opened",
    ),
    (
        "Peru refused to meet Chile unless it apologised.",
        "REJECT",
        "unless it apologised",
    ),
]


@pytest.mark.parametrize("text, event_type, condition", CONDITIONS)
def test_a_bound_condition_ties_the_word(code_text, text, event_type, condition):
    status, _, rule, found = read_by(code_text, text, event_type)
    assert (status, rule, found) == ("conditional", "tied to a condition", condition)


def test_the_condition_of_what_is_demanded_is_not_the_demands(code_text):
    text = "Peru demanded that Chile withdraw its troops if it wants peace."
    status, _, _, condition = read_by(code_text, text, "REQUEST")
    assert (status, condition) == ("asserted", None)


def test_only_what_is_given_as_a_word_is_tied(code_text):
    text = "Peru told Chile to pay unless it wanted a fight."
    status, _, rule, condition = read_by(code_text, text, "REQUEST")
    assert (status, rule, condition) == ("asserted", "frame", "unless it wanted a fight")


def test_without_a_condition_nothing_is_tied(code_text):
    text = "Peru threatened to expel the Chilean ambassador."
    status, _, rule, condition = read_by(code_text, text, "THREATEN")
    assert (status, rule, condition) == ("asserted", "frame", None)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Chile took measures to prevent an attack by Peru on Bolivia.", "hypothetical"),
        ("Chile would prevent an attack by Peru on Bolivia.", "hypothetical"),
        ("Chile prevented an attack by Peru on Bolivia.", "negated"),
        ("Chile averted an attack by Peru.", "negated"),
    ],
)
def test_what_is_yet_to_be_prevented_may_never_have_been(code_text, text, expected):
    status, rule, _, _ = read_by(code_text, text, "ASSAULT")
    assert status == expected
    assert rule.split(":")[0] == expected


PLANS = [
    # force that others say is planned is a draft; that one plans oneself, a threat
    ("Chile plans to attack Peru.", "ASSAULT", "hypothetical", "planned force"),
    ("Chile said it plans to attack Peru.", "THREATEN", "asserted", "announced force"),
    ("Chile plans to sanction Peru.", "SANCTION", "future", "frame"),
    ("Chile will attack Peru.", "ASSAULT", "future", "frame"),
]


@pytest.mark.parametrize("text, event_type, expected, rule", PLANS)
def test_planned_force(code_text, text, event_type, expected, rule):
    status, _, converted, _ = read_by(code_text, text, event_type)
    assert (status, converted.split(" (was")[0]) == (expected, rule)


VISITS = [
    # he says so himself, or the plan is his
    ('"I will visit Chile on Friday," the Peruvian president said.', "asserted"),
    ("The Peruvian president said he will visit Chile on Friday.", "asserted"),
    ("The Peruvian president plans to visit Chile on Friday.", "asserted"),
    # others tell it
    ("The Peruvian president will visit Chile on Friday.", "future"),
    ("Bolivia said the Peruvian president will visit Chile on Friday.", "future"),
    ("The Peruvian president is expected to visit Chile on Friday.", "future"),
]


@pytest.mark.parametrize("text, expected", VISITS)
def test_a_visit_to_come_is_promised_only_by_who_comes(code_text, text, expected):
    assert read_by(code_text, text, "AGREE")[0] == expected


@pytest.mark.xfail(strict=True, reason='"if only" is taken for a condition of what was done')
def test_if_only_is_no_condition(code_text):
    text = "Peru condemned Chile if only in private."
    assert read_by(code_text, text, "ACCUSE")[3] is None
