"""What a document as a whole says: its day, its countries, who issued it, what its names mean."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from detente.actors.facts import Entry, World
from detente.actors.matcher import Hit, scan, scan_again
from detente.actors.offices import open_between, standing_on
from detente.actors.officials import Tenure, best_holder, first_day, last_day, tied_with
from detente.types import Actor, Document

# Of two readings of one name the earlier kind here wins ("Georgia" the country, not the city).
_KINDS = ("country organisation demonym capital metonym person city place surname").split()
_PREFERENCE = {kind: rank for rank, kind in enumerate(_KINDS)}
# A place says more about where a story happens than a government that comments on it.
_WEIGHTS = {"place": 1.5, "city": 1.5, "person": 0.5, "surname": 0.3, "organisation": 0.7}
# "London-based", "U.S.-backed": hardly what the text is about.
_BASED = re.compile(r"[-‐‑](?:based|backed|born|made|built|brokered|sponsored|trained)\b")
_BASED_WEIGHT = 0.2
# The first sentence of a story says whom it is about; its names count twice.
_OPENING = 200
# Year of the last edition behind the table of officials; nobody is read as of a later one.
_NEWEST = 2026
# Names that say of which country a text speaks, where they have one reading.
_PEOPLE = frozenset(["person", "surname"])
_WITHOUT_REBELS = frozenset("USA GBR FRA DEU CAN AUS JPN ISR ITA NLD POL DNK NOR SWE KOR".split())
_NAMING = frozenset("country demonym capital metonym organisation".split())
_OTHER_HALF = {"PRK": "KOR", "KOR": "PRK"}
_OFFICIAL = frozenset(["GOV", "MIL", "LEG", "JUD", "COP", "IGO"])
_JOINT = re.compile(
    r"\b(?:statement|declaration|communiqu[eé])\b[^.\n]{0,80}?\b(?:from|by|of|on behalf of)\b", re.I
)
_SIGNED = re.compile(r"\b(?:(?:co-)?signed|endorsed|supported) by\b|\bsignatories:", re.I)
# What a joint statement is on is not who makes it.
_LIST_END = re.compile(
    r"(?<!\b[A-Z])\.(?:\s|$)|:|\n| (?:on|regarding|concerning|about|following|after|with|in|to) "
)
_ASIDE = re.compile(r"(?:pro|anti|post|non)[-–]\Z", re.I)
_IN = re.compile(r"\b(?:in|near|inside|across|throughout)(?: the)?(?: \w+ern)? $")
_NAME_AFTER = re.compile(
    r" ((?:[A-Z][\w'-]+|al-[A-Z]\w+|bin|de|van)(?: (?:[A-Z][\w'-]+|al-[A-Z]\w+|bin|de|van))+)"
)
_VENUE = re.compile(r"\b(?:in|at|from|to|near|outside|around|left|visited|for)\s$")
_CAUCASUS = re.compile(r"Georgians?\b|Tbilisi|Abkhaz|Ossetia|Saakashvili|Batumi|Caucasus")
_STATE_AFTER = re.compile(
    r"\bGeorgia(?:'s|’s)?(?: (?:Republican|Democratic))? (?:[Gg]overnor|Gov\.|[Ss]heriff|"
    r"[Ss]ecretary of [Ss]tate|[Ss]enators?|[Rr]unoff|Bureau|National Guard|Supreme Court|"
    r"[Cc]ongress(?:man|woman))"
)
_STATE_BEFORE = re.compile(
    r"(?:[Gg]overnor|[Ss]tate|[Ss]enators?|[Cc]ongress(?:man|woman)) (?:of|from) Georgia\b"
)
_GIVEN_NAME = re.compile(r"(?:^|\s)[A-Z][a-z]+ $")
_YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")


@dataclass
class Background:
    """The document-wide facts that resolving one mention needs.

    ``countries`` counts how often each country is named or meant; ``issuers`` are the voices of an
    official statement (its "we"), empty for news.
    """

    world: World
    day: date | None
    readings: dict[Hit, tuple[Entry, ...]]
    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    issuers: tuple[Actor, ...] = ()
    # The country where most of it happens, if the text says where.
    arena: str | None = None

    @functools.cached_property
    def main(self) -> str | None:
        """The country the text is about: the most named one that did not issue it."""
        own = {actor.country for actor in self.issuers}
        ranked = sorted(self.countries.items(), key=lambda item: -item[1])
        others = [code for code, _ in ranked if code not in own]
        return next(iter(others), None) or next((code for code, _ in ranked), None)

    @functools.cached_property
    def main_for_rebels(self) -> str | None:
        """The same for rebels and militants, whom the countries that fight abroad do not have."""
        ranked = sorted(self.countries.items(), key=lambda item: -item[1])
        return next((code for code, _ in ranked if code not in _WITHOUT_REBELS), None)


def read_background(doc: Document, hits: Sequence[Hit], world: World) -> Background:
    """Work out a document's day, countries, issuers and the meaning of its names."""
    names = [hit for hit in hits if hit.kind == "name"]
    day = doc.date or _implied_day(doc, names, world)
    named = _strongly_named(names, world)
    in_america = _georgia_in_america(doc.text, names, world)
    cache: dict[tuple[int, ...], tuple[Entry, ...]] = {}
    readings: dict[Hit, tuple[Entry, ...]] = {}
    for hit in names:
        if hit.entries not in cache:
            cache[hit.entries] = _readings(hit.entries, day, named, world)
        readings[hit] = _in_words(doc.text, hit, cache[hit.entries], in_america, world)
    context = Background(world, day, readings)
    titled = {hit.end for hit in hits if hit.kind == "role"}
    for hit in names:
        found = readings[hit]
        if _ASIDE.search(doc.text, max(hit.start - 5, 0), hit.start):
            continue  # "pro-Russian separatists" are not a story about Russia
        if _shared_name(found):
            continue  # "King Abdullah" must not make itself the Jordanian one
        if found and found[0].kind == "surname" and _is_somebody_else(doc.text, hit, titled):
            continue
        code = found[0].country if found else None
        if found and found[0].kind == "organisation" and code is None:
            code = _nationality_in(found[0].name, world)
        if code in world.countries and code is not None:
            weight = _WEIGHTS.get(found[0].kind, 1.0)
            if _BASED.match(doc.text, hit.end):
                weight = _BASED_WEIGHT
            context.countries[code] += weight * (2.0 if hit.start < _OPENING else 1.0)
    context.arena = _arena(doc.text, context)
    _add_place(doc, context)
    context.issuers = _issuers(doc, context)
    return context


def _nationality_in(name: str, world: World) -> str | None:
    """The country of "Syrian Observatory for Human Rights", which sits elsewhere."""
    for word in name.split():
        for number in world.entries_of(word):
            if world.entries[number].kind == "demonym":
                return world.entries[number].country
    return None


def _is_somebody_else(text: str, hit: Hit, titled: Container[int]) -> bool:
    """Tell whether a leader's surname follows a first name ("Tim Brown")."""
    return (
        hit.start - 1 not in titled
        and _GIVEN_NAME.search(text[max(hit.start - 20, 0) : hit.start]) is not None
    )


def _arena(text: str, context: Background) -> str | None:
    """The country of most places that the text names or says something is in."""
    places: Counter[str] = Counter()
    for hit, found in context.readings.items():
        code = found[0].country if found else None
        if code is None or code not in context.world.countries:
            continue
        kind = found[0].kind
        before = text[max(hit.start - 24, 0) : hit.start]
        if kind in ("city", "place") or (kind in ("country", "capital") and _IN.search(before)):
            places[code] += 2 if hit.start < _OPENING else 1
    return max(places, key=lambda code: (places[code], context.countries[code]), default=None)


def _shared_name(found: tuple[Entry, ...]) -> bool:
    """Tell whether people of several countries bear a name."""
    people = {e.country for e in found if e.kind in ("person", "surname")}
    return len(people) > 1 and found[0].kind in ("person", "surname")


def _in_words(
    text: str, hit: Hit, found: tuple[Entry, ...], in_america: bool, world: World
) -> tuple[Entry, ...]:
    """Names that the words around them decide: Brussels is the Union where it acts."""
    word = text[hit.start : hit.end]
    if word == "Georgia" and in_america and found and found[0].country == "GEO":
        return (Entry("place", word, "USA", "UNK", source="state"), *found)
    if (
        word == "Brussels"
        and "Belgi" not in text
        and not _VENUE.search(text[max(hit.start - 12, 0) : hit.start])
    ):
        union = [world.entries[n] for n in world.entries_of("European Union")]
        return (*[e._replace(kind="organisation") for e in union], *found)
    return found


def _georgia_in_america(text: str, names: Sequence[Hit], world: World) -> bool:
    """Tell whether Georgia is the American state: an office that only states have, or its towns."""
    if "Georgia" not in text or _CAUCASUS.search(text):
        return False
    if _STATE_AFTER.search(text) or _STATE_BEFORE.search(text):
        return True
    towns = [
        {entry.country for entry in map(world.entries.__getitem__, hit.entries)}
        for hit in names
        if all(world.entries[n].kind in ("city", "place") for n in hit.entries)
    ]
    return {"USA"} in towns


def _add_place(doc: Document, context: Background) -> None:
    """A dateline place breaks ties; it is often only where the reporter sits."""
    if not doc.place:
        return
    for hit in scan(doc.place, context.world):
        found = _readings(hit.entries, context.day, frozenset(), context.world)
        if found and found[0].country in context.world.countries:
            context.countries[str(found[0].country)] += 0.5


def _strongly_named(names: Sequence[Hit], world: World) -> frozenset[str]:
    """Countries and bodies that the text names by a name that needs no help."""
    found: set[str] = set()
    # A text says the same few names again and again.
    for numbers in {hit.entries for hit in names}:
        entries = [world.entries[number] for number in numbers]
        if sum(entry.kind == "country" for entry in entries) > 1:
            continue  # "Congo" does not say which
        for entry in entries:
            if not entry.weak and entry.kind in _NAMING:
                found.add(entry.name if entry.kind == "organisation" else entry.country or "")
        people = {(entry.kind, entry.country) for entry in entries}
        kind, home = next(iter(people), ("", None))
        if len(people) == 1 and kind in _PEOPLE and home in world.notable:
            found.add(home or "")
    return frozenset(found)


def _readings(
    numbers: tuple[int, ...], day: date | None, named: frozenset[str], world: World
) -> tuple[Entry, ...]:
    """What a name may mean here, best first."""
    entries = [world.entries[number] for number in dict.fromkeys(numbers)]
    usable = [e for e in entries if not e.weak or _supported(e, named)]
    if len(usable) < 2:
        return tuple(usable)
    ranked = sorted(
        usable,
        key=lambda e: (
            e.source != "U",
            not _in_force(e, day),
            _PREFERENCE.get(e.kind, 99),
            e.country not in named,
            e.weak,
            e.source.startswith("F"),
            # Of cities of one name the table's largest comes first through its row order.
            -_population(e, world),
        ),
    )
    return tuple(ranked)


def _population(entry: Entry, world: World) -> int:
    return world.city(entry.row).population if entry.kind == "city" else 0


def _supported(entry: Entry, named: frozenset[str]) -> bool:
    code = entry.country or entry.name
    # "the North" needs no more than the other half's name.
    return not named.isdisjoint((entry.name, code, _OTHER_HALF.get(code, code)))


def _in_force(entry: Entry, day: date | None) -> bool:
    if not entry.start and not entry.end:
        return True
    if day is None:
        return not entry.end
    return first_day(entry.start) <= day <= last_day(entry.end)


def _implied_day(doc: Document, names: Sequence[Hit], world: World) -> date | None:
    """Middle of the latest year that most of the officials named were in office.

    An undated text about Prime Minister al-Maliki and President Bush is from 2006 to 2008; without
    this their titles would be read as of today.
    """
    votes: Counter[int] = Counter()
    for hit in {hit.entries: hit for hit in names}.values():
        people = [world.entries[n] for n in hit.entries]
        rows = {e.row for e in people if e.kind in ("person", "surname")}
        if not rows or len(rows) > 3 or any(e.kind not in ("person", "surname") for e in people):
            continue
        weight = 1 if any(e.kind == "surname" for e in people) else 3
        years: set[int] = set()
        for row in rows:
            for tenure in world.person(row).tenures:
                years.update(_midsummers(tenure))
        votes.update(dict.fromkeys(years, weight))
    for match in _YEAR.finditer(doc.text):
        votes[int(match.group())] += 1
    if not votes:
        return None
    best = max(votes.items(), key=lambda item: (item[1], item[0]))
    return date(best[0], 7, 1)


def _midsummers(tenure: Tenure) -> Iterator[int]:
    """Years on whose first of July somebody held an office."""
    first = int(tenure.start[:4])
    # An open end says nothing of how long: two usual terms.
    last = int(tenure.end[:4]) if tenure.end else min(first + 8, _NEWEST)
    for year in range(first, last + 1):
        if first_day(tenure.start) <= date(year, 7, 1) <= last_day(tenure.end):
            yield year


# ------------------------------------------------------------------------------- who is speaking


def _issuers(doc: Document, context: Background) -> tuple[Actor, ...]:
    joint = _joint_issuers(doc, context)
    if joint:
        return joint
    for text in (doc.byline, doc.source):
        found = _issuer(text, context) if text else None
        if found is not None:
            return (found,)
    return ()


def _issuer(text: str, context: Background) -> Actor | None:
    """The official body or person that a byline or source names."""
    best: Actor | None = None
    for hit in scan_again(text, context.world):
        found = _readings(hit.entries, context.day, frozenset(), context.world)
        if not found:
            continue
        actor = entry_actor(found, context, "issuer")
        if actor.sector not in _OFFICIAL or found[0].kind in ("demonym", "city", "place"):
            continue
        if found[0].kind == "country":
            # "United States" alone is the outlet's home, unless nothing better is named.
            best = best or (actor if hit.start == 0 and hit.end == len(text) else None)
            continue
        return actor
    return best


def _joint_issuers(doc: Document, context: Background) -> tuple[Actor, ...]:
    """The parties of a joint statement, read from the words that list them."""
    title = (doc.title or "").lower()
    opening = _JOINT.search(doc.text[:1500])
    if opening is not None and ("joint" in title or "joint" in opening.group().lower()):
        found = _listed_parties(doc.text, opening.end(), context)
        if len(found) > 1:
            return found
    if "statement" in title or "undersigned" in doc.text[:1500].lower():
        for signed in _SIGNED.finditer(doc.text):
            found = _listed_parties(doc.text, signed.end(), context)
            if len(found) > 1:
                return found
    return ()


def _listed_parties(text: str, start: int, context: Background) -> tuple[Actor, ...]:
    """The states and bodies named from here to the end of the list."""
    end = _LIST_END.search(text, start)
    stop = end.start() if end is not None else len(text)
    actors: dict[str, Actor] = {}
    for hit, found in context.readings.items():
        if not found or not start <= hit.start < stop:
            continue
        actor = entry_actor(found, context, "joint statement")
        state = found[0].kind in ("country", "demonym", "person") and actor.country is not None
        if state or (actor.sector == "IGO" and actor.person is None):
            actors.setdefault(actor.country or actor.organisation or actor.name, actor)
    return tuple(actors.values())


def title_people(title: str, context: Background) -> list[tuple[str, Actor]]:
    """People whom the title introduces: nationality, role, name ("Yemeni journalist N. N.")."""
    hits = scan(title, context.world)
    nations = {}
    for hit in hits:
        found = _readings(hit.entries, context.day, frozenset(), context.world)
        if found and found[0].kind in ("demonym", "country"):
            nations[hit.end] = found[0].country
    out = []
    for hit in hits:
        country = nations.get(hit.start - 1)
        match = _NAME_AFTER.match(title, hit.end) if hit.kind == "role" and country else None
        if match is not None:
            role = context.world.roles[hit.word]
            name = match.group(1)
            out.append((name, Actor(name, country, role.sector, person=name, rule="title line")))
    return out


# ------------------------------------------------------------------------------------ from a row


def entry_actor(entries: tuple[Entry, ...], context: Background, rule: str) -> Actor:
    """Make an actor of a name's readings (best first)."""
    entry = entries[0]
    if entry.kind in ("person", "surname"):
        return person_actor(entries, context, rule)
    if entry.kind == "organisation":
        return Actor(entry.name, entry.country, entry.sector, organisation=entry.name, rule=rule)
    name = context.world.countries.get(entry.country or "", entry.name)
    sector = "GOV" if entry.kind not in ("city", "place") else "UNK"
    return Actor(name, entry.country, sector, rule=rule)


def person_actor(
    entries: tuple[Entry, ...],
    context: Background,
    rule: str,
    countries: frozenset[str] | None = None,
    title: str = "",
) -> Actor:
    """Make an actor of a listed person, as of the document's day.

    ``title`` is the word before the name: "President Sarkozy" is not the Co-Prince of Andorra.
    """
    rows = dict.fromkeys(e.row for e in entries if e.kind in ("person", "surname"))
    people = tuple(context.world.person(row) for row in rows)
    titled = tuple(p for p in people if title and p.bears(title, context.day))
    people = titled or people
    where = frozenset(context.countries) if countries is None else countries
    person, candidates = best_holder(people, context.day, where)
    if person is None:
        return Actor(entries[0].name, None, "UNK", person=entries[0].name, rule=rule)
    tied = tied_with(person, people, context.day, where)
    if tied:
        return open_between((person, *tied), candidates, rule, context.day)
    role, sector = standing_on(person, context.day)
    return Actor(
        name=person.name,
        country=person.country,
        sector=sector,
        person=person.name,
        role=role,
        wikidata=person.wikidata,
        rule=rule,
        candidates=candidates,
    )
