"""The patterns of time expressions: what dates look like, and what may stand in front of them.

Months and weekdays count only with a capital and in the company that dates keep, so that "may",
"march", "sun", "sat", "second" and Theresa May stay words and names. Figures such as 03/04/2021
are left alone: half the world reads them the other way.
"""

from __future__ import annotations

import re

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

_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?!\w)"
)
_WEEKDAY = "(?P<weekday>" + "|".join(WEEKDAYS) + r")\b"
_NAMED = (
    "(?:(?:" + "|".join(WEEKDAYS) + r"|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.)"
    r"(?:\s+(?:morning|afternoon|evening|night))?,?\s+)?"
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
_UNIT = r"(?P<unit>day|week|month|year)s?\b"
# Days with a name of their own, and habits.
_NO_NAME = "".join(
    f"(?<!{word} )"
    for word in "Bloody Black Good Holy Palm Super Cyber Easter Ash Red every each Every".split()
)
_POINT = (
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?[A-Z][a-z]{2,8}(?:\.(?=\s+\d))?(?:\s+\d{1,2}(?:st|nd|rd|th)?\b)?"
    r"(?:,?\s+(?:19|20)\d\d\b)?|(?:19|20)\d\d\b)"
)


def _rule(name: str, pattern: str, *, any_case: bool = False) -> tuple[str, re.Pattern[str]]:
    return name, re.compile(pattern, re.IGNORECASE if any_case else 0)


# Tried in this order; of two that overlap the earlier in this list wins.
RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    _rule(
        "range",
        rf"\b(?:[Ff]rom|[Bb]etween)\s+(?P<one>{_POINT})\s+(?:to|until|till|through|and)\s+"
        rf"(?P<two>{_POINT})",
    ),
    _rule("date", rf"{_ALONE}(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"),
    _rule(
        "days",
        rf"{_NAMED}\b{_MONTH}\s+{_DAY}(?:\s?[-–—]\s?|\s+to\s+){_DAY2}{_NO_MORE}{_OF_YEAR}",
    ),
    _rule("days", rf"{_ALONE}{_DAY}(?:\s?[-–—]\s?|\s+to\s+){_DAY2}\s+{_MONTH}{_OF_YEAR}"),
    _rule("date", rf"{_NAMED}{_ALONE}{_DAY}\s+(?:of\s+)?{_MONTH}{_OF_YEAR}"),
    _rule("date", rf"{_NAMED}\b{_MONTH}\s+{_DAY}{_NO_MORE}{_OF_YEAR}"),
    _rule("date", rf"\b{_MONTH}(?:,|\s+of)?\s+{_YEAR}"),
    _rule("years", rf"{_ALONE}{_YEAR}[-–](?P<year2>(?:(?:19|20)\d\d)|\d\d)\b(?![-–]\d)"),
    _rule("decade", rf"{_ALONE}(?:(?:19|20)\d0s|[1-9]0s)\b"),
    _rule("month", rf"\b{_MONTH}{_SIBLING}?"),
    _rule(
        "year",
        rf"(?:{_ALONE}|(?<=mid-)|(?<=early-)|(?<=late-)){_YEAR}(?![\w%]|[-–/]\d|\s+(?:percent|people)\b)",
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
    _rule(
        "weekday",
        rf"{_NO_NAME}\b{_WEEKDAY}(?!\s+(?:[Pp]rayers?|[Ss]ermons?|[Mm]osque))"
        r"(?:\s+(?:morning|afternoon|evening|night)\b)?"
        r"(?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?",
    ),
    _rule(
        "trailing",
        rf"\bthe\s+(?P<which>past|last|next|coming)\s+(?:{_COUNT}\s+)?{_UNIT}(?!\s+of\b)",
        any_case=True,
    ),
    _rule(
        "unit",
        r"\b(?P<which>this|last|next)\s+(?P<unit>week|weekend|month|year)\b"
        r"|\b(?P<when>earlier|later)\s+in\s+the\s+(?P<inside>week|month|year)\b"
        r"|\b(?:over|at)\s+the\s+(?P<over>weekend)\b",
        any_case=True,
    ),
    _rule(
        "ago",
        rf"\b(?P<loose>(?:more|less)\s+than\s+|over\s+|under\s+|at\s+least\s+)?{_COUNT}\s+{_UNIT}"
        r"\s+(?:ago\b|(?P<earlier>earlier)\b)",
        any_case=True,
    ),
    _rule(
        "vague",
        r"\b(?:(?:an?|several|many|some|few|two|three|\d+)\s+)?(?:(?:couple|dozens?)\s+(?:of\s+)?)?"
        r"(?P<unit>minute|hour|day|week|month|year|decade|centurie|century)s?\s+ago\b",
        any_case=True,
    ),
    _rule("ahead", rf"\b{_COUNT}\s+{_UNIT}(?P<now>\s+from\s+now\b)?", any_case=True),
)
# What may stand before the date words, up to them.
LEFT = re.compile(
    r"(?:(?<![\w'’])(?P<lead>on|in|at|during|since|until|till|by|before|after|from|between|for|over"
    r"|of|through|throughout|to|within|prior\s+to|ahead\s+of|as\s+of|back\s+in|effective|starting|beginning)\s+(?:on\s+)?)?"
    r"(?:(?P<determiner>the|an?|its|their|his|her|our|(?<=\w)['’]s)\s+)?"
    r"(?P<part>(?:earlier|later|early|late)\s+(?:on\s+|in\s+)?|(?:mid|early|late)-|mid\s+"
    r"|(?:beginning|start|end|middle)\s+of\s+|(?:summer|spring|autumn|fall|winter)\s+(?:of\s+)?)?"
    r"(?:(?P<which>last|next|this|this\s+past|this\s+coming|past|coming)\s+)?\Z",
    re.IGNORECASE,
)
# How far back ``LEFT`` may look.
LEFT_WIDTH = 40
# Nearly every sentence without one of these holds no expression; a quick look saves the rest.
HINT = re.compile(
    r"(?:19|20)\d\d|\d0s\b|day|week|month|year|decade|centur|ago\b|hours?\b|the time\b|that time\b"
    r"|(?:this|that|same|next|last) (?:morning|evening|afternoon|night)|[Tt]omorrow|[Tt]onight"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
# "The September 11 attacks" name an event; without a year they say nothing about when.
NAMED_ATTACKS = re.compile(
    r"Sept?(?:ember|\.)?\s+11(?:th)?(?=[\s-]+(?:terror(?:ist)?\s+)?(?:attacks|hijack))"
)
