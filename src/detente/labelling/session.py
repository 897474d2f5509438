"""Labelling as state and commands: what every key does, without a screen and without files.

``Labelling.state`` is frozen; a command puts another in its place and keeps the old one for undo,
so undo and redo restore exactly. A command that cannot be carried out changes nothing and returns
the reason in words for the user; None means that it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from detente.labelling.checks import PLAIN, EarlierLabels, Inventory, check_event
from detente.labelling.draft import (
    DraftParty,
    LabelDraft,
    Picked,
    Side,
    Single,
    Who,
    draft_of,
    event_of,
    gaps,
    with_party,
    with_who,
    with_words,
    without,
)
from detente.labelling.records import LabelledDocument, LabelledEvent
from detente.labelling.words import find_words, pieces

# A state is a few hundred bytes beside its event list (8 bytes an event): 1,000 steps back stay
# under 30 MB with a set as large as all of data/labelled.
MOST_STEPS = 1_000
NOT_SAVED = "This event is not saved: Enter saves it, Escape drops it."
_NUMBER = re.compile(r"#(\d+)$")

SentenceKey = tuple[str, int]
WhoOf = Callable[[LabelledDocument, int, tuple[int, int]], tuple[Who, ...]]


@dataclass(frozen=True, slots=True)
class LabelPosition:
    """Where the labeller is: document and sentence by number, from 0."""

    doc: int = 0
    sent: int = 0


@dataclass(frozen=True, slots=True)
class LabelState:
    """Everything a command may change.

    ``events`` are in the order of the file: by document, sentence, and as they were saved. ``done``
    are sentences that were finished, also those without events; ``used`` the keys of suggestions
    that were accepted or thrown away. ``cursor`` and ``anchor`` are the ends of the selection,
    as numbers of the sentence's pieces, both included.
    """

    events: tuple[LabelledEvent, ...] = ()
    done: frozenset[SentenceKey] = frozenset()
    used: frozenset[str] = frozenset()
    at: LabelPosition = LabelPosition()
    cursor: int = 0
    anchor: int = 0
    draft: LabelDraft | None = None


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One line of the sentence's table: a saved event, or a suggestion nobody has decided on."""

    draft: LabelDraft

    @property
    def is_suggestion(self) -> bool:
        """Whether it is no label yet."""
        return self.draft.id is None


@dataclass(slots=True)
class Labelling:
    """One annotator at work on some documents.

    ``who_of`` says whom words of a sentence (offsets into it) probably stand for; ``suggestions``
    gives drafts for sentences. Both may be filled in while the labeller works.
    """

    documents: Sequence[LabelledDocument]
    inventory: Inventory
    state: LabelState = field(default_factory=LabelState)
    who_of: WhoOf = field(default=lambda doc, sent, span: ())
    suggestions: dict[SentenceKey, tuple[LabelDraft, ...]] = field(default_factory=dict)
    _past: list[LabelState] = field(default_factory=list)
    _future: list[LabelState] = field(default_factory=list)

    # ------------------------------------------------------------------------------------- reading

    @property
    def doc(self) -> LabelledDocument:
        """The document that is open."""
        return self.documents[self.state.at.doc]

    @property
    def key(self) -> SentenceKey:
        """The sentence that is open, as ``LabelState.done`` names it."""
        return self.doc.id, self.state.at.sent

    @property
    def sentence(self) -> str:
        """The text of the sentence that is open."""
        return self.doc.sents[self.state.at.sent]

    @property
    def selection(self) -> tuple[int, int]:
        """The selected stretch of the sentence, half-open."""
        cut = pieces(self.sentence) or ((0, len(self.sentence)),)
        first, last = sorted((self.state.cursor, self.state.anchor))
        return cut[first][0], cut[last][1]

    @property
    def total(self) -> int:
        """How many sentences there are."""
        return sum(len(doc.sents) for doc in self.documents)

    def events_here(self) -> list[LabelledEvent]:
        """The saved events of the sentence."""
        return [event for event in self.state.events if (event.doc, event.sent) == self.key]

    def rows(self) -> list[LabelRow]:
        """The sentence's events, then the suggestions that are open; none once it is done."""
        saved = [LabelRow(draft_of(event, self.sentence)) for event in self.events_here()]
        if self.key in self.state.done:
            return saved
        offered = self.suggestions.get(self.key, ())
        return saved + [LabelRow(one) for one in offered if one.suggestion not in self.state.used]

    def chosen(self) -> int | None:
        """Which row the draft belongs to; None for a new event."""
        draft = self.state.draft
        if draft is None:
            return None
        for number, row in enumerate(self.rows()):
            same = row.draft.id == draft.id and row.draft.suggestion == draft.suggestion
            if same and (draft.id or draft.suggestion):
                return number
        return None

    def problems(self) -> tuple[list[str], list[str]]:
        """Say what keeps the draft from being saved, and what deserves a second look."""
        draft = self.state.draft
        if draft is None:
            return [], []
        missing = list(gaps(draft))
        if missing:
            return missing, []
        event = self._event(draft)
        found = list(check_event(event, self._others(event), self.inventory))
        errors = [f"{PLAIN[code]}: {what}" for code, what in found if code.startswith("L")]
        return errors + self._broken(event), [
            f"{PLAIN[code]} ({what})" for code, what in found if code.startswith("W")
        ]

    def earlier(self) -> list[LabelledEvent]:
        """List what the draft may repeat: earlier events of the document with its type."""
        draft = self.state.draft
        kind = draft.type if draft else None
        mine = [event for event in self.state.events if event.doc == self.doc.id]
        found = []
        for event in mine:
            if event.sent > self.state.at.sent or (draft and event.id == draft.id):
                break
            found.append(event)
        return [event for event in found if kind in (None, event.event)]

    # -------------------------------------------------------------------------------------- moving

    def move(self, step: int, *, extend: bool = False) -> str | None:
        """Move the word cursor by so many pieces; ``extend`` keeps the other end selected."""
        last = max(len(pieces(self.sentence)) - 1, 0)
        cursor = min(max(self.state.cursor + step, 0), last)
        anchor = self.state.anchor if extend else cursor
        self.state = replace(self.state, cursor=cursor, anchor=anchor)
        return None

    def next_sentence(self) -> str | None:
        """Mark the sentence done, with or without events, and go to the next."""
        if self._unsaved:
            return NOT_SAVED
        there = self._step(1)
        if self.key not in self.state.done:
            self._change(done=self.state.done | {self.key}, draft=None)
        if there is None:
            return "This was the last sentence." + (
                "" if len(self.state.done) >= self.total else " Press j for one not done yet."
            )
        return self._go(there)

    def previous_sentence(self) -> str | None:
        """Go back one sentence; nothing is marked or unmarked."""
        there = self._step(-1)
        return "This is the first sentence." if there is None else self._go(there)

    def other_document(self, step: int) -> str | None:
        """Go to the first sentence of the document so many further on."""
        number = self.state.at.doc + step
        if not 0 <= number < len(self.documents):
            return "There is no further document."
        return self._go(LabelPosition(number))

    def first_open(self) -> str | None:
        """Go to the first sentence that is not done; stay if all are."""
        for number, doc in enumerate(self.documents):
            for sent in range(len(doc.sents)):
                if (doc.id, sent) not in self.state.done:
                    return self._go(LabelPosition(number, sent))
        return "Every sentence is done."

    # ------------------------------------------------------------------------------------- editing

    def new(self) -> str | None:
        """Begin an event."""
        if self._unsaved:
            return NOT_SAVED
        self._change(draft=LabelDraft())
        return None

    def choose(self, step: int) -> str | None:
        """Take up the next event or suggestion of the sentence; after the last comes none."""
        if self._unsaved:
            return NOT_SAVED
        rows = self.rows()
        if not rows:
            return "No event in this sentence yet: select words and press p, a or r."
        was = self.chosen()
        number = (0 if step > 0 else len(rows) - 1) if was is None else was + step
        draft = rows[number].draft if 0 <= number < len(rows) else None
        self.state = replace(self.state, draft=draft)
        return None

    def drop(self) -> str | None:
        """Put the draft aside; what it was before stays saved."""
        if self.state.draft is None:
            return "No event is being labelled."
        if self._unsaved:
            self._change(draft=None)
        self.state = replace(self.state, draft=None)
        return None

    def set_words(self, part: Single, words: Picked | None = None) -> str | None:
        """Make the selection, or words from elsewhere, the predicate, condition or attribution."""
        draft = self.state.draft or LabelDraft()
        self._change(draft=with_words(draft, part, words or self._picked()))
        return None

    def set_party(self, side: Side, words: Picked | None = None) -> str | None:
        """Make the selection, or words from elsewhere, an actor or a recipient."""
        draft = self.state.draft or LabelDraft()
        picked = words or self._picked()
        party = DraftParty(picked, self.guess(picked))
        self._change(draft=with_party(draft, side, party))
        return None

    def find(self, text: str) -> Picked | None:
        """Find typed words in the sentence, else anywhere in the document or its byline."""
        words = text.strip()
        draft = self.state.draft
        near = draft.predicate.start if draft and draft.predicate else None
        at = find_words(self.sentence, words, near=near)
        if at is None and (not words or words not in f"{self.doc.text}\n{self.doc.byline or ''}"):
            return None
        return Picked(words, at)

    def guess(self, words: Picked) -> tuple[Who, ...]:
        """Guess whom words stand for: as labelled before in the document, else ``who_of``."""
        before: dict[str, list[Who]] = {}
        for event in self.state.events:
            if event.doc == self.doc.id:
                for side in (event.source, event.target):
                    found = [Who(p.country, p.sector) for p in side if p.text == words.text]
                    if found:
                        before[words.text] = found
        if words.text in before:
            return tuple(before[words.text])
        span = words.span
        return self.who_of(self.doc, self.state.at.sent, span) if span else ()

    def set_type(self, name: str) -> str | None:
        """Choose the type; a mode that it does not have goes."""
        draft = self.state.draft or LabelDraft()
        kept = (name, draft.mode) in self.inventory.ontology.modes
        mode, same = draft.mode if kept else None, draft.same_as if name == draft.type else None
        self._edit(replace(draft, type=name, mode=mode, same_as=same))
        return None

    def set_fields(self, **fields: str | bool | None) -> str | None:
        """Set mode, status, date, background, same_as or quote."""
        self._edit(replace(self.state.draft or LabelDraft(), **fields))  # type: ignore[arg-type]  # by name
        return None

    def set_quote(self) -> str | None:
        """Make the selection the quote; the same words again let it follow from the parts."""
        draft = self.state.draft or LabelDraft()
        text = self._picked().text
        return self.set_fields(quote=None if draft.quote == text else text)

    def set_who(self, who: Sequence[tuple[Who, ...]]) -> str | None:
        """Say whom each party stands for, in the order of ``LabelDraft.parties``."""
        draft = self.state.draft
        if draft is None or not draft.parties:
            return "No party yet: select words and press a or r."
        self._change(draft=with_who(draft, who))
        return None

    def take_away(self) -> str | None:
        """Take the part under the cursor out of the draft."""
        draft = self.state.draft
        at = pieces(self.sentence)[self.state.cursor][0] if pieces(self.sentence) else 0
        changed = without(draft, at) if draft else None
        if draft is None or changed is None or changed == draft:
            return "No part of this event is under the cursor."
        self._change(draft=changed)
        return None

    # -------------------------------------------------------------------------------------- saving

    def save(self) -> str | None:
        """Put the draft among the events, if nothing is wrong with it."""
        draft = self.state.draft
        if draft is None:
            return "No event to save: select words and press p, a or r."
        errors, _ = self.problems()
        if errors:
            return f"Not saved: {errors[0]}"
        event = self._event(draft)
        used = self.state.used | ({draft.suggestion} if draft.suggestion else set())
        self._change(events=self._with(event), used=used, draft=None)
        return None

    def delete(self) -> str | None:
        """Delete the chosen event, or throw the chosen suggestion away."""
        draft = self.state.draft
        if draft is None:
            return "Choose an event with up and down first."
        if draft.id is None:
            used = self.state.used | ({draft.suggestion} if draft.suggestion else set())
            self._change(used=used, draft=None)
            return None
        left = [event for event in self.state.events if event.id != draft.id]
        orphans = sum(event.same_as == draft.id for event in left)
        events = tuple(_unlinked(event) if event.same_as == draft.id else event for event in left)
        self._change(events=events, draft=None)
        return f"Events that repeated it stand by themselves now: {orphans}." if orphans else None

    def undo(self) -> str | None:
        """Go back to before the last change."""
        return self._travel(self._past, self._future, "Nothing to undo.")

    def redo(self) -> str | None:
        """Take the last undo back."""
        return self._travel(self._future, self._past, "Nothing to redo.")

    # --------------------------------------------------------------------------------------- inside

    @property
    def _unsaved(self) -> bool:
        return self.state.draft is not None and self.state.draft.touched

    def _change(self, **fields: object) -> None:
        self._past.append(self.state)
        del self._past[:-MOST_STEPS]
        self._future.clear()
        self.state = replace(self.state, **fields)  # type: ignore[arg-type]  # by name

    def _edit(self, draft: LabelDraft) -> None:
        self._change(draft=replace(draft, touched=True))

    def _travel(self, taken: list[LabelState], given: list[LabelState], nothing: str) -> str | None:
        if not taken:
            return nothing
        given.append(self.state)
        self.state = taken.pop()
        return None

    def _step(self, step: int) -> LabelPosition | None:
        at, sent = self.state.at, self.state.at.sent + step
        if 0 <= sent < len(self.doc.sents):
            return LabelPosition(at.doc, sent)
        number = at.doc + step
        if not 0 <= number < len(self.documents):
            return None
        return LabelPosition(number, 0 if step > 0 else len(self.documents[number].sents) - 1)

    def _go(self, there: LabelPosition) -> str | None:
        if self._unsaved:
            return NOT_SAVED
        self.state = replace(self.state, at=there, cursor=0, anchor=0, draft=None)
        return None

    def _picked(self) -> Picked:
        start, end = self.selection
        return Picked(self.sentence[start:end], start)

    def _event(self, draft: LabelDraft) -> LabelledEvent:
        number = draft.id or self._next_id()
        return event_of(draft, self.doc.id, self.state.at.sent, self.sentence, number)

    def _next_id(self) -> str:
        """One more than the highest number of the document: ids need not be in text order."""
        found = (_NUMBER.search(e.id) for e in self.state.events if e.doc == self.doc.id)
        return f"{self.doc.id}#{max((int(n[1]) for n in found if n), default=-1) + 1}"

    def _with(self, event: LabelledEvent) -> tuple[LabelledEvent, ...]:
        events = list(self.state.events)
        for number, old in enumerate(events):
            if old.id == event.id:
                events[number] = event
                return tuple(events)
        order = {doc.id: number for number, doc in enumerate(self.documents)}
        places = [(order[old.doc], old.sent) for old in events]
        events.insert(bisect_right(places, (order[event.doc], event.sent)), event)
        return tuple(events)

    def _others(self, event: LabelledEvent) -> EarlierLabels:
        """What the checks compare an event with: those before it, and all for repetitions."""
        others = EarlierLabels(documents={self.doc.id: self.doc})
        mine = [one for one in self.state.events if one.doc == event.doc]
        for one in mine:
            if one.id != event.id:
                # For what it leaves in ``records``.
                list(check_event(one, others, self.inventory))
        for one in mine:
            if one.id == event.id or one.sent > event.sent:
                break
            others.events[one.id] = one
        return others

    def _broken(self, event: LabelledEvent) -> list[str]:
        """Later events that say they repeat this one have to keep its type."""
        return [
            f"another event says that it repeats this one and is {one.event}"
            for one in self.state.events
            if one.same_as == event.id and one.event != event.event
        ]


def _unlinked(event: LabelledEvent) -> LabelledEvent:
    return msgspec.structs.replace(event, same_as=None)


def mode_choices(inventory: Inventory, kind: str) -> Mapping[str, str]:
    """Give the modes of a type with what they mean, in the ontology's order."""
    modes = inventory.ontology.modes
    return {name: mode.gloss for (owner, name), mode in modes.items() if owner == kind}
