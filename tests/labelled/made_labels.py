"""Small documents and events made by hand; nothing in them happened."""

from __future__ import annotations

FIRST = "Peru accused Chile of spying on Tuesday."
SECOND = 'If Chile does not stop, "we" will expel its envoy, Lima said.'
THIRD = "The presidents of Peru and Bolivia met in La Paz."


def document(**fields):
    made = {
        "id": "made_1",
        "title": None,
        "date": "2021-03-10",
        "source": "written",
        "url": "https://example.org/1",
        "licence": "written for detente (Apache-2.0)",
        "byline": None,
        "text": f"{FIRST} {SECOND}\n\n{THIRD}",
        "words": 30,
        "sents": [FIRST, SECOND, THIRD],
    }
    return made | fields


def party(text, country, sector="GOV"):
    return {"text": text, "country": country, "sector": sector}


def event(**fields):
    made = {
        "doc": "made_1",
        "id": "made_1#0",
        "sent": 0,
        "quote": "Peru accused Chile of spying",
        "source": [party("Peru", "PER")],
        "target": [party("Chile", "CHL")],
        "event": "ACCUSE",
        "status": "asserted",
        "reported_by": None,
        "date": "2021-03-09",
        "mode": "allege",
        "predicate": "accused",
        "condition": None,
    }
    return made | fields


def threat(**fields):
    made = {
        "id": "made_1#1",
        "sent": 1,
        "quote": '"we" will expel its envoy',
        "source": [party("we", "PER")],
        "event": "THREATEN",
        "status": "conditional",
        "reported_by": "Lima",
        "date": None,
        "mode": "expel",
        "predicate": "will expel",
        "condition": "If Chile does not stop",
    }
    return event(**(made | fields))


def meeting(**fields):
    made = {
        "id": "made_1#2",
        "sent": 2,
        "quote": "The presidents of Peru and Bolivia met",
        "source": [party("Peru", "PER"), party("Bolivia", "BOL")],
        "target": [],
        "event": "CONSULT",
        "date": "2021-03",
        "mode": None,
        "predicate": "met",
    }
    return event(**(made | fields))
