"""An event while it is being labelled: its words with their places, and what is still missing.

A draft is frozen; every edit gives a new one. It differs from a ``LabelledEvent`` in that it may
lack anything, that it knows where in the sentence its words were picked, and that one party's words
may stand for several ("the two countries").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal

from detente.labelling.records import LabelledEvent, LabelledParty
from detente.labelling.words import find_words, stretch
from detente.types import Status

Side = Literal["actors", "recipients"]
Single = Literal["predicate", "condition", "reported_by"]
SIDES: tuple[Side, ...] = ("actors", "recipients")


@dataclass(frozen=True, slots=True)
class Picked:
    """Words that were picked; ``start`` is None where they stand outside the sentence."""

    text: str
    start: int | None

    @property
    def span(self) -> tuple[int, int] | None:
        """Where they stand in the sentence, half-open."""
        return None if self.start is None else (self.start, self.start + len(self.text))


@dataclass(frozen=True, slots=True)
class Who:
    """Whom words stand for; ``country`` is None for bodies and groups without one."""

    country: str | None
    sector: str

    def __str__(self) -> str:
        return f"{self.country or '-'} {self.sector}"


@dataclass(frozen=True, slots=True)
class DraftParty:
    """One party's words, and whom they stand for; nobody as long as that was not said."""

    words: Picked
    who: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch of the sentence and the letter of its part: P, A, R, C or B."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """An event that is not saved yet, or a saved one that is being looked at.

    ``id`` is that of the saved event, ``suggestion`` the key of the suggestion it began as.
    ``quote`` is None as long as it follows from predicate and parties. ``touched`` tells whether
    something would be lost if the draft were dropped.
    """

    id: str | None = None
    suggestion: str | None = None
    predicate: Picked | None = None
    actors: tuple[DraftParty, ...] = ()
    recipients: tuple[DraftParty, ...] = ()
    type: str | None = None
    mode: str | None = None
    status: str = str(Status.ASSERTED)
    condition: Picked | None = None
    reported_by: Picked | None = None
    date: str | None = None
    background: bool = False
    same_as: str | None = None
    quote: str | None = None
    touched: bool = False

    @property
    def parties(self) -> tuple[DraftParty, ...]:
        """Both sides, the actors first."""
        return (*self.actors, *self.recipients)

    def spans(self) -> list[MarkedSpan]:
        """List the parts that stand in the sentence, in order; the longer of two goes first."""
        parts = [("P", self.predicate), ("C", self.condition), ("B", self.reported_by)]
        parts += [("A", party.words) for party in self.actors]
        parts += [("R", party.words) for party in self.recipients]
        found = [MarkedSpan(*one.span, mark) for mark, one in parts if one and one.span]
        return sorted(found, key=lambda span: (span.start, -span.end, span.mark))

    def quote_in(self, sentence: str) -> str | None:
        """Give the quote: as set, else from the first to the last of predicate and parties."""
        if self.quote is not None:
            return self.quote
        if self.predicate is None or self.predicate.span is None:
            return None
        parties = (party.words.span for party in self.parties)
        return stretch(sentence, (self.predicate.span, *(span for span in parties if span)))


# ------------------------------------------------------------------------------------------- edits


def with_words(draft: LabelDraft, part: Single, words: Picked) -> LabelDraft:
    """Set predicate, condition or attribution; the same words again take it away."""
    chosen: dict[str, Any] = {part: None if getattr(draft, part) == words else words}
    return replace(draft, quote=None, touched=True, **chosen)


def with_party(draft: LabelDraft, side: Side, party: DraftParty) -> LabelDraft:
    """Add a party to a side, in text order; there already, it goes; on the other side, it moves."""
    was = {name: tuple(getattr(draft, name)) for name in SIDES}
    rest = {name: tuple(p for p in was[name] if p.words != party.words) for name in SIDES}
    if len(rest[side]) == len(was[side]):
        earlier = [p for name in SIDES for p in was[name] if p.words == party.words]
        added = (*rest[side], earlier[0] if earlier else party)
        rest[side] = tuple(sorted(added, key=_place))
    return replace(
        draft, actors=rest["actors"], recipients=rest["recipients"], quote=None, touched=True
    )


def with_who(draft: LabelDraft, who: Iterable[tuple[Who, ...]]) -> LabelDraft:
    """Say whom each party stands for, in the order of ``LabelDraft.parties``."""
    made = [replace(p, who=one) for p, one in zip(draft.parties, who, strict=True)]
    first = len(draft.actors)
    return replace(draft, actors=tuple(made[:first]), recipients=tuple(made[first:]), touched=True)


def without(draft: LabelDraft, at: int) -> LabelDraft:
    """Take away the part that stands at an offset, the shortest if there are several."""
    spans = [span for span in draft.spans() if span.start <= at < span.end]
    if not spans:
        return draft
    gone = min(spans, key=lambda span: span.end - span.start)

    def stays(words: Picked | None, mark: str) -> bool:
        return words is None or (words.span, mark) != ((gone.start, gone.end), gone.mark)

    return replace(
        draft,
        predicate=draft.predicate if stays(draft.predicate, "P") else None,
        condition=draft.condition if stays(draft.condition, "C") else None,
        reported_by=draft.reported_by if stays(draft.reported_by, "B") else None,
        actors=tuple(p for p in draft.actors if stays(p.words, "A")),
        recipients=tuple(p for p in draft.recipients if stays(p.words, "R")),
        quote=None,
        touched=True,
    )


def _place(party: DraftParty) -> tuple[bool, int]:
    """Sort key: in the order of the text, those from elsewhere last."""
    return party.words.start is None, party.words.start or 0


# ---------------------------------------------------------------------------- to and from events


def gaps(draft: LabelDraft) -> Iterator[str]:
    """Say what is missing before there is an event at all, and which key gives it."""
    if draft.predicate is None:
        yield "no predicate: select the event word and press p"
    if draft.type is None:
        yield "no type: press t"
    for party in draft.parties:
        if not party.who:
            yield f"who is “{party.words.text}”? press g"


def event_of(draft: LabelDraft, doc: str, sent: int, sentence: str, number: str) -> LabelledEvent:
    """Make the record of a draft without gaps.

    Args:
        draft: what was labelled.
        doc: id of the document.
        sent: number of the sentence, from 0.
        sentence: its text.
        number: the event's id, "document#n".

    Raises:
        ValueError: the draft has gaps.
    """
    quote = draft.quote_in(sentence)
    if draft.predicate is None or draft.type is None or quote is None:
        raise ValueError("a draft with gaps is no event")
    return LabelledEvent(
        doc=doc,
        id=number,
        sent=sent,
        quote=quote,
        source=_labelled(draft.actors),
        target=_labelled(draft.recipients),
        event=draft.type,
        status=draft.status,
        reported_by=draft.reported_by.text if draft.reported_by else None,
        date=draft.date,
        background=draft.background,
        same_as=draft.same_as,
        mode=draft.mode,
        predicate=draft.predicate.text,
        condition=draft.condition.text if draft.condition else None,
    )


def draft_of(event: LabelledEvent, sentence: str) -> LabelDraft:
    """Take a saved event up again; ``event_of`` gives the same event back.

    Places are not saved: words that stand in the sentence several times are taken to be those
    nearest to the predicate, and the predicate to be the first one inside the quote.
    """
    start = max(sentence.find(event.quote), 0)
    inside = find_words(event.quote, event.predicate or "")
    act = start + inside if inside is not None else sentence.find(event.predicate or "\0", start)

    def picked(words: str) -> Picked:
        return Picked(words, find_words(sentence, words, near=act))

    predicate = Picked(event.predicate, max(act, 0)) if event.predicate else None
    draft = LabelDraft(
        id=event.id,
        predicate=predicate,
        actors=_drafted(event.source, picked),
        recipients=_drafted(event.target, picked),
        type=event.event,
        mode=event.mode,
        status=event.status,
        condition=picked(event.condition) if event.condition else None,
        reported_by=picked(event.reported_by) if event.reported_by else None,
        date=event.date,
        background=event.background,
        same_as=event.same_as,
    )
    return draft if draft.quote_in(sentence) == event.quote else replace(draft, quote=event.quote)


def _labelled(parties: Iterable[DraftParty]) -> tuple[LabelledParty, ...]:
    return tuple(
        LabelledParty(party.words.text, who.country, who.sector)
        for party in parties
        for who in party.who
    )


def _drafted(
    parties: Iterable[LabelledParty], picked: Callable[[str], Picked]
) -> tuple[DraftParty, ...]:
    """Neighbours with the same words are one party that stands for several."""
    return tuple(
        DraftParty(picked(text), tuple(Who(one.country, one.sector) for one in same))
        for text, same in groupby(parties, key=lambda party: party.text)
    )
