"""Persons: by full name, by surname, by title and name, and how they hold an office that day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from detente.actors.context import Background, person_actor
from detente.actors.elements import Element
from detente.actors.memory import Memory
from detente.actors.names import folded
from detente.actors.offices import (
    GONE,
    OfficeWords,
    confirmed,
    fit,
    open_between,
    read_office,
    reason,
)
from detente.actors.officials import Person, sector_of
from detente.actors.phrases import Phrase
from detente.actors.sides import (
    BORDERLESS,
    STATE_SECTORS,
    Setting,
    countries_of,
    is_former,
    role_text,
    sector_for,
    whose,
)
from detente.types import Actor, Candidate, Sentence

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
# Chosen, but not in office yet.
_CHOSEN = ("elect", "designate")
# Standings that the table can confirm; "former" and "then" are true of whoever was anything.
_CHECKED = (*_CHOSEN, "acting")
_OFFICE_SIGN = re.compile(r"\b(?:minister|secretary|president|premier|chancellor)\b")
_FIRM = re.compile(r"\b(?:Co|Ltd|LLC|Inc|Corp|Corporation|Limited|PLC|GmbH|LLP|SA|AG)\.?$")


def resolve_person(
    phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> Actor | None:
    """Say who a name stands for; None where it is too little to be anybody."""
    element = phrase.person
    if element is None:
        return None
    known = memory.find_name(element.text)
    office = _office_of(phrase, scene.sent)
    actor = _listed(element, phrase, context, known, office)
    if actor is None and known is not None:
        actor = replace(known, rule="introduced")
    described = phrase.role is not None or bool(phrase.sides)
    if actor is None:
        actor = _titled(element, phrase, context, office)
    if actor is None:
        if _FIRM.search(element.text):
            return _firm(element, phrase, context, memory)
        if not described and len(element.text.split()) < 2:
            return None
        actor = Actor(element.text, None, "UNK", person=element.text, rule="no country")
    if described:
        actor = _described(actor, phrase, scene, context, memory)
    actor = _as_held(actor, element, phrase, scene.sent, context, office)
    if described or actor.country or len(element.text.split()) > 1:
        memory.name(element.text, actor)
        memory.name(actor.name, actor)
    if phrase.role_word is not None:
        memory.officers.append((phrase.role_word.one, actor))
    elif actor.role is not None and actor.rule != "introduced":
        memory.officers.append((_office_word(actor.role), actor))
    return actor


def _firm(element: Element, phrase: Phrase, context: Background, memory: Memory) -> Actor:
    """A company that no table knows, by the "Ltd." in its name."""
    country = next(iter(countries_of(phrase.sides)), context.main)
    rule = "side" if phrase.sides else "main country"
    name = element.text
    actor = Actor(name, country, "BUS", organisation=name, rule=rule)
    memory.names[" ".join(folded(name).replace(".", " ").split())] = actor
    memory.names[folded(name).split()[0]] = actor
    return actor


def _office_word(title: str) -> str:
    """The word that news uses for an office whose formal title the table gives."""
    low = title.lower()
    for sign, word in _TITLE_SIGNS:
        if sign in low:
            return word
    return low


def with_name_after_title(phrase: Phrase, sent: Sentence) -> Phrase:
    """ "Minister of Justice Rose Mutombo" is she; "spokesman of Vladimir Putin" is not he."""
    if phrase.person is not None or phrase.role is None or not phrase.sides:
        return phrase
    if sent.tokens[phrase.role.last - 1].tag in ("NNS", "NNPS"):
        return phrase
    name = max(phrase.sides, key=lambda side: side.first)
    if name.kind not in ("person", "name") or name.last != phrase.last:
        return phrase
    before = sent.tokens[phrase.role.last : name.first]
    if len(before) < 2 or before[0].text.lower() not in ("of", "for", "to"):
        return phrase
    if before[-1].tag in ("IN", "TO", "DT", "POS", ",", "CC") or before[-1].text in ("-", ","):
        return phrase
    sides = [side for side in phrase.sides if side is not name]
    return replace(phrase, person=name, sides=sides, kind="person")


def whole_title(phrase: Phrase, sent: Sentence) -> str:
    """The title with what it governs: "president of the senate", but "president" of France."""
    role = phrase.role
    title = role_text(phrase, sent)
    if role is None or role.last + 1 >= len(sent.tokens):
        return title
    if sent.tokens[role.last].text.lower() not in ("of", "for"):
        return title
    at = role.last + 1
    while at < len(sent.tokens) and sent.tokens[at].tag in ("DT", "PRP$"):
        at += 1
    end = phrase.person.first if phrase.person is not None else phrase.last
    side = next((side for side in phrase.sides if side.first <= at < side.last), None)
    if side is not None:
        if phrase.person is not None or end <= side.last + 1:
            return title
        at = side.last  # "president of Mexico's central bank" is not Mexico's president
    ends = [e.first for e in (*phrase.sides, *phrase.places) if e.first > at]
    end = min([end if end > at else at + 1, *ends])
    while end > at + 1 and sent.tokens[end - 1].tag in ("IN", "DT", "POS", ","):
        end -= 1
    return sent.text[
        sent.tokens[role.first].start - sent.start : sent.tokens[end - 1].end - sent.start
    ]


def _office_of(phrase: Phrase, sent: Sentence) -> OfficeWords | None:
    """The office before or after a name, with its standing; None where there is none."""
    if phrase.role is not None and phrase.role.role is not None:
        role = phrase.role.role
        if role.kind in ("title", "honorific"):
            return None
        return read_office(sent, phrase.first, phrase.role.last, whole_title(phrase, sent))
    first, tokens = phrase.first, sent.tokens
    if first < 2 or tokens[first - 1].text != "-" or tokens[first].text.lower() not in _CHOSEN:
        return None
    at = first - 2  # "Secretary of State-designate Rex Tillerson"
    while at > 0 and (tokens[at - 1].text[:1].isupper() or tokens[at - 1].text in ("of", "for")):
        at -= 1
    title = sent.between(tokens[at].start, tokens[first - 2].end)
    return OfficeWords(title.lower(), tokens[first].text.lower())


def _listed(
    element: Element,
    phrase: Phrase,
    context: Background,
    known: Actor | None,
    office: OfficeWords | None,
) -> Actor | None:
    """A person of the table of officials, by full name or by a surname everybody knows."""
    if not element.entries or element.kind not in ("person", "surname"):
        return None
    sides = countries_of(phrase.sides)
    role = phrase.role_word
    title = office.title if office is not None else role.word if role is not None else ""
    if element.kind == "person":
        return person_actor(element.entries, context, "name", sides or None, title)
    if known is not None:
        return replace(known, rule="introduced")
    entries = [e for e in element.entries if e.row >= 0]
    people = [context.world.person(e.row) for e in entries]
    if role is None or role.kind == "honorific":
        # A bare surname must belong to somebody in office that day, of a country in the text or
        # one that all the world reports on, and stand alone ("the young Ali" is no minister).
        held = [p for p in people if p.tenure_on(context.day) is not None]
        if role is None and phrase.first != element.first and not sides:
            return None
        known_to_all = {p.actor for p in held} <= context.world.notable and len(held) == 1
        if not known_to_all and not any(p.actor in context.countries for p in held):
            return None
    elif office is not None and office.standing:
        fits = [fit(p, office, context.day) for p in people]
        if not any(fits):
            return None
        found = tuple(e for e, one in zip(entries, fits, strict=True) if one == max(fits))
        return person_actor(found, context, "surname", sides or None)
    elif role.sector != "MIL" and not any(p.bears(role.word, context.day) for p in people):
        return None
    return person_actor(element.entries, context, "surname", sides or None, title)


def _titled(
    element: Element, phrase: Phrase, context: Background, office: OfficeWords | None
) -> Actor | None:
    """ "Foreign Minister Shoukry": the table's holder of that name, if the title is there."""
    if phrase.role is None or element.kind != "name":
        return None
    words = element.text.split()
    people = context.world.persons_by_surname(folded(element.text))
    if not people and len(words) > 1:
        people = tuple(
            p
            for p in context.world.persons_by_surname(folded(words[-1]))
            if p.name.split()[0] == words[0]
        )
    sides = countries_of(phrase.sides) or frozenset(context.countries)
    fitting = [p for p in people if p.actor in sides]
    if office is not None and office.standing in (*GONE, "then", *_CHOSEN):
        fitting = [p for p in fitting if fit(p, office, context.day)]
    else:
        fitting = [p for p in fitting if p.tenure_on(context.day) is not None]
        bearing = [p for p in fitting if office and p.bears(office.title, context.day)]
        fitting = bearing or fitting
    if not fitting:
        return None
    if len({p.wikidata or p.name for p in fitting}) > 1:
        candidates = tuple(_candidate(p, context.day, len(fitting)) for p in fitting)
        actor = open_between(tuple(fitting), candidates, "title", context.day)
        return replace(actor, sector="GOV", person=element.text)
    best = fitting[0]
    tenure = best.tenure_on(context.day)
    return Actor(
        best.name,
        best.country,
        "GOV" if tenure is None or best.country else sector_of(tenure, best.actor),
        person=best.name,
        role=tenure.title if tenure else None,
        wikidata=best.wikidata,
        rule="title",
        candidates=(_candidate(best, context.day, 1),),
    )


def _candidate(person: Person, day: date | None, among: int) -> Candidate:
    tenure = person.tenure_on(day)
    why = reason(tenure) if tenure is not None else "not in office that day"
    return Candidate(f"{person.actor}:{person.name}", round(1 / among, 3), why)


def _as_held(
    actor: Actor,
    element: Element,
    phrase: Phrase,
    sent: Sentence,
    context: Background,
    office: OfficeWords | None,
) -> Actor:
    """Say how an office is held, and who says so: the table, or for that day only the text."""
    role = phrase.role_word
    if office is None and role is None:
        return actor
    rows = {e.row for e in element.entries if e.kind in ("person", "surname")}
    listed = [context.world.person(row) for row in rows]
    where = {p.actor for p in listed if p.name == actor.person}
    people = [p for p in listed if p.actor in where]  # one person may have two rows
    # "Prime Minister Gen. Masheke": the rank is no office, the words before it are one.
    title = office.title if office is not None else role_text(phrase, sent)
    day, rule = context.day, actor.rule
    if any(p.bears(title, None) for p in people) or (people and _OFFICE_SIGN.search(title)):
        checked = office is not None and office.standing in _CHECKED
        if office is not None and checked:
            held = any(fit(p, office, day) for p in people)
        else:
            held = confirmed(people, title, day)
        if not held and (office is None or office.names_holder or checked):
            rule = "stated title"
    state = role is None or role.sector in (*STATE_SECTORS, "ELI") or role.kind == "bearer"
    if office is None or not (office.standing and state):
        return replace(actor, rule=rule)
    sector = actor.sector
    if office.standing in GONE:
        sector = "ELI"
    elif sector == "ELI":
        sector = "GOV"
    return replace(actor, role=office.role, sector=sector, rule=rule)


def _described(
    actor: Actor, phrase: Phrase, scene: Setting, context: Background, memory: Memory
) -> Actor:
    """Add what the words around a name say: whose, and what."""
    role = phrase.role_word
    mine = phrase
    if actor.candidates and actor.rule == "name":
        mine = replace(phrase, sides=_sides_before(phrase), places=[])
    country, rule, body = whose(mine, scene, context, memory)
    if mine is not phrase and not mine.sides and mine.owner is None:
        country, rule = actor.country, actor.rule
    sector = actor.sector
    if role is not None and (role.sector or role.kind == "bearer"):
        sector = sector_for(phrase, body, memory)
        if sector in ("MIL", "REL") and actor.sector in ("GOV", "REB") and actor.role is not None:
            sector = actor.sector  # "General Musharraf", the president; "Ayatollah Khamenei"
        if actor.sector in ("ELI", "IGO") and sector == "GOV" and not is_former(phrase, scene.sent):
            sector = "GOV" if actor.sector == "ELI" else "IGO"
    elif body is not None and actor.sector == "UNK":
        sector = body.sector
    if is_former(phrase, scene.sent):
        sector = "ELI"
    elif actor.candidates and actor.sector == "IGO":
        sector = "IGO"  # the table's, whatever the words beside it
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


def _sides_before(phrase: Phrase) -> list[Element]:
    """What says whose a listed person is: "French minister John Freeman".

    What stands between title and name is where: "ambassador to Russia John Sullivan".
    """
    title = phrase.role or phrase.person
    if title is None:
        return []
    return [
        side
        for side in phrase.sides
        if side.last <= title.first and (phrase.role is not None or side.kind == "demonym")
    ]
