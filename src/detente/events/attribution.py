"""Who vouches for an event: quotations, the speech acts it is told in, the issuer of a statement.

The chain goes from the innermost speaker out. It is empty where the reporter vouches himself, also
for what somebody does by speaking: "Chile condemned Peru" is the reporter's, not Chile's, word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.events.drafts import Draft
from detente.events.scene import Scene
from detente.events.voices import Voice
from detente.types import POOLED, VERBAL, Actor, Document, Mention, Span, Status

# What these acts are about is told by whoever does them; in an official statement, whose every word
# is somebody's, also what these others are about.
_TELLING = frozenset({"SUPPORT", "ACCUSE", "CONCEDE"})
_TELLING_OFFICIALLY = _TELLING | {"REQUEST", "CONSULT", "AGREE", "REJECT"}
# "His government will not", said the prime minister.
_OWN = re.compile(
    r"(?:his|her|its|their|my) (?:own )?(?:[\w-]+ )?(?:government|country|party)$", re.I
)
# Aside of the reporter's: "men accused of the raid"; these words report themselves.
_HEARSAY = frozenset({"believe", "say", "report", "think", "allege"})
_SAID = frozenset({"reporting clause", "indirect quotation", "direct quotation"})
_FIRST_PERSON = frozenset({"i", "we", "our", "my", "us"})
# "Claimed responsibility", "denied involvement": the words for the act are the claimant's.
_CLAIMING = frozenset({"claim", "deny", "admit", "confess", "acknowledge"})
# The relations that lead from what a speech act is about up to it.
_ABOUT = frozenset(
    "dobj obj pobj prep pcomp ccomp xcomp acl relcl poss compound amod nmod nsubj agent dative "
    "nsubjpass oprd appos".split()
)
_NOUNS = frozenset({"NOUN", "PROPN"})
# "The below is attributable to Spokesperson Ned Price:"
_ATTRIBUTABLE = re.compile(
    r"\battribut(?:able|ed) to (?P<who>[A-Z][^\n:.]{3,80}?)(?= on |[:.\n]|, (?:which|who)\b)"
)
# Such a line stands in the opening of a statement.
_HEAD = 600
# Deeper than any sentence that a reader follows; a stop for trees with a loop.
_MAX_CLIMB = 14


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who makes an official statement known: the actors it speaks for, and the words for them.

    ``spokesman`` says that somebody tells in it of others, himself no part of what is told.
    """

    actors: tuple[Actor, ...]
    span: Span
    name: str
    spokesman: bool = False

    @property
    def voice(self) -> Voice:
        """The issuer as a speaker."""
        return Voice(
            span=self.span, channel="statement", name=self.name, actor=self.actors[0], rule="issuer"
        )


def issuer_of(
    doc: Document, issuers: Sequence[Actor], mentions: Sequence[Mention]
) -> Issuer | None:
    """Find the words that name who issued a statement; None for news.

    Args: issuers: as the actors stage has them. mentions: of the document.
    """
    if not issuers:
        return None
    actors = tuple(issuers)
    told = _ATTRIBUTABLE.search(doc.text[:_HEAD])
    if told is not None:
        span = Span(told.start("who"), told.end("who"), told["who"])
        return Issuer(actors, span, told["who"], spokesman=True)
    byline = doc.byline or ""
    at = doc.text.find(byline) if byline else -1
    if at >= 0:
        return Issuer(actors, Span(at, at + len(byline), byline), byline)
    for mention in mentions:
        if any(_side(actor) == _side(actors[0]) for actor in mention.actors):
            span = Span(mention.start, mention.end, mention.text)
            return Issuer(actors, span, byline or actors[0].name)
    return None  # no words of the text stand for him


def vouched(
    scene: Scene, draft: Draft, drafts: Sequence[Draft], issuer: Issuer | None
) -> tuple[Voice, ...]:
    """The chain of those who vouch for an event, innermost first; empty: the reporter himself.

    Args: drafts: all of the sentence. issuer: of the statement that the document is, if it is one.
    """
    own = _is_own_words(draft)
    voices = tuple(
        voice
        for voice in draft.voices
        if not (own and _speaks_for_itself(voice, draft.actors) and not _is_summed_up(scene, draft))
        and not _is_aside(scene, draft, voice)
    )
    if own and len(voices) < len(draft.voices):
        return voices
    if not voices:
        voices = _claimed(scene, draft) or _told_in(scene, draft, drafts, issuer)
    if issuer is not None and (issuer.spokesman or (not voices and _is_news_of(draft, issuer))):
        voices = (*voices, issuer.voice)
    return voices


def _is_own_words(draft: Draft) -> bool:
    """A speech act, as against what is only told of one that did not happen."""
    return draft.type in VERBAL and draft.status not in (Status.DENIED, Status.NEGATED)


def _speaks_for_itself(voice: Voice, actors: Iterable[Mention]) -> bool:
    """The one who speaks is the one who acts."""
    said = {actor.name for mention in voice.speakers for actor in mention.actors}
    countries = {actor.country for mention in voice.speakers for actor in mention.actors}
    return any(
        (mention.kind == "pronoun" and mention.text.lower() in _FIRST_PERSON)
        or any(actor.name in said for actor in mention.actors)
        or (_OWN.match(mention.text) and mention.actors[0].country in countries)
        for mention in actors
    )


def _is_summed_up(scene: Scene, draft: Draft) -> bool:
    """ "He said that any help would have consequences": his threat, in the reporter's words."""
    unnamed = any(path == ("speaker",) for one in draft.frame.actor for path in one)
    start = scene.sent.tokens[draft.top].start
    return unnamed and not any(q.start <= start < q.end for q in scene.sent.quotes)


def _is_aside(scene: Scene, draft: Draft, voice: Voice) -> bool:
    """ "He named a man *accused* of the raid": outside the marks, the reporter's own aside."""
    tokens = scene.sent.tokens
    if voice.cue is None or not scene.sent.start <= voice.cue.start < scene.sent.end:
        return False
    start = tokens[draft.index].start
    if any(quote.start <= start < quote.end for quote in scene.sent.quotes):
        return False
    at = draft.top
    for _ in range(_MAX_CLIMB):
        token = tokens[at]
        if token.head == at or token.start == voice.cue.start:
            return False
        if token.dep == "acl" and token.tag == "VBN" and token.lemma not in _HEARSAY:
            return True
        at = token.head
    return False


def _claimed(scene: Scene, draft: Draft) -> tuple[Voice, ...]:
    """ "Hamas claimed responsibility for the raid": Hamas says so itself."""
    token = scene.sent.tokens[draft.top]
    if draft.type in VERBAL or token.lemma not in _CLAIMING or not draft.actors:
        return ()
    return (_speaker(draft.actors[0], Span(token.start, token.end, token.text), "claim"),)


def _side(actor: Actor) -> tuple[str | None, str, str | None]:
    """A government is one voice; others are told apart by name."""
    if actor.country is not None and actor.sector == "GOV":
        return actor.country, actor.sector, None
    return actor.country, actor.sector, actor.name


def _told_in(
    scene: Scene, draft: Draft, drafts: Sequence[Draft], issuer: Issuer | None
) -> tuple[Voice, ...]:
    """Whoever does the speech act that an event is the object of: "condemned the raid on Abha"."""
    tokens = scene.sent.tokens
    others = [d for d in drafts if d is not draft and d.actors]
    heads = {at: d for d in others for at in (d.index, d.verb) if at is not None}
    telling = _TELLING if issuer is None else _TELLING_OFFICIALLY
    if draft.status is Status.REQUESTED:
        telling = telling | {"REQUEST"}
    elif issuer is None and draft.type in POOLED:
        return ()
    at = draft.top
    for _ in range(_MAX_CLIMB):
        token = tokens[at]
        joined = token.dep == "conj" and token.pos in _NOUNS
        loose = issuer is None and token.dep in ("acl", "relcl")
        if token.head == at or loose or not (token.dep in _ABOUT or joined):
            return ()
        at = token.head
        above = heads.get(at)
        if above is not None and above.type in telling:
            act = tokens[above.index]
            if _sides(above.actors) & _sides(draft.actors):
                return ()
            return (_speaker(above.actors[0], Span(act.start, act.end, act.text), "speech act"),)
    return ()


def _speaker(mention: Mention, cue: Span, rule: str) -> Voice:
    span = Span(mention.start, mention.end, mention.text)
    return Voice(span, (mention,), cue=cue, rule=rule)


def _sides(mentions: Iterable[Mention]) -> set[tuple[str | None, str, str | None]]:
    return {_side(actor) for mention in mentions for actor in mention.actors}


def _is_news_of(draft: Draft, issuer: Issuer) -> bool:
    """Something that others did: what the issuer does is told as a reporter would tell it."""
    own = {actor.country or actor.name for actor in issuer.actors}
    doers = {a.country or a.name for m in draft.actors for a in m.actors}
    return bool(doers) and not doers & own and draft.type not in POOLED


def with_voices(scene: Scene, drafts: Sequence[Draft], issuer: Issuer | None) -> list[Draft]:
    """Give each draft of a sentence its chain of speakers.

    What a named speaker says did not happen is denied; what the reporter says so is negated.
    """
    out = []
    for draft in drafts:
        voices = vouched(scene, draft, drafts, issuer)
        said = draft.status is Status.NEGATED and any(v.rule in _SAID for v in voices)
        status = Status.DENIED if said else draft.status
        out.append(replace(draft, voices=voices, status=status))
    return out
