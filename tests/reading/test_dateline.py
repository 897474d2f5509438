from datetime import date

import pytest

from detente.reading.dateline import date_line, dateline_at_start

MARCH_3 = date(2021, 3, 3)


@pytest.mark.parametrize(
    ("line", "furniture", "place", "day"),
    [
        ("BEIJING (AP) — China said", "BEIJING (AP) —", "Beijing", None),
        ("WASHINGTON, March 3 (Reuters) - The US", "WASHINGTON, March 3 (Reuters) -",
         "Washington", None),
        ("Geneva, 3 March 2021 – The High Commissioner", "Geneva, 3 March 2021 –", "Geneva",
         MARCH_3),
        ("GENEVA (3 March 2021) – UN experts", "GENEVA (3 March 2021) –", "Geneva", MARCH_3),
        ("New York, 3 March 2021 (UN News) - The", "New York, 3 March 2021 (UN News) -",
         "New York", MARCH_3),
        ("BEIJING, March 3, 2021 (Xinhua) -- The", "BEIJING, March 3, 2021 (Xinhua) --",
         "Beijing", MARCH_3),
        ("KABUL, Afghanistan — The Taliban", "KABUL, Afghanistan —", "Kabul, Afghanistan", None),
        ("ST. PETERSBURG, Russia (AP) — He", "ST. PETERSBURG, Russia (AP) —",
         "St. Petersburg, Russia", None),
        ("WASHINGTON, D.C., March 3 — The", "WASHINGTON, D.C., March 3 —", "Washington, D.C.",
         None),
        ("MOSCOW/KYIV, Feb 24 (Reuters) - Russia", "MOSCOW/KYIV, Feb 24 (Reuters) -", "Moscow",
         None),
        ("UNITED NATIONS, Sept. 12 (AP) _ The", "UNITED NATIONS, Sept. 12 (AP) _",
         "United Nations", None),
        ("Washington (CNN) -- President", "Washington (CNN) --", "Washington", None),
        ("LONDON, Tuesday (AFP) - The", "LONDON, Tuesday (AFP) -", "London", None),
        ("RIO DE JANEIRO — Lula", "RIO DE JANEIRO —", "Rio de Janeiro", None),
        ("JERUSALEM (AP) —", "JERUSALEM (AP) —", "Jerusalem", None),
        ("GENEVA (Reuters) The US", "GENEVA (Reuters)", "Geneva", None),
    ],
)  # fmt: skip
def test_datelines(line, furniture, place, day):
    found = dateline_at_start(line)
    assert found is not None
    assert (line[: found.length], found.place, found.day) == (furniture, place, day)


@pytest.mark.parametrize(
    "line",
    [
        "NATO — the alliance — said it would act.",
        "NATO – Stoltenberg said so.",
        "Barack Obama (D) - the senator - spoke.",
        "Barack Obama — the president — spoke.",
        "EXCLUSIVE — Russia plans an offensive.",
        "US — China talks stall",
        "March 3 - Russia said",
        "SALT (Strategic Arms Limitation Talks) The",
        "Moscow, March 3 The talks",
        "Washington cautions China against giving Russia lethal assistance",
        "Well-known diplomats met in Geneva.",
        "Moscow and Beijing - close partners - met.",
    ],
)
def test_prose_with_dashes_is_no_dateline(line):
    assert dateline_at_start(line) is None


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("18 February 2023", None, date(2023, 2, 18)),
        ("Feb. 18, 2023", None, date(2023, 2, 18)),
        ("2023-02-18", None, date(2023, 2, 18)),
        ("Published: 2023-02-18 10:00 GMT", None, date(2023, 2, 18)),
        ("Updated on Saturday, 18 February 2023", None, date(2023, 2, 18)),
        ("Geneva, 3 March 2021", "Geneva", MARCH_3),
        ("Washington, D.C., March 3, 2021", "Washington, D.C.", MARCH_3),
        ("03/04/2021", None, None),
        ("March 3", None, None),
    ],
)
def test_date_lines(line, place, day):
    found = date_line(line)
    assert found is not None
    assert (found.length, found.place, found.day) == (len(line), place, day)


@pytest.mark.parametrize("line", ["18 February 2023 was a Saturday", "March 2021", "May", "Sun"])
def test_other_lines_are_no_date_lines(line):
    assert date_line(line) is None
