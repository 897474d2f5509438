"""From phrases to actors: country, sector, person and body of each, with the rule that decided.

Rules are tried in the order of docs/actors.md; the first that answers names itself in
``Actor.rule``. Later rules know less, so their mentions score lower.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from detente.actors.context import Context, entry_actor, person_actor
from detente.actors.elements import Element
from detente.actors.facts import Role
from detente.actors.folding import fold
from detente.actors.memory import Memory
from detente.actors.phrases import Phrase
from detente.types import Actor, Sentence, Token

# How much each way of finding a country is worth; order and steps were chosen by reading errors.
SCORES = {
    "name": 1.0,
    "side": 0.95,
    "title": 0.95,
    "introduced": 0.9,
    "office": 0.85,
    "owner": 0.8,
    "surname": 0.8,
    "same role": 0.7,
    "place in phrase": 0.75,
    "place in sentence": 0.6,
    "main country": 0.5,
    "no country": 0.4,
}
OFFICES = {
    "president": "head_of_state",
    "king": "head_of_state",
    "queen": "head_of_state",
    "emir": "head_of_state",
    "sultan": "head_of_state",
    "prime minister": "head_of_government",
    "premier": "head_of_government",
    "chancellor": "head_of_government",
    "foreign minister": "foreign_minister",
    "foreign secretary": "foreign_minister",
    "foreign affairs minister": "foreign_minister",
    "external affairs minister": "foreign_minister",
    "minister of foreign affairs": "foreign_minister",
    "secretary of state": "foreign_minister",
    "top diplomat": "foreign_minister",
    "defence minister": "defence_minister",
    "defense minister": "defence_minister",
    "defence secretary": "defence_minister",
    "defense secretary": "defence_minister",
    "secretary of defense": "defence_minister",
    "vice president": "deputy_head",
    "deputy prime minister": "deputy_head",
}
_TITLE_SIGNS = (
    ("secretary of state", "secretary of state"),
    ("secretary of defense", "secretary of defense"),
    ("foreign", "foreign minister"),
    ("external affairs", "foreign minister"),
    ("defen", "defence minister"),
    ("vice president", "vice president"),
    ("prime minister", "prime minister"),
    ("president", "president"),
)
# Mentions that make a country more than the venue of talks.
_AT_HOME = 2.0
_FIRM = re.compile(r"\b(?:Co|Ltd|LLC|Inc|Corp|Corporation|Limited|PLC|GmbH|LLP|SA|AG)\.?$")
_REBEL_NAME = re.compile(r"Liberation|Revolution|Resistance|Mujah|Jihad|Martyr|Self-Def|Separat")
_FORMER = frozenset("former ex late ousted deposed exiled onetime fugitive".split())
_BORDERLESS = frozenset(["IGO", "NGO", "IMG", "MNC", "ISM"])
# A sector that is so much one side's that the words of a group override it.
_ARMED = frozenset(["REB", "UAF", "PRM"])
_OUR_ROLES = frozenset(["GOV", "LEG", "JUD", "COP", "MIL", "SPY"])

Owner = Callable[[Token], Actor | None]


@dataclass(slots=True)
class Scene:
    """Where a phrase stands: its sentence, that sentence's own country, who "its" is."""

    sent: Sentence
    located: str | None
    owner: Owner


def resolve(
    phrase: Phrase, scene: Scene, context: Context, memory: Memory
) -> tuple[tuple[Actor, ...], float]:
    """Say who a phrase stands for; an empty tuple when it is nobody we can place."""
    if phrase.person is not None and (phrase.kind in ("person", "name") or phrase.role is None):
        actor = _person(phrase, scene, context, memory)
        if actor is None:
            return (), 0.0
        return (actor,), SCORES.get(actor.rule, 0.6)
    if phrase.anaphor is not None:
        body = memory.bodies.get(phrase.anaphor)
        return ((replace(body, rule="same body"),), SCORES["same role"]) if body else ((), 0.0)
    if phrase.role is not None:
        return _group(phrase, scene, context, memory)
    if phrase.named is not None:
        return _named(phrase, context, memory)
    return (), 0.0


def _named(phrase: Phrase, context: Context, memory: Memory) -> tuple[tuple[Actor, ...], float]:
    element = phrase.named
    if element is None or element.entry is None:
        return (), 0.0
    if element.kind == "organisation" and (own := memory.names.get(element.text)) is not None:
        return (own,), SCORES["introduced"]  # an acronym that the text itself defined
    actor = entry_actor(element.entries, context, "name")
    if element.kind == "organisation":
        memory.body(element.text, actor)
    if element.kind == "demonym" and not phrase.nested and (phrase.plural or phrase.counted):
        people = "UNK" if phrase.counted else "CVL"
        actor = replace(actor, sector=people)
    if element.kind == "organisation" and actor.country is None and actor.sector not in _BORDERLESS:
        country = next((e.entry.country for e in reversed(phrase.sides) if e.entry), None)
        actor = replace(actor, country=country)
    if element.entry.source == "people":
        actor = replace(actor, sector="CVL")
    return (actor,), 0.9 if phrase.nested else 1.0


# ----------------------------------------------------------------------------------------- persons


def _person(phrase: Phrase, scene: Scene, context: Context, memory: Memory) -> Actor | None:
    element = phrase.person
    if element is None:
        return None
    known = memory.find_name(element.text)
    actor = _listed(element, phrase, context, known)
    if actor is None and known is not None:
        actor = replace(known, rule="introduced")
    described = phrase.role is not None or bool(phrase.sides)
    if actor is None:
        actor = _titled(element, phrase, context)
    if actor is None:
        if _FIRM.search(element.text):
            return _firm(element, phrase, context, memory)
        if not described and len(element.text.split()) < 2:
            return None
        actor = Actor(element.text, None, "UNK", person=element.text, rule="no country")
    if described:
        actor = _described(actor, phrase, scene, context, memory)
    if described or actor.country or len(element.text.split()) > 1:
        memory.name(element.text, actor)
        memory.name(actor.name, actor)
    if phrase.role_word is not None:
        memory.officers.append((phrase.role_word.singular or phrase.role_word.word, actor))
    elif actor.role is not None and actor.rule != "introduced":
        memory.officers.append((_office_word(actor.role), actor))
    return actor


def _firm(element: Element, phrase: Phrase, context: Context, memory: Memory) -> Actor:
    """A company that no table knows, by the "Ltd." in its name."""
    country = next(iter(_countries(phrase.sides)), context.main)
    rule = "side" if phrase.sides else "main country"
    name = element.text
    actor = Actor(name, country, "BUS", organisation=name, rule=rule)
    memory.names[" ".join(_folded(name).replace(".", " ").split())] = actor
    memory.names[_folded(name).split()[0]] = actor
    return actor


def _office_word(title: str) -> str:
    """The word that news uses for an office whose formal title the table gives."""
    low = title.lower()
    for sign, word in _TITLE_SIGNS:
        if sign in low:
            return word
    return low


def _listed(
    element: Element, phrase: Phrase, context: Context, known: Actor | None
) -> Actor | None:
    """A person of the table of officials, by full name or by a surname everybody knows."""
    if not element.entries or element.kind not in ("person", "surname"):
        return None
    sides = _countries(phrase.sides)
    if element.kind == "person":
        return person_actor(element.entries, context, "name", sides or None)
    if known is not None:
        return replace(known, rule="introduced")
    if phrase.role is None:
        # A bare surname must belong to somebody in office that day, of a country in the text.
        rows = [context.world.person(e.row) for e in element.entries if e.row >= 0]
        held = [p for p in rows if p.tenure_on(context.day) is not None]
        if not held or not any(p.actor in context.countries for p in held):
            return None
    return person_actor(element.entries, context, "surname", sides or None)


def _titled(element: Element, phrase: Phrase, context: Context) -> Actor | None:
    """ "Foreign Minister Shoukry": the table's holder of that name, if the title is there."""
    if phrase.role is None or element.kind != "name":
        return None
    words = element.text.split()
    people = context.world.persons_by_surname(_folded(element.text))
    if not people and len(words) > 1:
        people = tuple(
            p
            for p in context.world.persons_by_surname(_folded(words[-1]))
            if p.name.split()[0] == words[0]
        )
    sides = _countries(phrase.sides) or frozenset(context.countries)
    fitting = [p for p in people if p.actor in sides and p.tenure_on(context.day) is not None]
    if not fitting:
        return None
    best = fitting[0]
    tenure = best.tenure_on(context.day)
    return Actor(
        best.name,
        best.country,
        "GOV",
        person=best.name,
        role=tenure.title if tenure else None,
        wikidata=best.wikidata if len(fitting) == 1 else None,
        rule="title",
    )


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def _described(
    actor: Actor, phrase: Phrase, scene: Scene, context: Context, memory: Memory
) -> Actor:
    """Add what the words around a name say: whose, and what."""
    role = phrase.role_word
    country, rule, body = _whose(phrase, scene, context, memory)
    sector = actor.sector
    if role is not None and (role.sector or role.kind == "bearer"):
        sector = _sector(phrase, body, memory)
        if (
            actor.sector in ("ELI", "IGO")
            and sector == "GOV"
            and not _is_former(phrase, scene.sent)
        ):
            sector = "GOV" if actor.sector == "ELI" else "IGO"
    elif body is not None and actor.sector == "UNK":
        sector = body.sector
    if _is_former(phrase, scene.sent):
        sector = "ELI"
    listed = actor.country is not None or actor.sector == "IGO"
    if rule in ("same role", "place in sentence", "main country") and listed:
        country, rule = actor.country, actor.rule
    if sector in _BORDERLESS and rule in ("main country", "place in sentence", "same role"):
        country = None
    words = _role_text(phrase, scene.sent) if role is not None else actor.role
    same = actor.country == country or actor.country is None
    return replace(
        actor,
        country=country if rule != "no country" else actor.country,
        sector=sector,
        role=words or actor.role,
        organisation=body.organisation if body is not None else actor.organisation,
        wikidata=actor.wikidata if same else None,
        rule=actor.rule if actor.rule in ("name", "title") and same else rule,
    )


# ------------------------------------------------------------------------------------------ groups


def _group(
    phrase: Phrase, scene: Scene, context: Context, memory: Memory
) -> tuple[tuple[Actor, ...], float]:
    role = phrase.role_word
    if role is None:
        return (), 0.0
    officer = _known_officer(phrase, role, memory)
    if officer:
        return officer, SCORES["introduced"]
    if phrase.definite and not (phrase.sides or phrase.places or phrase.roles or phrase.plural):
        before = memory.bodies.get(role.word)
        if before is not None and phrase.owner is None and role.word not in memory.roles:
            return (replace(before, rule="same body"),), SCORES["same role"]
    country, rule, body = _whose(phrase, scene, context, memory)
    sector = "ELI" if _is_former(phrase, scene.sent) else _sector(phrase, body, memory)
    if sector in _BORDERLESS and rule in ("main country", "place in sentence", "same role"):
        country, rule = None, "side" if body else "no country"
    name = _role_text(phrase, scene.sent)
    organisation = body.organisation if body is not None else None
    if phrase.named is not None:
        name = organisation = _plain(scene.sent, phrase)
        sector = "REB" if _REBEL_NAME.search(name) else sector
    actor = Actor(name, country, sector, organisation=organisation, role=role.word, rule=rule)
    actor = _with_holder(actor, phrase, role, context, memory)
    several = _coordinated(phrase, scene.sent)
    if len(several) > 1:
        actors = tuple(replace(actor, country=code) for code in several)
        return actors, SCORES["side"]
    if role.singular or role.word:
        memory.roles[role.singular or role.word] = actor
    if phrase.named is not None:
        memory.name(name, actor)
        memory.body(name, actor)
    return (actor,), SCORES.get(rule, 0.5)


def _known_officer(phrase: Phrase, role: Role, memory: Memory) -> tuple[Actor, ...]:
    """ "the Secretary", "the foreign ministers": persons whom the text introduced so."""
    if not phrase.definite or phrase.sides or phrase.places or phrase.owner is not None:
        return ()
    if role.number == "collective" or role.kind == "asset" or role.sector not in _OUR_ROLES:
        return ()
    if phrase.plural:
        several = memory.officers_called(role.singular or role.word)
        return several if len(several) > 1 else ()
    found = memory.officer(role.singular or role.word)
    return (replace(found, rule="introduced"),) if found is not None else ()


def _with_holder(
    actor: Actor, phrase: Phrase, role: Role, context: Context, memory: Memory
) -> Actor:
    """Name the holder of "the Chinese foreign minister" on the document's day."""
    office = OFFICES.get(role.word)
    if office is None or phrase.plural or context.day is None or actor.country is None:
        return actor
    if actor.sector != "GOV" or actor.rule not in ("side", "owner"):
        return actor
    for person in context.world.officials_of(actor.country):
        tenure = next(
            (t for t in person.tenures if t.office == office and t.covers(context.day)), None
        )
        if tenure is not None and tenure.basis != "unknown":
            memory.officers.append((role.word, actor))
            return replace(
                actor,
                name=person.name,
                person=person.name,
                role=tenure.title,
                wikidata=person.wikidata,
            )
    memory.officers.append((role.word, actor))
    return actor


def _whose(
    phrase: Phrase, scene: Scene, context: Context, memory: Memory
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
        if side.organisation is not None or side.person is not None or side.sector in _BORDERLESS:
            body = body or side
        if side.country is not None or side.sector in _BORDERLESS:
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
    phrase: Phrase, scene: Scene, context: Context, memory: Memory
) -> tuple[str | None, str]:
    role = phrase.role_word
    if role is None:
        return None, "no country"
    if role.sector in _BORDERLESS or role.kind == "unplaced":
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


def _side(element: Element, context: Context, memory: Memory) -> Actor | None:
    if element.kind in ("name", "surname", "person"):
        known = memory.find_name(element.text)
        if known is not None:
            return known
    if not element.entries:
        return None
    return entry_actor(element.entries, context, "side")


def _sector(phrase: Phrase, body: Actor | None, memory: Memory) -> str:
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
    if body is not None and role.sector != "GOV" and body.sector in (*_BORDERLESS, *_ARMED):
        return body.sector
    return role.sector or "UNK"


# ----------------------------------------------------------------------------------------- details


def _countries(sides: list[Element]) -> frozenset[str]:
    found = [e.entry.country for e in sides if e.entry is not None and e.entry.country]
    return frozenset(found)


def _coordinated(phrase: Phrase, sent: Sentence) -> list[str]:
    """Countries of "Greek, Cypriot and French counterparts"; one or none where not a list."""
    named = [e for e in phrase.sides if e.kind in ("demonym", "country")]
    if len(named) < 2:
        return []
    between = [t.text for a, b in itertools.pairwise(named) for t in sent.tokens[a.last : b.first]]
    if not any(text in (",", "and", "&") for text in between):
        return []
    codes = [e.entry.country for e in named if e.entry is not None]
    return list(dict.fromkeys(code for code in codes if code is not None))


def _is_former(phrase: Phrase, sent: Sentence) -> bool:
    role = phrase.role_word
    if role is None:
        return False
    if role.sector not in _OUR_ROLES and role.kind != "bearer":
        return False
    words = (t.text.lower() for t in sent.tokens[phrase.first : phrase.last])
    return any(word in _FORMER for word in words)


def _role_text(phrase: Phrase, sent: Sentence) -> str:
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


def _plain(sent: Sentence, phrase: Phrase) -> str:
    """A body's name as written, without its article."""
    tokens = list(sent.tokens[phrase.first : phrase.last])
    while len(tokens) > 1 and tokens[0].tag in ("DT", "PRP$"):
        tokens.pop(0)
    return sent.text[tokens[0].start - sent.start : tokens[-1].end - sent.start]
