"""One event laid open: every field with its words, rule, entry, score and runner-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from detente.output import labels
from detente.output.palette import BOLD, DIM, QUAD_NAMES, quad_style
from detente.types import Event, Evidence, Party, Place, Span

# Longer lines are hard to follow with the eye, however wide the terminal.
MAX_WIDTH = 110
# Two spaces show what belongs to what without pushing words off a narrow screen.
INDENT = 2
UNKNOWN = "unknown"


def show_explanation(event: Event, console: Console) -> None:
    """Print an event field by field, each with the evidence for it."""
    width = min(console.width, MAX_WIDTH)
    place = f"document {event.document}, sentence {event.sentence}, {_where(event.span)}"
    console.print(Text(f"Event {labels.one_line(event.id)}", BOLD), width=width)
    console.print(Text(labels.one_line(place), DIM), width=width)
    console.print(Padding(Text(f"“{labels.one_line(event.span.text)}”"), (1, INDENT)), width=width)
    grid = Table.grid(padding=(0, INDENT, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column()
    named = set()
    for field, value in _fields(event, console):
        grid.add_row(Text(field, DIM), value)
        named.add(field)
        for one in _evidence_for(event, field):
            grid.add_row("", _reason(one))
    for one in event.evidence:
        if _root(one.field) not in named:
            grid.add_row(Text(labels.one_line(one.field), DIM), _reason(one))
    console.print(grid, width=width)


def _fields(event: Event, console: Console) -> Iterator[tuple[str, Text]]:
    """Yield every field of the contract in its order, with its value in words."""
    sure = event.confidence
    scores = {
        name: getattr(sure, name) if sure else None
        for name in ("event", "type", "actors", "recipients", "status", "date", "place")
    }
    quad = Text(f"{event.quad} {QUAD_NAMES.get(event.quad, '')}", quad_style(event.quad, console))
    date = labels.date_label(event.date)
    if event.date is not None:
        date += f" ({event.date.precision})"
    values: dict[str, Text] = {
        "event": Text("yes"),
        "actors": _parties(event.actors),
        "recipients": _parties(event.recipients),
        "third_parties": _parties(event.third_parties),
        "predicate": Text(f"{_quoted(event.predicate)}, lemma {labels.one_line(event.lemma)}"),
        "type": _value(event.type),
        "mode": _value(event.mode),
        "contexts": _value(", ".join(event.contexts) or None, missing="none"),
        "theme": _words(event.theme),
        "cameo": _value(event.cameo),
        "quad": quad,
        "score": _value(event.score),
        "goldstein": _value(event.goldstein),
        "status": labels.status_label(event),
        "background": Text("yes" if event.background else "no"),
        "condition": _words(event.condition),
        "attribution": _value(labels.attribution_label(event.attribution), missing="none"),
        "date": _value(date),
        "place": _place(event.place),
        "story": _value(event.story),
        "signature": _value(event.signature.replace("|", " ")),
    }
    for field, value in values.items():
        score = scores.get(field)
        if score is not None:
            value.append(f"  confidence {score:.2f}", DIM)
        yield field, value


def _evidence_for(event: Event, field: str) -> list[Evidence]:
    return [one for one in event.evidence if _root(one.field) == field]


def _root(field: str) -> str:
    """Return the field an evidence belongs to: "actors" for "actors[0].country"."""
    return field.replace("[", ".").partition(".")[0]


def _reason(one: Evidence) -> Text:
    """Word one piece of evidence: "[actors[0]] “Blinken” (12-19) · rule x · entry y …"."""
    parts = []
    if one.field != _root(one.field):
        parts.append(one.field)
    if one.span is not None:
        parts.append(_quoted(one.span))
    parts.append(f"rule {one.rule}")
    if one.entry is not None:
        parts.append(f"entry {one.entry}")
    if one.score is not None:
        parts.append(f"score {one.score:.2f}")
    if one.runner_up is not None:
        parts.append(f"runner-up {one.runner_up}")
    return Text("because " + " · ".join(labels.one_line(part) for part in parts), DIM)


def _parties(parties: Sequence[Party]) -> Text:
    lines = []
    for party in parties:
        actor = party.actor
        name = labels.actor_label(actor)
        known = (actor.role, actor.organisation, actor.name, actor.wikidata)
        facts = [name, labels.actor_codes(actor), *(one for one in known if one and one != name)]
        lines.append(f"{', '.join(facts)}: {_quoted(party.span)}")
    return _value("\n".join(lines) or None, missing="none")


def _place(place: Place | None) -> Text:
    if place is None:
        return _value(None)
    facts = [place.name, place.country]
    if place.latitude is not None and place.longitude is not None:
        facts.append(f"{place.latitude:.3f} {place.longitude:.3f}")
    facts.append(f"GeoNames {place.geonames}" if place.geonames is not None else None)
    facts.append(f"({place.precision})" if place.precision else None)
    return _value(f"{' '.join(fact for fact in facts if fact)}: {_quoted(place.span)}")


def _words(span: Span | None) -> Text:
    return _value(None if span is None else _quoted(span))


def _value(value: str | float | None, *, missing: str = UNKNOWN) -> Text:
    if value is None or value == "":
        return Text(missing, Style(dim=True, italic=True))
    return Text("\n".join(labels.one_line(line) for line in str(value).split("\n")))


def _quoted(span: Span) -> str:
    return f"“{labels.one_line(span.text)}” ({_where(span)})"


def _where(span: Span) -> str:
    return f"characters {span.start}-{span.end}"
