"""The stages composed: documents in, coded documents out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from detente import __version__
from detente.actors import Cast, World, load_world, read_cast, scan
from detente.config import Settings
from detente.events import Lexicon, LexiconCoder, PairClassifier, load_lexicon
from detente.events.blending import BlendedClassifier, BlendedCoder
from detente.events.confidence import scales_version
from detente.events.linking import link_events
from detente.events.quotations import Quoted, find_quotations
from detente.events.scene import scenes_of
from detente.events.telling import status_scales_version
from detente.events.voices import Voice
from detente.grounding import ground
from detente.language import Parser, split
from detente.models import OwnModel, PairJudge, load_pair_encoder
from detente.ontology import Ontology, load_ontology
from detente.types import (
    Actor,
    Coded,
    Document,
    Event,
    PairAnswer,
    PairQuery,
    Quotation,
    Quotes,
    Rejection,
    Sentence,
    Signature,
    Span,
)

Watch = Callable[[str], AbstractContextManager[None]]
T = TypeVar("T")


def _unwatched(_stage: str) -> AbstractContextManager[None]:
    return nullcontext()


class Coder:
    """The whole path from Document to events. Tables and model load on first use.

    Args:
        settings: as ``detente.config`` has them.
        watch: entered around each stage of each document with its name ("actors", "parsing",
            "events", "grounding", "quotations"); for measuring.
    """

    def __init__(self, settings: Settings | None = None, *, watch: Watch = _unwatched) -> None:
        self.settings = settings or Settings()
        self._watch = watch

    @cached_property
    def ontology(self) -> Ontology:
        """What may be coded."""
        return load_ontology(self.settings.ontology)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Which words are events."""
        return load_lexicon(self.settings.lexicon)

    @cached_property
    def world(self) -> World:
        """Who there is."""
        return load_world(self.settings.actors)

    @cached_property
    def parser(self) -> Parser:
        """The parser behind its adapter."""
        return Parser()

    @cached_property
    def coder(self) -> LexiconCoder:
        """The event coder that the settings name."""
        if self.settings.coder == LexiconCoder.name:
            return LexiconCoder(self.lexicon, self.ontology)
        if isinstance(self.judge, OwnModel):
            self.judge.check_types(self.ontology.types)
        return BlendedCoder(self.lexicon, self.ontology, self.judge)

    @cached_property
    def judge(self) -> PairJudge:
        """The model that is asked about pairs: the user's own, or ours."""
        encoder = load_pair_encoder()
        if self.settings.model is None:
            return encoder
        return OwnModel(self.settings.model, encoder)

    @cached_property
    def signature(self) -> Signature:
        """What a row of this run was made by."""
        asks_model = self.settings.coder != LexiconCoder.name
        return Signature(
            package=__version__,
            coder=self.coder.name,
            parser=self.parser.version,
            ontology=self.ontology.version,
            lexicon=self.lexicon.version,
            facts=self.world.version,
            config=self.settings.digest(),
            confidence=scales_version(),
            model=self.judge.name if asks_model else None,
            status=status_scales_version() if asks_model else None,
        )

    def code(self, items: Iterable[Document | Rejection]) -> Iterator[Coded | Rejection]:
        """Code documents in order; rejections pass through.

        A document that makes a stage fail becomes a Rejection (R901) and the rest goes on; what is
        wrong with tables or model is wrong for all of them and raised (DataError, ConfigError).
        """
        return self._each(items, self._code, lambda: self.signature)

    def mentions(self, items: Iterable[Document | Rejection]) -> Iterator[Coded | Rejection]:
        """Find and resolve actors; ``events`` stays empty."""
        return self._each(items, self._mentions, lambda: (self.world, self.parser))

    def quotes(self, items: Iterable[Document | Rejection]) -> Iterator[Quotes | Rejection]:
        """Find who says what; neither events nor the model are needed for it."""
        return self._each(items, self._quotes, lambda: (self.world, self.parser))

    def _each(
        self,
        items: Iterable[Document | Rejection],
        stage: Callable[[Document], T],
        load: Callable[[], object],
    ) -> Iterator[T | Rejection]:
        """The document boundary: what one document breaks, it breaks for itself alone."""
        for item in items:
            if isinstance(item, Rejection):
                yield item
                continue
            load()
            try:
                yield stage(item)
            except Exception as error:  # noqa: BLE001 - the one boundary: a document, not the run
                reason = f"{type(error).__name__}: {error}"
                yield Rejection("coding", "R901", reason, item.id)

    def classify(self, queries: Iterable[PairQuery]) -> Iterator[PairAnswer]:
        """Answer queries in order; offsets in a query point into its own text."""
        classifier = PairClassifier(self.lexicon, self.ontology)
        parsed = ((query, self._sentences_of(query)) for query in queries)
        if self.settings.coder == LexiconCoder.name:
            yield from (classifier.answer(query, sentences) for query, sentences in parsed)
        else:
            yield from BlendedClassifier(classifier, self.judge, self.settings.none_share).answers(
                parsed
            )

    def _sentences_of(self, query: PairQuery) -> list[Sentence]:
        doc = Document(id=str(query.id), text=query.text, sha256="")
        names = [query.source, *([query.target] if query.target else [])]
        return self.parser.parse(
            split(doc), names=names, max_tokens=self.settings.max_sentence_tokens
        )

    def _code(self, doc: Document) -> Coded:
        coded = self._mentions(doc)
        with self._watch("events"):
            events = self.coder.code(
                doc,
                coded.sentences,
                Cast(coded.mentions, coded.issuers),
                signature=str(self.signature),
            )
        least = self.settings.min_confidence
        sure = tuple(event for event in events if _confidence(event) >= least)
        with self._watch("grounding"):
            grounded = ground(sure, coded.sentences, doc, self.world, coded.issuers)
        return replace(coded, events=link_events(grounded), left_out=len(events) - len(sure))

    def _quotes(self, doc: Document) -> Quotes:
        coded = self._mentions(doc)
        with self._watch("quotations"):
            found = find_quotations(scenes_of(coded.sentences, coded.mentions))
        quotations = tuple(_quotation(quoted, doc) for quoted in found)
        return Quotes(doc, coded.sentences, coded.mentions, quotations)

    def _mentions(self, doc: Document) -> Coded:
        with self._watch("actors"):
            hits = scan(doc.text, self.world)
        with self._watch("parsing"):
            sentences = self.parser.parse(
                split(doc),
                names=[(hit.start, hit.end) for hit in hits],
                max_tokens=self.settings.max_sentence_tokens,
            )
        with self._watch("actors"):
            cast = read_cast(doc, sentences, hits, self.world)
        return Coded(doc, tuple(sentences), cast.mentions, (), issuers=cast.issuers)


def _confidence(event: Event) -> float:
    return event.confidence.event if event.confidence is not None else 0.0


def _named(voice: Voice | None) -> Actor | None:
    """A speaker whom no mention stands for: by name alone, if the text gives one."""
    if voice is None or voice.actor is not None or voice.name is None:
        return voice.actor if voice is not None else None
    return Actor(voice.name, None, "UNK", rule="introduced")


def _quotation(quoted: Quoted, doc: Document) -> Quotation:
    """Lay out what was found, with the words for the speaker and whom they lead to."""
    voice = quoted.voice
    speakers = voice.speakers if voice is not None else ()
    heard = voice.addressees if voice is not None else ()
    return Quotation(
        document=doc.id,
        sentence=quoted.sentence,
        kind=quoted.kind,
        cue=quoted.cue,
        speaker=voice.span if voice is not None else None,
        actor=speakers[0].actors[0] if speakers else _named(voice),
        channel=voice.channel if voice is not None else None,
        anonymous=voice is not None and voice.anonymous,
        addressee=Span(heard[0].start, heard[0].end, heard[0].text) if heard else None,
        content=quoted.content,
    )
