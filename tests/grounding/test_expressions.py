"""The grammar of time expressions: what fires, what must not, exact spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.grounding.expressions import read_expressions

WORDS = (
    "on in since from to until by the a last next this two three 3 31 2014 20 1990s May March June "
    "Sept. Mar. Monday Friday Sunday today yesterday week month year days ago earlier later before "
    "after attack 's , . - – 3rd of early mid- end weekend within past September 11 attacks over "
    "and into overnight 9/11 quarter first Christmas Eve local time vote fortnight hours between "
    "Sat."
).split()


@pytest.mark.parametrize(
    "text",
    [
        "The general may march on the capital.",
        "March on, she told the crowd; the sun sat low for a second.",
        "May met Merkel, and May said the talks with May went well.",
        "Soldiers wed in Mar del Plata; Jan Kubis spoke to April Ryan.",
        "It adopted Resolution 2231 and spent $2014 on 2,015 tents.",
        "The 2000 troops and 1900 policemen were fed.",
        "Bloody Sunday, Good Friday and Black Friday; every Monday; Fridays.",
        "They left after Friday prayers.",
        "The September 11 attacks changed much.",
        "The vote was 12-10; the score 3/4; on 03/04/2021.",
        "The march in Maryland, the Junta, the Augustan age, Decker, Octopus.",
        "The over-60s marched for three days.",
        "The army took 10 march routes.",
        "The 38th parallel, on the 40th anniversary and on the 3rd floor.",
        "Every Monday and Tuesday; the first Friday of May; the last Sunday of Lent.",
        "The Lunar New Year's Day parade; on Orthodox Christmas Eve; on Easter Sunday.",
        "In the second half of the match; the fiscal first quarter; headquarters.",
        "The third quarter of fiscal 2022; 31/13/2023; the 7/11 shop; 12/9/11.",
        "The Sun. It said so; Sat. was a day off.",
        "The 21st century and the 19th-century fort.",
        "",
    ],
)
def test_words_that_are_no_dates(text: str) -> None:
    assert read_expressions(text) == ()


@pytest.mark.parametrize(
    ("text", "words", "year", "month", "day"),
    [
        ("on March 3, 2021, it fell", "on March 3, 2021", 2021, 3, 3),
        ("on 3 March 2021 it fell", "on 3 March 2021", 2021, 3, 3),
        ("on Mar. 3, 2021", "on Mar. 3, 2021", 2021, 3, 3),
        ("on the 3rd of March", "on the 3rd of March", None, 3, 3),
        ("on March 3rd", "on March 3rd", None, 3, 3),
        ("on Sat., Feb. 18", "on Sat., Feb. 18", None, 2, 18),
        ("on Saturday, Feb. 18, 2023", "on Saturday, Feb. 18, 2023", 2023, 2, 18),
        ("on 2021-03-03 it fell", "on 2021-03-03", 2021, 3, 3),
        ("in March 2021", "in March 2021", 2021, 3, None),
        ("in March of 2021", "in March of 2021", 2021, 3, None),
        ("in late March", "in late March", None, 3, None),
        ("in May", "in May", None, 5, None),
        ("In May 20 people died", "In May", None, 5, None),
        ("in 2014", "in 2014", 2014, None, None),
        ("in early 2014", "in early 2014", 2014, None, None),
        ("in mid-2014", "in mid-2014", 2014, None, None),
        ("in the summer of 2014", "in the summer of 2014", 2014, None, None),
        ("the 2014 annexation", "2014", 2014, None, None),
        ("Russia's 2014 annexation", "2014", 2014, None, None),
        ("Russia’s March 3 attack", "March 3", None, 3, 3),
        ("the November 27 deal", "November 27", None, 11, 27),
        ("In the November 27 deal", "November 27", None, 11, 27),
        ("on 2021/04/13", "on 2021/04/13", 2021, 4, 13),
        ("on 13/04/2021", "on 13/04/2021", 2021, 4, 13),
        ("on 04/13/2021", "on 04/13/2021", 2021, 4, 13),
        ("the 9/11 attacks", "9/11", 2001, 9, 11),
        ("On New Year's Day, troops left", "On New Year's Day", None, 1, 1),
        ("on New Year’s Eve", "on New Year’s Eve", None, 12, 31),
        ("the Christmas Day truce", "Christmas Day", None, 12, 25),
        ("The May Day march", "May Day", None, 5, 1),
        ("on Christmas Day 2019", "on Christmas Day 2019", 2019, 12, 25),
        ("on the 12th, he left", "on the 12th", None, None, 12),
        ("on the night of June 3", "on the night of June 3", None, 6, 3),
        ("for most of 2016", "for most of 2016", 2016, None, None),
        ("the weekend of May 4", "of May 4", None, 5, 4),
    ],
)
def test_calendar_dates(
    text: str, words: str, year: int | None, month: int | None, day: int | None
) -> None:
    (found,) = read_expressions(text)
    assert (found.text, found.year, found.month, found.day) == (words, year, month, day)
    assert found.kind == "date"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from March to May 2021", (None, 3, None), (2021, 5, None)),
        ("from 2014 to 2016", (2014, None, None), (2016, None, None)),
        ("between 2 March and 4 April 2021", (None, 3, 2), (2021, 4, 4)),
        ("the 2014-16 war", (2014, None, None), (2016, None, None)),
        ("on March 3-5, 2021", (2021, 3, 3), (2021, 3, 5)),
        ("on 3–5 March", (None, 3, 3), (None, 3, 5)),
        ("on 3 and 4 May", (None, 5, 3), (None, 5, 4)),
        ("between 3 and 9 May", (None, 5, 3), (None, 5, 9)),
        ("on May 3 and 4, they met", (None, 5, 3), (None, 5, 4)),
        ("in March and April", (None, 3, None), (None, 4, None)),
        ("in 2012 and 2013", (2012, None, None), (2013, None, None)),
        ("in the first quarter of 2023", (2023, 1, None), (2023, 3, None)),
        ("in Q4 2022", (2022, 10, None), (2022, 12, None)),
        ("in the second half of 2022", (2022, 7, None), (2022, 12, None)),
    ],
)
def test_ranges(text: str, first: tuple, last: tuple) -> None:
    (found,) = read_expressions(text)
    assert (found.year, found.month, found.day) == first
    assert found.until is not None
    assert (found.until.year, found.until.month, found.until.day) == last


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("on Saturday night", "weekday"),
        ("Monday's talks", "weekday"),
        ("last Friday", "weekday"),
        ("on Friday last week", "weekday"),
        ("the day before yesterday", "day"),
        ("this morning", "day"),
        ("earlier this month", "unit"),
        ("over the weekend", "unit"),
        ("earlier in the week", "unit"),
        ("two days ago", "ago"),
        ("three weeks earlier", "ago"),
        ("in the past two weeks", "trailing"),
        ("within 30 days", "ahead"),
        ("in the 1990s", "decade"),
        ("more than two years ago", "vague"),
        ("decades ago", "vague"),
        ("the following day", "vague"),
        ("two days later", "vague"),
        ("the Friday before", "vague"),
        ("in recent weeks", "vague"),
        ("in the early hours of Friday", "weekday"),
        ("on Sat.", "weekday"),
        ("Sunday night into Monday", "weekday"),
        ("a week from Friday", "weekday"),
        ("a fortnight ago", "ago"),
        ("since the weekend", "unit"),
        ("the weekend clashes", "unit"),
        ("overnight", "night"),
        ("two days after the vote on 3 May", "offset"),
        ("the winter of 2015", "vague"),
        ("within 40 hours of the quake", "vague"),
        ("48 hours earlier", "vague"),
        ("last century", "decade"),
        ("in the ’60s", "decade"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    (found,) = read_expressions(text)
    assert found.kind == kind


def test_a_conjunction_behind_a_weekday_is_not_part_of_it() -> None:
    (found,) = read_expressions("He left on Friday after a row.")
    assert (found.text, found.kind) == ("on Friday", "weekday")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On May 3 and 4 others died.", ["On May 3"]),
        ("He left on Friday and Sunday.", ["on Friday", "Sunday"]),
        ("In May they stayed overnight.", ["In May"]),
        ("It fell two days after the May 3 vote.", ["two days after", "May 3"]),
        ("It fell a day after Friday's vote.", ["a day after", "Friday"]),
        ("He was jailed for two weeks on Friday.", ["on Friday"]),
        ("He was banned for a week from Friday.", ["from Friday"]),
    ],
)
def test_neighbours(text: str, words: list[str]) -> None:
    assert [found.text for found in read_expressions(text)] == words


def test_the_days_of_another_place_are_marked() -> None:
    assert read_expressions("on Monday at 9 p.m. New York time")[0].zoned
    assert read_expressions("at 5 a.m. local time on Monday")[0].zoned
    assert not read_expressions("on Monday, Time magazine said")[0].zoned


def test_offsets_are_the_documents() -> None:
    (found,) = read_expressions("Troops left on Friday.", offset=100)
    assert (found.start, found.core, found.end) == (112, 115, 121)


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_spans_are_exact_ordered_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    at = 0
    for found in read_expressions(text):
        assert text[found.start : found.end] == found.text
        assert at <= found.start <= found.core < found.end
        at = found.end


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for found in read_expressions(text):
        assert text[found.start : found.end] == found.text
