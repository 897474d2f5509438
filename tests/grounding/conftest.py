"""Events made by hand on really parsed sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import pytest

from detente.language import Parser, split
from detente.types import Actor, Document, Event, Party, Sentence, Span, Status

Situation = tuple[Event, Sentence, Document]


def make_event(doc: Document, sent: Sentence, word: str, **case: str) -> Event:
    """An event whose predicate is one word; type, status and actor as the case has them."""
    token = next(t for t in sent.tokens if t.text == word)
    span = Span(token.start, token.end, token.text)
    actors: tuple[Party, ...] = ()
    if "actor" in case:
        at = doc.text.index(case["actor"])
        words = Span(at, at + len(case["actor"]), case["actor"])
        actors = (Party(words, Actor("somebody", case.get("country"), "GOV")),)
    return Event(
        id="e",
        document=doc.id,
        sentence=sent.index,
        span=Span(sent.start, sent.end, sent.text),
        actors=actors,
        recipients=(),
        third_parties=(),
        predicate=span,
        lemma=token.lemma,
        type=case.get("type", "ASSAULT"),
        mode=None,
        status=Status(case.get("status", "asserted")),
        quad=3,
    )


@pytest.fixture(scope="session")
def situate(parser: Parser) -> Callable[..., Situation]:
    """Parse a one-sentence document and make an event of one of its words."""

    def build(text: str, word: str, day: date | None = None, **case: str) -> Situation:
        digest = hashlib.sha256(text.encode()).hexdigest()
        byline, place = case.pop("byline", None), case.pop("place", None)
        doc = Document("d", text, digest, date=day, byline=byline, place=place)
        (sent,) = parser.parse(split(doc))
        return make_event(doc, sent, word, **case), sent, doc

    return build
