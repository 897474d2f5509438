"""Who says so."""

from __future__ import annotations

import pytest


def speakers(code_text, text):
    events = code_text(text).events
    assert events, "nothing was coded"
    return [a.span.text for a in events[0].attribution]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Chile said Peru attacked Bolivia.", ["Chile"]),
        ("Peru attacked Bolivia, Chile said.", ["Chile"]),
        ("According to Chile, Peru attacked Bolivia.", ["Chile"]),
        ("Peru attacked Bolivia.", []),
        ("Brazil said Chile denied that Peru had attacked Bolivia.", ["Chile", "Brazil"]),
    ],
)
def test_speakers_innermost_first(code_text, text, expected):
    assert speakers(code_text, text) == expected


def test_a_quotation_goes_on_with_its_speaker(code_text):
    text = '"We are proud," the Chilean minister said. "Peru attacked Bolivia last night."'
    (event,) = [e for e in code_text(text).events if e.type == "ASSAULT"]
    assert event.attribution
    assert event.attribution[0].country == "CHL"


def test_the_channel_is_kept(code_text):
    text = "Chile said in a statement that Peru attacked Bolivia."
    (event,) = code_text(text).events
    assert event.attribution[0].channel == "statement"
