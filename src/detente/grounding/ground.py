"""The grounding stage: events get their date, their place, and whether they are history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.actors.facts import World
from detente.grounding.expressions import TimeExpression
from detente.grounding.occasion import TimedEvent, carry_dates, opening_day
from detente.grounding.setting import PlacedEvent, carry_places
from detente.grounding.when import Dating, find_dating, find_times
from detente.grounding.where import Placing, find_placing
from detente.types import Actor, Confidence, Document, Event, Evidence, Sentence, Span


def ground(
    events: Iterable[Event],
    sentences: Sequence[Sentence],
    doc: Document,
    world: World,
    issuers: Sequence[Actor] = (),
) -> tuple[Event, ...]:
    """Give events their date, background flag and place.

    Args:
        events: of one document, from the coder.
        sentences: of that document, parsed, by index.
        issuers: for whom an official statement speaks; empty for news.

    Returns: new events in the same order, with evidence and (uncalibrated) confidence for what
        was found. What the text does not say stays None.
    """
    pending = tuple(events)
    by_index = {sent.index: sent for sent in sentences}
    by_sentence: dict[int, list[Event]] = {}
    for event in pending:
        by_sentence.setdefault(event.sentence, []).append(event)
    times = {index: find_times(doc, by_index[index]) for index in by_sentence if index in by_index}
    told = [
        TimedEvent(
            event, sent, find_dating(event, sent, doc, times[sent.index], by_sentence[sent.index])
        )
        for event in pending
        if (sent := by_index.get(event.sentence)) is not None and sent.tokens
    ]
    opening = opening_day(sentences, doc) if issuers else None
    datings = carry_dates(told, doc, issuers, opening)
    placed = [
        PlacedEvent(one.event, one.sent, find_placing(one.event, one.sent, doc, world))
        for one in told
    ]
    placings = carry_places(placed, sentences, doc, world)
    grounded = {
        one.event.id: _grounded(one.event, dating, placing)
        for one, dating, placing in zip(told, datings, placings, strict=True)
    }
    return tuple(grounded.get(event.id, event) for event in pending)


def _grounded(event: Event, dating: Dating, placing: Placing | None) -> Event:
    evidence = list(event.evidence)
    if dating.date is not None:
        evidence.append(_date_evidence(dating))
    if dating.background and dating.expression is not None:
        words = _span(dating.expression)
        evidence.append(Evidence("background", words, f"time:{dating.expression.kind}"))
    if placing is not None:
        name = placing.place.name
        rule = f"place:{placing.rule}"
        evidence.append(Evidence("place", placing.place.span, rule, name, placing.score))
    return replace(
        event,
        date=dating.date,
        background=event.background or dating.background,
        place=placing.place if placing else None,
        confidence=_confidence(event.confidence, dating, placing),
        evidence=tuple(evidence),
    )


def _date_evidence(dating: Dating) -> Evidence:
    expression = dating.expression
    kind = expression.kind if expression else "document"
    words = _span(expression) if expression else None
    return Evidence("date", words, f"time:{dating.rule}", kind, dating.score)


def _span(expression: TimeExpression) -> Span:
    return Span(expression.start, expression.end, expression.text)


def _confidence(
    known: Confidence | None, dating: Dating, placing: Placing | None
) -> Confidence | None:
    if known is None:
        return None
    return replace(known, date=dating.score, place=placing.score if placing else None)
