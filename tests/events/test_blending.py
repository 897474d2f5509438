"""Lexicon and model together: with the shipped model, and with one that says what it is told."""

from __future__ import annotations

import pytest

from detente.config import Settings
from detente.errors import ConfigError
from detente.events.blending import clues
from detente.events.scene import Scene
from detente.models import PairJudgement, PairQuestion, load_pair_encoder
from detente.models.gate import Gate
from detente.ontology import load_ontology
from detente.pipeline import Coder
from detente.types import NONE, Actor, Document, Mention, Status
from made_documents import make_query

TYPES = (*load_ontology().types, NONE)
# The lexicon has no row for these idioms.
MISSED = "Peruvian teachers put down their chalk on Monday over unpaid wages."
RIOT_ACT = "Peru read Chile the riot act on Monday."
# It has one for this, and leaves the recipient open.
DUTIES = "Turkey slapped duties on steel from Brazil."


class Told:
    """A model that has an answer for some pairs, by their words; NONE for all others."""

    name = "told"
    none_share = None

    def __init__(self, answers=None, *, gate=None, only=None, status="asserted", modes=None):
        self.answers, self.gate, self.only = answers or {}, gate, only
        self.status, self.modes = status, modes or {}
        self.asked = []

    def judge(self, pairs):
        return [self._judged(pair) for pair in pairs]

    def _judged(self, pair):
        source = pair.text[slice(*pair.source)]
        target = pair.text[slice(*pair.target)] if pair.target else None
        self.asked.append((source, target))
        kind, share = self.answers.get((source, target), (NONE, 0.98))
        rest = (1 - share) / (len(TYPES) - 1)
        place = pair.text.index(" ") + 1
        statuses = {str(each): float(each == self.status) for each in Status}
        return PairJudgement(
            dict.fromkeys(TYPES, rest) | {kind: share}, statuses, self.modes, place
        )


class Open:
    """The shipped model with its gate open: what it answers is looked at, not whether it is."""

    gate = only = None

    def __init__(self, judge):
        self.judge, self.name, self.none_share = judge.judge, judge.name, judge.none_share


@pytest.fixture(scope="module")
def rules():
    return Coder(Settings(coder="lexicon.v1"))


@pytest.fixture(scope="module")
def blend():
    coder = Coder(Settings(coder="blend.v2"))
    coder.judge = Open(coder.judge)
    return coder


@pytest.fixture
def told(rules):
    """A blended coder with a model that says what it is told; tables are loaded once."""

    def made(answers=None, **fields):
        coder = Coder(Settings(coder="blend.v2"))
        coder.lexicon, coder.world, coder.parser = rules.lexicon, rules.world, rules.parser
        coder.judge = Told(answers, **fields)
        return coder

    return made


def events(coder, text):
    (coded,) = coder.code([Document("d", text, sha256="0")])
    return coded.events


def names(parties):
    return {party.actor.country or party.actor.sector for party in parties}


def short(event):
    return event.type, names(event.actors), names(event.recipients)


def verdicts(event):
    """What the records say of the model."""
    return [each for each in event.evidence if each.rule == "model"]


# -- pairs


@pytest.mark.parametrize(
    "marked, expected",
    [
        ("[S Chile] accused [T Peru] of spying.", "ACCUSE"),
        ("[T Chile] accused [S Peru] of spying.", "NONE"),
        ("[T Peru] was attacked by [S Chilean jets].", "ASSAULT"),
        ("[S Peru] was attacked by [T Chilean jets].", "NONE"),
        ("[S Workers] went on strike in Lima.", "PROTEST"),
        ("[S Peru] met [T Chile], said Togo.", "CONSULT"),
        ("[S Peru] is larger than [T Chile].", "NONE"),
    ],
)
def test_pairs_are_answered_by_both(blend, marked, expected):
    (answer,) = blend.classify([make_query(marked)])
    assert answer.type == expected
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=0.01)
    assert (answer.status is None) == (answer.cameo is None) == (expected == NONE)


def test_pairs_go_to_both_unless_rules_alone_are_asked_for(rules, blend):
    asked = [make_query("[S Chile] rebuked [T Peru].")]
    (alone,) = rules.classify(asked)
    (both,) = blend.classify(asked)
    (usual,) = Coder(Settings()).classify(asked)
    assert usual == both
    assert usual.probabilities != alone.probabilities


def test_answers_come_in_the_order_of_the_questions(blend):
    adverbs = ["really " * (n % 7) for n in range(70)]
    asked = [make_query(f"[S Chile] {words}accused [T Peru] of spying.") for words in adverbs]
    turned = [make_query(f"[T Chile] {words}accused [S Peru] of spying.") for words in adverbs]
    mixed = [one for pair in zip(asked, turned, strict=True) for one in pair]
    assert [answer.type for answer in blend.classify(mixed)] == ["ACCUSE", "NONE"] * 70


def test_an_answer_has_the_status_of_the_model_and_a_code(told):
    given = {("Chile", "Peru"): ("SANCTION", 0.9)}
    asked = make_query("[S Chile] may show [T Peru] the door.")
    (soon,) = told(given, status="future", modes={"SANCTION": ("expel", 0.9)}).classify([asked])
    (done,) = told(given, modes={"SANCTION": ("expel", 0.4)}).classify([asked])
    assert (soon.type, soon.mode, soon.status) == ("SANCTION", "expel", "future")
    assert (done.type, done.mode, done.status) == ("SANCTION", None, "asserted")
    assert soon.cameo and done.cameo


# -- documents, with the shipped model


def test_both_agree_on_what_is_plain(rules, blend):
    text = "Peru accused Chile of spying. Bolivia's envoy met the king of Tonga in Lima."
    assert [short(e) for e in events(blend, text)] == [short(e) for e in events(rules, text)]
    assert all(verdicts(event) for event in events(blend, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile was accused of spying by Peru.", ("ACCUSE", {"PER"}, {"CHL"})),
        (DUTIES, ("SANCTION", {"TUR"}, {"BRA"})),
    ],
)
def test_an_open_side_is_filled(rules, blend, text, expected):
    (before,) = events(rules, text)
    assert not (before.actors and before.recipients)
    (event,) = events(blend, text)
    assert short(event) == expected
    side = "recipients" if before.actors else "actors"
    assert {each.field for each in verdicts(event)} - {"type"} == {side}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MISSED, ("PROTEST", {"PER"}, set())),
        (RIOT_ACT, ("ACCUSE", {"PER"}, {"CHL"})),
        (
            "Two Kenyan nurses were dragged off a bus by Somali gunmen.",
            ("ASSAULT", {"SOM"}, {"KEN"}),
        ),
    ],
)
def test_the_model_proposes_and_says_so(rules, blend, text, expected):
    assert not events(rules, text)
    (event,) = events(blend, text)
    assert short(event) == expected
    (why,) = verdicts(event)
    assert why.entry == f"model:{blend.judge.name}"
    assert 0 < why.score <= 1
    assert why.runner_up in TYPES and why.runner_up != event.type
    assert {each.rule for each in event.evidence if each.field == "type"} == {"model"}


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile are neighbours.",
        "The border between Peru and Chile is 168 kilometres long.",
        "Peruvian wool is cheaper than Chilean wool.",
        "Nepal's team beat India in the final.",
        "Chilean shares fell after Peru raised interest rates.",
        "The river rose again, and it rained for nine days.",
    ],
)
def test_nothing_is_proposed_where_nothing_is_done(blend, text):
    assert events(blend, text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Peru accused Chile of spying, while the harvest in Togo was poor.",
        "Peru accused Chile of spying, a day after Togo held elections.",
    ],
)
def test_a_bystander_is_in_no_event(blend, text):
    assert [short(event) for event in events(blend, text)] == [("ACCUSE", {"PER"}, {"CHL"})]


def test_the_signature_names_the_coder(rules, blend):
    assert "coder:blend.v2" in str(blend.signature)
    assert "coder:lexicon.v1" in str(rules.signature)
    assert {event.signature for event in events(blend, MISSED)} == {str(blend.signature)}


# -- documents, with a model that says what it is told


def test_what_the_model_denies_goes(told):
    text = "Peru accused Chile of spying."
    assert events(told({("Peru", "Chile"): (NONE, 0.99)}), text) == ()
    (event,) = events(told({("Peru", "Chile"): ("ACCUSE", 0.9)}), text)
    assert [(each.score, each.runner_up) for each in verdicts(event)] == [(0.9, "AGREE")]


def test_another_type_is_a_doubt_and_no_denial(told):
    (event,) = events(told({("Peru", "Chile"): ("REJECT", 0.99)}), "Peru accused Chile of spying.")
    assert event.type == "ACCUSE"
    assert [each.runner_up for each in verdicts(event)] == ["REJECT"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({("Turkey", "Brazil"): 0.9}, {"BRA"}),
        ({("Turkey", "Brazil"): 0.3}, set()),
        ({("Turkey", "Brazil"): 0.7, ("Turkey", "Chile"): 0.9}, {"CHL"}),
        ({("Brazil", "Chile"): 0.9}, set()),
    ],
)
def test_who_fills_a_side(told, answers, expected):
    shares = {("Turkey", None): 0.9} | answers
    given = {pair: ("SANCTION", share) for pair, share in shares.items()}
    text = "Turkey slapped duties on steel from Brazil, a day after Chile held elections."
    (event, *_) = events(told(given), text)
    assert (event.type, names(event.actors)) == ("SANCTION", {"TUR"})
    assert names(event.recipients) == expected


def test_recipients_joined_by_and_fill_a_side_together(told):
    given = {("Turkey", "Brazil"): ("SANCTION", 0.7), ("Turkey", "Chile"): ("SANCTION", 0.9)}
    (event,) = events(told(given), DUTIES.replace(".", " and Chile."))
    assert short(event) == ("SANCTION", {"TUR"}, {"BRA", "CHL"})


def test_one_who_does_it_is_found_for_a_passive(told):
    given = {("Peru", "Chile"): ("ACCUSE", 0.9)}
    (event,) = events(told(given), "Chile was accused of spying by Peru.")
    assert short(event) == ("ACCUSE", {"PER"}, {"CHL"})


def test_two_sides_of_the_lexicon_stay(told):
    given = {("Peru", "Chile"): ("ACCUSE", 0.9), ("Togo", "Chile"): ("ACCUSE", 0.9)}
    text = "Peru accused Chile of spying, a day after Togo held elections."
    (event, *_) = events(told(given), text)
    assert short(event) == ("ACCUSE", {"PER"}, {"CHL"})


def test_of_contradicting_answers_the_surest_is_an_event(told):
    given = {("Peru", "Chile"): ("ACCUSE", 0.7), ("Chile", "Peru"): ("REJECT", 0.9)}
    (event,) = events(told(given), RIOT_ACT)
    assert short(event) == ("REJECT", {"CHL"}, {"PER"})


def test_too_little_is_no_proposal(told):
    assert events(told({("Peru", "Chile"): ("ACCUSE", 0.2)}), RIOT_ACT) == ()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({("Peru", "Chile"): 0.9, ("Togo", "Chile"): 0.8}, {"CHL"}),
        ({("Peru", None): 0.9, ("Togo", None): 0.8}, set()),
    ],
)
def test_actors_joined_by_and_are_one_event(told, answers, expected):
    given = {pair: ("ACCUSE", share) for pair, share in answers.items()}
    (event,) = events(told(given), "Peru and Togo read Chile the riot act on Monday.")
    assert short(event) == ("ACCUSE", {"PER", "TGO"}, expected)


def test_a_proposal_has_mode_and_status_of_the_model(told):
    given = {("Peru", "Chile"): ("ACCUSE", 0.9)}
    (sure,) = events(told(given, status="denied", modes={"ACCUSE": ("allege", 0.9)}), RIOT_ACT)
    (unsure,) = events(told(given, modes={"ACCUSE": ("allege", 0.4)}), RIOT_ACT)
    (unknown,) = events(told(given, modes={"ACCUSE": ("by carrier pigeon", 0.9)}), RIOT_ACT)
    assert (sure.mode, sure.status) == ("allege", Status.DENIED)
    assert (unsure.mode, unsure.status) == (None, Status.ASSERTED)
    assert unknown.mode is None
    assert sure.predicate.text == "read"


def test_only_the_types_of_the_model_are_coded(told):
    text = "Peru accused Chile of spying."
    # Too little for a proposal, too much for a denial: it is the lexicon's event or none.
    given = {("Peru", "Chile"): ("ACCUSE", 0.2)}
    assert events(told(given, only=frozenset({"AID"})), text) == ()
    assert [e.type for e in events(told(given, only=frozenset({"ACCUSE"})), text)] == ["ACCUSE"]


def test_everybody_is_asked_about_alone_and_with_everybody_else(told):
    coder = told()
    events(coder, RIOT_ACT)
    pairs = [("Peru", "Chile"), ("Peru", None), ("Chile", "Peru"), ("Chile", None)]
    assert sorted(coder.judge.asked, key=str) == sorted(pairs, key=str)


# -- the gate


def test_a_shut_gate_keeps_the_model_from_being_asked(rules, told):
    coder = told({("Peru", "Chile"): (NONE, 0.99)}, gate=Gate("g", "by hand", 1.0, {}))
    text = f"Peru accused Chile of spying. {RIOT_ACT}"
    found = events(coder, text)
    assert coder.judge.asked == []
    assert [short(event) for event in found] == [short(event) for event in events(rules, text)]
    assert not any(verdicts(event) for event in found)


def test_a_gate_opens_for_single_sentences(told):
    gate = Gate("g", "by hand", 1.0, {"riot": 1.0})
    coder = told({("Peru", "Chile"): ("ACCUSE", 0.9)}, gate=gate)
    found = events(coder, f"Togo accused Benin of spying. {RIOT_ACT}")
    assert {name for pair in coder.judge.asked for name in pair} == {"Peru", "Chile", None}
    assert [short(event) for event in found] == [
        ("ACCUSE", {"TGO"}, {"BEN"}),
        ("ACCUSE", {"PER"}, {"CHL"}),
    ]


def test_a_sentence_without_actors_is_not_asked_about(told):
    coder = told()
    assert events(coder, "The river rose again, and it rained for nine days.") == ()
    assert coder.judge.asked == []


def test_clues_are_words_and_counts_but_no_names(parse):
    sent = parse("Peru read 12 Chileans the riot act near Lima.")

    def mention(words, country, score=1.0):
        (at,) = (token.index for token in sent.tokens if token.text == words)
        token = sent.tokens[at]
        actors = (Actor(words, country, "GOV"),)
        span = (token.start, token.end, words)
        return Mention(*span, 0, at, at + 1, at, "country", actors, score)

    near = mention("Lima", "URY", 0.3)  # where it was, and no party
    found = clues(Scene(sent, [mention("Peru", "PER"), mention("Chileans", "CHL"), near]), [])
    assert {"read", "riot", "idle 2", "busy 0", "drafts 0"} <= found
    assert not {"peru", "lima", "chileans", "12", "."} & {word.lower() for word in found}
    assert "idle 1" in clues(Scene(sent, [mention("Peru", "PER"), near]), [])


# ------------------------------------------------------------------------- how often there is NONE


def test_shares_are_moved_to_the_share_of_none(told):
    asked = [make_query("[S Chile] read [T Peru] the riot act.")]

    def nothing(known, wanted):
        coder = told({("Chile", "Peru"): (NONE, 0.6)})
        coder.judge.none_share, coder.settings = known, Settings(none_share=wanted)
        (answer,) = coder.classify(asked)
        return answer.probabilities[NONE]

    assert nothing(None, 0.1) == nothing(0.5, None) == nothing(0.5, 0.5) == 0.6
    # Odds of 3 to 2 for NONE, where it comes as often as events; four times as often, 12 to 2.
    assert nothing(0.5, 0.8) == pytest.approx(12 / 14, abs=0.001)
    assert nothing(0.8, 0.5) == pytest.approx(3 / 11, abs=0.001)
    assert nothing(0.5, 0.0) == 0


def test_who_says_that_every_pair_has_an_event_gets_no_none():
    asked = [make_query("[S Chile] is a neighbour of [T Peru].")]
    (usual,) = Coder(Settings()).classify(asked)
    (never,) = Coder(Settings(none_share=0.0)).classify(asked)
    (often,) = Coder(Settings(none_share=0.9)).classify(asked)
    assert never.type != NONE
    assert never.probabilities[NONE] == 0
    assert sum(never.probabilities.values()) == pytest.approx(1, abs=0.01)
    assert often.probabilities[NONE] > usual.probabilities[NONE]


def test_the_natural_share_leaves_the_model_as_it_is():
    natural = load_pair_encoder().none_share
    asked = [make_query("[S Chile] accused [T Peru] of spying.")]
    (answer,) = Coder(Settings(none_share=natural)).classify(asked)
    (rules,) = Coder(Settings(coder="lexicon.v1")).classify(asked)
    question = PairQuestion(asked[0].text, asked[0].source, asked[0].target, rules.probabilities)
    (judgement,) = load_pair_encoder().judge([question])
    assert answer.probabilities == pytest.approx(judgement.types, abs=0.001)


@pytest.mark.parametrize("wrong", [1.0, -0.2])
def test_a_share_of_none_leaves_room_for_events(wrong):
    with pytest.raises(ConfigError, match="no share of NONE"):
        Settings(none_share=wrong)
