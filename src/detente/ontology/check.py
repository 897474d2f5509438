"""Proves an ontology at load; every breach is a problem with a code, and all are told at once.

O101  a key or code stands twice in one file
O102  a key or code is not text (YAML reads 014 unquoted as a number, NO as false)
O103  a field is missing, unknown or of the wrong kind
O104  a quad is not 1 to 4 (Phoenix: 0 to 4)
O105  a score or Goldstein value is not within -10 to 10
O106  older modes are given for a type that does not exist
O107  a type has no general CAMEO code, or one that does not exist
O108  a mapped CAMEO code does not exist
O109  a CAMEO code is not two to four digits, or its root does not exist
O110  a mapping names a type, mode, context or status that does not exist
O111  an older mode becomes a mode that does not exist, or is itself still current
O112  two mapping rows have the same conditions
O113  a sector or context is of an unknown kind
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from detente.errors import OntologyError
from detente.ontology.model import CameoCode, CameoRule, Ontology
from detente.types import Status

# PLOVER scores and Goldstein values share this scale.
LIMIT = 10
SECTOR_KINDS = ("sector", "entity")
CONTEXT_KINDS = ("general", "auxiliary")

_CODE = re.compile(r"\d{2,4}")
_STATUSES = frozenset(status.value for status in Status)


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach: which rule, in which file, at which key."""

    code: str
    file: str
    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.code} {self.file}: {self.key}: {self.message}"


def raise_all(problems: list[Problem]) -> None:
    """Raise one error that lists every problem; return if there is none.

    Raises:
        OntologyError: at least one problem (D211).
    """
    if not problems:
        return
    lines = "".join(f"\n  {problem}" for problem in problems)
    raise OntologyError(
        "D211",
        f"the ontology has {len(problems)} problem(s):{lines}\n",
        "Correct these entries; docs/ontology.md explains the codes.",
    )


def check_ontology(ontology: Ontology, files: Mapping[str, str]) -> list[Problem]:
    """Check everything that one entry cannot show on its own.

    Args:
        ontology: as built from well-formed entries.
        files: which file each key was read from, e.g. "types.AGREE" -> "plover.yaml".

    Returns:
        All problems, in a fixed order.
    """
    found = [
        *_check_types(ontology),
        *_check_modes(ontology),
        *_check_kinds(ontology),
        *_check_codes(ontology),
    ]
    entries = [Problem(code, files.get(key, "?"), key, message) for code, key, message in found]
    return entries + list(_check_rules(ontology))


_Found = Iterator[tuple[str, str, str]]


def _check_types(ontology: Ontology) -> _Found:
    for name, event_type in ontology.types.items():
        key = f"types.{name}"
        if event_type.quad not in (1, 2, 3, 4):
            yield "O104", key, f"quad is {event_type.quad}, not 1 to 4"
        yield from _check_score(key, event_type.score)
        if event_type.cameo not in ontology.cameo_codes:
            yield "O107", key, f"general CAMEO code {event_type.cameo!r} does not exist"


def _check_modes(ontology: Ontology) -> _Found:
    for (owner, name), mode in ontology.modes.items():
        key = f"types.{owner}.modes.{name}"
        yield from _check_score(key, mode.score)
    for (owner, old), new in ontology.legacy_modes.items():
        key = f"legacy_modes.{owner}.{old}"
        if owner not in ontology.types:
            yield "O106", key, f"there is no type {owner}"
        elif new is not None and (owner, new) not in ontology.modes:
            yield "O111", key, f"becomes {new!r}, which is no mode of {owner}"
        elif (owner, old) in ontology.modes:
            yield "O111", key, f"{old!r} is still a mode of {owner}"


def _check_kinds(ontology: Ontology) -> _Found:
    for context in ontology.contexts.values():
        if context.kind not in CONTEXT_KINDS:
            yield "O113", f"contexts.{context.name}", f"kind {context.kind!r} is unknown"
    for sector in ontology.sectors.values():
        if sector.kind not in SECTOR_KINDS:
            yield "O113", f"sectors.{sector.code}", f"kind {sector.kind!r} is unknown"


def _check_codes(ontology: Ontology) -> _Found:
    for code, entry in ontology.cameo_codes.items():
        key = f"cameo.{code}"
        if not _CODE.fullmatch(code):
            yield "O109", key, "a CAMEO code is two to four digits"
        if entry.root != code[:2] or entry.root not in ontology.cameo_codes:
            yield "O109", key, f"root {entry.root!r} does not exist or does not begin the code"
        yield from _check_publishers(key, entry)
        coding = entry.plover
        if coding is not None:
            yield from _check_plover(ontology, key, coding.type, (coding.mode,), coding.contexts)


def _check_publishers(key: str, entry: CameoCode) -> _Found:
    for quad, lowest in ((entry.quad_icews, 1), (entry.quad_gdelt, 1), (entry.quad_phoenix, 0)):
        if not lowest <= quad <= 4:
            yield "O104", key, f"quad is {quad}, not {lowest} to 4"
    yield from _check_score(key, entry.goldstein_icews)
    yield from _check_score(key, entry.goldstein_gdelt)


def _check_rules(ontology: Ontology) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], CameoRule] = {}
    for rule in (rule for rules in ontology.cameo_rules.values() for rule in rules):
        for code, key, message in _check_rule(ontology, rule):
            yield Problem(code, rule.file, key, message)
        conditions = (rule.type, rule.modes, rule.words, rule.contexts, rule.statuses)
        first = seen.setdefault(conditions, rule)
        # The same conditions in a file of the user's are an override, not a slip.
        if first is not rule and first.file == rule.file:
            yield Problem("O112", rule.file, rule.key, f"same conditions as {first.key}")


def _check_rule(ontology: Ontology, rule: CameoRule) -> _Found:
    if rule.code not in ontology.cameo_codes:
        yield "O108", rule.key, f"CAMEO code {rule.code!r} does not exist"
    yield from _check_plover(ontology, rule.key, rule.type, rule.modes, rule.contexts)
    for status in rule.statuses:
        if status not in _STATUSES:
            yield "O110", rule.key, f"there is no status {status!r}"


def _check_plover(
    ontology: Ontology,
    key: str,
    event_type: str,
    modes: tuple[str | None, ...],
    contexts: tuple[str, ...],
) -> _Found:
    if event_type not in ontology.types:
        yield "O110", key, f"there is no type {event_type!r}"
        return
    for mode in modes:
        if mode is not None and (event_type, mode) not in ontology.modes:
            yield "O110", key, f"{event_type} has no mode {mode!r}"
    for context in contexts:
        if context not in ontology.contexts:
            yield "O110", key, f"there is no context {context!r}"


def _check_score(key: str, score: float | None) -> _Found:
    # "not within" rather than "outside": a score of .nan must not pass.
    if score is not None and not -LIMIT <= score <= LIMIT:
        yield "O105", key, f"score {score} is not within -{LIMIT} to {LIMIT}"
