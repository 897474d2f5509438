"""Datelines ("BEIJING, March 3 (Reuters) -") and date lines ("18 February 2023").

A dateline names the place of the report, often the day, and is no part of the first sentence.
Mixed-case places are taken for one only with a day or a known agency, and capitals alone only
before a long dash, since "NATO - the alliance" and "Obama (D) - the senator" look much the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from detente.reading.dates import DAY, WEEKDAY, day_in

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĻĽŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽ"
_CAPITALS = rf"[{_UPPER}][{_UPPER}.'’-]+(?:[ /][{_UPPER}][{_UPPER}.'’-]+){{0,3}}"
_MIXED = rf"[{_UPPER}][\w.'’-]+(?: (?:(?:de|da|do|del|la|le|el|al|of) )?[{_UPPER}][\w.'’-]+){{0,3}}"
_REGION = rf"[{_UPPER}][\w.'’-]+(?: [{_UPPER}][\w.'’-]+){{0,3}}"
_AGENCY = r"[A-Z][\w .,&/'’-]{1,40}"
_DAY = rf"(?i:{DAY}|{WEEKDAY}\b)"
_DATELINE = re.compile(
    rf"(?:(?P<capitals>{_CAPITALS})|(?P<mixed>{_MIXED}))(?P<region>, (?!{_DAY}){_REGION})?"
    rf"(?:,? (?P<day>{_DAY}))?"
    rf"(?: ?\((?:(?P<inside>{_DAY})|(?P<agency>{_AGENCY}))\))?"
    rf"(?:,? (?P<after>{_DAY}))?"
    r"(?P<dash> ?[—―] ?| ?– ?| ?--+ ?| [-_](?: |\Z)| (?=[A-Z\"“]))"
)
_PLACE_AND_DAY = re.compile(rf"(?P<place>{_MIXED}(?:, (?!{_DAY}){_REGION})?), (?P<day>{_DAY})")
_DATE_LABEL = re.compile(
    r"(?:(?:First )?(?:Published|Posted|Issued|Released|Updated|Last updated|Date)(?: on)?:? )",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d{1,2}[/.]\d{1,2}[/.](?:\d\d)?\d\d")
_AGENCIES = frozenset(
    (
        "AP|The Associated Press|Associated Press|AFP|Reuters|Xinhua|TASS|UPI|dpa|DPA|ANSA|EFE|"
        "Kyodo|Jiji|IANS|PTI|ANI|Yonhap|CNN|BBC|Interfax|RIA|RIA Novosti|Bloomberg|UN News|IPS|"
        "VOA|RFE/RL|RFA|JTA|MENA|SANA|IRNA|KUNA|WAM|QNA|SPA|APP|Anadolu|AA|ANP|PAP|MTI|CNA|Bernama"
    ).split("|")
)
# Words in capitals that stand before a long dash and are no places.
_NOT_PLACES = frozenset(
    (
        "NATO ASEAN BREAKING UPDATE UPDATED EXCLUSIVE ANALYSIS OPINION COMMENT EDITORIAL NOTE "
        "CORRECTION CORRECTED WATCH LIVE VIDEO PHOTOS URGENT ALERT FACTBOX EXPLAINER INTERVIEW "
        "UNHCR UNICEF UNESCO OPEC OSCE IAEA UNSC ISIS ISIL OPCW UNRWA ECOWAS BRICS MERCOSUR "
        "COVID COVID-19 QUESTION ANSWER MODERATOR REPORTER SUMMARY BACKGROUND HEADLINES"
    ).split()
)
# Joined by these, a place name in capitals keeps small words small.
_SMALL_WORDS = frozenset({"De", "Da", "Do", "Del", "La", "Le", "Of", "Al", "El", "The"})
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: how many characters of the line it takes, its place, its day if complete."""

    length: int
    place: str | None
    day: date | None


def dateline_at_start(line: str) -> Dateline | None:
    """Find the dateline that opens a line.

    Args:
        line: a line without white space around it.

    Returns: the dateline with its dash, if it has one, without the space after it; None if there
        is none. The day needs a year: "March 3" alone is furniture but no day.
    """
    match = _DATELINE.match(line[:_LONGEST])
    if match is None:
        return None
    day = match["day"] or match["inside"] or match["after"]
    agency = match["agency"]
    place = match["capitals"] or match["mixed"]
    if match["dash"].isspace():
        # Page extractors lose the hyphen of "GENEVA (Reuters) - The talks".
        believed = agency in _AGENCIES
    elif match["mixed"]:
        believed = day is not None or agency in _AGENCIES
    else:
        believed = day is not None or agency is not None or _bare_place(place, match, line)
    if not believed:
        return None
    name = _place_name(place) + (match["region"] or "")
    return Dateline(len(match[0].rstrip()), name, day_in(day) if day else None)


def date_line(line: str) -> Dateline | None:
    """Tell whether a whole line is a date ("Published: Feb. 18, 2023") or a place and a date.

    Returns: its place, if any, and its day: None where the day is ambiguous or has no year.
    """
    if len(line) > _LONGEST:
        return None
    words = _DATE_LABEL.sub("", line, count=1)
    day = day_in(words)
    if day is not None:
        return Dateline(len(line), None, day)
    if _FIGURES.fullmatch(words) or re.fullmatch(DAY, words, re.IGNORECASE):
        return Dateline(len(line), None, None)
    match = _PLACE_AND_DAY.fullmatch(line)
    if match is None or day_in(match["day"]) is None:
        return None
    return Dateline(len(line), _place_name(match["place"]), day_in(match["day"]))


def _bare_place(place: str, match: re.Match[str], line: str) -> bool:
    """Judge capitals with neither day nor agency: "KABUL, Afghanistan — The Taliban"."""
    if match["dash"].strip() not in ("—", "–", "―", "--"):
        return False
    letters = sum(char.isalpha() for char in place)
    following = line[match.end() :].lstrip("\"“‘'")[:1]
    return (
        letters >= 4
        and not _NOT_PLACES & set(place.split())
        and (following.isupper() or following.isdigit())
    )


def _place_name(place: str) -> str:
    """Write capitals as a name: "RIO DE JANEIRO" -> "Rio de Janeiro"; "MOSCOW/KYIV" -> "Moscow"."""
    place = place.split("/")[0]
    if not place.isupper():
        return place
    words = [
        word if re.fullmatch(r"(?:[A-Z]\.)+", word) else word.title() for word in place.split()
    ]
    return " ".join(
        word.lower() if number and word in _SMALL_WORDS else word
        for number, word in enumerate(words)
    )
