from dataclasses import dataclass, field

import pytest

from detente.actors import World, load_world
from detente.benchmarks import Missing, Sources
from detente.benchmarks.parties import (
    is_common,
    judge_parties,
    mention_keys,
    resolved_parties,
)
from detente.types import Actor, Coded, Mention, Rejection

from .conftest import write_lines

TEXT = (
    "Ruritania and Graustark signed a pact on Monday in the old town. "
    "The ministers of both countries praised it, and they went home in the evening."
)
SENTS = TEXT.split(". ")
SENTS = [SENTS[0] + ".", SENTS[1]]


def mention(words, *sides, kind="country"):
    start = TEXT.index(words)
    actors = tuple(Actor(words, country, sector) for country, sector in sides)
    sentence = int(start > len(SENTS[0]))
    return Mention(start, start + len(words), words, sentence, 0, 1, 0, kind, actors)


@dataclass
class FakeCoder:
    """Finds these mentions in every document."""

    found: tuple[Mention, ...]
    world: World = field(default_factory=load_world)

    def mentions(self, items):
        for item in items:
            if isinstance(item, Rejection):
                yield item
            else:
                yield Coded(item, (), self.found, ())


def party(text, country, sector="GOV"):
    return {"text": text, "country": country, "sector": sector}


@pytest.fixture
def files(tmp_path):
    gold = [
        {"sent": 0, "source": [party("Ruritania", "RUR")], "target": [party("Graustark", "GRA")]},
        {"sent": 1, "source": [party("they", "RUR"), party("they", "GRA")], "target": []},
        {"sent": 1, "source": [party("The ministers", "RUR")], "target": []},
        {"sent": 1, "source": [party("not there", "RUR")], "target": []},
    ]
    docs = tmp_path / "bench" / "docs" / "docs.jsonl"
    write_lines(docs, [{"id": "d", "text": TEXT, "sents": SENTS}])
    write_lines(docs.with_name("gold.jsonl"), [{"doc": "d", **row} for row in gold])
    return docs, docs.with_name("gold.jsonl")


FOUND = (
    mention("Ruritania", ("RUR", "GOV")),
    mention("Graustark", ("XYZ", "GOV")),
    mention("they", ("RUR", "GOV"), ("GRA", "GOV"), kind="pronoun"),
)


def test_right_wrong_and_missing(files):
    judged, note = judge_parties(*files, FakeCoder(FOUND))
    assert [(one.text, one.verdict, one.common) for one in judged] == [
        ("Ruritania", "right", False),
        ("Graustark", "wrong", False),
        ("they", "right", True),
        ("The ministers", "missing", True),
    ]
    assert note == ""


def test_half_of_several_parties_is_not_right(files):
    half = mention("they", ("RUR", "GOV"), kind="pronoun")
    judged, _ = judge_parties(*files, FakeCoder((half,)))
    assert judged[2].verdict == "missing"
    more = mention("they", ("RUR", "GOV"), ("GRA", "GOV"), ("XYZ", "GOV"), kind="pronoun")
    judged, _ = judge_parties(*files, FakeCoder((more,)))
    assert judged[2].verdict == "wrong"


def test_rows_for_all_and_for_words_without_a_name(files):
    folder = files[0].parent.parent.parent
    rows = list(resolved_parties(Sources(folder, None), FakeCoder(FOUND)))
    assert [row.key for row in rows] == ["actors/documents", "actors/documents, no name"]
    assert rows[0].metrics == {"right": 0.5, "wrong": 0.25, "missing": 0.25}
    assert rows[0].shown == "right 0.500 wrong 0.250 missing 0.250 (2 of 4)"
    assert rows[1].shown.endswith("(1 of 2)")
    (missing,) = resolved_parties(Sources(None, None), FakeCoder(FOUND))
    assert isinstance(missing, Missing)


def test_the_mention_that_shares_most_counts():
    first, second = FOUND[:2]
    span = (first.start, second.end)
    assert mention_keys(FOUND, *span) in (("RUR",), ("XYZ",))
    assert set(mention_keys(FOUND, *span, several=True)) == {"RUR", "XYZ"}
    assert mention_keys(FOUND, len(TEXT) - 3, len(TEXT)) == ()


@pytest.mark.parametrize(
    ("text", "opens", "expected"),
    [
        ("they", False, True),
        ("We", True, True),
        ("the two countries", False, True),
        ("Both sides", True, True),
        ("the Kremlin", False, False),
        ("Norway", True, False),
        ("Demonstrators", True, True),
        ("Armed men", True, True),
        ("the Foreign Minister", False, True),
        ("Thunberg", True, False),
        ("Kenyan police", True, False),
    ],
)
def test_what_names_nobody(text, opens, expected):
    assert is_common(text, load_world(), opens=opens) is expected
