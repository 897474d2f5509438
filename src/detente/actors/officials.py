"""Persons and the offices they held: who was in office on a day."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from typing import NamedTuple

from detente.types import Candidate

# An end that nobody stated ("last_seen" in a yearly edition, "unknown" at a snapshot): the holder
# may have stayed on; five years is longer than most ministers last (median tenure: 2.4 years).
_GRACE_DAYS = {"unknown": 5 * 365, "last_seen": 400}
_RANK = (
    "head_of_state head_of_government foreign_minister defence_minister igo_head "
    "armed_group_leader deputy_head legislative_speaker national_security_adviser spokesperson "
    "un_ambassador opposition_leader military_chief intelligence_chief other_minister "
    "central_banker party_leader governor_general judicial_head"
).split()
OFFICE_RANK = {office: rank for rank, office in enumerate(_RANK)}
_SECTORS = {
    "legislative_speaker": "LEG",
    "military_chief": "MIL",
    "intelligence_chief": "SPY",
    "judicial_head": "JUD",
    "opposition_leader": "OPP",
    "party_leader": "PTY",
    "armed_group_leader": "REB",
    "igo_head": "IGO",
}


# What news calls an office -> the office.
OFFICES = {
    "president": "head_of_state",
    "king": "head_of_state",
    "queen": "head_of_state",
    "emir": "head_of_state",
    "sultan": "head_of_state",
    "supreme leader": "head_of_state",
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
    "top envoy": "foreign_minister",
    "chief diplomat": "foreign_minister",
    "defence minister": "defence_minister",
    "defense minister": "defence_minister",
    "defence secretary": "defence_minister",
    "defense secretary": "defence_minister",
    "secretary of defense": "defence_minister",
    "vice president": "deputy_head",
    "deputy prime minister": "deputy_head",
}
# A monarch's formal title seldom holds the word that news uses.
_CROWNS = frozenset(["king", "queen", "emir", "sultan"])
# Whose people a body without a country speaks for.
_HOMES = {"NST:TIB": "CHN"}
_JUNIOR = frozenset(["vice", "deputy", "assistant", "acting", "under"])
_PLAIN = _JUNIOR | frozenset(["minister", "ministers", "of", "the", "for"])


class Tenure(NamedTuple):
    """One office held, with its dates as the table gives them (ISO, may be cut short)."""

    office: str
    title: str
    start: str
    end: str
    basis: str

    def covers(self, day: date) -> bool:
        """Tell whether the holder was in office on a day, unstated ends stretched."""
        if first_day(self.start) > day:
            return False
        if self.basis == "open" or (not self.end and self.basis not in _GRACE_DAYS):
            return True
        grace = timedelta(days=_GRACE_DAYS.get(self.basis, 0))
        return day <= last_day(self.end or self.start) + grace

    def is_past(self, day: date) -> bool:
        """Tell whether the table's own end, stated or last seen, lies before a day."""
        return bool(self.end) and last_day(self.end) < day

    def is_over(self, day: date) -> bool:
        """Tell whether the table states that the office had ended by a day."""
        stated = self.basis in ("stated", "successor") and bool(self.end)
        return stated and last_day(self.end) < day


class Person(NamedTuple):
    """Somebody in the table of officials; ``actor`` is alpha-3, ``IGO:xxx`` or ``NST:xxx``."""

    name: str
    forms: tuple[str, ...]
    shorts: tuple[str, ...]
    actor: str
    wikidata: str | None
    tenures: tuple[Tenure, ...]

    @property
    def country(self) -> str | None:
        """Alpha-3 code, None for heads of bodies without a country."""
        return self.actor if len(self.actor) == 3 else _HOMES.get(self.actor)

    def tenure_on(self, day: date | None) -> Tenure | None:
        """Give the highest office held on a day; without a day the highest ever held."""
        held = [t for t in self.tenures if day is None or t.covers(day)]
        return min(held, key=_precedence, default=None)

    def bears(self, title: str, day: date | None) -> bool:
        """Tell whether a title before a name can be this person's that day.

        "Minister" alone fits every minister; "Vice Foreign Minister" does not fit a prime minister.
        """
        held = [t for t in self.tenures if day is None or t.covers(day)]
        words = title.lower().split()
        junior = [word for word in words if word in _JUNIOR]
        telling = [word for word in words if word not in _PLAIN]
        for tenure in held:
            formal = tenure.title.lower()
            if junior and not any(word in formal for word in junior):
                continue
            if not telling or any(word[:5] in formal for word in telling):
                return True
            if title.lower() in _CROWNS and OFFICES.get(title.lower()) == tenure.office:
                return True
        return False

    def is_former(self, day: date | None) -> bool:
        """Tell whether every office had ended by a day."""
        return day is not None and all(t.is_over(day) for t in self.tenures)


def _precedence(tenure: Tenure) -> tuple[int, str]:
    return (OFFICE_RANK.get(tenure.office, len(OFFICE_RANK)), tenure.start)


def sector_of(tenure: Tenure, actor: str) -> str:
    """Give the sector that an office puts its holder in."""
    if actor.startswith("IGO:"):
        return "IGO"
    if actor.startswith("NST:"):
        return "IMG" if actor != "NST:TIB" else "REL"
    if actor == "VAT":
        return "REL"
    if tenure.office.isupper():  # a row of the user's says the sector itself
        return tenure.office
    return _SECTORS.get(tenure.office, "GOV")


def parse_person(row: str) -> Person:
    """Read one row of officials.tsv.gz."""
    name, forms, short, actor, qid, tenures, _ = row.split("\t")
    held = tuple(Tenure(*tenure.split("~")) for tenure in tenures.split("|"))
    return Person(name, tuple(forms.split(";")), tuple(short.split(";")), actor, qid or None, held)


def best_holder(
    people: tuple[Person, ...], day: date | None, countries: frozenset[str] = frozenset()
) -> tuple[Person | None, tuple[Candidate, ...]]:
    """Choose among namesakes: in office on the day, of a country the text names, highest office.

    Returns: the person (None where nobody ever held office before the day) and every reading with
        its score, best first.
    """
    scored = sorted(
        ((_fitness(p, day, countries), p) for p in people), key=lambda pair: (-pair[0], pair[1])
    )
    candidates = tuple(
        Candidate(f"{p.actor}:{p.name}", round(score, 3), _reason(p, day))
        for score, p in scored[:3]
    )
    if not scored or scored[0][0] <= 0.0:
        return None, candidates
    return scored[0][1], candidates


def tied_with(
    best: Person, people: tuple[Person, ...], day: date | None, countries: frozenset[str]
) -> tuple[Person, ...]:
    """Give the other namesakes that fit exactly as well as the best."""
    score = _fitness(best, day, countries)
    others = (p for p in people if _fitness(p, day, countries) == score)
    return tuple(p for p in others if not _same_person(p, best))


def _same_person(one: Person, two: Person) -> bool:
    """Tell whether two rows are one person: the same row, item, or spelling but for marks."""
    if one is two or (one.wikidata is not None and one.wikidata == two.wikidata):
        return True
    return one.actor == two.actor and bool(set(one.forms) & set(two.forms))


def _fitness(person: Person, day: date | None, countries: frozenset[str]) -> float:
    score = 0.3 if person.actor in countries else 0.0
    tenure = person.tenure_on(day)
    if tenure is not None:
        rank = OFFICE_RANK.get(tenure.office, len(OFFICE_RANK))
        latest = int(person.tenures[-1].start[:4]) / 100000 if day is None else 0.0
        return score + 0.4 + 0.2 * (1 - rank / len(OFFICE_RANK)) + latest
    if day is not None and all(first_day(t.start) > day + timedelta(3650) for t in person.tenures):
        return 0.0
    return score + 0.2


def _reason(person: Person, day: date | None) -> str:
    tenure = person.tenure_on(day)
    if tenure is None:
        return "not in office that day"
    return f"{tenure.title or tenure.office} from {tenure.start}"


@functools.lru_cache(maxsize=8192)
def first_day(cut: str) -> date:
    """First day of a date that may be cut to a month or a year."""
    if not cut:
        return date.min
    numbers = [int(part) for part in cut.split("-")]
    return date(numbers[0], *[*numbers[1:], 1, 1][:2])


@functools.lru_cache(maxsize=8192)
def last_day(cut: str) -> date:
    """Last day of a date that may be cut to a month or a year."""
    if not cut:
        return date.max
    numbers = [int(part) for part in cut.split("-")]
    if len(numbers) == 3:
        return date(*numbers)
    year, month = (numbers[0], 12) if len(numbers) == 1 else numbers
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
