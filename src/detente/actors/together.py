"""Words for several parties at once: "both sides", "the two leaders", "the participants"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.actors.memory import Memory, Seen
from detente.types import Actor, Sentence

# An antecedent further back than this is more often wrong than right.
SENTENCES_BACK = 3
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_ALONE = {"pair": 2, "duo": 2, "trio": 3}
_OF_STATES = frozenset(
    "countries nations states governments neighbors neighbours capitals powers".split()
)
_OF_PEOPLE = frozenset(
    "leaders presidents ministers men women officials diplomats envoys premiers "
    "representatives secretaries statesmen politicians".split()
)
_SIDES = frozenset("sides parties rivals foes allies militaries armies delegations".split())
# With "the" alone these are the parties of the last sentence that has several.
_EVERYBODY = frozenset("participants signatories interlocutors".split())
_BARE = _EVERYBODY | frozenset("countries nations sides neighbors neighbours".split())
_NOUNS = _OF_STATES | _OF_PEOPLE | _SIDES | _BARE
# Every phrase for several parties ends in one of these.
ENDINGS = _NOUNS | _ALONE.keys() | _NUMBERS.keys()
_BEFORE = frozenset("the these those both all".split()) | set(_NUMBERS) | {"foreign", "prime"}
# "the leaders of Iraq" say themselves whose they are.
_SAID = frozenset(["of", "from", "in"])
_STATESMEN = frozenset(["GOV", "IGO", "MIL", "LEG"])
# A readout of a meeting goes on about it for a page.
_MEETING_BACK = 6
# Below this a mention only locates (mentions).
_ACTING = 0.35


def parties_meant(sent: Sentence, at: int, memory: Memory) -> tuple[int, tuple[Actor, ...]] | None:
    """Resolve "both sides", "the three countries", "the participants" ending at a token.

    Returns: the first token of the phrase and the parties, None where it is not such a phrase.
    """
    tokens = sent.tokens
    word = tokens[at].text.lower()
    alone = _stands_alone(sent, at)
    if not alone and word not in _NOUNS:
        return None
    first = at
    while first > 0 and tokens[first - 1].text.lower() in _BEFORE:
        first -= 1
    said = [t.text.lower() for t in tokens[first:at]]
    if not {"the", "these", "those", "both", "all"}.intersection(said):
        return None
    number = alone or next((_NUMBERS[w] for w in said if w in _NUMBERS), None)
    if number is None and (word not in _BARE or said != ["the"]):
        return None
    # "the countries" without a number: only where there are no more than two
    exact = number is None and word not in _EVERYBODY
    number = 2 if exact else number
    if any(tokens[c].text.lower() in _SAID for c in sent.children[at]):
        return None
    parties = _parties(sent, tokens[first].start, memory, word, number)
    if exact and _named_near(sent, tokens[first].start, memory) > len(parties):
        return None
    return (first, parties) if len(parties) == (number or len(parties)) > 1 else None


def _stands_alone(sent: Sentence, at: int) -> int | None:
    """The number of "the two met", "the pair", "the three"."""
    token = sent.tokens[at]
    low = token.text.lower()
    if low in _ALONE:
        return _ALONE[low]
    if low in _NUMBERS and low != "both" and token.dep in ("nsubj", "nsubjpass"):
        return _NUMBERS[low]
    return None


def _parties(
    sent: Sentence, before: int, memory: Memory, word: str, number: int | None
) -> tuple[Actor, ...]:
    states = word in _OF_STATES
    if not states and word not in _SIDES:
        people = _recent_people(sent, before, memory, number)
        if people:
            return tuple(replace(actor, rule="two parties") for actor in people)
    if word in ("men", "women") or word in _EVERYBODY:
        return ()
    return recent_parties(sent, before, memory, states=states, number=number)


def _named_near(sent: Sentence, before: int, memory: Memory) -> int:
    """How many countries the nearest sentence that names any speaks of."""
    by_sentence: dict[int, set[str]] = {}
    for seen in memory.seen:
        if seen.mention.end <= before:
            found = {a.country for a in seen.mention.actors if a.country is not None}
            by_sentence.setdefault(sent.index - seen.mention.sentence, set()).update(found)
    counts = [len(by_sentence[d]) for d in sorted(by_sentence) if len(by_sentence[d]) > 1]
    return counts[0] if counts else 0


def _recent_people(
    sent: Sentence, before: int, memory: Memory, number: int | None
) -> tuple[Actor, ...]:
    """The people named last, as many as are asked for; one sentence's if there are enough."""
    by_sentence: dict[int, list[Seen]] = {}
    for seen in memory.seen:
        distance = sent.index - seen.mention.sentence
        if distance > SENTENCES_BACK or seen.mention.end > before:
            continue
        if seen.human and not seen.plural and seen.mention.kind in ("person", "office"):
            by_sentence.setdefault(distance, []).append(seen)
    gathered: dict[str, Actor] = {}
    for distance in sorted(by_sentence):
        near = sorted(by_sentence[distance], key=lambda s: (not s.subject, not s.company))
        for actor in (s.actor for s in near):
            gathered.setdefault(actor.person or actor.name, actor)
        if number is None or len(gathered) >= number:
            break
    enough = len(gathered) >= (number or 2)
    return tuple(gathered.values())[:number] if enough else ()


def recent_parties(
    sent: Sentence, before: int, memory: Memory, *, states: bool, number: int | None = 2
) -> tuple[Actor, ...]:
    """The distinct parties that the text spoke of last, in the order it named them."""
    by_sentence: dict[int, dict[str, Actor]] = {}
    # Parties that "and" joins: of several in a sentence these two are "both".
    chains: dict[tuple[int, int], dict[str, Actor]] = {}
    for seen in memory.seen:
        distance = sent.index - seen.mention.sentence
        if distance > SENTENCES_BACK + 1 or seen.mention.end > before:
            continue
        if seen.mention.score < _ACTING:
            continue
        for actor in seen.mention.actors:
            label = actor.country or actor.organisation
            if label is None or (states and actor.country is None):
                continue
            side = label if states else f"{label}:{'armed' if actor.sector == 'REB' else ''}"
            by_sentence.setdefault(distance, {}).setdefault(side, actor)
            if seen.chain >= 0:
                chains.setdefault((distance, seen.chain), {}).setdefault(side, actor)
    gathered: dict[str, Actor] = {}
    for distance in sorted(by_sentence):
        here = by_sentence[distance]
        if len(here) >= (number or 2) and not gathered:
            lists = [c for (d, _), c in chains.items() if d == distance and len(c) == number]
            gathered = lists[-1] if lists and len(here) > (number or 2) else here
            break
        gathered = {**here, **gathered}
        if len(gathered) >= (number or 2):
            break
    chosen = tuple(gathered.values())[:number]
    if states:
        chosen = tuple(replace(a, sector="GOV", person=None, role=None) for a in chosen)
    return tuple(replace(actor, rule="two parties") for actor in chosen)


def conjoined(memory: Memory, subjects: Sequence[Seen], sentence: int) -> Seen | None:
    """Several conjoined subjects together are "they"."""
    if not subjects or subjects[-1].root < 0:
        return None
    root = subjects[-1].root
    members = [
        s
        for s in memory.seen
        if s.mention.sentence == sentence and s.root == root and s.mention.kind != "pronoun"
    ]
    return _join(members)


def companions(everybody: Iterable[Seen]) -> Seen | None:
    """ "Blinken spoke with Lavrov. They discussed ...": whoever met is "they"."""
    near = [s for s in reversed(list(everybody)) if s.mention.kind != "pronoun"]
    doers = [s for s in near if s.subject and not s.plural]
    met = [s for s in near if s.company and (not s.plural or s.actor.sector in _STATESMEN)]
    if doers and met:
        return _join([*doers, *met])
    people = {
        (s.actor.person, s.actor.country): s
        for s in near
        if s.human and s.actor.person is not None and not s.plural
    }
    two = list(people.values())
    return _join(two) if len(two) == 2 and any(s.subject for s in two) else None


def last_meeting(memory: Memory, sentence: int) -> Seen | None:
    """Who met, where the text told of a meeting a few sentences ago."""
    by_sentence: dict[int, list[Seen]] = {}
    for seen in reversed(memory.seen):
        if sentence - seen.mention.sentence > _MEETING_BACK:
            break
        by_sentence.setdefault(seen.mention.sentence, []).append(seen)
    for number in sorted(by_sentence, reverse=True):
        if number < sentence and any(s.company and s.human for s in by_sentence[number]):
            return companions(by_sentence[number])
    return None


def _join(members: Sequence[Seen]) -> Seen | None:
    actors = {(a.name, a.country): a for s in members for a in s.mention.actors}
    if len(members) < 2 or len(actors) < 2:
        return None
    joined = replace(members[-1].mention, actors=tuple(actors.values()))
    return replace(members[-1], mention=joined, plural=True, human=False, subject=True)
