"""When an event happened: its own words for it, resolved against the document's day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.grounding.attachment import (
    STRETCHES,
    EventWords,
    Path,
    clause_verb,
    event_words,
    is_core,
    is_of_object,
    is_setting,
    names_happening,
    path_from,
    same_occasion,
)
from detente.grounding.expressions import TimeExpression, read_expressions
from detente.grounding.resolution import Tense, is_old, resolve
from detente.language.predicates import children, clause_at
from detente.types import VERBAL, Document, Event, EventDate, Sentence, Status

_AHEAD = frozenset([Status.FUTURE, Status.REQUESTED, Status.CONDITIONAL, Status.HYPOTHETICAL])
# "Is expected to arrive on Friday", "agreed to meet on Friday" lie ahead; these do not.
_IMPLICATIVE = frozenset(
    "begin start continue resume force manage help go come get lead cause fail".split()
)
_PLANNED = frozenset("schedule plan set slate expect due intend prepare".split())
_FIRST_PERSON = frozenset(["we", "i", "our", "us", "my"])
_OFFICIAL = frozenset(["GOV", "MIL", "LEG", "IGO"])
_FINENESS = {"day": 0, "week": 1, "range": 2, "month": 3, "year": 4}
# Uncalibrated: an expression on the predicate itself, on another verb of the occasion, none.
_SCORES = {"own": 0.9, "clause": 0.75, "shared": 0.65, "statement": 0.8}
_SCORES |= {"same": 0.6, "scene": 0.6, "meeting": 0.8, "journey": 0.7, "next day": 0.7}


@dataclass(frozen=True, slots=True)
class Dating:
    """What was found out about an event's time, and how.

    ``rule`` is "own" (the words hang on the predicate), "clause" (elsewhere in its clause),
    "shared" (on another verb of the same occasion), "statement" (act done by the words of a dated
    statement); "same", "scene", "meeting", "journey" and "next day" are dates of other sentences
    (occasion.py); "" where nothing is said.
    """

    date: EventDate | None = None
    expression: TimeExpression | None = None
    rule: str = ""
    background: bool = False

    @property
    def score(self) -> float | None:
        """Uncalibrated confidence in the date; None without one."""
        return _SCORES.get(self.rule) if self.date is not None else None


def find_times(doc: Document, sent: Sentence) -> tuple[TimeExpression, ...]:
    """Find the time expressions of a sentence, with document offsets.

    A figure that counts things ("in 2014 cases") is no year.
    """
    found = read_expressions(doc.text[sent.start : sent.end], sent.start)
    return tuple(e for e in found if not _counts_things(e, sent))


def _counts_things(expression: TimeExpression, sent: Sentence) -> bool:
    if expression.kind != "date" or expression.month is not None or expression.modifier:
        return False
    last = [t for t in sent.tokens if t.start < expression.end <= t.end]
    return any(t.dep == "nummod" and sent.tokens[t.head].tag == "NNS" for t in last)


def date_event(event: Event, sent: Sentence, doc: Document) -> EventDate | None:
    """Date one event; None when the text does not say, or not clearly.

    The day of publication is never assumed, but for what a dated statement does by its own words
    ("we condemn"); ``text`` is None then.
    """
    return find_dating(event, sent, doc, find_times(doc, sent)).date


def find_dating(
    event: Event,
    sent: Sentence,
    doc: Document,
    times: Sequence[TimeExpression],
    others: Iterable[Event] = (),
) -> Dating:
    """Date one event and say how.

    Args:
        times: of the sentence, from ``find_times``.
        others: further events of the sentence; an expression that hangs on one of them is its own.
    """
    words = None if sent.is_headline else event_words(event, sent)
    if words is None:
        return Dating()
    taken = [w for w in (event_words(o, sent) for o in others if o is not event) if w is not None]
    owned = _owned(event, sent, words, times, taken) if times else []
    if not owned:
        if _is_statement_act(event, sent, doc, words) and doc.date is not None:
            return Dating(EventDate(doc.date, doc.date, "day"), None, "statement")
        return Dating()
    best = Dating()
    for expression, path, rule in owned:
        # a quoted "this morning" counts from the day of speaking, which we do not know
        anchor = None if expression.kind == "day" and _is_quoted(expression, sent) else doc.date
        found = resolve(expression, anchor, _tense(event, sent, words, expression, path))
        old = is_old(expression, found, doc.date) and event.status not in _AHEAD
        dating = Dating(found, expression, rule, old)
        if best.expression is None or _finer(dating, best):
            best = dating
    return best


def _is_quoted(expression: TimeExpression, sent: Sentence) -> bool:
    return any(quote.start <= expression.start < quote.end for quote in sent.quotes)


def _finer(one: Dating, other: Dating) -> bool:
    if one.date is None or other.date is None:
        return one.date is not None
    return _FINENESS[one.date.precision] < _FINENESS[other.date.precision]


def _owned(
    event: Event,
    sent: Sentence,
    words: EventWords,
    times: Sequence[TimeExpression],
    taken: Sequence[EventWords],
) -> list[tuple[TimeExpression, Path, str]]:
    """The expressions that date an event: its own, else those of the occasion it belongs to."""
    paths = [(t, p) for t in times if (p := path_from(sent, t.start, t.end)) is not None]
    own: list[tuple[TimeExpression, Path, str]] = []
    for expression, path in paths:
        rule = _rule(expression, path, sent, words, taken)
        nearest = path.nouns[0] if path.nouns else words.head
        if rule == "own" and not expression.is_fine and not is_core(event, sent, words, nearest):
            continue
        loose = not expression.is_fine and expression.lead not in ("since", "from")
        if rule and not (loose and is_of_object(event, sent, path)):
            own.append((expression, path, rule))
    if own:
        return own
    for verb in same_occasion(event, words, sent):
        shared = [
            (expression, path, "shared")
            for expression, path in paths
            if path.verb == verb
            and not path.is_modifier
            and not _is_of_noun(expression, path, sent)
        ]
        if shared:
            return shared
    return []


def _rule(
    expression: TimeExpression,
    path: Path,
    sent: Sentence,
    words: EventWords,
    taken: Sequence[EventWords],
) -> str:
    nearest = path.nouns[0] if path.nouns else path.verb
    if nearest is None:
        return ""
    if path.is_modifier:
        if nearest == words.head:
            return "own"
        token = sent.tokens[nearest]
        occasion = is_setting(sent, nearest) and (
            names_happening(token) or token.lemma.lower() in STRETCHES
        )
        return "clause" if occasion and path.verb in words.all else ""
    others = {w.head for w in taken} - words.all
    if nearest in words.all:
        return "own"
    if expression.lead == "of":  # "the edict of March 23"
        return ""
    for noun in path.nouns:
        if noun in words.all:
            return "clause"
        if noun in others or (path.verb not in words.all and names_happening(sent.tokens[noun])):
            return ""
    if path.verb is None or path.verb not in words.all:
        return ""
    if not path.nouns:
        return "own"
    return "" if _is_of_noun(expression, path, sent) else "clause"


def _is_of_noun(expression: TimeExpression, path: Path, sent: Sentence) -> bool:
    """ "Condemned the annexation of Crimea in 2014": the year is the annexation's.

    Days near the story ("the attack on Monday") are as likely the verb's, and reporters put them
    last.
    """
    if expression.is_fine:
        return False
    return any(names_happening(sent.tokens[n]) and not is_setting(sent, n) for n in path.nouns)


def _tense(
    event: Event, sent: Sentence, words: EventWords, expression: TimeExpression, path: Path
) -> Tense:
    """Whether the words look back or ahead from the document's day."""
    if path.nouns and path.nouns[0] == words.head and event.status in _AHEAD:
        return "future"
    if expression.modifier and event.type == "ASSAULT":
        return "past"
    if path.is_modifier and expression.kind == "date":
        return "unknown"  # "the November 27 deal is void": the nearest one
    verb = path.verb if path.verb is not None else clause_verb(sent, words.head)
    if verb is None:
        return "future" if event.status in _AHEAD else "unknown"
    tense = verb_tense(sent, verb)
    if path.is_modifier and tense == "future" and not is_setting(sent, path.nouns[0]):
        return "unknown"  # "will not forget Monday's talks"
    if tense == "past" and event.status is Status.FUTURE:
        return "future"
    if tense == "unknown" and event.status in _AHEAD:
        return "future"
    return tense


def verb_tense(sent: Sentence, verb: int, depth: int = 0) -> Tense:
    """Whether a verb looks back or ahead, seen from the day the text was written."""
    token = sent.tokens[verb]
    clause = clause_at(sent, verb)
    helpers = children(sent, verb, "aux", "auxpass")
    if "have" in clause.auxiliaries:
        return "past"
    if any(m in ("will", "'ll", "would", "shall", "should", "must") for m in clause.modals):
        return "future"
    if clause.modals:
        return "future" if clause.modals[0] in ("can", "may", "might") else "unknown"
    if token.lemma in _PLANNED and (token.tag == "VBN" or children(sent, verb, "xcomp")):
        return "future"
    if any(sent.tokens[h].text.lower() == "did" for h in helpers):
        return "past"
    if any(sent.tokens[h].tag == "TO" for h in helpers) or token.tag == "VB":
        return _infinitive_tense(sent, verb, depth)
    if clause.tense == "past":
        return "past"
    if clause.tense == "present":
        # "is meeting on Friday", "meet on Friday"; "was held" and "has met" went above
        return "unknown" if token.tag == "VBN" else "future"
    return _participle_tense(sent, verb, depth)


def _infinitive_tense(sent: Sentence, verb: int, depth: int) -> Tense:
    token = sent.tokens[verb]
    governor = sent.tokens[token.head]
    if governor.lemma in _IMPLICATIVE and governor.pos == "VERB" and depth < 4:
        return verb_tense(sent, governor.index, depth + 1)
    return "future"


def _participle_tense(sent: Sentence, verb: int, depth: int) -> Tense:
    token = sent.tokens[verb]
    if token.tag == "VBN":
        return "past"
    governor = clause_verb(sent, token.head) if token.head != verb else None
    if governor is None or governor == verb or depth >= 4:
        return "past"
    return verb_tense(sent, governor, depth + 1)


def _is_statement_act(event: Event, sent: Sentence, doc: Document, words: EventWords) -> bool:
    """ "We condemn" outside quotation marks in a dated statement: done by saying it."""
    if doc.date is None or event.attribution or event.status is not Status.ASSERTED:
        return False
    if any(quote.start <= event.predicate.start < quote.end for quote in sent.quotes):
        return False
    voices = {party.span.text.lower() for party in event.actors}
    voices |= {sent.tokens[c].text.lower() for c in children(sent, words.head, "poss")}
    if not voices & _FIRST_PERSON or not (doc.byline or _is_official(event)):
        return False
    verb = clause_verb(sent, words.top)
    if verb is None:
        return False
    clause = clause_at(sent, verb)
    if "have" in clause.auxiliaries or clause.tense == "past":
        return False
    if clause.modals:
        return event.type in VERBAL
    if clause.tense == "none":  # "we want to thank", "I am pleased to welcome"
        return event.type in VERBAL
    return clause.tense == "present"


def _is_official(event: Event) -> bool:
    """An unquoted "we" that the actors stage could name is the issuer of a statement."""
    named = [p.actor for p in event.actors if p.span.text.lower() in _FIRST_PERSON]
    return any(a.sector in _OFFICIAL and (a.country or a.sector == "IGO") for a in named)
