"""Drafts -> Events: the records that leave this stage, with ids, scores and evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from detente.actors import Cast
from detente.events.attribution import issuer_of, with_voices
from detente.events.bridging import Bridger
from detente.events.confidence import load_scales
from detente.events.contexts import ContextReader
from detente.events.conversion import convert
from detente.events.drafts import Draft, Drafter
from detente.events.lexicon import Lexicon
from detente.events.quotations import Attributor, find_quotations
from detente.events.scene import Scene, party_keys, scenes_of
from detente.language.predicates import children, subtree
from detente.ontology import Ontology
from detente.types import (
    POOLED,
    Document,
    Event,
    Evidence,
    Mention,
    Party,
    Sentence,
    Span,
    Status,
)

# Words that have a content beside those whom they are said to.
_WITH_THEME = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE"})


class LexiconCoder:
    """Codes events with the frames of the lexicon; name "lexicon.v1"."""

    name = "lexicon.v1"

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self.lexicon = lexicon
        self.ontology = ontology
        self.scales = load_scales()
        self._contexts = ContextReader(ontology)

    def code(
        self,
        doc: Document,
        sentences: Sequence[Sentence],
        cast: Cast,
        signature: str,
    ) -> tuple[Event, ...]:
        """Code one document.

        Args: sentences: parsed, in order. cast: who is mentioned, and who speaks in a statement.
            signature: of the run.
        Returns: events in text order; dates and places are left to the grounding stage.
        """
        scenes = scenes_of(sentences, cast.mentions)
        attributor = Attributor(find_quotations(scenes))
        issuer = issuer_of(doc, cast.issuers, cast.mentions)
        return tuple(
            self._event(doc, scene, draft, signature)
            for scene, drafts in self._drafted(scenes, attributor)
            for draft in with_voices(scene, drafts, issuer)
        )

    def _drafted(
        self, scenes: Sequence[Scene], attributor: Attributor
    ) -> Iterator[tuple[Scene, list[Draft]]]:
        """Give the drafts of each sentence."""
        bridger = Bridger(self.lexicon)
        drafter = Drafter(self.lexicon, attributor)
        for scene in scenes:
            told = bridger.bridge(scene, list(convert(drafter.drafts(scene))))
            yield scene, distinct(told)

    def _event(self, doc: Document, scene: Scene, draft: Draft, signature: str) -> Event:
        span = _clause(scene, draft)
        predicate = _predicate(scene, draft)
        contexts = self._contexts.read(span.text)
        mode = draft.mode if (draft.type, draft.mode) in self.ontology.modes else None
        cameo = self.ontology.cameo(
            draft.type, mode, contexts, status=draft.status, words=predicate.text
        )
        theme = _theme(scene, draft)
        actors = tuple(_parties(draft.actors))
        recipients = tuple(_parties(draft.recipients))
        return Event(
            id=_identity(doc, draft, span, predicate, actors + recipients, signature),
            document=doc.id,
            sentence=scene.sent.index,
            span=span,
            actors=actors,
            recipients=recipients,
            third_parties=tuple(_parties(_third(scene, draft, theme))),
            predicate=predicate,
            lemma=draft.frame.lemma,
            type=draft.type,
            mode=mode,
            status=draft.status,
            quad=self.ontology.quad(draft.type),
            cameo=cameo,
            score=self.ontology.score(draft.type, mode),
            goldstein=self.ontology.goldstein(cameo),
            contexts=contexts,
            theme=theme,
            condition=_condition(scene, draft),
            attribution=tuple(voice.attribution() for voice in draft.voices),
            confidence=self.scales.confidence(draft),
            signature=signature,
            evidence=tuple(_evidence(doc, scene, draft, predicate)),
        )


def distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """One record per type and pair of parties in a sentence (annotation guide, rule 17).

    Of two drafts with the same type and status, the one whose parties are among the other's goes.
    """
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -(len(d.actors) + len(d.recipients))):
        if not any(_repeats(draft, other) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.index)


def _repeats(draft: Draft, other: Draft) -> bool:
    if draft.type != other.type:
        return False
    sides = _sides(draft)
    others = _sides(other)
    if draft.type in POOLED:
        return (sides[0] | sides[1]) <= (others[0] | others[1])
    return sides[0] <= others[0] and sides[1] <= others[1]


def _sides(draft: Draft) -> tuple[set[str], set[str]]:
    return _names(draft.actors), _names(draft.recipients)


def _names(mentions: Iterable[Mention]) -> set[str]:
    """Country and sector: "Washington" and "Blinken" are one party, an army and its rebels not."""
    return {f"{a.country or a.name}/{a.sector}" for m in mentions for a in m.actors}


def _parties(mentions: Iterable[Mention]) -> Iterable[Party]:
    for mention in mentions:
        for actor in mention.actors:
            yield Party(Span(mention.start, mention.end, mention.text), actor)


def _clause(scene: Scene, draft: Draft) -> Span:
    """The clause that carries the event: its subtree without clauses that only follow it."""
    sent = scene.sent
    inside = set(subtree(sent, draft.top))
    for child in sent.children[draft.top]:
        token = sent.tokens[child]
        loose = token.dep in ("conj", "cc", "advcl", "parataxis") and token.pos != "NOUN"
        if (loose or token.dep == "punct") and draft.index not in subtree(sent, child):
            inside -= set(subtree(sent, child))
    return sent.span(min(inside), max(inside) + 1)


def _predicate(scene: Scene, draft: Draft) -> Span:
    """The event word with its helpers, particle, light verb and used-up object."""
    sent = scene.sent
    parts = {draft.index, *([draft.verb] if draft.verb is not None else [])}
    parts |= {index for index in draft.used if abs(index - draft.index) <= 8}
    for child in sent.children[draft.top]:
        if sent.tokens[child].dep in ("aux", "auxpass", "neg", "prt"):
            parts.add(child)
    return sent.span(min(parts), max(parts) + 1)


def _theme(scene: Scene, draft: Draft) -> Span | None:
    """What is promised, demanded, threatened or refused: the complement of the verb."""
    if draft.type not in _WITH_THEME:
        return None
    sent = scene.sent
    for relation in ("xcomp", "ccomp", "dobj", "prep"):
        for child in children(sent, draft.top, relation):
            heads = children(sent, child, "pobj") if relation == "prep" else [child]
            named = any(scene.mention_at(head) is not None for head in heads)
            named = named or (relation == "prep" and sent.tokens[child].text.lower() != "to")
            if not named and child != draft.index:
                inside = set(subtree(sent, child))
                for below in sent.children[child]:
                    if sent.tokens[below].dep in ("advcl", "punct"):
                        inside -= set(subtree(sent, below))
                inside -= set(children(sent, child, "mark"))
                return sent.span(min(inside), max(inside) + 1)
    return None


def _third(scene: Scene, draft: Draft, theme: Span | None) -> list[Mention]:
    """Parties beside the two sides: those the frame names, and those that the words are about."""
    sides = party_keys((*draft.actors, *draft.recipients))
    about = [
        mention
        for mention in scene.mentions
        if theme is not None
        and theme.start <= mention.start < theme.end
        and mention.kind in ("country", "metonym", "organisation", "person")
    ]
    found = dict.fromkeys((*draft.third, *about))
    return [mention for mention in found if not party_keys([mention]) & sides]


def _condition(scene: Scene, draft: Draft) -> Span | None:
    """What an event depends on; what stands in a condition itself has none there."""
    found = draft.reading.condition
    start = scene.sent.tokens[draft.index].start
    if found is not None and found.start <= start < found.end:
        return None
    return found or _nominal_condition(scene, draft)


def _nominal_condition(scene: Scene, draft: Draft) -> Span | None:
    """ "*Any help to Russia* would have consequences": the subject is the condition."""
    reading = draft.reading
    if reading.status is not Status.CONDITIONAL and draft.type != "THREATEN":
        return None
    tokens = scene.sent.tokens
    for child in scene.sent.children[draft.top]:
        if tokens[child].dep in ("nsubj", "nsubjpass", "csubj"):
            inside = subtree(scene.sent, child)
            words = {tokens[i].text.lower() for i in inside[:2]}
            if words & {"any", "further", "such", "another"} or tokens[child].dep == "csubj":
                return scene.sent.span(inside[0], inside[-1] + 1)
    return None


def _evidence(doc: Document, scene: Scene, draft: Draft, predicate: Span) -> Iterable[Evidence]:
    entry = draft.frame.entry
    if draft.rule == "model":
        yield Evidence("predicate", predicate, "what the model looks at", entry)
    else:
        yield Evidence("predicate", predicate, f"lexicon:{draft.frame.kind}", entry)
        was = draft.frame.type if draft.frame.type != draft.type else None
        changed = f"{draft.rule} (was {was})" if was else draft.rule
        yield Evidence("type", predicate, changed, entry, runner_up=was)
    if draft.verdict is not None:
        said = draft.verdict
        yield Evidence("type", predicate, "model", said.entry, round(said.share, 3), said.runner_up)
    cue = draft.reading.cue
    words = None
    if cue is not None:
        token = scene.sent.tokens[cue]
        words = Span(token.start, token.end, doc.text[token.start : token.end])
    yield Evidence("status", words, draft.reading.rule)
    for field, mentions in (
        ("actors", draft.actors),
        ("recipients", draft.recipients),
        ("third_parties", draft.third),
    ):
        for mention in mentions:
            span = Span(mention.start, mention.end, mention.text)
            if draft.filled == field:
                # Where the actors were open nobody was weighed: there is no verdict to name.
                model = draft.verdict.entry if draft.verdict is not None else None
                yield Evidence(field, span, "model", model)
            for actor in mention.actors:
                runner_up = actor.candidates[1].key if len(actor.candidates) > 1 else None
                yield Evidence(
                    field,
                    span,
                    f"{mention.kind}:{actor.rule}",
                    actor.name,
                    mention.score,
                    runner_up,
                )
    for voice in draft.voices:
        yield Evidence("attribution", voice.span, voice.rule)


def _identity(
    doc: Document,
    draft: Draft,
    span: Span,
    predicate: Span,
    parties: tuple[Party, ...],
    signature: str,
) -> str:
    """Hash of content and signature: a rerun gives the same id, a new coder a new one."""
    names = ",".join(f"{p.span.start}-{p.span.end}:{p.actor.name}" for p in parties)
    text = "|".join(
        (
            doc.sha256,
            f"{span.start}-{span.end}",
            f"{predicate.start}-{predicate.end}",
            draft.type,
            str(draft.status),
            names,
            signature,
        )
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
