"""Finding one event by id, by the beginning of its id, or by its number."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from detente.errors import DataError
from detente.types import Event

# How many ids a message names before it says "and more".
SHOWN = 5


def find_event(reference: str, events: Iterable[Event]) -> Event:
    """Return the event that ``reference`` means.

    Tried in this order: a whole id; a number, 1 for the first event (also "#1"); the beginning
    of exactly one id.

    Raises:
        DataError: nothing fits (D243), or several ids begin so (D244).
    """
    number = int(reference.removeprefix("#")) if _is_number(reference) else None
    numbered: Event | None = None
    matches: list[Event] = []
    ids: list[str] = []
    for count, event in enumerate(events, start=1):
        if event.id == reference:
            return event
        if count == number:
            numbered = event
        if event.id.startswith(reference):
            matches.append(event)
        ids.append(event.id)
    if numbered is not None:
        return numbered
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise DataError(
            "D244",
            f"{len(matches)} events have an id that begins with {reference!r}: "
            + _listed([event.id for event in matches]),
            "Give more of the id.",
        )
    raise _unknown(reference, ids)


def _is_number(reference: str) -> bool:
    digits = reference.removeprefix("#")
    # Eight digits count more events than a file holds; longer ones are ids.
    return digits.isascii() and digits.isdigit() and len(digits) <= 8


def _unknown(reference: str, ids: list[str]) -> DataError:
    if not ids:
        return DataError(
            "D243", f"no event {reference!r}: there are no events", "Check what was coded."
        )
    # Only the first part of an id is ever typed, so likeness is measured on that.
    length = max(len(reference), 4)
    near = difflib.get_close_matches(reference, [one[:length] for one in ids], n=SHOWN, cutoff=0.5)
    likely = [one for one in ids if one[:length] in near]
    remedy = f"Near it: {_listed(likely)}." if likely else f"The ids begin: {_listed(ids)}."
    known = f"there are {len(ids)} events" if len(ids) > 1 else "there is 1 event"
    return DataError("D243", f"no event {reference!r}; {known}", remedy)


def _listed(ids: list[str]) -> str:
    return ", ".join(ids[:SHOWN]) + (" and more" if len(ids) > SHOWN else "")
