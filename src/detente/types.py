"""The records that flow between stages; nothing else crosses a stage border.

    reading -> Document -> language -> Sentence -> actors -> Mention (of Actor)
    -> events -> Event (of Party, Evidence) -> grounding -> Event with EventDate -> output
                 or Quotation
                 -> ledger -> LedgerEvent, Happening, Story (in ``entries``)

Every record is frozen; a stage returns new ones and never edits its input. Offsets are
Unicode code points into ``Document.text``, half-open. Unknown is ``None``, never ``""``.
This module imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

SCHEMA_VERSION = 1
# Nobody does these to somebody: the parties act jointly, both sides are compared as one set.
POOLED = frozenset({"CONSULT", "AGREE", "COOPERATE"})
# Done by saying it.
VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
# The answer that there is nothing between two actors.
NONE = "NONE"


class Status(StrEnum):
    """How the text presents an event: as a fact, a plan, a fear, a demand or a denial."""

    ASSERTED = "asserted"
    FUTURE = "future"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"
    REQUESTED = "requested"
    NEGATED = "negated"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document: ``text == document.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One news article, statement or report, as it was read.

    ``headline`` is where the title stands inside ``text`` (None when the title came from
    elsewhere). ``furniture`` are stretches of ``text`` that are not prose (byline, dateline,
    captions): kept so that offsets hold, never coded.
    """

    id: str
    text: str
    sha256: str
    title: str | None = None
    headline: Span | None = None
    furniture: tuple[Span, ...] = ()
    date: date | None = None
    # "given" (--date), "record" (JSONL key), "metadata" (HTML), "dateline" (in the text)
    date_basis: str | None = None
    place: str | None = None
    source: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Input that was not coded, and why; counted and shown, never swallowed.

    ``where`` names the file, URL or id; ``line`` is 1-based inside a JSONL file.
    """

    stage: str
    code: str
    reason: str
    where: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its place in the dependency tree.

    ``head`` is the index of the governing token in the same sentence (its own index for the
    root); ``tag`` is the Penn Treebank tag, ``dep`` the ClearNLP relation as spaCy names it.
    ``start`` and ``end`` are document offsets.
    """

    index: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its parse; ``tokens`` is empty when it was not worth parsing.

    ``children[i]`` lists the dependents of token ``i`` in order. ``quotes`` are the stretches
    inside quotation marks (marks left out), also those that began in an earlier sentence.
    """

    document: str
    index: int
    paragraph: int
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()
    quotes: tuple[Span, ...] = ()
    is_headline: bool = False

    def between(self, start: int, end: int) -> str:
        """The words between two offsets of the document."""
        return self.text[start - self.start : end - self.start]

    def span(self, first: int, last: int) -> Span:
        """The words from token ``first`` up to, not including, token ``last``."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Span(start, end, self.between(start, end))


PredicateKind = Literal["verb", "noun", "adjective"]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that can head an event: a verb, a nominal ("the downing of"), an adjective.

    ``arguments`` maps a role to token indices, nearest first: ``subj``, ``obj``, ``iobj``,
    ``by`` and any other preposition, ``xcomp``, ``ccomp``, ``prt``; for nouns also ``poss``,
    ``amod`` and ``compound``. In a passive ``subj`` already holds the deep subject and ``obj`` the
    surface subject, so a lexicon frame is written once, for the active.
    """

    sentence: int
    head: int
    lemma: str
    kind: PredicateKind
    passive: bool
    start: int
    end: int
    particle: str | None
    arguments: tuple[tuple[str, tuple[int, ...]], ...]


MentionKind = Literal[
    "country", "demonym", "metonym", "person", "office", "organisation", "role", "pronoun", "name"
]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a mention, with the reason and the score (0 to 1) it got."""

    key: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A resolved party, as of the document's date.

    ``country`` is ISO 3166 alpha-3 (XKX Kosovo, PSE Palestine) or None for bodies and groups
    without one; ``sector`` a PLOVER sector or IGO, NGO, IMG, MNC, ISM. ``name`` is the canonical
    name; ``rule`` says which rule resolved it.
    """

    name: str
    country: str | None
    sector: str
    organisation: str | None = None
    person: str | None = None
    role: str | None = None
    wikidata: str | None = None
    rule: str = ""
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names, or stands for, one or more actors.

    ``first`` and ``last`` are token indices in the sentence, half-open; ``head`` is the token
    that governs the span. ``actors`` has several for "the two countries", "both sides", a joint
    "we"; it is never empty.
    """

    start: int
    end: int
    text: str
    sentence: int
    first: int
    last: int
    head: int
    kind: MentionKind
    actors: tuple[Actor, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an event: the words in the text and who they stand for."""

    span: Span
    actor: Actor


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says that it happened.

    ``channel`` is "statement", "interview", "report" and the like, or None; ``cue`` the word that
    reports. ``anonymous``: neither the person nor the body that speaks is named.
    """

    span: Span
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    channel: str | None = None
    cue: Span | None = None
    anonymous: bool = False


QuotationKind = Literal["direct", "indirect", "mixed", "free"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody says, by the text: a quotation, or a report of his words.

    ``kind``: "direct" stands in quotation marks; "indirect" is in the reporter's words, "mixed"
    too, with some of the speaker's in marks; "free" stands in marks and has no cue of its own.
    ``cue`` are the words that report; ``speaker`` the words for who speaks, as they stand, and
    ``actor`` whom they lead to, the first of several. ``content`` are the words said, in order, one
    stretch a sentence or part of one; quotation marks around them and "that" are left out.
    ``channel`` and ``anonymous`` are as in Attribution; ``sentence`` is where the content begins.
    """

    document: str
    sentence: int
    kind: QuotationKind
    cue: Span | None
    speaker: Span | None
    actor: Actor | None
    channel: str | None
    anonymous: bool
    addressee: Span | None
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it happened: an interval of days, both ends included.

    ``precision`` is "day", "week", "month", "year" or "range"; ``text`` the words it came from,
    None when it was taken from the document's own date.
    """

    start: date
    end: date
    precision: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened; coordinates in decimal degrees, WGS84."""

    span: Span
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field has its value: the words, the rule or model, the entry, the runner-up.

    ``entry`` names the lexicon or fact row; ``score`` is 0 to 1.
    """

    field: str
    span: Span | None
    rule: str
    entry: str | None = None
    score: float | None = None
    runner_up: str | None = None


LinkKind = Literal["condition", "consequence", "fulfilment", "withdrawal", "rival"]


@dataclass(frozen=True, slots=True)
class Link:
    """What one event has to do with another of its document.

    ``event`` is the other's id. "condition": it depends on the other; "consequence": the other
    depends on it; "fulfilment", "withdrawal": it carries out, or takes back, what the other
    announced; "rival": another account of the same happening that contradicts it in ``detail``.
    """

    kind: LinkKind
    event: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """Scores from 0 to 1, one per field; None where nothing was decided."""

    event: float
    type: float
    actors: float | None = None
    recipients: float | None = None
    status: float | None = None
    date: float | None = None
    place: float | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """What produced a row: versions and content hashes of every part, no clock, no host.

    ``model`` is the one that was asked, ``status`` how its answer was weighed; rules alone have
    neither.
    """

    package: str
    coder: str
    parser: str
    ontology: str
    lexicon: str
    facts: str
    config: str
    confidence: str | None = None
    model: str | None = None
    status: str | None = None

    def __str__(self) -> str:
        parts = (
            f"detente:{self.package}",
            f"coder:{self.coder}",
            f"parser:{self.parser}",
            f"ontology:{self.ontology}",
            f"lexicon:{self.lexicon}",
            f"facts:{self.facts}",
            f"config:{self.config}",
            *([f"confidence:{self.confidence}"] if self.confidence is not None else []),
            *([f"model:{self.model}"] if self.model is not None else []),
            *([f"status:{self.status}"] if self.status is not None else []),
        )
        return "|".join(parts)


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event: who did or said what to whom, as the text presents it.

    ``span`` is the clause that carries the event, verbatim. ``mode``, ``cameo``, ``score`` and
    ``goldstein`` are None where the ontology gives none. ``attribution`` is innermost speaker
    first.
    """

    id: str
    document: str
    sentence: int
    span: Span
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    third_parties: tuple[Party, ...]
    predicate: Span
    lemma: str
    type: str
    mode: str | None
    status: Status
    quad: int
    cameo: str | None = None
    score: float | None = None
    goldstein: float | None = None
    contexts: tuple[str, ...] = ()
    theme: Span | None = None
    background: bool = False
    condition: Span | None = None
    attribution: tuple[Attribution, ...] = ()
    date: EventDate | None = None
    place: Place | None = None
    confidence: Confidence | None = None
    story: str | None = None
    signature: str = ""
    evidence: tuple[Evidence, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class PairQuery:
    """A question to ``classify``: what does ``source`` do to ``target`` in ``text``?

    Both are half-open spans of ``text``; ``target`` is None to ask about anybody.
    """

    id: str | int
    text: str
    source: tuple[int, int]
    target: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """The answer: a PLOVER type or "NONE", its mode, and what every type got (sums to 1).

    ``status`` and ``cameo``, the CAMEO code that says it best, are None for NONE.
    """

    id: str | int
    type: str
    mode: str | None
    probabilities: dict[str, float]
    status: str | None = None
    cameo: str | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """What coding one document gave: its sentences, mentions and events.

    ``left_out`` counts the events below the confidence that was asked for. ``issuers`` are those
    for whom an official statement speaks; empty for news.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    left_out: int = 0
    issuers: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """What looking for quotations in one document gave: its sentences, mentions and quotations."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    quotations: tuple[Quotation, ...]
