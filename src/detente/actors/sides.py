"""Whose a phrase is, and what: country, body and sector from the words in and around it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace

from detente.actors.antecedents import (
    Antecedent,
    country_meant,
    is_aside,
    is_regional,
    role_antecedent,
    state_possessor,
)
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
# Offices that there is one of, whatever the text is about.
_SEES = {"pope": "VAT", "pontiff": "VAT"}
STATE_SECTORS = frozenset(["GOV", "LEG", "JUD", "COP", "MIL", "SPY"])

_GUESTS = frozenset(["GOV", "LEG", "OPP", "PTY"])
# Officials whom a statement names without a nationality are its issuer's.
_OWN_OFFICES = frozenset(
    "secretary counselor counsellor adviser advisor envoy representative coordinator ambassador "
    "administrator spokesperson spokesman spokeswoman official undersecretary".split()
)
# People who are against or for somebody inside his own country.
_INNER = frozenset(["opponent", "opponents", "critic", "critics"])
_BACKERS = frozenset("supporter follower loyalist backer sympathizer sympathiser".split())

Owner = Callable[[Token], Actor | None]


@dataclass(slots=True)
class Setting:
    """Where a phrase stands: its sentence, that sentence's own country, who "its" is."""

    sent: Sentence
    located: str | None
    owner: Owner


@dataclass(frozen=True, slots=True)
class Whose:
    """Country of a phrase, the rule that found it, and the body or group behind it."""

    country: str | None
    rule: str
    body: Actor | None = None
    antecedent: Antecedent | None = None


def whose(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> tuple[str | None, str, Actor | None]:
    """Country, rule and body of the words around a person's name."""
    found = belonging(phrase, scene, context, memory)
    rule = {
        "near role": "same role",
        "conjoined": "same role",
        "region": "no country",
        "issuer's": "same role",
    }
    return found.country, rule.get(found.rule, found.rule), found.body


def belonging(phrase: Phrase, scene: Setting, context: Background, memory: Memory) -> Whose:
    """Say whose a phrase is: by its own words, else by what the text said before."""
    body: Actor | None = None
    role = phrase.role_word
    if role is not None and role.kind == "relation":
        return _related(phrase, scene, context, memory)
    for element in reversed(phrase.sides):
        if is_aside(scene.sent, element):
            continue
        side = _side(element, context, memory)
        if side is None:
            continue
        if side.organisation is not None or side.person is not None or side.sector in BORDERLESS:
            body = body or side
        if side.country is not None or side.sector in BORDERLESS:
            return Whose(side.country, "side", body)
    if role is not None and role.word in _SEES:
        return Whose(_SEES[role.word], "side")
    if phrase.owner is not None and (role is None or role.singular not in ("counterpart", "peer")):
        owner = scene.owner(scene.sent.tokens[phrase.owner])
        if owner is not None:
            named = owner.organisation or owner.person
            return Whose(owner.country, "owner", owner if named else None)
    noun = state_possessor(phrase, scene.sent)
    if noun is not None:
        country = country_meant(scene.sent, noun.start, context.main, memory)
        if country is not None:
            return Whose(country, "the country", body)
    for element in reversed(phrase.places):
        if element.entry is not None and element.entry.country is not None:
            return Whose(element.entry.country, "place in phrase", body)
    found = _from_context(phrase, scene, context, memory)
    return Whose(found.country, found.rule, body, found.antecedent)


def _related(phrase: Phrase, scene: Setting, context: Background, memory: Memory) -> Whose:
    """ "opponents of President Chavez" are of his country; "allies of Sudan" not of Sudan."""
    role = phrase.role_word
    inner = role is not None and (role.one) in _INNER
    if inner:
        people = [e for e in phrase.sides if e.kind in ("person", "surname", "name")]
        for element in reversed(people):
            side = _side(element, context, memory)
            if side is not None and side.country is not None:
                return Whose(side.country, "side")
        if phrase.roles:
            return belonging(_without_role(phrase), scene, context, memory)
    if phrase.owner is not None and phrase.sides:
        side = _side(phrase.sides[-1], context, memory)  # "our Georgian partners"
        if side is not None and side.country is not None:
            return Whose(side.country, "side")
    if phrase.sides or phrase.owner is not None:
        found = Whose(None, "no country")
        if role is not None and role.sector == "CVL" and not inner:
            found = _from_context(phrase, scene, context, memory)
        return found
    return _from_context(phrase, scene, context, memory)


def _without_role(phrase: Phrase) -> Phrase:
    """ "the president" of "opponents of the president"."""
    return replace(phrase, role=phrase.roles[-1], roles=[], definite=True)


def _from_context(phrase: Phrase, scene: Setting, context: Background, memory: Memory) -> Whose:
    role = phrase.role_word
    if role is None or role.sector in BORDERLESS:
        return Whose(None, "no country")
    if is_regional(phrase, scene.sent):
        return Whose(None, "region")
    if role.kind == "relation" and role.sector not in ("CVL", "OPP"):
        return Whose(None, "no country")
    if (role.one) in ("counterpart", "peer", "counterparts"):
        return Whose(None, "no country")
    beside = _conjoined_country(phrase, scene.sent, memory)
    if beside is not None:
        return Whose(beside, "conjoined")
    own = _issuer_country(phrase, scene.sent, context)
    if own is not None:
        return Whose(own, "issuer's")
    found = role_antecedent(phrase, scene.sent, memory)
    if found is not None and (found.actor.country or found.actor.sector in BORDERLESS):
        return Whose(found.actor.country, found.rule, None, found)
    if role.kind == "unplaced":
        return Whose(None, "no country")
    if role.kind in ("title", "honorific") and context.main is not None:
        return Whose(context.main, "main country")
    # Officials met in a third country are seldom that country's; victims there mostly are.
    named = context.countries.get(scene.located or "", 0)
    guest = role.sector in _GUESTS and named < _AT_HOME
    if phrase.definite and not phrase.plural and role.sector in STATE_SECTORS:
        guest = guest or named < context.countries.get(context.main or "", 0)
    if scene.located is not None and not guest:
        return Whose(scene.located, "place in sentence")
    main = context.main_for_rebels if role.sector == "REB" else context.main
    if main is not None:
        return Whose(main, "main country")
    return Whose(None, "no country")


def _issuer_country(phrase: Phrase, sent: Sentence, context: Background) -> str | None:
    """ "Under Secretary Zeya met ..." in a statement of the US State Department."""
    role = phrase.role_word
    if role is None or phrase.plural or phrase.places or len(context.issuers) != 1:
        return None
    words = sent.tokens[phrase.role.first : phrase.role.last] if phrase.role is not None else ()
    # The first word of a sentence is always capitalised.
    titled = any(w.index > 0 and w.text[:1].isupper() for w in words)
    if phrase.person is None and not phrase.definite and not titled:
        return None
    last = (role.one).rsplit(" ", 1)[-1]
    named = phrase.role is not None and any(
        word in _OWN_OFFICES for word in phrase.role.text.lower().split()
    )
    return context.issuers[0].country if named or last in _OWN_OFFICES else None


def _conjoined_country(phrase: Phrase, sent: Sentence, memory: Memory) -> str | None:
    """ "Iranian President X and Foreign Minister Y": the second is of the same country."""
    role = phrase.role_word
    if role is None or phrase.person is None or role.sector not in STATE_SECTORS:
        return None
    token = sent.tokens[phrase.head]
    if token.dep != "conj":
        return None
    for seen in reversed(memory.seen):
        mention = seen.mention
        if mention.sentence != sent.index:
            return None
        if mention.first <= token.head < mention.last and mention.kind in ("person", "office"):
            said = mention.actors[0].country
            between = sent.tokens[mention.last : phrase.first]
            return said if [t.text for t in between] in (["and"], [","], [",", "and"]) else None
    return None


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
    if role.sector in ("CVL", "OPP") and role.kind == "relation":
        return role.sector
    of_state = bool(others) and others[-1].sector in STATE_SECTORS
    if of_state and (role.one).removesuffix("s") in _BACKERS:
        return "CVL"
    if role.kind in ("bearer", "asset", "vague"):
        if body is not None and not (body.sector == "GOV" and role.sector == "CVL"):
            return body.sector
        if others and not (role.sector == "MIL" and others[-1].sector == "GOV"):
            return others[-1].sector
        if role.kind != "asset" and phrase.owner is None and not phrase.sides:
            known = memory.roles.get(role.one)
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
    named = [e for e in named if not is_aside(sent, e)]
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
    return sent.between(tokens[0].start, tokens[-1].end)


def plain_name(sent: Sentence, phrase: Phrase) -> str:
    """A body's name as written, without its article."""
    tokens = list(sent.tokens[phrase.first : phrase.last])
    while len(tokens) > 1 and tokens[0].tag in ("DT", "PRP$"):
        tokens.pop(0)
    return sent.between(tokens[0].start, tokens[-1].end)
