"""What detente itself makes of a labelled document: whom words stand for, and events.

Only a beginning for somebody who labels: countries and sectors are filled in for parties, and
events are offered where they were asked for. Nothing of it is a label until it is accepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from detente.config import Settings
from detente.labelling.checks import day_of
from detente.labelling.draft import DraftParty, LabelDraft, Picked, Who
from detente.labelling.records import LabelledDocument, sentence_starts
from detente.output.labels import date_label
from detente.pipeline import Coder
from detente.types import Actor, Coded, Document, Event, Mention, Party, Span

# Labels know these two as what they are in general (see docs/coding.md, Sector).
_IN_LABELS = {"UNO": "IGO", "EUR": "IGO"}


@dataclass(frozen=True, slots=True)
class FirstReading:
    """What was found in one document; drafts are by number of the sentence."""

    mentions: tuple[Mention, ...] = ()
    drafts: dict[int, tuple[LabelDraft, ...]] = field(default_factory=dict)


class FirstReader:
    """Reads documents as ``detente code`` does; tables and parser load at the first one.

    Args:
        settings: tables of the user's own, limits.
        suggest: look for events too, not only for who is named.
    """

    def __init__(self, settings: Settings, *, suggest: bool = False) -> None:
        self._coder = Coder(settings)
        self._suggest = suggest
        # The parser is one object; the program reads in the background.
        self._one_at_a_time = Lock()

    def read(self, doc: LabelledDocument) -> FirstReading:
        """Read one document; what the coder fails on gives an empty reading."""
        whole = doc.date is not None and len(doc.date) == len("2000-01-01")
        day = day_of(doc.date) if doc.date and whole else None
        made = Document(doc.id, doc.text, sha256="", title=doc.title, date=day, byline=doc.byline)
        run = self._coder.code if self._suggest else self._coder.mentions
        with self._one_at_a_time:
            (coded,) = run([made])
        if isinstance(coded, Coded):
            return FirstReading(coded.mentions, drafts_of(doc, coded.events))
        return FirstReading()


def who_is(mentions: Sequence[Mention], start: int, end: int) -> tuple[Who, ...]:
    """Say whom words stand for: the mention that covers most of them and little else.

    Args:
        mentions: of the document.
        start: first character of the words in the document's text.
        end: the one behind their last.

    Returns: one for each actor; empty if no mention shares a character with the words.
    """
    best, share = None, 0.0
    for mention in mentions:
        common = min(end, mention.end) - max(start, mention.start)
        together = max(end, mention.end) - min(start, mention.start)
        # Of "Peru's envoy" it is the envoy who acts: what ends with the words goes first.
        score = common / together + (mention.end == end)
        if common > 0 and score > share:
            best, share = mention, score
    return tuple(dict.fromkeys(_who(actor) for actor in best.actors)) if best else ()


def drafts_of(doc: LabelledDocument, events: Sequence[Event]) -> dict[int, tuple[LabelDraft, ...]]:
    """Turn coded events into suggestions by sentence; what stands in no sentence is left out."""
    starts = sentence_starts(doc)
    found: dict[int, list[LabelDraft]] = defaultdict(list)
    for event in events:
        for number, (start, text) in enumerate(zip(starts, doc.sents, strict=True)):
            if start <= event.predicate.start and event.predicate.end <= start + len(text):
                name = f"{doc.id}#{number}#{len(found[number])}"
                found[number].append(_draft(event, name, start, text))
                break
    return {number: tuple(drafts) for number, drafts in found.items()}


def _draft(event: Event, name: str, start: int, sentence: str) -> LabelDraft:
    def picked(span: Span) -> Picked:
        inside = start <= span.start and span.end <= start + len(sentence)
        return Picked(span.text, span.start - start if inside else None)

    def side(parties: Sequence[Party]) -> tuple[DraftParty, ...]:
        words: dict[Picked, list[Who]] = defaultdict(list)
        for party in parties:
            words[picked(party.span)].append(_who(party.actor))
        return tuple(DraftParty(one, tuple(dict.fromkeys(who))) for one, who in words.items())

    when = date_label(event.date)
    return LabelDraft(
        suggestion=name,
        predicate=picked(event.predicate),
        actors=side(event.actors),
        recipients=side(event.recipients),
        type=event.type,
        mode=event.mode,
        status=str(event.status),
        condition=picked(event.condition) if event.condition else None,
        reported_by=picked(event.attribution[0].span) if event.attribution else None,
        # Labels have days, months and years, no longer intervals.
        date=when if when and "/" not in when else None,
        background=event.background,
    )


def _who(actor: Actor) -> Who:
    return Who(actor.country, _IN_LABELS.get(actor.sector, actor.sector))
