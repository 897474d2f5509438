"""Who speaks: the subject of a verb of saying, the owner of a statement, "according to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.events.scene import Scene
from detente.language.predicates import children, subtree
from detente.types import Actor, Attribution, Mention, Sentence, Span

# Verbs that report a proposition, with or without a clause behind them.
SAYING = frozenset(
    "say tell add state note warn insist declare explain continue comment remark announce reply "
    "respond write claim argue stress reiterate emphasise emphasize conclude observe admit deny "
    "acknowledge affirm allege assert boast brag caution complain concede confirm contend "
    "disclose indicate inform maintain mention notify point predict quote reaffirm recall remind "
    "repeat report reveal signal suggest testify tweet underline underscore vow agree joke "
    "lament promise pledge estimate read recount swear counter charge cite describe call "
    "propose publish broadcast brief forecast post ask refute dispute dismiss".split()
)
# Verbs that take words of somebody's in quotation marks, without reporting a proposition.
ADDING = frozenset(
    "describe call label brand condemn denounce criticise criticize praise urge demand hail accuse "
    "slam blast characterise characterize dub term reject dismiss welcome express promise pledge "
    "vow threaten refer portray deem decry voice offer appeal thank blame express consider speak "
    "order apologize apologise raise cite declare invoke compare".split()
)
# Of these only a clause with "that" or quotation marks is reported speech.
_SAYING_NOUNS = frozenset(
    "statement report claim announcement allegation accusation remark declaration assertion "
    "suggestion complaint confirmation reminder contention charge denial".split()
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
    "telegram": "post",
    "website": "post",
    "report": "report",
    "letter": "letter",
    "speech": "speech",
    "address": "speech",
    "sermon": "speech",
    "conference": "press conference",
    "briefing": "press conference",
}
# Who is not named and whose body is not named either.
_NAMELESS = frozenset(
    "source official witness eyewitness diplomat resident aide analyst expert observer activist "
    "insider person people someone villager local spokesman spokeswoman spokesperson "
    "critic report reports relative lawmaker doctor medic".split()
)
_UNNAMED = frozenset({"unnamed", "anonymous", "unidentified", "undisclosed"})
# What somebody speaks through; it is his voice. "From", "by" and "of" say whose.
_PAPERS = frozenset(
    "statement communique letter message post tweet release note video tape videotape audiotape "
    "declaration report document memo email resolution website recording broadcast".split()
)
_FROM = frozenset({"from", "by", "of"})
# "According to plan": by these things, not in their words.
_NO_SPEAKERS = frozenset("plan schedule size rule need wish taste order number type amount".split())
_EMPTY = frozenset({"it", "this", "that", "there", "what", "which", "who", "one"})
# "X told NBC, adding that": the one who adds is the one who told.
_GOING_ON = frozenset({"add", "say", "note", "stress", "state", "claim", "warn", "explain", "call"})
# A stop for trees with a loop.
_MAX_CLIMB = 12


@dataclass(frozen=True, slots=True)
class Voice:
    """One act of speaking.

    Attributes:
        span: the words for the speaker, as they stand.
        speakers: the mentions that these words lead to; empty for somebody not resolved.
        addressees: to whom it was said.
        channel: statement, interview, phone, post, letter, speech ...; None where none is named.
        cue: the word that reports.
        anonymous: neither the person nor the body that speaks is named.
        name, actor: who speaks, where no mention of the text does.
        rule: how it was found, for evidence.
    """

    span: Span
    speakers: tuple[Mention, ...] = ()
    addressees: tuple[Mention, ...] = ()
    channel: str | None = None
    cue: Span | None = None
    anonymous: bool = False
    name: str | None = None
    actor: Actor | None = None
    rule: str = "reporting clause"

    def attribution(self) -> Attribution:
        """The speaker as the record carries it."""
        actor = self.speakers[0].actors[0] if self.speakers else self.actor
        return Attribution(
            span=self.span,
            name=self.name or (actor.name if actor else None),
            country=actor.country if actor else None,
            sector=actor.sector if actor else None,
            channel=self.channel,
            cue=self.cue,
            anonymous=self.anonymous,
        )


def speaks(sent: Sentence, index: int) -> bool:
    """Tell whether a token may report what somebody says."""
    token = sent.tokens[index]
    if token.pos == "VERB":
        return token.lemma in SAYING
    return token.pos == "NOUN" and token.lemma in _SAYING_NOUNS


def voice_of(scene: Scene, cue: int) -> Voice | None:
    """The speaker and addressee of a reporting word; None when it has no subject."""
    sent = scene.sent
    teller = _teller(sent, cue)
    roles = scene.roles(teller)
    subjects = _quoted(sent, cue) or roles.get("subj", ()) or roles.get("poss", ())
    subjects = subjects or roles.get("by", ())
    if not subjects and sent.tokens[cue].pos == "NOUN":
        return _said_in(scene, cue)  # "said in a statement that"
    if not subjects:
        return None
    speakers = _issued(scene, subjects[0]) or scene.parties(subjects)
    if not speakers and sent.tokens[subjects[0]].text.lower() in _EMPTY:
        return None  # "it is important to note"
    own = scene.roles(cue)
    heard = own.get("obj", ()) or own.get("iobj", ()) or own.get("to", ())
    token = sent.tokens[cue]
    return Voice(
        span=phrase(scene, subjects[0]),
        speakers=_introduced(scene, subjects[0]) or speakers,
        name=_apposed_name(scene, subjects[0]),
        addressees=scene.parties(i for i in heard if i not in subjects),
        channel=_channel(scene, cue),
        cue=Span(token.start, token.end, token.text),
        anonymous=_is_anonymous(scene, subjects),
    )


def _issued(scene: Scene, noun: int) -> tuple[Mention, ...]:
    """Whose statement it is: "Peru issued a statement saying", "the group's post says"."""
    sent = scene.sent
    token = sent.tokens[noun]
    if token.lemma.lower() not in _PAPERS:
        return ()
    owners = children(sent, noun, "poss")
    if not owners:
        links = [c for c in children(sent, noun, "prep") if sent.tokens[c].lemma in _FROM]
        owners = [p for c in links for p in children(sent, c, "pobj")]
    if not owners and token.dep in ("dobj", "pobj"):
        verb = token.head if token.dep == "dobj" else sent.tokens[token.head].head
        if sent.tokens[verb].pos == "VERB":
            owners = [i for i in scene.roles(verb).get("subj", ()) if i != noun]
    return scene.parties(owners)


def _introduced(scene: Scene, head: int) -> tuple[Mention, ...]:
    """ "A ministry spokesman, Hu Renjie, said": the person, where the text knows one."""
    names = [m for c in _appositions(scene, head) if (m := scene.mention_at(c)) is not None]
    return tuple(m for m in names if any(a.person or a.organisation for a in m.actors))[:1]


def _apposed_name(scene: Scene, head: int) -> str | None:
    """The name behind the words for a speaker, where no mention has it."""
    sent, names = scene.sent, _appositions(scene, head)
    if not names or _introduced(scene, head):
        return None
    inside = set(subtree(sent, names[0]))
    for below in sent.children[names[0]]:
        if sent.tokens[below].dep not in ("compound", "amod", "case"):
            inside -= set(subtree(sent, below))
    return sent.span(min(inside), max(inside) + 1).text


def _appositions(scene: Scene, head: int) -> list[int]:
    tokens = scene.sent.tokens
    if tokens[head].pos == "PROPN":
        return []
    return [c for c in children(scene.sent, head, "appos") if tokens[c].pos == "PROPN"]


def _quoted(sent: Sentence, cue: int) -> tuple[int, ...]:
    """Who is quoted: "Xinhua quoted the envoy as saying", "the envoy was cited as warning"."""
    token = sent.tokens[cue]
    link = sent.tokens[token.head]
    verb = sent.tokens[link.head]
    if token.dep != "pcomp" or link.lemma != "as" or verb.lemma not in ("quote", "cite"):
        return ()
    return tuple(children(sent, verb.index, "dobj") or children(sent, verb.index, "nsubjpass"))


def _teller(sent: Sentence, cue: int) -> int:
    """The verb whose subject speaks: of "told NBC they left, adding that ..." it is "told"."""
    token = sent.tokens[cue]
    going_on = token.lemma in _GOING_ON and token.tag == "VBG"
    if not going_on or children(sent, cue, "nsubj", "nsubjpass", "aux"):
        return cue
    at = cue
    for _ in range(_MAX_CLIMB):
        above = sent.tokens[at].head
        if above == at:
            return cue
        inner = sent.tokens[at].dep
        at = above
        if (
            sent.tokens[at].pos == "VERB"
            and inner in ("ccomp", "acl", "relcl")
            and speaks(sent, at)
        ):
            return at
    return cue


def _said_in(scene: Scene, noun: int) -> Voice | None:
    """The speaker of "a statement that ...": whoever the verb above makes say it."""
    tokens = scene.sent.tokens
    at = tokens[noun].head
    while tokens[at].head != at and tokens[at].pos != "VERB":
        at = tokens[at].head
    return voice_of(scene, at) if tokens[at].pos == "VERB" else None


def according_to(scene: Scene) -> Iterator[tuple[int, int, Voice]]:
    """The phrases "according to X", "citing X": first and last token, half-open, and who X is."""
    sent = scene.sent
    for token in sent.tokens:
        if token.lemma not in ("accord", "according", "quote", "cite") or token.tag != "VBG":
            continue
        below = [p for c in children(sent, token.index, "prep") for p in children(sent, c, "pobj")]
        heads = below or children(sent, token.index, "dobj")
        if token.lemma in ("quote", "cite") and not children(sent, token.index, "dobj"):
            continue
        if heads and sent.tokens[heads[0]].lemma.lower() not in _NO_SPEAKERS:
            inside = subtree(sent, token.index)
            voice = Voice(
                span=phrase(scene, heads[0]),
                speakers=_introduced(scene, heads[0]) or scene.parties(heads[:1]),
                name=_apposed_name(scene, heads[0]),
                channel="report",
                cue=Span(token.start, token.end, token.text),
                anonymous=_is_anonymous(scene, heads[:1]),
            )
            yield inside[0], inside[-1] + 1, voice


def phrase(scene: Scene, head: int) -> Span:
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


def _is_anonymous(scene: Scene, heads: Sequence[int]) -> bool:
    """ "Sources said", "a witness said"; a spokesman of a named body is not anonymous."""
    sent = scene.sent
    for head in heads:
        mention = scene.mention_at(head)
        if mention is not None and any(a.person or a.organisation for a in mention.actors):
            return False
        words = [sent.tokens[n] for n in subtree(sent, head)]
        if any(w.text.lower() in _UNNAMED for w in words):
            return True
        if sent.tokens[head].lemma.lower() not in _NAMELESS:
            return False
        if any(w.pos == "PROPN" and w.dep in ("appos", "compound", "conj") for w in words):
            return False
        owners = [p for c in children(sent, head, "prep") for p in children(sent, c, "pobj")]
        if owners and sent.tokens[head].lemma.startswith("spokes"):
            return False
    return bool(heads)


def _channel(scene: Scene, verb: int) -> str | None:
    if scene.sent.tokens[verb].lemma in ("tweet", "post"):
        return "post"
    roles = scene.roles(verb)
    near = [
        n
        for name in ("in", "on", "to", "obj", "during", "at", "by", "subj")
        for n in roles.get(name, ())
    ]
    for index in near:
        for part in (index, *children(scene.sent, index, "compound", "appos")):
            found = _CHANNELS.get(scene.sent.tokens[part].lemma.lower())
            if found:
                return found
    return None
