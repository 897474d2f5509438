"""Pronouns and the words for two parties, by simple stated rules (docs/actors.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from detente.actors.memory import Memory, Seen
from detente.types import Actor, Sentence, Token

_HUMAN = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself"])
_THING = frozenset(["it", "its", "itself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
FIRST_PERSON = frozenset(["we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine"])
THIRD_PERSON = _HUMAN | _THING | _PLURAL
# An antecedent further back than this is more often wrong than right.
_SENTENCES_BACK = 3
_PAIRS = frozenset(
    "sides countries nations states governments leaders parties neighbors neighbours presidents "
    "ministers rivals foes allies men powers capitals militaries foreign_ministers pair".split()
)
_OF_STATES = frozenset("countries nations states governments neighbors neighbours capitals powers".split())
SAYING = frozenset(
    "said says say saying told tells tell added adds adding stated states stating noted notes "
    "warned warns warning announced announces declared declares insisted insists claimed claims "
    "wrote writes tweeted argued argues called calls calling explained commented replied vowed "
    "acknowledged urged urges stressed remarked concluded described continued quoted".split()
)


def pronoun_antecedent(token: Token, sent: Sentence, memory: Memory) -> Seen | None:
    """Find who a pronoun of the third person stands for.

    Nearest sentence first; within it a subject before others; person, body and number must fit.
    """
    low = token.text.lower()
    if low in _THING and _is_expletive(token, sent):
        return None
    fits = _fit(low)
    by_sentence: dict[int, list[Seen]] = {}
    for seen in reversed(memory.seen):
        distance = sent.index - seen.mention.sentence
        if distance > _SENTENCES_BACK:
            break
        if seen.mention.start < token.start and fits(seen):
            by_sentence.setdefault(distance, []).append(seen)
    for distance in sorted(by_sentence):
        found = by_sentence[distance]
        subjects = [seen for seen in found if seen.subject]
        if distance == 0:
            # "its" inside the subject's own clause is the subject; else whoever is nearest.
            return subjects[0] if subjects else found[0]
        return subjects[-1] if subjects else found[0]
    return None


def _fit(low: str) -> Callable[[Seen], bool]:
    if low in _HUMAN:
        return lambda seen: seen.human and not seen.plural
    if low in _PLURAL:
        return lambda seen: seen.plural or (seen.body and not seen.human)
    return lambda seen: seen.body and not seen.human and seen.mention.score > 0.35


def _is_expletive(token: Token, sent: Sentence) -> bool:
    """ "It is important to note", "it seems that": nobody."""
    if token.dep == "expl":
        return True
    if token.dep not in ("nsubj", "nsubjpass") or token.text.lower() != "it":
        return False
    verb = sent.tokens[token.head]
    if verb.lemma not in ("be", "seem", "appear", "remain", "become", "take"):
        return False
    kids = [sent.tokens[i] for i in sent.children[verb.index]]
    return any(kid.dep in ("acomp", "ccomp", "xcomp", "oprd") for kid in kids)


def pair(sent: Sentence, at: int, memory: Memory) -> tuple[int, tuple[Actor, ...]] | None:
    """Resolve "both sides", "the two countries" ending at a token.

    Returns: the first token of the phrase and the two parties, None where it is not such a phrase.
    """
    tokens = sent.tokens
    word = tokens[at].text.lower()
    if word not in _PAIRS:
        return None
    first = at
    while first > 0 and tokens[first - 1].text.lower() in ("two", "the", "both", "these", "foreign"):
        first -= 1
    said = {t.text.lower() for t in tokens[first:at]}
    if not ({"two", "both"} & said or word == "pair") or first == at:
        return None
    parties = recent_parties(sent, tokens[first].start, memory, states=word in _OF_STATES)
    return (first, parties) if len(parties) == 2 else None


def recent_parties(
    sent: Sentence, before: int, memory: Memory, states: bool
) -> tuple[Actor, ...]:
    """The two distinct parties that the text spoke of last, in the order it named them."""
    by_sentence: dict[int, dict[str, Actor]] = {}
    for seen in memory.seen:
        distance = sent.index - seen.mention.sentence
        if distance > _SENTENCES_BACK + 1 or seen.mention.end > before or seen.mention.score < 0.35:
            continue
        for actor in seen.mention.actors:
            label = actor.country or actor.organisation
            if label is None or (states and actor.country is None):
                continue
            side = label if states else f"{label}:{'armed' if actor.sector == 'REB' else ''}"
            by_sentence.setdefault(distance, {}).setdefault(side, actor)
    gathered: dict[str, Actor] = {}
    for distance in sorted(by_sentence):
        here = by_sentence[distance]
        if len(here) >= 2 and not gathered:
            gathered = here
            break
        gathered = {**here, **gathered}
        if len(gathered) >= 2:
            break
    chosen = tuple(gathered.values())[:2]
    if states:
        chosen = tuple(replace(a, sector="GOV", person=None, role=None) for a in chosen)
    return tuple(replace(actor, rule="two parties") for actor in chosen)


def speaker_token(sent: Sentence) -> int | None:
    """Find the subject of the verb of saying that stands outside the quotation."""
    for token in sent.tokens:
        if token.text.lower() not in SAYING or in_quotes(sent, token.start):
            continue
        for child in sent.children[token.index]:
            if sent.tokens[child].dep == "nsubj" and not in_quotes(sent, sent.tokens[child].start):
                return child
    return None


def in_quotes(sent: Sentence, offset: int) -> bool:
    """Tell whether an offset lies inside one of the sentence's quotations."""
    return any(quote.start <= offset < quote.end for quote in sent.quotes)


def pronouns(sent: Sentence, kinds: frozenset[str]) -> Sequence[Token]:
    """The personal pronouns of a sentence that stand for themselves (no possessives)."""
    return [t for t in sent.tokens if t.tag == "PRP" and t.text.lower() in kinds]
