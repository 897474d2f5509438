"""2,000 office terms drawn from the table: right on a day inside, never silently outside.

Every term becomes "{title} {name} arrived in Geneva.", as of a day inside the term and of one on
which its holder held nothing. What stays wrong inside is table noise that docs/limits.md explains:
one person in two rows, rows that two countries share, names and titles that are no phrase.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from detente.actors import find_mentions, load_world, scan
from detente.actors.folding import fold
from detente.actors.officials import first_day, last_day
from detente.language import split
from made_documents import make_document

WORLD = load_world()
TERMS = 2000
SEED = 20230218
# Measured: 3 to 14 of 2,000 over six seeds. Most of them stay open, with their candidates.
MOST_OPEN = 0.01
# Measured: 0 to 3 of 2,000.
MOST_WRONG = 0.003
# Days in no office are drawn from here; the table has few rows before.
EARLIEST, DAYS = date(1985, 1, 1), 15_000


def drawn_terms():
    rng = random.Random(SEED)
    every = [
        (row, tenure)
        for row in range(len(WORLD.person_rows()))
        for tenure in WORLD.person(row).tenures
    ]
    for number, (row, tenure) in enumerate(rng.sample(every, TERMS)):
        person = WORLD.person(row)
        title = tenure.title or tenure.office.replace("_", " ")
        text = f"{title[:1].upper()}{title[1:]} {person.name} arrived in Geneva."
        yield make_document(text, id=f"term-{number}"), person, tenure, _inside(tenure, rng), rng


def _inside(tenure, rng):
    first = first_day(tenure.start)
    last = last_day(tenure.end) if tenure.end else first + timedelta(days=365)
    return first + timedelta(days=rng.randrange(max((last - first).days, 0) + 1))


def _outside(person, rng):
    """A day on which the person, who may have several rows, held nothing."""
    entries = [WORLD.entries[n] for form in person.forms for n in WORLD.entries_of(form)]
    rows = {entry.row for entry in entries if entry.kind in ("person", "surname")}
    held = [*person.tenures, *(t for row in rows for t in WORLD.person(row).tenures)]
    days = (EARLIEST + timedelta(days=rng.randrange(DAYS)) for _ in range(50))
    return next((d for d in days if not any(t.covers(d) for t in held)), None)


@pytest.fixture(scope="module")
def read(parser):
    """The persons of a term's sentence as of a day; all are parsed together."""
    terms = list(drawn_terms())
    parsed = defaultdict(list)
    for sent in parser.parse([sent for doc, *_ in terms for sent in split(doc)]):
        parsed[sent.document].append(sent)

    def on(doc, day):
        hits = scan(doc.text, WORLD)
        found = find_mentions(replace(doc, date=day), parsed[doc.id], hits, WORLD)
        return [mention.actors[0] for mention in found if mention.kind != "pronoun"]

    on.terms = terms
    return on


def _alike(one, two):
    return fold(one or "").replace(" ", "").lower() == fold(two or "").replace(" ", "").lower()


def test_on_a_day_inside_the_term_the_row_is_found(read):
    missed, wrong = [], []
    for doc, person, _, day, _ in read.terms:
        actors = read(doc, day)
        same = [a for a in actors if _alike(a.person, person.name)]
        if any(a.country == person.country and a.rule != "stated title" for a in same):
            continue
        missed.append((doc.text, day))
        key = f"{person.actor}:{person.name}"
        listed = any(candidate.key == key for a in actors for candidate in a.candidates)
        if any(a.wikidata or a.country for a in same) or (
            not listed and any(a.wikidata for a in actors)
        ):
            wrong.append((doc.text, day))
    assert len(missed) <= MOST_OPEN * TERMS, missed
    assert len(wrong) <= MOST_WRONG * TERMS, wrong


def test_on_a_day_outside_every_term_nobody_is_in_office(read):
    silent = []
    for doc, person, tenure, _, rng in read.terms:
        day = _outside(person, rng)
        if day is None:
            continue
        for actor in read(doc, day):
            same = _alike(actor.person, person.name) and actor.country == person.country
            said = actor.rule == "stated title" or (actor.role or "former").startswith("former")
            if same and not said:
                silent.append((doc.text, day, tenure, actor.role, actor.rule))
    assert silent == []
