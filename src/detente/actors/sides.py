"""Whose a phrase is, and what: country, body and sector from the words in and around it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from detente.actors.context import Background, entry_actor
from detente.actors.elements import Element
from detente.actors.memory import Memory
from detente.actors.officials import OFFICES
from detente.actors.phrases import Phrase
from detente.types import Actor, Sentence, Token

# Mentions that make a country more than the venue of talks.
_AT_HOME = 2.0
_FORMER = frozenset("former ex late ousted deposed exiled onetime fugitive".split())
BORDERLESS = frozenset(["IGO", "NGO", "IMG", "MNC", "ISM"])
# A sector that is so much one side's that the words of a group override it.
_ARMED = frozenset(["REB", "UAF", "PRM"])
STATE_SECTORS = frozenset(["GOV", "LEG", "JUD", "COP", "MIL", "SPY"])

Owner = Callable[[Token], Actor | None]


@dataclass(slots=True)
class Setting:
    """Where a phrase stands: its sentence, that sentence's own country, who "its" is."""

    sent: Sentence
    located: str | None
    owner: Owner


def whose(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> tuple[str | None, str, Actor | None]:
    """Country, rule and body of a phrase."""
    body: Actor | None = None
    role = phrase.role_word
    if role is not None and role.kind == "relation":
        return *_from_context(phrase, scene, context, memory), None
    for element in reversed(phrase.sides):
        side = _side(element, context, memory)
        if side is None:
            continue
        if side.organisation is not None or side.person is not None or side.sector in BORDERLESS:
            body = body or side
        if side.country is not None or side.sector in BORDERLESS:
            return side.country, "side", body
    if phrase.owner is not None and (role is None or role.singular not in ("counterpart", "peer")):
        side = scene.owner(scene.sent.tokens[phrase.owner])
        if side is not None:
            return side.country, "owner", side if side.organisation or side.person else None
    for element in reversed(phrase.places):
        if element.entry is not None and element.entry.country is not None:
            return element.entry.country, "place in phrase", body
    return *_from_context(phrase, scene, context, memory), body


def _from_context(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> tuple[str | None, str]:
    role = phrase.role_word
    if role is None:
        return None, "no country"
    if role.sector in BORDERLESS or role.kind == "unplaced":
        return None, "no country"
    if role.kind == "relation" and role.sector != "CVL":
        return None, "no country"
    before = memory.roles.get(role.singular or role.word)
    again = phrase.definite or not phrase.counted
    if again and before is not None and before.country is not None:
        return before.country, "same role"
    # Officials met in a third country are seldom that country's; victims there mostly are.
    guest = role.sector == "GOV" and context.countries.get(scene.located or "", 0) < _AT_HOME
    if scene.located is not None and not guest:
        return scene.located, "place in sentence"
    if context.main is not None:
        return context.main, "main country"
    return None, "no country"


def _side(element: Element, context: Background, memory: Memory) -> Actor | None:
    if element.kind in ("name", "surname", "person"):
        known = memory.find_name(element.text)
        if known is not None:
            return known
    if not element.entries:
        return None
    return entry_actor(element.entries, context, "side")


def sector_for(phrase: Phrase, body: Actor | None, memory: Memory) -> str:
    """Sector of a group: its own word's, or for bearers that of what they belong to."""
    role = phrase.role_word
    if role is None:
        return "UNK"
    others = [e.role for e in phrase.roles if e.role is not None and e.role is not role]
    others = [r for r in others if r.kind in ("role",) and r.sector]
    if any(r.sector == "OPP" for r in others) and role.kind == "bearer":
        return "OPP"
    if role.sector == "CVL" and role.kind == "relation":
        return "CVL"
    if role.kind in ("bearer", "asset", "vague"):
        if body is not None and not (body.sector == "GOV" and role.sector == "CVL"):
            return body.sector
        if others and not (role.sector == "MIL" and others[-1].sector == "GOV"):
            return others[-1].sector
        if role.kind != "asset" and phrase.owner is None and not phrase.sides:
            known = memory.roles.get(role.singular or role.word)
            if known is not None and phrase.definite:
                return known.sector
        return role.sector or "GOV"
    if body is not None and body.sector in BORDERLESS and role.word not in OFFICES:
        return body.sector
    if body is not None and body.sector in _ARMED and role.sector != "GOV":
        return body.sector
    return role.sector or "UNK"


def countries_of(sides: list[Element]) -> frozenset[str]:
    """Countries that the names around a phrase stand for."""
    found = [e.entry.country for e in sides if e.entry is not None and e.entry.country]
    return frozenset(found)


def coordinated(phrase: Phrase, sent: Sentence) -> list[str]:
    """Countries of "Greek, Cypriot and French counterparts"; one or none where not a list."""
    named = [e for e in phrase.sides if e.kind in ("demonym", "country")]
    if len(named) < 2:
        return []
    between = [t.text for a, b in itertools.pairwise(named) for t in sent.tokens[a.last : b.first]]
    if not any(text in (",", "and", "&") for text in between):
        return []
    codes = [e.entry.country for e in named if e.entry is not None]
    return list(dict.fromkeys(code for code in codes if code is not None))


def is_former(phrase: Phrase, sent: Sentence) -> bool:
    """Tell whether the words make somebody a former office-holder."""
    role = phrase.role_word
    if role is None:
        return False
    if role.sector not in STATE_SECTORS and role.kind != "bearer":
        return False
    words = (t.text.lower() for t in sent.tokens[phrase.first : phrase.last])
    return any(word in _FORMER for word in words)


def role_text(phrase: Phrase, sent: Sentence) -> str:
    """The words of the role, without article and owner: "opposition leader"."""
    element = phrase.role
    if element is None:
        return ""
    first = element.first
    while first > phrase.first and sent.tokens[first - 1].tag in ("NN", "NNS", "JJ", "NNP"):
        if any(side.first <= first - 1 < side.last for side in phrase.sides):
            break
        first -= 1
    tokens = sent.tokens[first : element.last]
    return sent.text[tokens[0].start - sent.start : tokens[-1].end - sent.start]


def plain_name(sent: Sentence, phrase: Phrase) -> str:
    """A body's name as written, without its article."""
    tokens = list(sent.tokens[phrase.first : phrase.last])
    while len(tokens) > 1 and tokens[0].tag in ("DT", "PRP$"):
        tokens.pop(0)
    return sent.text[tokens[0].start - sent.start : tokens[-1].end - sent.start]
