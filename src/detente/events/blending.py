"""Lexicon and model together, name "blend.v1".

``classify`` answers with the model, which is told what the lexicon says. ``code`` writes down what
the lexicon finds and asks the model about every other pair of actors in a sentence. That is some
five questions a sentence, each dearer than the rest of the work on it, so it is not the default.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from detente.events.attribution import Voice
from detente.events.coder import LexiconCoder
from detente.events.drafts import Draft, Drafter
from detente.events.lexicon import Frame, Lexicon
from detente.events.pairs import PairClassifier, lexicon_shares, pair_score
from detente.events.scene import LOCATIVE_SCORE, Scene, party_keys
from detente.events.status import Reading, StatusReader
from detente.language.predicates import conjuncts
from detente.models import Judgement, PairEncoder, PairQuestion, likeliest
from detente.ontology import Ontology
from detente.types import NONE, POOLED, Mention, PairAnswer, PairQuery, Sentence, Status

# So many questions are gathered before the model is asked; their sentences wait in memory.
_GATHERED = 64
# From here on the model's answer is an event; more is asked where nobody is acted upon. Chosen on
# the development part of data/labelled, see docs/model.md.
_PAIR, _ALONE = 0.5, 0.6
# Where one who acts can stand: subject, agent, owner, alone in a headline, one of several.
_DOING = frozenset(
    "nsubj nsubjpass poss by of from between agent ROOT dep compound conj appos".split()
)
_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "parataxis", "conj", "pcomp"})
# Deeper than any clause; a stop for trees with a loop.
_MAX_CLIMB = 20


class BlendedClassifier:
    """Answers pair queries with the model, which is told what the lexicon answers.

    The mode is the lexicon's, where both agree on the type. A type that only the user's ontology
    has is the lexicon's alone.
    """

    def __init__(self, lexicon: PairClassifier, encoder: PairEncoder) -> None:
        self._lexicon = lexicon
        self._encoder = encoder

    def answers(
        self, queries: Iterable[tuple[PairQuery, Sequence[Sentence]]]
    ) -> Iterator[PairAnswer]:
        """Answer queries in order, each given with the parsed sentences of its text."""
        waiting = iter(queries)
        while gathered := list(itertools.islice(waiting, _GATHERED)):
            first = [self._lexicon.answer(query, sentences) for query, sentences in gathered]
            judged = self._encoder.judge(
                PairQuestion(query.text, query.source, query.target, answer.probabilities)
                for (query, _), answer in zip(gathered, first, strict=True)
            )
            for answer, judgement in zip(first, judged, strict=True):
                yield self._together(answer, judgement)

    def _together(self, answer: PairAnswer, judgement: Judgement) -> PairAnswer:
        if answer.type not in judgement.types:
            return answer
        chosen = likeliest(judgement.types)
        shares = {name: round(share, 4) for name, share in judgement.types.items()}
        mode = answer.mode if chosen == answer.type else None
        return PairAnswer(answer.id, chosen, mode, shares)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Two actors of a sentence, or one alone, and what an event between them would hang on."""

    source: Mention
    target: Mention | None
    index: int
    reading: Reading
    voices: tuple[Voice, ...]
    question: PairQuestion


class BlendedCoder(LexiconCoder):
    """Codes with the lexicon, and proposes further events with the model; name "blend.v1"."""

    name = "blend.v1"

    def __init__(self, lexicon: Lexicon, ontology: Ontology, encoder: PairEncoder) -> None:
        super().__init__(lexicon, ontology)
        self._encoder = encoder
        self._entry = f"model:{encoder.card.name}"

    def _drafted(
        self, drafter: Drafter, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> Iterator[tuple[Scene, list[Draft]]]:
        found = [
            (scene, drafts, list(self._candidates(drafter, scene, drafts)))
            for scene, drafts in super()._drafted(drafter, sentences, mentions)
        ]
        questions = (each.question for _, _, candidates in found for each in candidates)
        judged = iter(self._encoder.judge(questions))
        for scene, drafts, candidates in found:
            answers = [(each, next(judged)) for each in candidates]
            more = self._proposed(scene, drafts, answers)
            yield scene, sorted([*drafts, *more], key=lambda draft: draft.index)

    # -- whom to ask about

    def _candidates(
        self, drafter: Drafter, scene: Scene, drafts: Sequence[Draft]
    ) -> Iterator[_Candidate]:
        """Pairs of actors that no draft has; one alone where no draft has it at all."""
        told = {frozenset(pair) for draft in drafts for pair in itertools.product(*_keys(draft))}
        busy = {key for draft in drafts for side in _keys(draft) for key in side}
        actors = [m for m in _outermost(scene.mentions) if m.score > LOCATIVE_SCORE]
        reader = StatusReader(scene, self.lexicon)
        for source in actors:
            if _role(scene.sent, source) not in _DOING:
                continue
            mine = party_keys([source])
            asked: list[Mention | None] = [
                other
                for other in actors
                if not _overlap(source, other)
                and not told & {frozenset((a, b)) for a in mine for b in party_keys([other])}
            ]
            if not mine & busy:
                asked.append(None)
            at = _clause(scene.sent, source.head)
            reading = reader.read(at)
            voices = drafter.attributor.voices(at, reading.reports)
            for target in asked:
                question = self._question(scene, drafts, source, target)
                yield _Candidate(source, target, at, reading, voices, question)

    def _question(
        self, scene: Scene, drafts: Sequence[Draft], source: Mention, target: Mention | None
    ) -> PairQuestion:
        scored = [(pair_score(scene, draft, source, target), draft.type) for draft in drafts]
        score, kind = max(scored, default=(0.0, None))
        start = scene.sent.start
        return PairQuestion(
            scene.sent.text,
            (source.start - start, source.end - start),
            (target.start - start, target.end - start) if target is not None else None,
            lexicon_shares(self.ontology.types, kind if score else None, score),
        )

    # -- what to make of the answers

    def _proposed(
        self,
        scene: Scene,
        drafts: Sequence[Draft],
        answers: Iterable[tuple[_Candidate, Judgement]],
    ) -> list[Draft]:
        """Events for the surest answers first, none beside what says the same."""
        sure = []
        for candidate, judgement in answers:
            kind = likeliest(judgement.types, but=NONE)
            share = judgement.types[kind]
            if share >= (_PAIR if candidate.target is not None else _ALONE):
                sure.append((share, kind, candidate, judgement))
        sure.sort(key=lambda each: (-each[0], each[2].source.start))
        made: list[Draft] = []
        for share, kind, candidate, judgement in sure:
            draft = self._draft(scene, kind, share, candidate, judgement)
            partner = next((old for old in made if _joins(scene, old, draft)), None)
            if partner is not None:
                made[made.index(partner)] = _joined(partner, draft)
            elif not any(_says_the_same(old, draft) for old in (*drafts, *made)):
                made.append(draft)
        return made

    def _draft(
        self, scene: Scene, kind: str, share: float, candidate: _Candidate, judgement: Judgement
    ) -> Draft:
        token = scene.sent.tokens[candidate.index]
        return Draft(
            index=candidate.index,
            verb=None,
            frame=Frame(token.lemma.lower(), "model", (), (), (), (), kind, None, self._entry),
            type=kind,
            mode=None,
            status=Status(likeliest(judgement.statuses)),
            actors=(candidate.source,),
            recipients=(candidate.target,) if candidate.target is not None else (),
            third=(),
            reading=candidate.reading,
            voices=candidate.voices,
            used=frozenset(),
            rule="model",
            judged=(share, likeliest(judgement.types, but=kind)),
        )


def _keys(draft: Draft) -> tuple[set[str], set[str]]:
    return party_keys(draft.actors), party_keys(draft.recipients)


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that lie in no longer one of the same parties."""
    return [
        one
        for one in mentions
        if not any(
            other is not one
            and other.first <= one.first
            and one.last <= other.last
            and other.last - other.first > one.last - one.first
            and party_keys([other]) == party_keys([one])
            for other in mentions
        )
    ]


def _overlap(one: Mention, other: Mention) -> bool:
    return one.first < other.last and other.first < one.last


def _role(sent: Sentence, mention: Mention) -> str:
    """The relation of a mention to what governs it; the preposition where there is one."""
    token = sent.tokens[mention.head]
    return sent.tokens[token.head].text.lower() if token.dep == "pobj" else token.dep


def _clause(sent: Sentence, index: int) -> int:
    """The verb of the clause that a token stands in, else the root of the sentence."""
    for _ in range(_MAX_CLIMB):
        token = sent.tokens[index]
        if token.head == index or (token.pos in ("VERB", "AUX") and token.dep in _CLAUSES):
            return index
        index = token.head
    return index


def _says_the_same(old: Draft, new: Draft) -> bool:
    """Whether a proposal repeats or contradicts what is there, in part at least."""
    (old_doers, old_others), (doers, others) = _keys(old), _keys(new)
    if old.type == new.type and new.type in POOLED:
        return bool((old_doers | old_others) & (doers | others))
    if old.type == new.type:
        return bool(doers & old_doers) or bool(others & old_others)
    return doers | others <= old_doers | old_others


def _joins(scene: Scene, one: Draft, other: Draft) -> bool:
    """ "Peru and Chile condemned Togo": two answers about one act of actors joined by "and"."""
    if (one.type, one.status) != (other.type, other.status):
        return False
    if one.recipients == other.recipients:
        return _conjoined(scene, one.actors, other.actors)
    return one.actors == other.actors and _conjoined(scene, one.recipients, other.recipients)


def _conjoined(scene: Scene, ones: Sequence[Mention], others: Sequence[Mention]) -> bool:
    firsts, seconds = ({m.head for m in side} for side in (ones, others))
    return any(seconds & set(conjuncts(scene.sent, head)) for head in firsts) or any(
        firsts & set(conjuncts(scene.sent, head)) for head in seconds
    )


def _joined(one: Draft, other: Draft) -> Draft:
    actors = tuple(dict.fromkeys((*one.actors, *other.actors)))
    recipients = tuple(dict.fromkeys((*one.recipients, *other.recipients)))
    return replace(one, actors=actors, recipients=recipients)
