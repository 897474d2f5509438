"""What a labeller types or chooses by a letter, read and checked."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping

from detente.labelling.checks import Inventory, day_of
from detente.labelling.draft import Who

# A bare name of a country acts as its government (docs/coding.md, Sector).
_SECTOR_OF_A_COUNTRY = "GOV"
_SIGNS = string.ascii_lowercase + string.digits


class EntryError(ValueError):
    """What was typed cannot be taken; the message tells the labeller why."""


def read_who(text: str, inventory: Inventory, names: Mapping[str, str]) -> tuple[Who, ...]:
    """Read whom a party's words stand for.

    Args:
        text: "CHL GOV", "Chile GOV", "CHL" (its government), "- IGO" or "IGO" for bodies without a
            country; several with commas.
        inventory: which countries and sectors there are.
        names: country code -> name.

    Raises:
        EntryError: nothing was typed, or there is no such country or sector.
    """
    codes = {name.casefold(): code for code, name in names.items()}
    found = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        *country, last = part.split()
        if last.upper() not in inventory.sectors:
            country, last = [*country, last], _SECTOR_OF_A_COUNTRY
        found.append(Who(_country(" ".join(country), inventory, codes), last.upper()))
    if not found:
        raise EntryError("type country and sector, like CHL GOV")
    return tuple(dict.fromkeys(found))


def _country(words: str, inventory: Inventory, codes: Mapping[str, str]) -> str | None:
    if words in ("", "-"):
        return None
    code = words.upper() if words.upper() in inventory.countries else codes.get(words.casefold())
    if code is None:
        raise EntryError(
            f"no country or sector “{words}”; sectors: {', '.join(sorted(inventory.sectors))}"
        )
    return code


def read_day(text: str) -> str | None:
    """Read a date: YYYY, YYYY-MM or YYYY-MM-DD; nothing is None.

    Raises:
        EntryError: it is none of these, or not of the calendar.
    """
    if not text.strip():
        return None
    if day_of(text.strip()) is None:
        raise EntryError("not a day, month or year of the calendar, like 2023-02-18")
    return text.strip()


def letters_for(names: Iterable[str]) -> dict[str, str]:
    """Give each name a letter: the first of its own that is free, else any sign that is.

    Names beyond the 36 letters and digits get none and are chosen with the arrows.
    """
    found: dict[str, str] = {}
    for name in names:
        own = (sign for sign in f"{name.lower()}{_SIGNS}" if sign in _SIGNS)
        sign = next((s for s in own if s not in found.values()), None)
        if sign is not None:
            found[name] = sign
    return found
