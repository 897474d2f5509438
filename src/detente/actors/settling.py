"""The last look at a document's mentions: what only became clear further on.

A person first named bare gets the country that a later title or demonym gives; one in apposition
that of the role ("two lawmakers, N. N. and M. M."); one whom nothing describes the document's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.actors.memory import Memory
from detente.actors.sides import BORDERLESS
from detente.types import Actor, Mention, Sentence

# Steps between the mentions' other scores (resolve.SCORES): a later clue is as good as an earlier
# one less a little; a guess is worth no more than no country.
_LATER_SCORE = 0.8
_BESIDE_SCORE = 0.75
_GUESS_SCORE = 0.4
# How the country of "Mr. Maliki" was found if he is introduced only later.
_GUESSES = frozenset(["main country", "place in sentence"])


def settle(
    mentions: Sequence[Mention],
    sentences: Sequence[Sentence],
    main: str | None,
    memory: Memory,
) -> tuple[Mention, ...]:
    """Give people without a country the one that the rest of the text tells.

    Args: mentions: ordered by start. main: the country that the document is about.
    """
    open_names = {
        actor.person
        for mention in mentions
        for actor in mention.actors
        if _is_open(actor) and actor.person is not None
    }
    if not open_names:
        return tuple(mentions)
    by_index = {sent.index: sent for sent in sentences}
    known: dict[str, tuple[Actor, str, float]] = {}
    for mention in mentions:
        name = mention.actors[0].person
        if name not in open_names or name is None or mention.kind != "person":
            continue
        found = _later(name, memory) or _beside(mention, mentions, by_index[mention.sentence])
        if found is not None and (name not in known or found[2] > known[name][2]):
            known[name] = found
    if main is not None:
        for mention in mentions:
            name = mention.actors[0].person
            if mention.kind == "person" and name in open_names and name is not None:
                known.setdefault(name, (Actor(name, main, "UNK"), "main country", _GUESS_SCORE))
    return tuple(_settled(mention, known) for mention in mentions)


def _is_open(actor: Actor) -> bool:
    """Tell whether somebody has neither country nor a body across borders, or a guessed one."""
    if actor.person is not None and actor.sector == "UNK" and actor.rule in _GUESSES:
        return True
    return (
        actor.person is not None
        and actor.country is None
        and actor.sector not in BORDERLESS
        and actor.organisation is None
        and not actor.candidates  # the tables know several: a tie stays open
    )


def _later(name: str, memory: Memory) -> tuple[Actor, str, float] | None:
    found = memory.find_name(name)
    if found is None or found.country is None or _is_open(found):
        return None
    return found, "introduced", _LATER_SCORE


def _beside(
    mention: Mention, mentions: Sequence[Mention], sent: Sentence
) -> tuple[Actor, str, float] | None:
    """The role that a name is in apposition to: "two other leaders, N. N. and M. M."."""
    token = sent.tokens[mention.head]
    apposed = False
    for _ in range(6):
        apposed = apposed or token.dep == "appos"
        if token.dep not in ("appos", "conj") or token.head == token.index:
            return None
        token = sent.tokens[token.head]
        if not apposed:
            continue
        for other in mentions:
            inside = other.sentence == mention.sentence and other.first <= token.index < other.last
            if inside and other.kind in ("role", "office", "demonym", "organisation"):
                actor = other.actors[0]
                if len(other.actors) == 1 and actor.country is not None:
                    return actor, "apposition", _BESIDE_SCORE
    return None


def _settled(mention: Mention, known: dict[str, tuple[Actor, str, float]]) -> Mention:
    if not any(_is_open(actor) and actor.person in known for actor in mention.actors):
        return mention
    actors = []
    for actor in mention.actors:
        found = known.get(actor.person or "") if _is_open(actor) else None
        if found is not None:
            like, rule, _ = found
            sector = like.sector if actor.sector == "UNK" else actor.sector
            rule = actor.rule if mention.kind == "pronoun" else rule
            actor = replace(actor, country=like.country, sector=sector, rule=rule)
        actors.append(actor)
    score = mention.score
    if mention.kind == "person":
        score = known[mention.actors[0].person or ""][2]
    return replace(mention, actors=tuple(actors), score=score)
