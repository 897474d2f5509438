"""Golden cases: text, who says what in it, why. A new case needs no Python.

A case that the finder gets wrong carries "known_failure": it is run all the same and must fail, so
that nobody forgets to take the mark away.
"""

from __future__ import annotations

from datetime import date

import pytest

from detente.types import Quotes
from golden_files import golden_cases
from made_documents import make_document

DEFAULT_DAY = "2024-06-01"
# Marks and full stops at the edges of what is said: the cases are about words.
EDGES = " \"'“”‘’,.:;!?"
ALWAYS = ("kind", "cue", "speaker", "content")


def laid_out(one):
    """A quotation as a case words it."""
    actor = one.actor
    return {
        "kind": one.kind,
        "cue": one.cue and one.cue.text,
        "speaker": one.speaker and one.speaker.text,
        "content": [span.text.strip(EDGES) for span in one.content],
        "sentence": one.sentence,
        "who": actor and [actor.country, actor.sector],
        "name": actor and actor.person,
        "channel": one.channel,
        "anonymous": one.anonymous,
        "addressee": one.addressee and one.addressee.text,
    }


def expected(row, got):
    """What a case expects, in the shape of what was found.

    The cue of a case is the whole phrase ("was quoted as saying"), ours its governing word.
    """
    row = dict(row, content=[words.strip(EDGES) for words in row["content"]])
    if row["cue"] and got.get("cue") and got["cue"] in row["cue"].split():
        row["cue"] = got["cue"]
    return row


@pytest.mark.parametrize("case", list(golden_cases("quotes")))
def test_golden_quotation(case, coder):
    day = date.fromisoformat(case.get("date", DEFAULT_DAY))
    (quotes,) = coder.quotes([make_document(case["text"], date=day)])
    assert isinstance(quotes, Quotes), quotes
    found = [laid_out(one) for one in quotes.quotations]
    assert len(found) == len(case["expect"]), (case["why"], found)
    for row, got in zip(case["expect"], found, strict=True):
        want = expected(row, got)
        assert {name: got[name] for name in want} == want, case["why"]
    for one in quotes.quotations:
        for span in (one.cue, one.speaker, one.addressee, *one.content):
            assert span is None or case["text"][span.start : span.end] == span.text


def test_there_are_enough_cases():
    rows = [param.values[0] for param in golden_cases("quotes")]
    assert len(rows) >= 100
    assert all(set(ALWAYS) <= set(one) for row in rows for one in row["expect"])
