"""A strict grammar for days: day month year, month day year, ISO 8601.

Nothing is guessed: 03/04/2021 is no date here, since half the world reads it the other way. The
grammar serves ``--date``, record dates, date lines and datelines; dates inside sentences are the
business of the grounding stage.
"""

from __future__ import annotations

import re
from datetime import date

from detente.errors import ConfigError

_MONTH_NAMES = (
    "january february march april may june july august september october november december"
).split()
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
WEEKDAY = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?"
    r"|Sat(?:urday)?|Sun(?:day)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
# A day with or without its year, for use inside other patterns (case is ignored there too).
DAY = (
    rf"(?:(?:{WEEKDAY}\.?,? )?(?:{_DAY}(?: of)? {MONTH}\b\.?(?:,? {_YEAR})?"
    rf"|{MONTH}\b\.? {_DAY}(?:,? {_YEAR})?)|{_YEAR}-\d\d-\d\d)"
)
_TIME = (
    r"(?:(?:,| at)? ?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:[A-Z]{1,5}|[+-]\d\d:?\d\d))?)?"
)
_DAY_FIRST = re.compile(
    rf"(?:{WEEKDAY}\.?,? )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]({MONTH})\.?,?[ -]({_YEAR})"
    rf"{_TIME}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?:{WEEKDAY}\.?,? )?({MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? ({_YEAR}){_TIME}",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?(?: ?[A-Z]{1,5}| ?[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)


def parse_date(text: str) -> date:
    """Parse a date that a user gave, such as the value of ``--date``.

    Args:
        text: "2023-02-18", "18 February 2023", "Feb. 18, 2023"; a weekday or a time of day may
            stand with it and is ignored.

    Returns: the day.

    Raises:
        ConfigError: not a day, or one that can be read two ways (D110).
    """
    day = day_in(text)
    if day is None:
        raise ConfigError(
            "D110",
            f"cannot read {text!r} as a date",
            "Write it as YYYY-MM-DD, for example 2023-02-18, or 18 February 2023.",
        )
    return day


def day_in(text: str) -> date | None:
    """Read a text that is a date and nothing else.

    Returns: the day as written (its own time zone); None if it is no date, does not exist (30
        February), or could mean two days (03/04/2021).
    """
    words = " ".join(text.split())
    if match := _ISO.fullmatch(words):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(words):
        year, month, day = int(match[3]), _month(match[2]), int(match[1])
    elif match := _MONTH_FIRST.fullmatch(words):
        year, month, day = int(match[3]), _month(match[1]), int(match[2])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS[name.lower()]
