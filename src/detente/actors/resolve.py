"""From phrases to actors: country, sector, person and body of each, with the rule that decided.

Rules are tried in the order of docs/actors.md; the first that answers names itself in
``Actor.rule``. Later rules know less, so their mentions score lower.
"""

from __future__ import annotations

import re
from dataclasses import replace

from detente.actors.antecedents import (
    body_antecedent,
    country_meant,
    is_ethnic,
    is_half_region,
    is_that_state,
)
from detente.actors.context import Background, entry_actor
from detente.actors.facts import Role
from detente.actors.memory import Memory, single
from detente.actors.offices import (
    read_office,
    with_holder,
)
from detente.actors.officials import OFFICES
from detente.actors.persons import resolve_person, whole_title, with_name_after_title
from detente.actors.phrases import STATE_NOUNS, Phrase
from detente.actors.regions import regions
from detente.actors.sides import (
    BORDERLESS,
    STATE_SECTORS,
    Setting,
    Whose,
    belonging,
    coordinated,
    countries_of,
    is_former,
    plain_name,
    role_text,
    sector_for,
)
from detente.types import Actor, Sentence, Token

# How much each way of finding a country is worth; order and steps were chosen by reading errors.
SCORES = {
    "name": 1.0,
    "side": 0.95,
    "title": 0.95,
    "stated title": 0.9,
    "introduced": 0.9,
    "owner": 0.8,
    "surname": 0.8,
    "the country": 0.7,
    "same role": 0.7,
    "near role": 0.65,
    "conjoined": 0.65,
    "issuer's": 0.65,
    "place in phrase": 0.75,
    "place in sentence": 0.6,
    "main country": 0.5,
    "no country": 0.4,
    "region": 0.4,
}
# Foreign fighters of these sectors are a group across borders.
_TRANSNATIONAL = frozenset(["REB", "UAF"])
# Unknown bodies that end so are seldom of the country that the text is about.
_PRIVATE = frozenset(
    "coalition foundation alliance network forum fund institute association federation initiative "
    "organization organisation society center centre charity group".split()
)
_GUESSED = frozenset(["main country", "place in sentence"])
_REBEL_NAME = re.compile(r"Liberation|Revolution|Resistance|Mujah|Jihad|Martyr|Self-Def|Separat")


def resolve(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> tuple[tuple[Actor, ...], float]:
    """Say who a phrase stands for; an empty tuple when it is nobody we can place."""
    phrase = with_name_after_title(phrase, scene.sent)
    if phrase.person is not None and (phrase.kind in ("person", "name") or phrase.role is None):
        actor = resolve_person(phrase, scene, context, memory)
        if actor is None:
            return (), 0.0
        return (actor,), SCORES.get(actor.rule, 0.6)
    if phrase.region is not None and phrase.anaphor is not None:
        found = _epithet(phrase.region, memory)
        return ((found,), SCORES["the country"]) if found is not None else ((), 0.0)
    if phrase.anaphor is not None:
        return _anaphor(phrase, scene, context, memory)
    if phrase.role is not None:
        return _group(phrase, scene, context, memory)
    if phrase.named is not None:
        return _named(phrase, scene, context, memory)
    return (), 0.0


def _epithet(region: str, memory: Memory) -> Actor | None:
    """ "the Andean nation": the country of that part of the world that the text named last."""
    members = regions().members.get(region, frozenset())
    for seen in reversed(memory.seen):
        code = seen.actor.country
        if code in members and not seen.human:
            return Actor(seen.actor.name, code, "GOV", rule="the country")
    return None


def _anaphor(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> tuple[tuple[Actor, ...], float]:
    """ "the council", "the bloc", "the kingdom"."""
    word, at = phrase.anaphor or "", scene.sent.tokens[phrase.first].start
    if word in STATE_NOUNS:
        if not is_that_state(phrase, scene.sent):
            return (), 0.0
        country = country_meant(scene.sent, at, context.main, memory)
        if country is None:
            return (), 0.0
        name = context.world.countries.get(country, country)
        return (Actor(name, country, "GOV", rule="the country"),), SCORES["the country"]
    body = body_antecedent(word, scene.sent, at, memory)
    return ((replace(body, rule="same body"),), SCORES["same role"]) if body else ((), 0.0)


def _named(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> tuple[tuple[Actor, ...], float]:
    element = phrase.named
    if element is None or element.entry is None:
        return (), 0.0
    if is_half_region(scene.sent, element.first, element.kind):
        return (), 0.0
    if element.kind == "organisation" and (own := memory.names.get(element.text)) is not None:
        return (own,), SCORES["introduced"]  # an acronym that the text itself defined
    actor = entry_actor(element.entries, context, "name")
    if element.kind == "organisation":
        memory.body(element.text, actor)
    if element.kind == "demonym" and not phrase.nested and (phrase.plural or phrase.counted):
        people = "UNK" if phrase.counted else "CVL"
        actor = replace(actor, sector=people)
        if is_ethnic(scene.sent, element.first):
            home = scene.located or context.main or actor.country
            actor = replace(actor, country=home, rule="minority")
        memory.group("national", (actor,), scene.sent.index)
    if element.kind == "organisation" and actor.country is None and actor.sector not in BORDERLESS:
        country = next((e.entry.country for e in reversed(phrase.sides) if e.entry), None)
        actor = replace(actor, country=country)
    elif element.kind == "organisation" and element.entry.end and phrase.sides:
        actor = _succeeded(actor, phrase)
    if element.entry.source == "people":
        actor = replace(actor, sector="CVL")
    actors: tuple[Actor, ...] = (actor,)
    if element.second:
        actors = (actor, entry_actor(element.second, context, "name"))
    return actors, 0.9 if phrase.nested else 1.0


def _succeeded(actor: Actor, phrase: Phrase) -> Actor:
    """ "the Belarusian KGB" is Belarus's, whoever had one of that name before."""
    said = countries_of(phrase.sides)
    return replace(actor, country=next(iter(said))) if len(said) == 1 else actor


# ------------------------------------------------------------------------------------------ groups


def _group(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> tuple[tuple[Actor, ...], float]:
    role = phrase.role_word
    if role is None:
        return (), 0.0
    if any(t.text.lower() == "undersigned" for t in _words(phrase, scene.sent)):
        return context.issuers, SCORES["introduced"]
    officer = _known_officer(phrase, role, memory)
    if officer:
        return officer, SCORES["introduced"]
    if _is_bare(phrase) and role.word not in memory.roles:
        at = scene.sent.tokens[phrase.first].start
        before = body_antecedent(role.word, scene.sent, at, memory)
        if before is not None:
            return (replace(before, rule="same body"),), SCORES["same role"]
    found = belonging(phrase, scene, context, memory)
    actor = _group_actor(phrase, role, found, scene, memory)
    actor = _with_holder(actor, phrase, scene.sent, role, context, memory)
    several = coordinated(phrase, scene.sent)
    if len(several) > 1:
        actors = tuple(replace(actor, country=code) for code in several)
    else:
        actors = (actor,)
    _remember(phrase, role, actors, scene.sent, memory)
    return actors, SCORES["side"] if len(several) > 1 else SCORES.get(found.rule, 0.5)


def _is_bare(phrase: Phrase) -> bool:
    """ "the council", with nothing that says whose."""
    roles = [e for e in phrase.roles if e.text.lower() != "member"]  # "the 25-member bloc"
    said = phrase.sides or phrase.places or roles or phrase.owner is not None
    return phrase.definite and not phrase.plural and not said


def _words(phrase: Phrase, sent: Sentence) -> tuple[Token, ...]:
    return sent.tokens[phrase.first : phrase.last]


def _group_actor(phrase: Phrase, role: Role, found: Whose, scene: Setting, memory: Memory) -> Actor:
    country, rule, body = found.country, found.rule, found.body
    sector = "ELI" if is_former(phrase, scene.sent) else sector_for(phrase, body, memory)
    before = found.antecedent.actor if found.antecedent is not None else None
    if before is not None and found.antecedent is not None:
        if before.country is None:
            sector, body = before.sector, before
        elif found.antecedent.takes_side:
            sector = before.sector
    elif rule == "region" and (sector in _TRANSNATIONAL or single_role(role) == "fighter"):
        sector = "IMG"
    if sector in BORDERLESS and rule in ("main country", "place in sentence"):
        country, rule = None, "side" if body else "no country"
    states = phrase.region is not None and sector in (*STATE_SECTORS, *BORDERLESS)
    if states and (rule in _GUESSED or rule == "region"):
        # "South American leaders" are of no one country; Europe has a Union that acts for it
        country, rule = None, "region"
        sector = "IGO" if phrase.region == "European" else sector
    sector = _troops_sector(phrase, role, country, scene.sent) or sector
    name = role_text(phrase, scene.sent)
    organisation = body.organisation if body is not None else None
    if phrase.named is not None:
        name = organisation = plain_name(scene.sent, phrase)
        sector = "REB" if _REBEL_NAME.search(name) else sector
        if rule in _GUESSED and role.word in _PRIVATE:
            country, rule = None, "no country"
    return Actor(name, country, sector, organisation=organisation, role=role.word, rule=rule)


def _troops_sector(phrase: Phrase, role: Role, country: str | None, sent: Sentence) -> str | None:
    """Troops in other words: "the Saudi-led coalition", "Fijian peacekeepers"."""
    words = [token.text.lower() for token in _words(phrase, sent)]
    if role.word == "coalition" and any(w == "led" or w.endswith("-led") for w in words):
        return "MIL"
    if role.word in ("peacekeeper", "peacekeepers") and country is not None:
        return "MIL"
    return None


def single_role(role: Role) -> str:
    """A role word in the singular."""
    return role.one.removesuffix("s")


def _remember(
    phrase: Phrase, role: Role, actors: tuple[Actor, ...], sent: Sentence, memory: Memory
) -> None:
    """What later words may go back to: the role, the group, the office, the body."""
    actor = actors[0]
    word = single(sent.tokens[phrase.role.last - 1]) if phrase.role is not None else ""
    memory.group(word, actors, sent.index)
    if len(actors) > 1:
        for each in actors:
            memory.officers.append((role.one, each))
        return
    memory.roles[role.one] = actor
    if actor.rule == "side" and role.number == "one" and not phrase.plural:
        memory.officers.append((role.one, actor))
    if phrase.named is not None:
        memory.name(actor.name, actor)
        memory.body(actor.name, actor)


def _known_officer(phrase: Phrase, role: Role, memory: Memory) -> tuple[Actor, ...]:
    """ "the Secretary", "the foreign ministers": persons whom the text introduced so."""
    if not phrase.definite or phrase.sides or phrase.places or phrase.owner is not None:
        return ()
    if role.number == "collective" or role.kind == "asset" or role.sector not in STATE_SECTORS:
        return ()
    if phrase.plural:
        several = memory.officers_called(role.one)
        return several if len(several) > 1 else ()
    found = memory.officer(role.one)
    return (replace(found, rule="introduced"),) if found is not None else ()


def _with_holder(
    actor: Actor, phrase: Phrase, sent: Sentence, role: Role, context: Background, memory: Memory
) -> Actor:
    """Name the holder of "the Chinese foreign minister" on the document's day."""
    if phrase.plural or actor.rule not in ("side", "owner"):
        return actor
    title = whole_title(phrase, sent)
    office = read_office(sent, phrase.first, phrase.role.last if phrase.role else 0, title)
    if not (office.title in OFFICES or office.standing or role.word in OFFICES):
        return with_holder(actor, office, context.world, context.day)
    actor = replace(actor, role=office.role)
    if role.word in OFFICES and office.title in role.word:
        office = office._replace(title=role.word)
    memory.officers.append((role.one, actor))
    if actor.sector not in ("GOV", "IGO"):
        return actor
    return with_holder(actor, office, context.world, context.day)
