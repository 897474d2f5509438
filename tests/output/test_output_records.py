import json
import string
from datetime import date

import msgspec
import pytest
import sample_article as sample
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.output.records import (
    coder_of,
    event_from_json,
    event_row,
    event_to_json,
    mention_rows,
    read_events,
)
from detente.types import (
    Actor,
    Attribution,
    Confidence,
    Event,
    EventDate,
    Evidence,
    Party,
    Place,
    Span,
    Status,
)

CONTRACT = (
    "schema id document sentence start end quote actors recipients third_parties predicate type "
    "mode contexts theme cameo quad score goldstein status background condition attribution date "
    "place confidence story signature coder evidence links"
).split()

words = st.text(max_size=12)
name = st.text(alphabet=string.ascii_letters + " ;'\"ÄИ中", min_size=1, max_size=12)
number = st.integers(0, 10**6)
score = st.none() | st.floats(0, 1)
spans = st.builds(Span, number, number, words)
# The rule and the candidates of an actor are not in the contract.
actors = st.builds(
    Actor,
    name,
    st.none() | st.sampled_from(["USA", "CHN"]),
    st.sampled_from(["GOV", "IGO"]),
    *[st.none() | name] * 4,
)
parties = st.lists(st.builds(Party, spans, actors), max_size=2).map(tuple)
days = st.dates(date(1500, 1, 1), date(2200, 1, 1))
events = st.builds(
    Event,
    id=name,
    document=name,
    sentence=number,
    span=spans,
    actors=parties,
    recipients=parties,
    third_parties=parties,
    predicate=spans,
    lemma=name,
    type=name,
    mode=st.none() | name,
    status=st.sampled_from(Status),
    quad=st.integers(1, 4),
    cameo=st.none() | st.sampled_from(["014", "130"]),
    score=st.none() | st.floats(-10, 10),
    goldstein=st.none() | st.floats(-10, 10),
    contexts=st.lists(name, max_size=2).map(tuple),
    theme=st.none() | spans,
    background=st.booleans(),
    condition=st.none() | spans,
    attribution=st.lists(st.builds(Attribution, spans, *[st.none() | name] * 4), max_size=2).map(
        tuple
    ),
    date=st.none() | st.builds(EventDate, days, days, name, st.none() | words),
    place=st.none()
    | st.builds(
        Place, spans, name, st.none() | name, score, score, st.none() | number, st.none() | name
    ),
    confidence=st.none() | st.builds(Confidence, st.floats(0, 1), st.floats(0, 1), *[score] * 5),
    story=st.none() | name,
    signature=name,
    evidence=st.lists(
        st.builds(
            Evidence, name, st.none() | spans, name, st.none() | name, score, st.none() | name
        ),
        max_size=2,
    ).map(tuple),
)


@given(events)
def test_an_event_comes_back_from_its_row(event):
    line = msgspec.json.encode(event_row(event))
    assert b"\n" not in line
    assert event_from_json(line) == event


@given(events)
def test_the_dict_is_what_the_line_says(event):
    plain = event_to_json(event)
    assert list(plain) == CONTRACT
    assert json.loads(json.dumps(plain)) == json.loads(msgspec.json.encode(event_row(event)))


def test_keys_stand_in_the_order_of_the_contract():
    plain = event_to_json(sample.threat())
    assert list(plain["actors"][0]) == (
        "text start end name country sector organisation person role wikidata".split()
    )
    assert list(plain["predicate"]) == ["text", "start", "end", "lemma"]
    assert list(plain["attribution"][0]) == (
        "text start end name country sector channel cue anonymous".split()
    )
    assert list(plain["date"]) == ["start", "end", "precision", "text"]
    assert list(plain["confidence"]) == (
        ["event", "type", "actors", "recipients", "status", "date", "place"]
    )
    assert list(plain["evidence"][0]) == (
        ["field", "start", "end", "text", "rule", "entry", "score", "runner_up"]
    )
    place = event_to_json(sample.events()[3])["place"]
    assert list(place)[:7] == (
        ["text", "name", "country", "latitude", "longitude", "geonames", "precision"]
    )


def test_values_are_the_ones_of_the_contract():
    plain = event_to_json(sample.threat())
    assert plain["schema"] == 1
    assert plain["status"] == "asserted"
    assert plain["date"]["start"] == "2024-03-03"
    assert plain["cameo"] == "132"
    assert plain["coder"] == "frames.v1"
    assert plain["third_parties"] == []
    assert sample.TEXT[plain["start"] : plain["end"]] == plain["quote"]
    assert event_to_json(sample.events()[2])["date"] is None


def test_keys_added_later_may_be_missing_and_unknown_ones_are_ignored():
    plain = event_to_json(sample.threat())
    del plain["evidence"], plain["coder"]
    plain["from_the_future"] = 1
    event = event_from_json(json.dumps(plain))
    assert event.evidence == ()
    assert event.id == sample.threat().id


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("{", "D241", "line 7"),
        ("[]", "D241", "object"),
        ('{"id": 1}', "D241", "line 7"),
        (b"\xff\xfe", "D241", "line 7"),
        ("[" * 100_000, "D241", "line 7"),
        (json.dumps(event_to_json(sample.threat()) | {"status": "sure"}), "D241", "status"),
        (json.dumps(event_to_json(sample.threat()) | {"start": "1"}), "D241", "start"),
        (json.dumps(event_to_json(sample.threat()) | {"schema": 2}), "D242", "schema 2"),
    ],
)
def test_a_broken_line_is_named(line, code, words):
    with pytest.raises(DataError, match=r"events\.jsonl, line 7") as caught:
        event_from_json(line, where="events.jsonl", number=7)
    assert caught.value.code == code
    assert words in caught.value.problem


def test_reading_a_file_counts_blank_lines(tmp_path):
    path = tmp_path / "events.jsonl"
    good = json.dumps(event_to_json(sample.threat()))
    path.write_text(f"{good}\n\n{{oops\n")
    reader = read_events(path)
    assert next(reader).type == "THREATEN"
    with pytest.raises(DataError, match="line 3"):
        next(reader)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(DataError, match="D240"):
        list(read_events(tmp_path / "none.jsonl"))


def test_a_mention_has_a_row_for_every_actor():
    rows = list(mention_rows(sample.coded()))
    assert [(row.text, row.country) for row in rows] == [
        ("Turkey", "TUR"),
        ("both sides", "GRC"),
        ("both sides", "TUR"),
    ]
    assert rows[0].document == "ankara-athens"


def test_the_coder_is_read_off_the_signature():
    assert coder_of(sample.SIGNATURE) == "frames.v1"
    assert coder_of("") is None
    assert coder_of("coder:") is None
