"""Dates that another sentence gives: one meeting told in many sentences, one scene of a story.

An event without words of its own for its day takes the day of what it belongs to, and only where
the text shows that it does: the same happening told again, a readout of one meeting, a sentence
that goes on with the story in the simple past. Everything else stays without a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.grounding.attachment import clause_verb, event_words, path_from
from detente.grounding.resolution import resolve
from detente.grounding.when import Dating, find_times
from detente.language.predicates import clause_at
from detente.types import VERBAL, Actor, Document, Event, EventDate, Party, Sentence, Status

# A scene goes on in the sentences right behind.
_FOLLOWING = 3
# Older days are history, and what follows them is as likely news again.
_RECENT = timedelta(days=10)
_TALKS = "CONSULT"
# What its parties say in the sentences behind a meeting, they say there.
_MEETING = 4
# One scene: a march, the clash, the arrests.
_STREET = frozenset({"PROTEST", "ASSAULT", "COERCE"})
# Done to one person once in a story.
_CLAIMS = frozenset({"claim", "admit"})
_ONCE = frozenset({"ASSAULT", "COERCE"})
_MEETING_VERBS = frozenset(
    "meet speak talk call host co-host convene hold participate join".split()
)
# A readout says in its first sentences when the two met.
_OPENING = 2
# All who met, named once.
_TOGETHER = re.compile(
    r"(?:they|the (?:two|three|four|five|six) \w+|both \w+|the (?:foreign )?(?:ministers|leaders|"
    r"sides|parties|delegations|participants|presidents|officials|envoys|countries|diplomats))$",
    re.IGNORECASE,
)
_SAME_TALKS = re.compile(r"\bthe (?:talks|meeting|summit|conference|discussions?)\b", re.IGNORECASE)
# Counted from what was told just before.
_NEXT = re.compile(r"\b(?:the )?(?:following|next) day\b|\b(?:a|one) day later\b", re.IGNORECASE)
# What lies ahead on a journey that the statement announces.
_AHEAD = frozenset({"AGREE", "CONSULT"})


@dataclass(frozen=True, slots=True)
class TimedEvent:
    """An event with its sentence and what was found out about its time."""

    event: Event
    sent: Sentence
    dating: Dating


def carry_dates(
    told: Sequence[TimedEvent], doc: Document, issuers: Sequence[Actor], opening: EventDate | None
) -> list[Dating]:
    """Date events by what other sentences say.

    Args: told: the events of a document in text order. issuers: of an official statement.
        opening: what ``opening_day`` says of it.
    Returns: a dating for each; as it was, where it had one or nothing can be said.
    """
    own = frozenset(actor.country or actor.name for actor in issuers)
    days: dict[str, list[TimedEvent]] = {}
    for each in told:
        if _is_day(each.dating):
            days.setdefault(each.event.type, []).append(each)
    reader = _Carrier(doc, own, opening)
    return [reader.dated(each, days.get(each.event.type, ())) for each in told]


def opening_day(sentences: Iterable[Sentence], doc: Document) -> EventDate | None:
    """The day of the meeting that a readout opens with ("spoke by phone today with")."""
    for sent in [s for s in sentences if s.tokens and not s.is_headline][:_OPENING]:
        for token in sent.tokens:
            if token.pos != "VERB" or token.lemma not in _MEETING_VERBS:
                continue
            for expression in find_times(doc, sent):
                found = resolve(expression, doc.date, "past")
                path = path_from(sent, expression.start, expression.end)
                at = path is not None and path.verb == token.index
                if at and found is not None and found.precision == "day":
                    return found
    return None


class _Carrier:
    """Goes through the events of a document in order."""

    def __init__(self, doc: Document, own: frozenset[str], opening: EventDate | None) -> None:
        self._doc = doc
        self._own = own
        self._opening = opening
        self._meeting: TimedEvent | None = None
        self._journey: Dating | None = None
        self._last: TimedEvent | None = None

    def dated(self, one: TimedEvent, told: Sequence[TimedEvent]) -> Dating:
        """The dating of the next event.

        Args: told: those events of its type, anywhere in the text, that name their day.
        """
        dating = one.dating
        if dating.date is None and not dating.background:
            dating = self._next_day(one) or (
                self._found(one, told) if dating.expression is None else dating
            )
        if dating.date is not None and not dating.background:
            self._note(one, dating)
        return dating

    def _note(self, one: TimedEvent, dating: Dating) -> None:
        event, day = one.event, self._doc.date
        if event.type in _AHEAD and dating.expression and day and dating.date:
            self._journey = dating if dating.date.end >= day else self._journey
        if not _is_day(dating) or event.status is not Status.ASSERTED:
            return
        self._last = replace(one, dating=dating)
        if event.type == _TALKS and self._meeting is None:
            self._meeting = self._last

    def _found(self, one: TimedEvent, told: Sequence[TimedEvent]) -> Dating:
        event, sent = one.event, one.sent
        if sent.is_headline or event.background:
            return one.dating
        manner = _manner(one)
        if self._own and self._doc.date is not None and self._is_words(one, manner):
            return _on(self._doc.date)
        if self._own and manner == "ahead" and event.type in _AHEAD and self._journey is not None:
            return _carried(self._journey, "journey")
        if event.status is not Status.ASSERTED:
            return one.dating
        same = _claimed(one, told) or _same_person(one, told)
        if same is None and manner == "past" and (not self._own or event.type == _TALKS):
            same = _same(one, told)
        if manner == "past" and self._at_meeting(one):
            if self._meeting is not None:
                return _carried(self._meeting.dating, "meeting")
            if self._opening is not None:
                return Dating(self._opening, None, "meeting")
        if same is not None:
            return _carried(same.dating, "same")
        if manner == "past" and self._last is not None and self._goes_on(one, self._last):
            return _carried(self._last.dating, "scene")
        return one.dating

    def _next_day(self, one: TimedEvent) -> Dating | None:
        """ "In a release issued the following day": the day after the one told last."""
        last = self._last.dating.date if self._last is not None else None
        words = _NEXT.search(one.event.span.text)
        if words is None or last is None or _manner(one) != "past":
            return None
        day = last.end + timedelta(days=1)
        return Dating(EventDate(day, day, "day", words.group()), None, "next day")

    def _at_meeting(self, one: TimedEvent) -> bool:
        """Said at a meeting: all that a readout tells, in news what its parties did next."""
        meeting = self._meeting
        if self._own:
            return bool(_keys(one.event) & self._own)
        if meeting is None:
            return False
        if one.sent.index - meeting.sent.index > _MEETING:
            return False
        if one.event.type == _TALKS:
            same = _SAME_TALKS.search(one.event.span.text) is not None
            return same or bool(_keys(one.event) & _keys(meeting.event))
        doers = _side(one.event.actors)
        together = any(_TOGETHER.match(party.span.text) for party in one.event.actors)
        both = len(doers) > 1 and doers <= _keys(meeting.event)
        return one.event.type in VERBAL and (together or both)

    def _is_words(self, one: TimedEvent, manner: str) -> bool:
        """ "The United States condemns", "is imposing sanctions": done by saying it, that day."""
        event = one.event
        if event.status is not Status.ASSERTED or event.attribution:
            return False
        if any(q.start <= event.predicate.start < q.end for q in one.sent.quotes):
            return False
        doers = [party.actor for party in event.actors]
        if not {actor.country or actor.name for actor in doers} & self._own:
            return False
        if manner == "ahead":  # "We will continue to": a promise; "the Secretary will meet" is none
            return event.type in VERBAL and not any(actor.person or actor.role for actor in doers)
        return manner == "progressive" or (manner == "present" and event.type in VERBAL)

    def _goes_on(self, one: TimedEvent, last: TimedEvent) -> bool:
        if self._own or not {one.event.type, last.event.type} <= _STREET:
            return False
        near = one.sent.index - last.sent.index <= _FOLLOWING
        near = near and one.sent.paragraph - last.sent.paragraph <= 1
        if not near or not _keys(one.event) & _keys(last.event):
            return False
        found, day = last.dating.date, self._doc.date
        return found is not None and (day is None or day - found.end <= _RECENT)


def _on(day: date) -> Dating:
    return Dating(EventDate(day, day, "day"), None, "statement")


def _carried(dating: Dating, rule: str) -> Dating:
    return Dating(dating.date, dating.expression, rule, dating.background)


def _is_day(dating: Dating) -> bool:
    return dating.date is not None and dating.date.precision == "day"


def _keys(event: Event) -> frozenset[str]:
    return _side((*event.actors, *event.recipients))


def _side(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.actor.country or party.actor.name for party in parties)


def _same(one: TimedEvent, told: Sequence[TimedEvent]) -> TimedEvent | None:
    """The same type between the same parties, told elsewhere with a day."""
    event = one.event
    sides = _side(event.actors), _side(event.recipients)
    if not all(sides):
        return None
    for other in told:
        rival = other.event
        if rival is event or rival.status is not Status.ASSERTED:
            continue
        persons = _persons(event), _persons(rival)
        if all(persons) and not persons[0] & persons[1]:
            continue
        if (_side(rival.actors), _side(rival.recipients)) == sides:
            return other
    return None


def _claimed(one: TimedEvent, told: Sequence[TimedEvent]) -> TimedEvent | None:
    """ "Claimed responsibility": for the attack that the story has told last."""
    if one.event.type != "ASSAULT" or one.event.lemma not in _CLAIMS:
        return None
    earlier = [other for other in told if other.event.span.start < one.event.span.start]
    return earlier[-1] if earlier else None


def _same_person(one: TimedEvent, told: Sequence[TimedEvent]) -> TimedEvent | None:
    """What was done to somebody by name, told with a day elsewhere: nobody is poisoned twice."""
    hit = _persons(one.event)
    if one.event.type not in _ONCE or not hit:
        return None
    for other in told:
        if other.event is not one.event and hit & _persons(other.event):
            return other
    return None


def _persons(event: Event) -> frozenset[str]:
    return frozenset(p.actor.person for p in event.recipients if p.actor.person)


def _manner(one: TimedEvent) -> str:
    """How the clause of an event tells it.

    Returns: "past", "present" and "progressive" for the tenses without "have"; "ahead" for what is
        announced ("will", "is to"); else "".
    """
    words = event_words(one.event, one.sent)
    verb = clause_verb(one.sent, words.top) if words is not None else None
    if verb is None:
        return ""
    sent, token = one.sent, one.sent.tokens[verb]
    clause = clause_at(sent, verb)
    if clause.modals:
        return "ahead" if clause.modals[0] in ("will", "'ll", "’ll") else ""
    if "have" in clause.auxiliaries:
        return ""
    if clause.tense == "none" and token.dep in ("advcl", "xcomp", "conj") and token.head != verb:
        above = clause_at(sent, token.head)
        if token.tag == "VBG":
            return "past" if above.tense == "past" and "have" not in above.auxiliaries else ""
        if above.modals and token.dep == "conj":
            return "ahead"
        return above.tense if token.dep == "xcomp" and above.tense == "present" else ""
    if clause.tense == "present" and token.tag == "VBG":
        return "progressive"
    return clause.tense if clause.tense in ("past", "present") else ""
