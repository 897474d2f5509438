"""From phrases to actors: country, sector, person and body of each, with the rule that decided.

Rules are tried in the order of docs/actors.md; the first that answers names itself in
``Actor.rule``. Later rules know less, so their mentions score lower.
"""

from __future__ import annotations

import re
from dataclasses import replace

from detente.actors.context import Background, entry_actor, person_actor
from detente.actors.elements import Element
from detente.actors.facts import Role
from detente.actors.folding import fold
from detente.actors.memory import Memory
from detente.actors.officials import OFFICES
from detente.actors.phrases import Phrase
from detente.actors.sides import (
    BORDERLESS,
    STATE_SECTORS,
    Setting,
    coordinated,
    countries_of,
    is_former,
    plain_name,
    role_text,
    sector_for,
    whose,
)
from detente.types import Actor

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
_FIRM = re.compile(r"\b(?:Co|Ltd|LLC|Inc|Corp|Corporation|Limited|PLC|GmbH|LLP|SA|AG)\.?$")
_REBEL_NAME = re.compile(r"Liberation|Revolution|Resistance|Mujah|Jihad|Martyr|Self-Def|Separat")


def resolve(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
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


def _named(phrase: Phrase, context: Background, memory: Memory) -> tuple[tuple[Actor, ...], float]:
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
    if element.kind == "organisation" and actor.country is None and actor.sector not in BORDERLESS:
        country = next((e.entry.country for e in reversed(phrase.sides) if e.entry), None)
        actor = replace(actor, country=country)
    if element.entry.source == "people":
        actor = replace(actor, sector="CVL")
    actors: tuple[Actor, ...] = (actor,)
    if element.second:
        actors = (actor, entry_actor(element.second, context, "name"))
    return actors, 0.9 if phrase.nested else 1.0


# ----------------------------------------------------------------------------------------- persons


def _person(phrase: Phrase, scene: Setting, context: Background, memory: Memory) -> Actor | None:
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


def _firm(element: Element, phrase: Phrase, context: Background, memory: Memory) -> Actor:
    """A company that no table knows, by the "Ltd." in its name."""
    country = next(iter(countries_of(phrase.sides)), context.main)
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
    element: Element, phrase: Phrase, context: Background, known: Actor | None
) -> Actor | None:
    """A person of the table of officials, by full name or by a surname everybody knows."""
    if not element.entries or element.kind not in ("person", "surname"):
        return None
    sides = countries_of(phrase.sides)
    if element.kind == "person":
        return person_actor(element.entries, context, "name", sides or None)
    if known is not None:
        return replace(known, rule="introduced")
    role = phrase.role_word
    people = [context.world.person(e.row) for e in element.entries if e.row >= 0]
    if role is None or role.kind == "honorific":
        # A bare surname must belong to somebody in office that day, of a country in the text or
        # one that all the world reports on, and stand alone ("the young Ali" is no minister).
        held = [p for p in people if p.tenure_on(context.day) is not None]
        if role is None and phrase.first != element.first and not sides:
            return None
        known_to_all = {p.actor for p in held} <= context.world.notable and len(held) == 1
        if not known_to_all and not any(p.actor in context.countries for p in held):
            return None
    elif role.sector != "MIL" and not any(p.bears(role.word, context.day) for p in people):
        return None
    title = role.word if role is not None else ""
    return person_actor(element.entries, context, "surname", sides or None, title)


def _titled(element: Element, phrase: Phrase, context: Background) -> Actor | None:
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
    sides = countries_of(phrase.sides) or frozenset(context.countries)
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
    actor: Actor, phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> Actor:
    """Add what the words around a name say: whose, and what."""
    role = phrase.role_word
    country, rule, body = whose(phrase, scene, context, memory)
    sector = actor.sector
    if role is not None and (role.sector or role.kind == "bearer"):
        sector = sector_for(phrase, body, memory)
        if sector == "MIL" and actor.sector == "GOV" and actor.role is not None:
            sector = "GOV"  # "General Musharraf", the president
        if actor.sector in ("ELI", "IGO") and sector == "GOV" and not is_former(phrase, scene.sent):
            sector = "GOV" if actor.sector == "ELI" else "IGO"
    elif body is not None and actor.sector == "UNK":
        sector = body.sector
    if is_former(phrase, scene.sent):
        sector = "ELI"
    listed = actor.country is not None or actor.sector == "IGO"
    if rule in ("same role", "place in sentence", "main country") and listed:
        country, rule = actor.country, actor.rule
    if sector in BORDERLESS and rule in ("main country", "place in sentence", "same role"):
        country = None
    words = role_text(phrase, scene.sent) if role is not None else actor.role
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
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
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
    country, rule, body = whose(phrase, scene, context, memory)
    sector = "ELI" if is_former(phrase, scene.sent) else sector_for(phrase, body, memory)
    if sector in BORDERLESS and rule in ("main country", "place in sentence", "same role"):
        country, rule = None, "side" if body else "no country"
    name = role_text(phrase, scene.sent)
    organisation = body.organisation if body is not None else None
    if phrase.named is not None:
        name = organisation = plain_name(scene.sent, phrase)
        sector = "REB" if _REBEL_NAME.search(name) else sector
    actor = Actor(name, country, sector, organisation=organisation, role=role.word, rule=rule)
    actor = _with_holder(actor, phrase, role, context, memory)
    several = coordinated(phrase, scene.sent)
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
    if role.number == "collective" or role.kind == "asset" or role.sector not in STATE_SECTORS:
        return ()
    if phrase.plural:
        several = memory.officers_called(role.singular or role.word)
        return several if len(several) > 1 else ()
    found = memory.officer(role.singular or role.word)
    return (replace(found, rule="introduced"),) if found is not None else ()


def _with_holder(
    actor: Actor, phrase: Phrase, role: Role, context: Background, memory: Memory
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


# ----------------------------------------------------------------------------------------- details
