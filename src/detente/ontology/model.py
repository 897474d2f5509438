"""The ontology as records, and the questions that other stages ask of it.

The contents are data (``data/ontology``), read by ``load`` and proven by ``check``; nothing here
knows the name of a type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from detente.errors import OntologyError
from detente.types import Status

Publisher = Literal["icews", "gdelt", "phoenix"]

_WORD = re.compile(r"\w+")

# Longer lists than this (the CAMEO codes) are not printed in a message.
MANY = 60

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER event type.

    ``quad`` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
    conflict. ``score`` is the conflict-cooperation score of the type without a mode, ``cameo``
    the general CAMEO code.
    """

    name: str
    quad: int
    requires_recipient: bool
    score: float
    cameo: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of one type was done; ``score`` is None where the manual prints none."""

    type: str
    name: str
    score: float | None
    gloss: str


@dataclass(frozen=True, slots=True)
class Context:
    """What an event is about.

    ``kind`` is "general" or "auxiliary" (time and certainty, which detente says with an event's
    status); ``alias`` is the spelling in POLECAT files where it differs.
    """

    name: str
    kind: str
    gloss: str
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of a country, or a kind of body without one (``kind`` "entity").

    ``cameo`` lists the codes for the same people, best first. ``one_way``: good enough to export
    to, but a CAMEO code read from elsewhere does not become this sector.
    """

    code: str
    kind: str
    cameo: tuple[str, ...]
    one_way: bool
    frequent: bool
    gloss: str


@dataclass(frozen=True, slots=True)
class PloverCoding:
    """What a CAMEO code is in PLOVER.

    ``swapped``: CAMEO tells it from the other side (043, host a visit), so that its source is
    PLOVER's recipient.
    """

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code with the class and score each publisher gives it; None where it has none."""

    code: str
    label: str
    root: str
    quad_icews: int
    quad_gdelt: int
    quad_phoenix: int
    goldstein_icews: float | None
    goldstein_gdelt: float | None
    plover: PloverCoding | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CameoRule:
    """One row of the PLOVER-to-CAMEO table; an empty condition always holds.

    ``modes`` may hold None for "the event has no mode". In ``words`` a trailing ``*`` marks the
    beginning of a word. ``file`` and ``key`` say where the row stands.
    """

    type: str
    modes: tuple[str | None, ...]
    words: tuple[str, ...]
    contexts: tuple[str, ...]
    statuses: tuple[str, ...]
    code: str
    file: str
    key: str

    @property
    def rank(self) -> int:
        """How particular the rule is: a status outweighs a mode, words, contexts, in that order."""
        conditions = (self.statuses, self.modes, self.words, self.contexts)
        return sum(8 >> place for place, condition in enumerate(conditions) if condition)

    def fires(self, mode: str | None, words: str, contexts: Iterable[str], status: str) -> bool:
        """Tell whether every condition holds; ``words`` as ``normalise`` returns them."""
        return (
            (not self.statuses or status in self.statuses)
            and (not self.modes or mode in self.modes)
            and (not self.contexts or any(context in self.contexts for context in contexts))
            and (not self.words or any(_occurs(word, words) for word in self.words))
        )


def normalise(words: str | None) -> str:
    """Lower-case text and part its words by one space, with a space at both ends."""
    return f" {' '.join(_WORD.findall((words or '').casefold()))} "


def _occurs(word: str, words: str) -> bool:
    return f" {word[:-1]}" in words if word.endswith("*") else f" {word} " in words


# eq=False: compared and hashed by identity, because the tables inside are dicts.
@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """Everything that may be coded, checked at load; treat the tables as read-only.

    ``modes`` and ``legacy_modes`` are keyed by type and name; ``cameo_rules`` by type, most
    particular first. ``version`` names the ontology and hashes the files it was read from.
    """

    name: str
    digest: str
    types: Mapping[str, EventType]
    modes: Mapping[tuple[str, str], Mode]
    legacy_modes: Mapping[tuple[str, str], str | None]
    contexts: Mapping[str, Context]
    sectors: Mapping[str, Sector]
    cameo_codes: Mapping[str, CameoCode]
    cameo_rules: Mapping[str, tuple[CameoRule, ...]]

    @property
    def version(self) -> str:
        """Name and content hash, e.g. "plover-2021.1:ab12cd34"."""
        return f"{self.name}:{self.digest}"

    def type(self, name: str) -> EventType:
        """Look up an event type.

        Raises:
            OntologyError: there is no such type (D212).
        """
        return _named(self.types, name, "event type")

    def mode(self, event_type: str, name: str) -> Mode:
        """Look up a mode of a type.

        Raises:
            OntologyError: there is no such type, or the type has no such mode (D212).
        """
        found = self.modes.get((event_type, name))
        if found is None:
            known = ", ".join(self.modes_of(event_type)) or "none"
            raise OntologyError(
                "D212",
                f"{event_type} has no mode {name!r}",
                f"Its modes: {known}. Older names: Ontology.current_mode.",
            )
        return found

    def modes_of(self, event_type: str) -> tuple[str, ...]:
        """List the names of a type's modes, in the file's order; empty for a type without modes.

        Raises:
            OntologyError: there is no such type (D212).
        """
        self.type(event_type)
        return tuple(name for owner, name in self.modes if owner == event_type)

    def current_mode(self, event_type: str, mode: str) -> str | None:
        """Bring a mode of an older codebook up to date; None if it was dropped without heir.

        Raises:
            OntologyError: neither a current nor an older mode of the type (D212).
        """
        if (event_type, mode) in self.legacy_modes:
            return self.legacy_modes[event_type, mode]
        return self.mode(event_type, mode).name

    def score(self, event_type: str, mode: str | None = None) -> float:
        """Give the PLOVER conflict-cooperation score, -10 to 10.

        Args:
            event_type: name of a type.
            mode: name of one of its modes, or None.

        Returns:
            The mode's score; the type's where there is no mode or the manual scores it not.

        Raises:
            OntologyError: unknown type or mode (D212).

        Source:
            PLOVER manual, numeric scores; ACCUSE is -3 here and 3 there (see plover.yaml).
        """
        own = self.mode(event_type, mode).score if mode is not None else None
        return self.type(event_type).score if own is None else own

    def quad(self, event_type: str) -> int:
        """Give the quad class, 1 to 4.

        Raises:
            OntologyError: there is no such type (D212).
        """
        return self.type(event_type).quad

    def cameo(
        self,
        event_type: str,
        mode: str | None = None,
        contexts: Iterable[str] = (),
        *,
        status: str = Status.ASSERTED,
        words: str | None = None,
    ) -> str:
        """Give the single CAMEO code that says an event best.

        Args:
            event_type: name of a type.
            mode: one of its modes, or None.
            contexts: what the event is about, in any order.
            status: as in ``Status``. What lies ahead is an intent (03x) in CAMEO; every other
                status carries the code of the act, because CAMEO cannot say "did not happen".
            words: the predicate and theme as read ("held talks on the truce"); they choose
                among the finer codes.

        Returns:
            The code of the most particular row that fires, else the type's general code.

        Raises:
            OntologyError: unknown type or mode (D212).

        Source:
            CAMEO2PLOVER-2021 read backwards; the rows are ours (plover_to_cameo.tsv).
        """
        general = self.type(event_type).cameo
        if mode is not None:
            self.mode(event_type, mode)
        text, about = normalise(words), tuple(contexts)
        for rule in self.cameo_rules.get(event_type, ()):
            if rule.fires(mode, text, about, status):
                return rule.code
        return general

    def cameo_code(self, code: str) -> CameoCode:
        """Look up a CAMEO code; codes are text, "014" is not "14".

        Raises:
            OntologyError: there is no such code (D212).
        """
        return _named(self.cameo_codes, code, "CAMEO code")

    def plover_from_cameo(self, code: str) -> PloverCoding | None:
        """Say what a CAMEO code is in PLOVER; None for roots 01 and 02, which PLOVER drops.

        Raises:
            OntologyError: there is no such code (D212).

        Source:
            CAMEO2PLOVER-2021; departures are noted row by row in cameo.tsv.
        """
        return self.cameo_code(code).plover

    def goldstein(self, code: str, *, publisher: Publisher = "icews") -> float | None:
        """Give the Goldstein value of a CAMEO code as a publisher ships it.

        Args:
            code: CAMEO code.
            publisher: "icews" or "gdelt"; Phoenix ships the ICEWS values.

        Returns:
            The value, or None if the publisher has none (1214, and 1213 in GDELT).

        Raises:
            OntologyError: there is no such code or publisher (D212).
        """
        found = self.cameo_code(code)
        values = {
            "icews": found.goldstein_icews,
            "phoenix": found.goldstein_icews,
            "gdelt": found.goldstein_gdelt,
        }
        if publisher not in values:  # None is a value here
            raise _missing(values, publisher, "publisher")
        return values[publisher]

    def cameo_quad(self, code: str, *, publisher: Publisher = "icews") -> int:
        """Give the quad class of a CAMEO code as a publisher ships it (Phoenix: 0 to 4).

        Raises:
            OntologyError: there is no such code or publisher (D212).
        """
        found = self.cameo_code(code)
        values = {
            "icews": found.quad_icews,
            "phoenix": found.quad_phoenix,
            "gdelt": found.quad_gdelt,
        }
        return _named(values, publisher, "publisher")

    def sector_to_cameo(self, code: str) -> str | None:
        """Give the CAMEO code for a PLOVER sector: JRN becomes MED, MED becomes HLH.

        Raises:
            OntologyError: there is no such sector (D212).
        """
        cameo = _named(self.sectors, code, "sector").cameo
        return cameo[0] if cameo else None

    def sector_from_cameo(self, code: str) -> str | None:
        """Give the PLOVER sector for a CAMEO role code: MED becomes JRN; None if it has none."""
        for sector in self.sectors.values():
            if code in sector.cameo and not sector.one_way:
                return sector.code
        return None


def _named(table: Mapping[str, Entry], name: str, what: str) -> Entry:
    found = table.get(name)
    if found is None:
        raise _missing(table, name, what)
    return found


def _missing(table: Mapping[str, object], name: str, what: str) -> OntologyError:
    if len(table) > MANY:
        hint = f"There are {len(table)}, as text with leading zeros; see cameo.tsv."
    else:
        hint = f"Known: {', '.join(table)}."
    return OntologyError("D212", f"no {what} {name!r}", hint)
