from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import ConfigError
from detente.reading import parse_date
from detente.reading.dates import day_in

DAY = date(2023, 2, 18)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-18",
        "20230218",
        "2023-02-18T10:30:00Z",
        "2023-02-18T23:30:00+11:00",
        "2023-02-18 10:30 GMT",
        "18 February 2023",
        "18 Feb 2023",
        "18-Feb-2023",
        "18th of February, 2023",
        "Saturday, 18 February 2023",
        "Sat, 18 Feb 2023 10:00:00 GMT",
        "Feb. 18, 2023",
        "February 18th 2023",
        "Sat. Feb 18, 2023, 10:30 a.m. EST",
        "  18\u00a0February   2023 ",
    ],
)
def test_clear_dates(text):
    assert day_in(text) == parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["03/04/2021", "3.4.2021", "2021", "2021-03", "March 2021", "30 February 2021", "yesterday", "",
     "may", "2021-13-01", "2023-02-18 was a Saturday", "February 18", "18 Foo 2023"],
)  # fmt: skip
def test_unclear_dates_are_not_guessed(text):
    assert day_in(text) is None
    with pytest.raises(ConfigError) as caught:
        parse_date(text)
    assert caught.value.code == "D110"
    assert "YYYY-MM-DD" in caught.value.remedy


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_in_every_form(day):
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y"):
        assert day_in(day.strftime(form)) == day


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text):
    assert day_in(text) is None or isinstance(day_in(text), date)
