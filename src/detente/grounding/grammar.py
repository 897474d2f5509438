"""The patterns of time expressions: what dates look like, and what may stand in front of them.

Months and weekdays count only with a capital and in the company that dates keep, so that "may",
"march", "sun", "sat", "second" and Theresa May stay words and names. Figures such as 03/04/2021
are left alone: half the world reads them the other way; 13/04/2021 has one reading.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": 1, "an": 1}

# Days of the year that have one date everywhere. Independence Day, Easter and Ramadan do not.
HOLIDAYS = {
    "New Year's Day": (1, 1),
    "New Year's Eve": (12, 31),
    "Valentine's Day": (2, 14),
    "International Women's Day": (3, 8),
    "May Day": (5, 1),
    "Bastille Day": (7, 14),
    "Christmas Eve": (12, 24),
    "Christmas Day": (12, 25),
    "Boxing Day": (12, 26),
}
HOLIDAYS |= {name.replace("'", "’"): day for name, day in HOLIDAYS.items()}

_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?!\w)"
)
_ANY_WEEKDAY = "(?:" + "|".join(WEEKDAYS) + r"|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.)(?!\w)"
_WEEKDAY = f"(?P<weekday>{_ANY_WEEKDAY})"
_TIME_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night)\b)"
_NAMED = rf"(?:{_ANY_WEEKDAY}{_TIME_OF_DAY}?,?\s+)?"
# "Local time", "9 p.m. Seoul time": the day is that of another place.
_ZONE = (
    r"(?P<zone>,?(?:\s+at\s+\d[\d.:]*\s?(?:[ap]\.?m\.?)?)?\s+"
    r"(?:local|(?:[A-Z][a-z]+\s+)?[A-Z][a-z]+)\s+time\b)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[,.]\d)"
_SIBLING = r"(?:\s+(?:of\s+)?(?P<sibling>last|this|next)\s+year\b)"
_OF_YEAR = rf"(?:,?\s+{_YEAR}|{_SIBLING})?"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DAY2 = _DAY.replace("<day>", "<day2>")
_NO_MORE = r"(?![\w%]|[,.:]\d)"
# A figure that is part of a longer one, of a sum of money or of a score is no day.
_ALONE = r"(?<![\w.,:$€£/-])"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year)s?\b"
# "March 3-5", "3 to 5 March", "between 3 and 5 March"
_TO = r"(?P<to>\s?[-–—]\s?|\s+to\s+|\s+and\s+)"
_HOLIDAY = "(?P<holiday>" + "|".join(re.escape(name) for name in HOLIDAYS) + r")(?!\w)"
# Days with a name of their own, and habits.
_NO_NAME = r"\b(?=[MTWFS])" + "".join(
    f"(?<!{word} )"
    for word in "Bloody Black Good Holy Palm Super Cyber Easter Ash Red every each Every".split()
)
_POINT = (
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?[A-Z][a-z]{2,8}(?:\.(?=\s+\d))?(?:\s+\d{1,2}(?:st|nd|rd|th)?\b)?"
    r"(?:,?\s+(?:19|20)\d\d\b)?|(?:19|20)\d\d\b)"
)


class _Rule(NamedTuple):
    """A pattern and the reader it is for; ``needs`` is a string without which it cannot match."""

    reader: str
    pattern: re.Pattern[str]
    needs: str = ""


def _rule(reader: str, pattern: str, *, any_case: bool = False, needs: str = "") -> _Rule:
    return _Rule(reader, re.compile(pattern, re.IGNORECASE if any_case else 0), needs)


# Tried in this order; of two that overlap the earlier in this list wins.
RULES: tuple[_Rule, ...] = (
    _rule(
        "range",
        rf"\b(?:[Ff]rom|[Bb]etween)\s+(?P<one>{_POINT})\s+(?:to|until|till|through|and)\s+"
        rf"(?P<two>{_POINT})",
    ),
    _rule(
        "pair", rf"\b(?:[Ii]n|[Dd]uring)\s+(?P<one>{_POINT})\s+and\s+(?P<two>{_POINT})(?!['’\w])"
    ),
    _rule(
        "date",
        rf"{_ALONE}(?P<year>(?:19|20)\d\d)(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)"
        r"(?![\d/-])",
    ),
    _rule(
        "figures",
        rf"{_ALONE}(?P<one>\d\d?)/(?P<two>\d\d?)/(?P<year>(?:19|20)\d\d)(?![\d/-])",
        needs="/",
    ),
    _rule("figures", r"(?<![\d./-])9/11(?![\d/])", needs="9/11"),
    _rule("holiday", rf"\b{_HOLIDAY}{_OF_YEAR}"),
    _rule(
        "quarter",
        r"\b(?P<which>first|second|third|fourth)\s+(?P<size>quarter|half)"
        rf"(?:\s+of\s+(?:{_YEAR}(?![\w%]|[-–/]\d)|(?P<sibling>last|this|next)\s+year\b)"
        r"|(?=\s+of\s+the\s+year\b)|(?!\s+of\b))",
    ),
    _rule("quarter", rf"\bQ(?P<number>[1-4])\s+(?:of\s+)?{_YEAR}", needs="Q"),
    _rule(
        "days",
        rf"{_NAMED}\b{_MONTH}\s+{_DAY}{_TO}{_DAY2}{_NO_MORE}{_OF_YEAR}",
    ),
    _rule("days", rf"{_ALONE}{_DAY}{_TO}{_DAY2}\s+{_MONTH}{_OF_YEAR}"),
    _rule("date", rf"{_NAMED}{_ALONE}{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}"),
    _rule("date", rf"{_NAMED}\b{_MONTH}\s+{_DAY}{_NO_MORE}{_OF_YEAR}"),
    _rule("date", rf"\b{_MONTH}(?:,|\s+of)?\s+{_YEAR}"),
    _rule("years", rf"{_ALONE}{_YEAR}[-–](?P<year2>(?:(?:19|20)\d\d)|\d\d)\b(?![-–]\d)"),
    _rule("decade", rf"{_ALONE}['’‘]?(?:(?P<year>(?:19|20)\d0)|[1-9]0)s\b"),
    _rule(
        "century",
        r"\b(?:(?:1\d|20)th|eighteenth|nineteenth|twentieth)[\s-]century\b"
        r"|\b(?:last|previous)\s+century\b",
        any_case=True,
        needs="entury",
    ),
    _rule(
        "ordinal",
        rf"\b{_DAY.removesuffix('?')}\b(?:\s+of\s+(?P<near>last|this|next)\s+month\b)?",
    ),
    _rule("month", rf"\b{_MONTH}{_SIBLING}?"),
    _rule(
        "year",
        rf"(?:{_ALONE}|(?<=mid-)|(?<=early-)|(?<=late-)){_YEAR}(?![\w%]|[-–/]\d|\s+(?:percent|people)\b)",
    ),
    _rule(
        "ago",
        rf"\b(?P<loose>(?:more|less)\s+than\s+|over\s+|under\s+|at\s+least\s+)?{_COUNT}\s+{_UNIT}"
        r"\s+(?:ago(?P<exact>\s+today)?\b|(?P<earlier>earlier)\b)",
        any_case=True,
    ),
    _rule(
        "day",
        r"\b(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today"
        r"|tomorrow|tonight|this\s+(?:morning|afternoon|evening)|last\s+night)\b"
        r"(?:\s+(?:morning|afternoon|evening|night)\b)?",
        any_case=True,
    ),
    _rule(
        "vague",
        r"\b(?:the\s+(?:next|following|same|previous|preceding)|that(?:\s+(?:same|very))?)\s+"
        r"(?:day|night|morning|afternoon|evening|week|weekend|month|year|\w{3,6}day)\b"
        r"|\bthe\s+(?:day|night|week|month|year)\s+(?:before|after|earlier|prior)\b"
        r"|\b(?:(?:an?|one)\s+(?:hour|day|week|month|year|decade)"
        r"|(?:(?:\d+|[a-z]+teen|two|three|four|five|six|seven|eight|nine|ten|several|some|many|few)\s+)?"
        r"(?:hours|days|weeks|months|years|decades))\s+(?:later|after|afterwards|before)\b"
        r"|\b(?:recent|coming|(?:last|past|next)\s+few)\s+(?:hours|days|weeks|months|years|decades)\b"
        r"|\bat\s+(?:the|that)\s+time\b|\bthe\s+\w{3,6}day\s+(?:before|after)\b",
        any_case=True,
    ),
    _rule("weekday", rf"\b{_COUNT}\s+weeks?\s+from\s+{_WEEKDAY}", needs="week"),
    _rule(
        "weekdays",
        rf"{_NO_NAME}(?P<one>{_ANY_WEEKDAY}){_TIME_OF_DAY}?"
        rf"(?:\s+and\s+|\s+into\s+(?:early\s+)?|\s?[-–/]\s?)"
        rf"(?P<two>{_ANY_WEEKDAY}){_TIME_OF_DAY}?",
    ),
    _rule(
        "weekdays",
        rf"\b[Oo]vernight\s+(?:in)?to\s+(?P<two>{_ANY_WEEKDAY}){_TIME_OF_DAY}?",
        needs="vernight",
    ),
    _rule(
        "weekday",
        rf"{_NO_NAME}{_WEEKDAY}(?!\s+(?:[Pp]rayers?|[Ss]ermons?|[Mm]osque))"
        rf"{_TIME_OF_DAY}?(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b|{_ZONE})?",
    ),
    _rule("night", r"\b[Oo]vernight\b", needs="vernight"),
    _rule(
        "trailing",
        rf"\bthe\s+(?P<which>past|last|next|coming)\s+(?:{_COUNT}\s+)?{_UNIT}(?!\s+of\b)",
        any_case=True,
    ),
    _rule(
        "unit",
        r"\b(?P<which>this|last|next)\s+(?P<unit>week|weekend|month|year)\b"
        r"|\b(?P<when>earlier|later)\s+in\s+the\s+(?P<inside>week|month|year)\b"
        r"|\b(?:over|at|on|during)\s+the\s+(?P<over>weekend)\b|\bthe\s+(?P<before>weekend)\b",
        any_case=True,
    ),
    _rule(
        "vague",
        r"\b(?:(?:an?|several|many|some|few|two|three|\d+)\s+)?(?:(?:couple|dozens?)\s+(?:of\s+)?)?"
        r"(?P<unit>minute|hour|day|week|month|year|decade|centurie|century)s?\s+ago\b",
        any_case=True,
        needs="ago",
    ),
    _rule("ahead", rf"\b{_COUNT}\s+{_UNIT}(?P<now>\s+from\s+now\b)?", any_case=True),
)
# What may stand before the date words, up to them.
LEFT = re.compile(
    r"(?:(?<![\w'’])(?P<lead>on|in|at|during|since|until|till|by|before|after|from|between|for|over"
    r"|of|through|throughout|to|within|prior\s+to|ahead\s+of|as\s+of|back\s+in|effective|starting|beginning)\s+(?:on\s+)?)?"
    r"(?:(?P<determiner>the|an?|its|their|his|her|our|(?<=\w)['’]s)\s+)?"
    r"(?P<part>(?<!\w)(?:(?:earlier|later|early|late|overnight)\s+(?:on\s+|in\s+)?|(?:mid|early|late)-|mid\s+"
    r"|(?:beginning|start|end|middle|most|much)\s+of\s+"
    r"|(?:(?:early|late|small)\s+)?(?:hours|morning|afternoon|evening|night)\s+of\s+"
    r"|(?:summer|spring|autumn|fall|winter)\s+(?:of\s+)?))?"
    r"(?:(?P<which>last|next|this|this\s+past|this\s+coming|past|coming)\s+)?\Z",
    re.IGNORECASE,
)
# How far back ``LEFT`` may look.
LEFT_WIDTH = 40
# From "two days after" up to a date: a count, and what it counts from.
ANCHORED = re.compile(
    rf"(?:the|{_COUNT})\s+(?P<unit>day|week)s?\s+(?P<side>after|before)\s+"
    r"(?:(?:the|an?|its|their|his|her|[A-Z]\w+['’]s)\s+)?"
    r"(?P<noun>(?:(?!(?:in|at|on|of|by|for|with|to|and|that|when)\b)[a-z-]+\s+){1,3}"
    r"(?:(?:on|of)\s+(?:the\s+)?)?)?",
    re.IGNORECASE,
)
# "More than two days after": on no day that could be told.
LOOSELY = re.compile(r"\b(?:more\s+than|less\s+than|over|under|at\s+least)\s+\Z", re.IGNORECASE)
# Nearly every sentence without one of these holds no expression; a quick look saves the rest.
# Each alternative begins with a letter of its own, which lets the search skip ahead.
HINT = re.compile(
    r"19\d\d|20\d\d|0s\b|9/11|day|Day\b|Eve\b|week|month|year|decade|centur|ago\b|hours?\b"
    r"|the time\b|that time\b|morning|evening|afternoon|night|omorrow|n the \d"
    r"|quarter\b(?<!headquarter)|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|Mon\.|Tue\.|Tues\.|Wed\.|Thu\.|Thur\.|Thurs\.|Fri\.|Sat\.|Sun\."
)
# "The September 11 attacks" name an event; without a year they say nothing about when.
NAMED_ATTACKS = re.compile(
    r"Sept?(?:ember|\.)?\s+11(?:th)?(?=[\s-]+(?:terror(?:ist)?\s+)?(?:attacks|hijack))"
)

# Company that settles what a word is.
# A month is also a name or a verb; these prepositions make it a month all the same.
MONTH_LEADS = frozenset(["in", "since", "during", "until", "throughout", "back in"])
OTHER_MONTH_LEADS = frozenset(["by", "before", "after", "from", "for", "of", "between", "to"])
NAMES_TOO = frozenset(["March", "April", "May", "June", "August"])
YEAR_LEADS = frozenset(
    "in,during,since,until,till,by,from,before,after,between,of,through,throughout,for,back in,"
    "prior to,ahead of,as of".split(",")
)
WEEKEND_LEADS = frozenset("since until till by before after from for".split())
TRAILING_LEADS = frozenset(["in", "over", "during", "for", "within", "throughout"])
MODIFIED = re.compile(
    r"[\s-]+(?!(?:and|or|to|in|on|at|by|for|of|with|after|when|as|but)\b)[A-Za-z]"
)
# "For the first time in five years", "the deadliest attack in two months" look back.
RECORD = re.compile(r"\b(?:first|last|only|most|least|\w{2,}est)\b")
LOWER_WORD = re.compile(r"\s+[a-z]")
# "Every Monday and Tuesday", "the first Friday of the month": habits, not days.
HABIT = re.compile(r"\b(?:every|each)\s+\w+day\s+(?:and|or)\s+\Z", re.IGNORECASE)
NTH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|final|1st|2nd|3rd|4th|5th)\s+\Z", re.IGNORECASE
)
OF = re.compile(r"\s+of\b")
ZONE_BEFORE = re.compile(r"\btime\s+\Z")
# "Lunar New Year's Day", "Orthodox Christmas Eve" and fiscal quarters follow other calendars.
ADJECTIVE = re.compile(r"(?:[A-Z][a-z]+|fiscal|financial)[\s-]\Z")
ABBREVIATED_LEADS = frozenset("on since until till by before after from between over for".split())
NEXT_NOUN = re.compile(r"(?:['’]s)?\s+(?!(?:in|on|at|of|to|and|by|for|with)\b)[a-z][a-z-]+")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
