"""Who says so: reporting verbs, quotations over several sentences, "according to"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.events.lexicon import Lexicon
from detente.events.scene import Scene
from detente.language.predicates import children, subtree
from detente.types import Attribution, Mention, Span

# Words that introduce a quotation without taking a clause ("In a call on Monday, Wang told NBC").
_SPEAKING = frozenset(
    "say add tell state note warn insist declare explain continue comment remark announce ask "
    "reply respond write claim argue stress reiterate emphasise emphasize conclude observe "
    "quote cite urge vow promise admit deny agree read describe call tweet post".split()
)
_CHANNELS = {
    "statement": "statement",
    "communique": "statement",
    "release": "statement",
    "interview": "interview",
    "television": "interview",
    "broadcaster": "interview",
    "network": "interview",
    "newspaper": "interview",
    "call": "phone",
    "telephone": "phone",
    "phone": "phone",
    "twitter": "post",
    "tweet": "post",
    "post": "post",
    "facebook": "post",
    "report": "report",
    "letter": "letter",
    "speech": "speech",
    "conference": "press conference",
    "briefing": "press conference",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One act of speaking: the words for the speaker, who that is, to whom it was said."""

    span: Span
    speakers: tuple[Mention, ...] = ()
    addressees: tuple[Mention, ...] = ()
    channel: str | None = None

    def attribution(self) -> Attribution:
        """The speaker as the record carries it."""
        actor = self.speakers[0].actors[0] if self.speakers else None
        return Attribution(
            span=self.span,
            name=actor.name if actor else None,
            country=actor.country if actor else None,
            sector=actor.sector if actor else None,
            channel=self.channel,
        )


class Attributor:
    """Keeps the speaker of a running quotation while a document is read in order."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._reporting = {
            word for (word, pos, via), effect in lexicon.embedding.items()
            if pos == "verb" and via == "ccomp" and effect in ("report", "denied")
        } | _SPEAKING  # fmt: skip
        self._last: Voice | None = None
        self._last_paragraph = -1

    def enter(self, scene: Scene) -> None:
        """Take note of who speaks in a sentence; call once per sentence, in order."""
        self._scene = scene
        self._local = self._speech_of(scene)
        self._according = _according(scene)
        if self._local is not None and self._local.speakers:
            self._last, self._last_paragraph = self._local, scene.sent.paragraph

    def _speech_of(self, scene: Scene) -> Voice | None:
        """The sentence's own reporting clause, outermost first."""
        for token in scene.sent.tokens:
            if token.pos != "VERB" or token.lemma not in self._reporting:
                continue
            if self.in_quotes(token.start) and token.dep != "ROOT":
                continue
            voice = self.voice_of(token.index)
            if voice is not None:
                return voice
        return None

    def in_quotes(self, offset: int) -> bool:
        """Tell whether a document offset lies inside a quotation of the current sentence."""
        return any(q.start <= offset < q.end for q in self._scene.sent.quotes)

    def voice_of(self, verb: int) -> Voice | None:
        """The speaker and addressee of a reporting verb; None when it has no subject."""
        scene = self._scene
        roles = scene.roles(verb)
        subjects = roles.get("subj", ()) or roles.get("poss", ()) or roles.get("by", ())
        if not subjects and scene.sent.tokens[verb].pos == "NOUN":
            return self._said_in(verb)  # "said in a statement that"
        if not subjects:
            return None
        heard = roles.get("obj", ()) or roles.get("iobj", ()) or roles.get("to", ())
        return Voice(
            span=_phrase(scene, subjects[0]),
            speakers=scene.parties(subjects),
            addressees=scene.parties(i for i in heard if i not in subjects),
            channel=_channel(scene, verb),
        )

    def _said_in(self, noun: int) -> Voice | None:
        """The speaker of "a statement that ...": whoever the verb above makes say it."""
        tokens = self._scene.sent.tokens
        at = tokens[noun].head
        while tokens[at].head != at and tokens[at].pos != "VERB":
            at = tokens[at].head
        return self.voice_of(at) if tokens[at].pos == "VERB" else None

    def voices(self, index: int, reports: Sequence[int]) -> tuple[Voice, ...]:
        """Everybody who vouches for what stands at a token, innermost first."""
        found = [v for v in (self.voice_of(r) for r in reports) if v is not None]
        start = self._scene.sent.tokens[index].start
        if not found and self.in_quotes(start):
            if self._local is not None:
                found.append(self._local)
            elif self._continues():
                found += [self._last] if self._last else []
        if self._according is not None and not found:
            found.append(self._according)
        return tuple(found)

    def _continues(self) -> bool:
        """A quotation without a speaker of its own goes on with the last one, near by."""
        return self._last is not None and self._scene.sent.paragraph - self._last_paragraph <= 1


def _according(scene: Scene) -> Voice | None:
    sent = scene.sent
    for token in sent.tokens:
        if token.lemma not in ("accord", "according", "quote", "cite") or token.tag != "VBG":
            continue
        below = [p for c in children(sent, token.index, "prep") for p in children(sent, c, "pobj")]
        heads = below or children(sent, token.index, "dobj")
        if token.lemma in ("quote", "cite") and not children(sent, token.index, "dobj"):
            continue
        if heads:
            return Voice(
                span=_phrase(scene, heads[0]), speakers=scene.parties(heads[:1]), channel="report"
            )
    return None


def _phrase(scene: Scene, head: int) -> Span:
    """The speaker's noun phrase without relative clauses; the mention when there is one."""
    mention = scene.mention_at(head)
    if mention is not None:
        return Span(mention.start, mention.end, mention.text)
    sent = scene.sent
    inside = set(subtree(sent, head))
    for child in sent.children[head]:
        if sent.tokens[child].dep in ("relcl", "acl", "appos", "punct", "cc", "conj"):
            inside -= set(subtree(sent, child))
    return sent.span(min(inside), max(inside) + 1)


def _channel(scene: Scene, verb: int) -> str | None:
    roles = scene.roles(verb)
    near = [
        *roles.get("in", ()),
        *roles.get("on", ()),
        *roles.get("to", ()),
        *roles.get("obj", ()),
        *roles.get("during", ()),
        *roles.get("subj", ()),
    ]
    for index in near:
        for part in (index, *children(scene.sent, index, "compound", "appos")):
            found = _CHANNELS.get(scene.sent.tokens[part].lemma.lower())
            if found:
                return found
    return None
