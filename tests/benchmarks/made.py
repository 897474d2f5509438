"""A small document with its labels, and records of a coder about it; nothing of it happened."""

from datetime import date

import msgspec

from detente.benchmarks.found import Pair
from detente.benchmarks.pairing import labelled_text
from detente.labelling.records import LabelledDocument, LabelledEvent
from detente.types import Actor, Attribution, Event, EventDate, Mention, Party, Place, Span, Status

FIRST = "Peru accused Chile of spying on the border on Tuesday."
SECOND = "If Chile does not stop, it will expel the envoy, the ministry in Lima said."
THIRD = "The presidents of Peru and Bolivia met in La Paz."
TEXT = f"{FIRST} {SECOND}\n\n{THIRD}"
DOCUMENT = {"id": "m", "text": TEXT, "sents": [FIRST, SECOND, THIRD], "date": "2021-03-10"}


def side(*keys):
    return [{"text": key, "country": key, "sector": "GOV"} for key in keys]


def label(**fields):
    """The accusation of the first sentence."""
    made = {
        "doc": "m",
        "id": "m#0",
        "sent": 0,
        "quote": "Peru accused Chile",
        "predicate": "accused",
        "source": side("PER"),
        "target": side("CHL"),
        "event": "ACCUSE",
        "status": "asserted",
    }
    return made | fields


def threat(**fields):
    made = {
        "id": "m#1",
        "sent": 1,
        "quote": "will expel the envoy",
        "predicate": "will expel",
        "event": "THREATEN",
        "status": "conditional",
    }
    return label(**(made | fields))


def meeting(**fields):
    made = {
        "id": "m#2",
        "sent": 2,
        "quote": "met in La Paz",
        "predicate": "met",
        "source": side("PER", "BOL"),
        "target": [],
        "event": "CONSULT",
    }
    return label(**(made | fields))


def text_of(*labels):
    events = [msgspec.convert(each, LabelledEvent) for each in labels]
    return labelled_text("dev", msgspec.convert(DOCUMENT, LabelledDocument), events)


def span_of(words, text=TEXT):
    start = text.index(words)
    return Span(start, start + len(words), words)


def coded(words="accused", type="ACCUSE", actors=("PER",), recipients=("CHL",), **fields):
    """A coded event whose evidence is some words of the document."""
    span = span_of(words)
    sides = (
        tuple(Party(span, Actor(key, key, "GOV")) for key in keys) for keys in (actors, recipients)
    )
    fields = {"status": Status.ASSERTED} | fields
    return Event(
        id="e",
        document="m",
        sentence=0,
        span=span,
        **dict(zip(("actors", "recipients"), sides, strict=True)),
        third_parties=(),
        predicate=span,
        lemma=words,
        type=type,
        mode=None,
        quad=1,
        **fields,
    )


def pair(label_fields=None, mentions=(), **fields):
    """A labelled event and the coded one; ``fields`` are of the latter."""
    made = msgspec.convert(label(**(label_fields or {})), LabelledEvent)
    return Pair(made, coded(**fields), tuple(mentions))


def mention(words, *names):
    actors = tuple(Actor(name, "PER", "GOV") for name in names)
    span = span_of(words)
    return Mention(span.start, span.end, words, 0, 0, 1, 0, "pronoun", actors)


def said_by(words, name=None):
    return (Attribution(Span(0, len(words), words), name),)


def days(first, last=None):
    return EventDate(date.fromisoformat(first), date.fromisoformat(last or first), "day")


def place(country=None, latitude=None, longitude=None):
    return Place(Span(0, 1, "x"), "x", country, latitude, longitude)
