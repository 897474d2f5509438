"""Who is meant by words that name nobody: tests/golden/actors/coreference.jsonl.

Short texts written for detente, one behaviour each. A mention is right when the words stand for
exactly the expected countries (in any order; none for a body without one) and the first sector.
"""

import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from detente.actors import find_mentions, load_world, scan
from detente.language.segment import split
from detente.types import Document

SET = Path(__file__).resolve().parent.parent / "golden" / "actors" / "coreference.jsonl"
CASES = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
# Required share of right cases.
FLOOR = 0.9


def read(parser, case):
    text = case["text"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    about = {name: case[name] for name in ("title", "byline", "source") if name in case}
    doc = Document("golden", text, digest, date=date.fromisoformat(case["date"]), **about)
    world = load_world()
    return find_mentions(doc, parser.parse(split(doc)), scan(text, world), world)


def faults(mentions, case):
    """Say what is wrong with the mentions of one case."""
    out = []
    for wanted in case["expect"]:
        here = [m for m in mentions if m.text == wanted["text"]]
        here = [m for m in here if wanted.get("sentence") in (None, m.sentence)]
        found = [([a.country for a in m.actors if a.country], m.actors[0].sector) for m in here]
        sides = [(Counter(countries), sector) for countries, sector in found]
        if (Counter(wanted["countries"]), wanted["sector"]) not in sides:
            out.append(f"{wanted['text']!r} should be {wanted['countries']}, not {found}")
    return out


def test_nine_in_ten_are_right(parser):
    wrong = {}
    for case in CASES:
        found = faults(read(parser, case), case)
        if found:
            wrong[case["text"]] = found
    share = 1 - len(wrong) / len(CASES)
    listing = "\n".join(f"{text}\n  {'; '.join(found)}" for text, found in wrong.items())
    assert share >= FLOOR, f"{share:.3f} right:\n{listing}"


def test_there_are_enough_cases():
    assert len(CASES) >= 100
    assert all(case["provenance"] == "written for detente" for case in CASES)
    assert len({case["text"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("key", ["why", "expect", "date"])
def test_every_case_says_what_and_why(key):
    assert all(case[key] for case in CASES)
