"""Short wordings of an event's fields, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.style import Style
from rich.text import Text

from detente.output.palette import (
    DIM,
    QUAD_MARKS,
    STATUS_MARKS,
    UNASSERTED,
    actor_style,
    quad_style,
    safe,
)
from detente.types import POOLED, Actor, Attribution, Event, EventDate, Party, Status


def actor_label(actor: Actor) -> str:
    """Name an actor by the most specific name known, e.g. "Antony Blinken"."""
    return one_line(actor.person or actor.organisation or actor.name)


def actor_codes(actor: Actor) -> str:
    """Return country and sector, e.g. "USA·GOV", or "IGO" for a body without a country."""
    # No space: a line must not break between the two.
    return "·".join(safe(code) for code in (actor.country, actor.sector) if code)


def parties_label(event: Event, console: Console) -> Text:
    """Return who did it to whom, e.g. "Antony Blinken USA·GOV → China CHN·GOV"."""
    mutual = event.type in POOLED and not event.recipients
    label = _side(event.actors, " ↔ " if mutual else " & ", console)
    if not event.actors:
        label.append("not named", UNASSERTED)
    if event.recipients:
        label.append(" → ", Style(bold=True))
        label.append_text(_side(event.recipients, " & ", console))
    return label


def type_label(event: Event, console: Console, *, wide: bool) -> Text:
    """Return type and mode, behind the mark of the quad: "△ THREATEN relations"."""
    mark = QUAD_MARKS.get(event.quad, " ")
    label = Text(f"{mark} {safe(event.type)}", quad_style(event.quad, console))
    if event.mode:
        label.append(" " if wide else "\n  ")
        label.append(safe(event.mode), quad_style(event.quad, console) + Style(bold=False))
    return label


def status_label(event: Event) -> Text:
    """Return the status; whatever is not asserted is marked, dim and italic."""
    if event.status is Status.ASSERTED:
        return Text(event.status.value)
    return Text(f"{STATUS_MARKS[event.status]} {event.status.value}", UNASSERTED)


def date_label(when: EventDate | None) -> str:
    """Write a date as precisely as it is known: "2024-03-03", "2024-03", "2024-02-26/03-03"."""
    if when is None:
        return ""
    start, end = when.start.isoformat(), when.end.isoformat()
    if when.precision == "year":
        return start[:4]
    if when.precision == "month":
        return start[:7]
    if start == end:
        return start
    # ISO 8601: the end may leave out what it shares with the start.
    if start[:7] == end[:7]:
        return f"{start}/{end[8:]}"
    return f"{start}/{end[5:] if start[:4] == end[:4] else end}"


def detail_lines(event: Event, earlier: int | None) -> Iterator[Text]:
    """Yield the lines that stand under an event: its quote, then conditions and sources.

    Args:
        event: the event.
        earlier: number of an event already shown that reports the same happening.
    """
    yield Text(f"“{one_line(event.span.text)}”", DIM, no_wrap=True, overflow="ellipsis")
    notes = []
    if event.condition is not None:
        notes.append(f"condition: {one_line(event.condition.text)}")
    if event.attribution:
        notes.append(attribution_label(event.attribution))
    if event.third_parties:
        notes.append("concerning " + _names(event.third_parties))
    if event.place is not None:
        notes.append(f"in {one_line(event.place.name)}")
    if event.contexts:
        notes.append("context: " + ", ".join(safe(context) for context in event.contexts))
    if event.background:
        notes.append("background")
    if earlier is not None:
        notes.append(f"same happening as {earlier}")
    if notes:
        yield Text(" · ".join(notes), DIM)


def attribution_label(chain: Sequence[Attribution]) -> str:
    """Word a chain of attribution, innermost speaker first; "" if there is none."""
    if not chain:
        return ""
    first, *others = chain
    label = f"according to {_speaker(first)}"
    return label + "".join(f", as reported by {_speaker(other)}" for other in others)


def one_line(text: str) -> str:
    """Make text safe for a terminal and put it on one line."""
    return " ".join(safe(text).split())


def _side(parties: Sequence[Party], joint: str, console: Console) -> Text:
    label = Text()
    for party in parties:
        if label:
            label.append(joint, Style(bold=True))
        label.append(actor_label(party.actor), actor_style(console) + Style(bold=True))
        label.append(f" {actor_codes(party.actor)}", DIM)
    return label


def _names(parties: Sequence[Party]) -> str:
    return ", ".join(f"{actor_label(one.actor)} {actor_codes(one.actor)}" for one in parties)


def _speaker(one: Attribution) -> str:
    name = one_line(one.name or one.span.text)
    return f"{name} ({one.channel})" if one.channel else name
