"""What one given actor does to another: the question of ``detente classify``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.events.conversion import convert
from detente.events.drafts import Draft, Drafter
from detente.events.lexicon import Lexicon
from detente.events.quotations import Attributor, find_quotations
from detente.events.scene import Scene
from detente.language.predicates import subject_tokens, subtree
from detente.ontology import Ontology
from detente.types import NONE, POOLED, Actor, Mention, PairAnswer, PairQuery, Sentence

# How well an event answers the question; set by hand, see docs/limits.md.
_BOTH, _THIRD, _NEAR, _ONE_SIDE = 0.9, 0.65, 0.55, 0.35
# Below this no type is likelier than "nothing between the two".
_THRESHOLD = 0.5


class PairClassifier:
    """Reads the answer off the same drafts that the coder writes down."""

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self.lexicon = lexicon
        self.ontology = ontology

    def answer(self, query: PairQuery, sentences: Sequence[Sentence]) -> PairAnswer:
        """Answer one query.

        Args: sentences: of the query's text, parsed.
        Returns: probabilities over all types and "NONE", summing to 1; a reversed pair is NONE.
        """
        best: tuple[float, Draft | None] = (0.0, None)
        for sent in sentences:
            source = mention_at(sent, query.source, "source")
            target = mention_at(sent, query.target, "target") if query.target else None
            elsewhere = query.target is not None and target is None
            if not sent.tokens or source is None or elsewhere:
                continue
            given = [m for m in (source, target) if m is not None]
            scene = Scene(sent, [*given, *_echoes(sent, given)])
            drafter = Drafter(self.lexicon, Attributor(find_quotations([scene])), asked=target)
            for draft in convert(drafter.drafts(scene)):
                score = pair_score(scene, _named(draft, given), source, target)
                if score > best[0]:
                    best = (score, draft)
        return self._result(query, *best)

    def _result(self, query: PairQuery, score: float, draft: Draft | None) -> PairAnswer:
        shares = lexicon_shares(self.ontology.types, draft.type if draft else None, score)
        chosen = max(shares, key=lambda name: shares[name])
        mode = draft.mode if draft is not None and chosen == draft.type else None
        if (chosen, mode) not in self.ontology.modes:
            mode = None
        if draft is None or chosen != draft.type:
            return PairAnswer(query.id, chosen, mode, shares)
        status = str(draft.status)
        cameo = self.ontology.cameo(chosen, mode, status=status, words=draft.frame.lemma)
        return PairAnswer(query.id, chosen, mode, shares, status, cameo)


def lexicon_shares(types: Iterable[str], best: str | None, score: float) -> dict[str, float]:
    """Spread what the lexicon says of a pair over all types and NONE, summing to 1.

    Args:
        best: the type of the event that answers best, None if there is no event.
        score: how well it answers, as ``pair_score`` tells.
    """
    names = [*types, NONE]
    chosen = best if best is not None and score >= _THRESHOLD else NONE
    rest = best if best is not None and chosen == NONE else NONE
    top = score if chosen != NONE else 1 - score
    weights = {name: (1 - top) * 0.5 / (len(names) - 1) for name in names}
    weights[chosen] = top
    weights[rest] += (1 - top) * 0.5
    total = sum(weights.values())
    return {name: round(weight / total, 4) for name, weight in weights.items()}


def mention_at(sent: Sentence, span: tuple[int, int] | None, name: str) -> Mention | None:
    """Make a mention of a given span in a sentence; None when it lies elsewhere."""
    if span is None:
        return None
    inside = [t for t in sent.tokens if t.start < span[1] and t.end > span[0]]
    if not inside:
        return None
    first, last = inside[0].index, inside[-1].index + 1
    heads = [t.index for t in inside if not first <= t.head < last or t.head == t.index]
    words = [h for h in heads if sent.tokens[h].pos not in ("PUNCT", "ADP", "DET", "PART")]
    actor = Actor(name=name, country=None, sector="UNK", rule="given")
    start, end = inside[0].start, inside[-1].end
    return Mention(
        start=start,
        end=end,
        text=sent.between(start, end),
        sentence=sent.index,
        first=first,
        last=last,
        head=(words or heads or [last - 1])[0],
        kind="name",
        actors=(actor,),
    )


def _echoes(sent: Sentence, given: list[Mention]) -> list[Mention]:
    """Pronouns that stand for a given party: "Togo said *it* would leave"."""
    out = []
    for token in sent.tokens:
        if token.tag not in ("PRP", "PRP$") or token.lemma.lower() in ("you", "there"):
            continue
        for mention in given:
            if mention.last <= token.index and _leads(sent, token.index, mention):
                at = token.index
                out.append(
                    replace(
                        mention,
                        start=token.start,
                        end=token.end,
                        text=token.text,
                        first=at,
                        last=at + 1,
                        head=at,
                        kind="pronoun",
                    )
                )
                break
    return out


def _leads(sent: Sentence, pronoun: int, mention: Mention) -> bool:
    """The mention is the subject of a clause above the pronoun's own."""
    at = pronoun
    while sent.tokens[at].head != at:
        at = sent.tokens[at].head
        if sent.tokens[at].pos in ("VERB", "AUX"):
            doers = subject_tokens(sent, at)
            if any(mention.first <= i < mention.last for i in doers):
                return True
    return False


def _named(draft: Draft, given: list[Mention]) -> Draft:
    """Put the given mentions where their pronouns stand."""
    by_name = {m.actors[0].name: m for m in given}

    def back(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(dict.fromkeys(by_name[m.actors[0].name] for m in mentions))

    return replace(
        draft,
        actors=back(draft.actors),
        recipients=back(draft.recipients),
        third=back(draft.third),
    )


def pair_score(scene: Scene, draft: Draft, source: Mention, target: Mention | None) -> float:
    """How well an event answers what ``source`` does to ``target`` (None: to nobody): 0 to 1."""
    joint = (*draft.actors, *draft.recipients)
    if target is None:
        return _BOTH if source in draft.actors else 0.0
    if source in draft.actors and target in draft.recipients:
        return _BOTH
    if source in draft.actors and target in draft.actors and draft.type in POOLED:
        return _BOTH
    if source in draft.actors and target in draft.actors and not draft.recipients:
        return _THIRD
    if source in draft.recipients and target in draft.actors:
        return _BOTH if draft.type in POOLED else 0.0
    if source in draft.actors and target in draft.third:
        return _THIRD
    if source in draft.actors and target not in joint:
        return _NEAR if target.head in subtree(scene.sent, draft.top) else _ONE_SIDE
    if target in draft.recipients and not draft.actors:
        return _ONE_SIDE
    return 0.0
