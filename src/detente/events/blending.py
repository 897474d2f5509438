"""Lexicon and model together, name "blend.v2".

``classify`` answers with the model, which is told what the lexicon says. ``code`` takes what the
lexicon finds, leaves out what the model is sure is nothing, lets it name a side that is open, and
adds what it sees between other actors. The model reads a sentence once for all of its pairs, and
only where a gate of word weights lets it.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from detente.events.coder import LexiconCoder, distinct
from detente.events.drafts import Draft, Verdict
from detente.events.lexicon import Frame, Lexicon
from detente.events.pairs import PairClassifier, lexicon_shares, pair_score
from detente.events.quotations import Attributor
from detente.events.scene import LOCATIVE_SCORE, Scene, party_keys
from detente.events.status import StatusReader
from detente.events.telling import load_status_scales
from detente.language.predicates import conjuncts
from detente.models import PairJudge, PairJudgement, PairQuestion, likeliest
from detente.ontology import Ontology
from detente.types import NONE, POOLED, Mention, PairAnswer, PairQuery, Sentence, Status

# So many questions are gathered before the model is asked; their sentences wait in memory.
_GATHERED = 64
# From here on the model's answer is an event; more is asked where nobody is acted upon. Chosen on
# the development part of data/labelled, see docs/model.md.
_PAIR, _ALONE = 0.35, 0.45
# From here on the model names a side that the lexicon leaves open; an event of the lexicon that
# gets less than the second goes, if the model sees nothing there.
_FILL, _DROP = 0.5, 0.02
# A mode is written down from this share among the modes of its type.
_MODE = 0.5
_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "parataxis", "conj", "pcomp"})
# So many letters from the predicate on tell what the act is about.
_ACT = 60
# Who asks about a pair has a reason: half of them, not one in six as in a text, have an event.
_ASKED = 0.5
# Words that tell nothing of what happens, for the gate; and a number beyond which more are as many.
_CLUELESS = frozenset({"PROPN", "NUM", "PUNCT", "SYM", "X", "SPACE"})
_MANY = 4
# Deeper than any clause; a stop for trees with a loop.
_MAX_CLIMB = 20


# One who may act, and to whom; None: to nobody.
_Pair = tuple[Mention, Mention | None]


class BlendedClassifier:
    """Answers pair queries with the model, which is told what the lexicon answers.

    The mode is the lexicon's where both agree on the type and it has one, else the model's. A type
    that only the user's ontology has is the lexicon's alone.

    Args:
        none_share: how many of the pairs asked about have nothing between them, 0 up to, not with,
            1; the shares of the model, which are for all pairs of a text, are moved to that. None:
            half of them for the shipped model, as in its rows for one of the user's own.
    """

    def __init__(
        self, lexicon: PairClassifier, judge: PairJudge, none_share: float | None = None
    ) -> None:
        self._lexicon = lexicon
        self._judge = judge
        self._scales = load_status_scales()
        if none_share is None and judge.only is None:
            none_share = _ASKED
        self._weight = _none_weight(none_share, judge.none_share)

    def answers(
        self, queries: Iterable[tuple[PairQuery, Sequence[Sentence]]]
    ) -> Iterator[PairAnswer]:
        """Answer queries in order, each given with the parsed sentences of its text."""
        waiting = iter(queries)
        while gathered := list(itertools.islice(waiting, _GATHERED)):
            first = [self._lexicon.answer(query, sentences) for query, sentences in gathered]
            judged = self._judge.judge(
                [
                    PairQuestion(query.text, query.source, query.target, answer.probabilities)
                    for (query, _), answer in zip(gathered, first, strict=True)
                ]
            )
            for (query, _), answer, judgement in zip(gathered, first, judged, strict=True):
                yield self._together(query.text, answer, judgement)

    def _together(self, text: str, answer: PairAnswer, judgement: PairJudgement) -> PairAnswer:
        if answer.type not in judgement.types and self._judge.only is None:
            return answer
        moved = {n: s * (self._weight if n == NONE else 1) for n, s in judgement.types.items()}
        total = sum(moved.values())
        shares = {name: round(share / total, 4) for name, share in moved.items()}
        chosen = likeliest(moved)
        mode = answer.mode if chosen == answer.type else None
        if mode is None:
            name, share = judgement.modes.get(chosen, (None, 0.0))
            mode = name if share >= _MODE else None
        ontology = self._lexicon.ontology
        if chosen not in ontology.types:
            return PairAnswer(answer.id, chosen, mode, shares)
        if (chosen, mode) not in ontology.modes:
            mode = None
        status = likeliest(judgement.statuses)
        if answer.status is not None and chosen == answer.type:
            told = self._scales.weigh(chosen, Status(answer.status), judgement.statuses)
            status = likeliest(told)
        words = text[judgement.place :][:_ACT] if judgement.place >= 0 else None
        cameo = ontology.cameo(chosen, mode, status=status, words=words)
        return PairAnswer(answer.id, chosen, mode, shares, status, cameo)


def _none_weight(wanted: float | None, known: float | None) -> float:
    """What the share of NONE is multiplied by when it comes as often as wanted, not as known."""
    if wanted is None or known is None or not 0 < known < 1:
        return 1.0
    return wanted / (1 - wanted) * (1 - known) / known


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A sentence on its way to the model: what the lexicon found, what the model is asked."""

    scene: Scene
    drafts: list[Draft]
    asked: list[_Pair]


class BlendedCoder(LexiconCoder):
    """Codes with the lexicon; the model weighs that and proposes more; name "blend.v2"."""

    name = "blend.v2"

    def __init__(self, lexicon: Lexicon, ontology: Ontology, judge: PairJudge) -> None:
        super().__init__(lexicon, ontology)
        self._judge = judge
        self._entry = f"model:{judge.name}"
        self.status_scales = load_status_scales()

    def _drafted(
        self, scenes: Sequence[Scene], attributor: Attributor
    ) -> Iterator[tuple[Scene, list[Draft]]]:
        scanned = [
            _Scanned(scene, drafts, self._asked(scene, drafts))
            for scene, drafts in super()._drafted(scenes, attributor)
        ]
        questions = [
            self._question(each.scene, each.drafts, pair) for each in scanned for pair in each.asked
        ]
        judged = iter(self._judge.judge(questions))
        for each in scanned:
            answers = {pair: next(judged) for pair in each.asked}
            drafts = [draft for draft in each.drafts if self._may_be(draft)]
            if answers:
                drafts = [self._told(self._weighed(draft, answers)) for draft in drafts]
                kept = (draft for draft in drafts if not _denied(draft.verdict))
                drafts = distinct(_amended(each.scene, draft, answers) for draft in kept)
                drafts += self._proposed(each, drafts, answers, attributor)
            yield each.scene, sorted(drafts, key=lambda draft: draft.index)

    def _asked(self, scene: Scene, drafts: Sequence[Draft]) -> list[_Pair]:
        """The pairs that the model is asked about; none where it is not worth its time."""
        gate = self._judge.gate
        if gate is None or gate.opens(clues(scene, drafts)):
            return _pairs(scene, drafts)
        if any(_may_be_no_fact(draft) for draft in drafts):
            # For the status alone: only the lexicon's own pairs are asked about.
            return list(dict.fromkeys(pair for draft in drafts for pair in _own_pairs(draft)))
        return []

    def _question(self, scene: Scene, drafts: Sequence[Draft], pair: _Pair) -> PairQuestion:
        source, target = pair
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

    def _may_be(self, draft: Draft) -> bool:
        return self._judge.only is None or draft.type in self._judge.only

    def _proposed(
        self,
        scanned: _Scanned,
        drafts: Sequence[Draft],
        answers: Mapping[_Pair, PairJudgement],
        attributor: Attributor,
    ) -> list[Draft]:
        """Events for the surest answers first, none beside what says the same."""
        told = {frozenset(pair) for draft in drafts for pair in itertools.product(*_keys(draft))}
        busy = {key for draft in drafts for side in _keys(draft) for key in side}
        sure = []
        for pair, judgement in answers.items():
            kind = likeliest(judgement.types, but=NONE)
            share = judgement.types[kind]
            if share >= (_PAIR if pair[1] is not None else _ALONE) and _is_new(pair, told, busy):
                sure.append((share, kind, pair))
        sure.sort(key=lambda each: (-each[0], each[2][0].start))
        made: list[Draft] = []
        for _, kind, pair in sure:
            draft = self._draft(scanned.scene, kind, pair, answers[pair], attributor)
            partner = next((old for old in made if _joins(scanned.scene, old, draft)), None)
            if partner is not None:
                made[made.index(partner)] = _joined(partner, draft)
            elif not any(_says_the_same(old, draft) for old in (*drafts, *made)):
                made.append(draft)
        return made

    def _draft(
        self,
        scene: Scene,
        kind: str,
        pair: _Pair,
        judgement: PairJudgement,
        attributor: Attributor,
    ) -> Draft:
        (source, target), sent = pair, scene.sent
        at = _token_at(sent, judgement.place)
        if at is None:
            at = _clause(sent, source.head)
        reading = StatusReader(scene, self.lexicon).read(at)
        mode, sure = judgement.modes.get(kind, (None, 0.0))
        made = Draft(
            index=at,
            verb=None,
            frame=Frame(
                sent.tokens[at].lemma.lower(), "model", (), (), (), (), kind, None, self._entry
            ),
            type=kind,
            mode=mode if sure >= _MODE else None,
            status=reading.status,
            actors=(source,),
            recipients=(target,) if target is not None else (),
            third=(),
            reading=reading,
            voices=attributor.voices(scene, at, reading.reports),
            used=frozenset(),
            rule="model",
            verdict=self._verdict(kind, judgement),
        )
        return self._told(made)

    def _weighed(self, draft: Draft, answers: Mapping[_Pair, PairJudgement]) -> Draft:
        """Let the model say how likely an event of the lexicon is."""
        judged = [answers[pair] for pair in _own_pairs(draft) if draft.type in answers[pair].types]
        if not judged:
            return draft
        best = max(judged, key=lambda judgement: judgement.types[draft.type])
        return replace(draft, verdict=self._verdict(draft.type, best))

    def _told(self, draft: Draft) -> Draft:
        """Weigh the status that the rules read against the model's."""
        shares = draft.verdict.statuses if draft.verdict is not None else {}
        if not shares or draft.reading.rule == "voiced":
            return draft  # the words themselves are the act
        weighed = self.status_scales.weigh(draft.type, draft.status, shares)
        best = likeliest(weighed)
        return replace(draft, status=Status(best), sure=weighed[best])

    def _verdict(self, kind: str, judgement: PairJudgement) -> Verdict:
        second = likeliest(judgement.types, but=kind)
        return Verdict(self._entry, judgement.types[kind], second, judgement.statuses)


def clues(scene: Scene, drafts: Sequence[Draft]) -> set[str]:
    """What tells whether the model may change what the lexicon found in a sentence.

    Lemmas of all words but names, numbers and signs; what the lexicon found; and for each actor
    whether it has a part in that ("busy") or not ("idle"), its relation, and what governs it.
    """
    found = {t.lemma.lower() for t in scene.sent.tokens if t.pos not in _CLUELESS}
    busy = {key for draft in drafts for side in _keys(draft) for key in side}
    counts = {"idle": 0, "busy": 0, "drafts": len(drafts)}
    for mention in scene.mentions:
        if mention.score > LOCATIVE_SCORE:
            part = "idle" if party_keys([mention]) - busy else "busy"
            counts[part] += 1
            found |= {f"{part} {words}" for words in _relations(scene.sent, mention)}
    for draft in drafts:
        sides = ("a" if draft.actors else "") + ("r" if draft.recipients else "")
        found |= {f"draft {draft.type}", f"draft {sides}", f"draft {draft.frame.lemma}"}
    return found | {f"{name} {min(count, _MANY)}" for name, count in counts.items()}


def _relations(sent: Sentence, mention: Mention) -> tuple[str, str]:
    """How a mention hangs on its governor (the preposition, if there is one), and on which word."""
    token = sent.tokens[mention.head]
    above = sent.tokens[token.head]
    if token.dep == "pobj":
        return above.text.lower(), f"{token.dep} {sent.tokens[above.head].lemma.lower()}"
    return token.dep, f"{token.dep} {above.lemma.lower()}"


def _pairs(scene: Scene, drafts: Sequence[Draft]) -> list[_Pair]:
    """Whom to ask about: everybody alone and with everybody else, and the lexicon's own pairs."""
    actors = [m for m in _outermost(scene.mentions) if m.score > LOCATIVE_SCORE]
    asked: dict[_Pair, None] = {}
    for source in actors:
        asked |= {(source, other): None for other in actors if not _overlap(source, other)}
        asked[source, None] = None
    for draft in drafts:
        asked |= dict.fromkeys(_own_pairs(draft))
    return list(asked)


def _may_be_no_fact(draft: Draft) -> bool:
    """Something in the sentence bears on whether it happened: a modal, a negation, a governor."""
    return draft.status is not Status.ASSERTED or draft.reading.cue is not None


def _denied(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.share < _DROP and verdict.runner_up == NONE


def _amended(scene: Scene, draft: Draft, answers: Mapping[_Pair, PairJudgement]) -> Draft:
    """Let the model name a side that the lexicon leaves open.

    "Turkey slapped duties on steel from Brazil": the lexicon has the duties, the model knows whom
    they hit.
    """
    doers, others = _keys(draft)
    if doers and others:
        return draft
    fits = {
        pair: judgement.types[draft.type]
        for pair, judgement in answers.items()
        if pair[1] is not None
        and likeliest(judgement.types) == draft.type
        and judgement.types[draft.type] >= _FILL
        and _shares_a_side(pair, doers, others)
    }
    if not fits:
        return draft
    best = max(fits, key=lambda pair: fits[pair])
    if party_keys([best[0]]) & doers:
        recipients = _with_conjoined(scene, best, [p for p in fits if p[0] == best[0]])
        return replace(draft, recipients=recipients, filled="recipients")
    return replace(draft, actors=(best[0],), filled="actors")


def _shares_a_side(pair: _Pair, doers: Set[str], others: Set[str]) -> bool:
    """One side is the draft's, the other is nobody of the draft."""
    source, target = party_keys([pair[0]]), party_keys([pair[1]] if pair[1] is not None else [])
    if source & doers:
        return not target & (doers | others)
    return bool(target & others) and not source & (doers | others)


def _with_conjoined(scene: Scene, best: _Pair, fits: Sequence[_Pair]) -> tuple[Mention, ...]:
    """The recipient, and those that fit and are joined with it by "and"."""
    first = [other for other in (best[1],) if other is not None]
    others = (other for _, other in fits if other is not None)
    return tuple(dict.fromkeys([*first, *(o for o in others if _conjoined(scene, first, [o]))]))


def _own_pairs(draft: Draft) -> list[_Pair]:
    return list(itertools.product(draft.actors, draft.recipients or (None,)))


def _is_new(pair: _Pair, told: Set[frozenset[str]], busy: Set[str]) -> bool:
    """Nothing is said of these two yet; of one alone nothing, and it is known whose it is."""
    source, target = pair
    mine = party_keys([source])
    if target is None:
        placed = any(actor.country or actor.organisation for actor in source.actors)
        return placed and not mine & busy
    return not told & {frozenset((a, b)) for a in mine for b in party_keys([target])}


def _token_at(sent: Sentence, place: int) -> int | None:
    """The token at an offset into the sentence; none where the model looks at no word."""
    if place < 0:
        return None
    at = bisect_right(sent.tokens, sent.start + place, key=lambda token: token.start) - 1
    return sent.tokens[at].index if at >= 0 and sent.tokens[at].pos != "PUNCT" else None


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
