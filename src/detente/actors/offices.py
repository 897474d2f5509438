"""Offices in words: which one is meant, in what standing, and who held it on a day.

"The former Chinese foreign minister" is an office (foreign minister) in a standing (former). Only
an office without a standing, or an outgoing one, names its holder.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from detente.actors.facts import World
from detente.actors.folding import fold
from detente.actors.officials import (
    OFFICES,
    Person,
    Tenure,
    first_day,
    last_day,
    sector_of,
)
from detente.types import Actor, Candidate, Sentence

# Words before an office -> how it is held. Late and former holders are no longer in office.
_STANDINGS = {
    **dict.fromkeys("former ex onetime erstwhile".split(), "former"),
    **{word: word for word in "late ousted deposed exiled fugitive then outgoing".split()},
    **dict.fromkeys("acting interim caretaker".split(), "acting"),
    **{word: word for word in "elect designate".split()},
}
GONE = frozenset("former late ousted deposed exiled fugitive".split())
# Not in office yet, not any more, or only in its place: the holder is somebody else.
_NOT_THE_HOLDER = GONE | frozenset(["then", "elect", "designate", "acting"])
_AFTER = frozenset(["elect", "designate"])

_JUNIOR = frozenset(
    "vice deputy assistant associate under junior undersecretary second third parliamentary".split()
)
_SUBSTITUTE = frozenset("acting interim caretaker transitional".split())
_EMPTY = frozenset("of the for and dr gen sir lt col minister ministers".split())
_CROWNS = frozenset("king queen emir amir sultan monarch prince duke pope emperor".split())
_HEADS = frozenset(["head_of_state", "head_of_government"])
# Formal titles that lack the word news uses for them: Taoiseach, Foreign Secretary.
_BY_OFFICE = frozenset("head_of_government foreign_minister defence_minister".split())
_SAME = {"defense": "defence", "premier": "prime minister", "affairs": "", "amir": "emir"}
_SAME |= dict.fromkeys(["interim", "caretaker", "transitional"], "acting")
# The same office under another title is a weaker match than the title itself.
_OFFICE_ONLY = 0.7
# Each word of the formal title that nobody said ("for Defence Materiel") takes off this much.
_EXTRA_WORD = 0.1
# An end that nobody stated: the last yearly edition is nearly sure, an old snapshot is not.
_BASIS = {"last_seen": 0.8, "unknown": 0.5}
# A row of ours where the user's table names a holder too.
_OVERRULED = 0.5
# Below this nobody is named; closer than the margin two holders are a tie.
_ENOUGH, _MARGIN = 0.55, 0.05
# Terms of one office that begin and end so near each other are one term, if the names are alike:
# sources differ by days between election, oath and handover.
_SAME_TERM = timedelta(days=45)
# From being chosen to taking office.
_SOON = timedelta(days=200)
# Words of a name this short are particles and initials.
_INITIAL = 2
# How many candidates an actor keeps.
_KEPT = 5

# Bodies with a table of heads: code there, and the title of whoever leads them.
_BODIES = {
    "African Union": ("IGO:AFU", "African Union Commission chairperson"),
    "African Union Commission": ("IGO:AFU", "African Union Commission chairperson"),
    "Arab League": ("IGO:ARL", "Arab League Secretary-General"),
    "Association of Southeast Asian Nations": ("IGO:ASN", "ASEAN Secretary-General"),
    "European Commission": ("IGO:EEC", "European Commission President"),
    "European Council": ("IGO:EEC", "European Council President"),
    "European Union": ("IGO:EEC", ""),
    "International Atomic Energy Agency": ("IGO:IAE", "IAEA Director General"),
    "International Monetary Fund": ("IGO:IMF", "IMF Managing Director"),
    "North Atlantic Treaty Organization": ("IGO:NAT", "NATO Secretary General"),
    "Organization of American States": ("IGO:OAS", "OAS Secretary General"),
    "Organization of the Petroleum Exporting Countries": ("IGO:OPC", "OPEC Secretary General"),
    "Shanghai Cooperation Organisation": ("IGO:SCO", "SCO Secretary-General"),
    "United Nations": ("IGO:UNO", "UN Secretary-General"),
    "World Bank": ("IGO:WBK", "World Bank President"),
    "World Health Organization": ("IGO:WHO", "WHO Director-General"),
    "World Trade Organization": ("IGO:WTO", "WTO Director-General"),
}
_LEADS = frozenset(
    "chief head leader boss president chair chairman chairperson secretary-general "
    "director-general".split()
) | frozenset(["secretary general", "director general", "managing director"])


class OfficeWords(NamedTuple):
    """An office as the text puts it: "foreign minister", held as "former" (or "")."""

    title: str
    standing: str

    @property
    def role(self) -> str:
        """The office in its standing, in one order: "former foreign minister"."""
        if self.standing in _AFTER:
            return f"{self.title}-{self.standing}"
        return f"{self.standing} {self.title}".strip()

    @property
    def names_holder(self) -> bool:
        """Tell whether the words mean whoever holds the office on the day."""
        return self.standing not in _NOT_THE_HOLDER


def read_office(sent: Sentence, first: int, last: int, title: str) -> OfficeWords:
    """Read an office's standing from its title, the words of its phrase and those that touch it.

    Args: first, last: the tokens from the beginning of the phrase to the end of the title.
    """
    words = [word for word in re.split(r"[\s-]+", title.lower()) if word]
    found = [word for word in words if word in _STANDINGS]
    kept = [word for word in words if word not in _STANDINGS]
    tokens = sent.tokens
    before = [t.text.lower() for t in tokens[first:last]]
    found += [word for word in before if word in _STANDINGS]
    # "the deputy Chinese foreign minister"
    kept = [w for w in before if w in ("deputy", "vice") and w not in kept] + kept
    if first > 1 and tokens[first - 1].text == "-":
        found.append(tokens[first - 2].text.lower())  # "Then-president Obama"
    if last + 1 < len(tokens) and tokens[last].text == "-":
        found.append(tokens[last + 1].text.lower())  # "the foreign minister-designate"
    standing = next((_STANDINGS[word] for word in found if word in _STANDINGS), "")
    return OfficeWords(" ".join(kept), standing)


# ------------------------------------------------------------------------------------ who holds it


def holders(
    world: World, actor: str, title: str, day: date
) -> tuple[tuple[Person, Tenure, float], ...]:
    """Give everybody who may have held an office on a day, the likeliest first.

    Args: actor: alpha-3 or ``IGO:xxx``. title: as news says it, "foreign minister".
    """
    found: dict[str, tuple[Person, Tenure, float]] = {}
    for person in world.officials_of(actor):
        for tenure in person.tenures:
            if not tenure.covers(day):
                continue
            score = _title_score(tenure, title) * _BASIS.get(_doubt(tenure, day), 1.0)
            if score > 0:
                key = _spelling_of(person, tenure, found) or person.wikidata or person.name
                if key not in found or _rank(found[key]) > _rank((person, tenure, score)):
                    found[key] = (person, tenure, score)
    mine = [item for item in found.values() if world.is_users(item[0]) and item[2] >= _ENOUGH]
    if mine:  # the user's rows come before ours
        theirs = [(p, t, s * _OVERRULED) for p, t, s in found.values() if not world.is_users(p)]
        return tuple(sorted([*mine, *theirs], key=_rank))
    return tuple(sorted(found.values(), key=_rank))


def _rank(item: tuple[Person, Tenure, float]) -> tuple[float, bool, str]:
    person, _, score = item
    return (-score, person.wikidata is None, person.name)


def _spelling_of(
    person: Person, tenure: Tenure, found: dict[str, tuple[Person, Tenure, float]]
) -> str | None:
    """The key of the same term under another spelling ("Shoigu", "Shoygu"), if it is there."""
    begins = {word[:3] for word in fold(person.name).split() if len(word) > _INITIAL}
    for key, (other, term, _) in found.items():
        if abs(first_day(tenure.start) - first_day(term.start)) > _SAME_TERM:
            continue
        ends = [last_day(end) for end in (tenure.end, term.end)]
        alike = {word[:3] for word in fold(other.name).split() if len(word) > _INITIAL} & begins
        if alike and abs(ends[0] - ends[1]) <= _SAME_TERM:
            return key
    return None


def with_holder(actor: Actor, office: OfficeWords, world: World, day: date | None) -> Actor:
    """Add to the actor of an office without a name who held it on the day.

    Nobody is named without a day, where several held it, or where only a stretched end says so;
    all that come into question are kept as candidates.
    """
    if actor.organisation in _BODIES and actor.country is None and actor.sector == "GOV":
        actor = replace(actor, sector="IGO")
    where = _body_and_title(actor, office.title)
    if where is None or day is None or not (office.names_holder or office.standing == "acting"):
        return actor
    acting = "acting " if office.standing == "acting" else ""
    found = holders(world, where[0], acting + where[1], day)
    candidates = tuple(
        Candidate(f"{person.actor}:{person.name}", round(min(score, 1.0), 3), reason(tenure))
        for person, tenure, score in found[:_KEPT]
    )
    if not found or found[0][2] < _ENOUGH:
        return replace(actor, candidates=candidates)
    if len(found) > 1 and found[0][2] - found[1][2] < _MARGIN:
        return replace(actor, candidates=candidates)
    person, tenure, _ = found[0]
    role = office.role if office.standing else tenure.title or office.title
    return replace(
        actor,
        name=person.name,
        person=person.name,
        role=role,
        wikidata=person.wikidata,
        candidates=candidates,
    )


def _body_and_title(actor: Actor, title: str) -> tuple[str, str] | None:
    """The key of officials and the title to look for; None where no table could know."""
    if actor.organisation in _BODIES and actor.country is None:
        code, lead = _BODIES[actor.organisation]
        return (code, lead if title in _LEADS and lead else title)
    if actor.country is None or actor.sector not in ("GOV", "MIL", "SPY", "LEG", "REL"):
        return None
    if title in OFFICES:
        return actor.country, title
    # "Finance minister" is in the table; "minister", "leader" and "envoy" are too many things.
    telling = [word for word in _words(title) if word not in _JUNIOR]
    return (actor.country, title) if "minister" in title and telling else None


def _title_score(tenure: Tenure, title: str) -> float:
    """How well a formal title is what news calls an office: 1 the same words, 0 another office."""
    said, formal = _words(title), _words(tenure.title)
    if bool(said & _JUNIOR) != bool(formal & _JUNIOR):
        return 0.0
    if (said & _SUBSTITUTE or formal & _SUBSTITUTE) and not said & formal & _SUBSTITUTE:
        return 0.0
    office = OFFICES.get(" ".join(w for w in title.lower().split() if w not in _SUBSTITUTE))
    same = office in (None, tenure.office) or {office, tenure.office} <= _HEADS
    if not same:
        return 0.0
    extra = formal - said
    if said and said <= formal:
        return 1.0 - min(_EXTRA_WORD * len(extra - _NEUTRAL), 0.4)
    if office == tenure.office and (office in _BY_OFFICE or _other_head(said, formal)):
        return 0.0 if title in _EXACT else _OFFICE_ONLY
    return 0.0


# "National" and "federal" tell no minister from another.
_NEUTRAL = frozenset("national federal republic state government foreign council head".split())
# Not every head of government is a chancellor.
_EXACT = frozenset(["chancellor", "supreme leader", *_CROWNS])


def _other_head(said: frozenset[str], formal: frozenset[str]) -> bool:
    """Tell whether a head of state may be called so: no king is a president."""
    return bool(said & _CROWNS) == bool(formal & _CROWNS)


@functools.lru_cache(maxsize=16_384)
def _words(title: str) -> frozenset[str]:
    low = title.lower()
    for word, other in _SAME.items():
        low = re.sub(rf"\b{word}\b", other, low)
    return frozenset(word for word in re.findall(r"[^\W\d_]+", low) if word not in _EMPTY)


def _doubt(tenure: Tenure, day: date) -> str:
    """The basis of the end, where the day lies beyond what the table states."""
    stretched = tenure.basis == "unknown" or (tenure.basis == "last_seen" and tenure.is_past(day))
    return tenure.basis if stretched else ""


# -------------------------------------------------------------------------------- a person on a day


def reason(tenure: Tenure) -> str:
    """Say which office of the table is meant, with its dates and how sure its end is."""
    end = f" to {tenure.end}" if tenure.end else ""
    doubt = {"unknown": ", end unknown", "last_seen": ", last seen then"}.get(tenure.basis, "")
    return f"{tenure.title or tenure.office.replace('_', ' ')} from {tenure.start}{end}{doubt}"


def standing_on(person: Person, day: date | None) -> tuple[str | None, str]:
    """Role and sector of somebody known by name, on a day.

    An office that is over makes its holder a former one; before the first office, and when nobody
    knows whether the last has ended, there is no role.
    """
    tenure = person.tenure_on(day)
    if tenure is not None:
        return tenure.title or tenure.office.replace("_", " "), sector_of(tenure, person.actor)
    last = person.tenures[-1]
    sector = sector_of(last, person.actor)
    sector = sector if sector in ("IMG", "REB", "REL") else "ELI"
    if person.is_former(day):
        return f"former {last.title or last.office.replace('_', ' ')}", "ELI"
    return None, sector


def open_between(
    people: tuple[Person, ...], candidates: tuple[Candidate, ...], rule: str, day: date | None
) -> Actor:
    """Make the actor of a name that several people bear and nothing tells apart.

    What they share is kept: country, sector, the words of the name.
    """
    names = [person.name.split() for person in people]
    shared = " ".join(word for word in names[0] if all(word in other for other in names))
    countries = {person.country for person in people}
    sectors = {standing_on(person, day)[1] for person in people}
    name = shared or people[0].shorts[0]
    return Actor(
        name,
        countries.pop() if len(countries) == 1 else None,
        sectors.pop() if len(sectors) == 1 else "UNK",
        person=name if " " in name else None,
        rule=rule,
        candidates=candidates,
    )


def fit(person: Person, office: OfficeWords, day: date | None) -> float:
    """How well somebody can be called so: by the offices of that day, or before it, or soon after.

    A former minister has been one, a minister-designate will be.
    """
    if day is None:
        held = list(person.tenures)
    elif office.standing in _AFTER:
        held = [t for t in person.tenures if day <= first_day(t.start) <= day + _SOON]
    elif office.standing in GONE or office.standing == "then":
        held = [t for t in person.tenures if first_day(t.start) <= day]
    else:
        held = [t for t in person.tenures if t.covers(day)]
    titles = [office.title]
    if office.standing == "acting":
        titles.append(f"acting {office.title}")
    return max((_title_score(tenure, title) for tenure in held for title in titles), default=0.0)


def confirmed(people: Iterable[Person], title: str, day: date | None) -> bool:
    """Tell whether the table gives one of the people an office of that title on the day."""
    return day is None or any(person.bears(title, day) for person in people)
