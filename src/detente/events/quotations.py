"""Who says what: direct, indirect, mixed and free quotation, over several sentences.

A quotation is a cue (a verb, a noun, "according to"), the words for a speaker, and the stretches of
text that are said. What stands in quotation marks without a cue of its own goes to the speaker that
the marks run on to or from; failing that, to whoever spoke last near by.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from detente.events.scene import Scene
from detente.events.voices import ADDING, SAYING, Voice, according_to, speaks, voice_of
from detente.language.predicates import children, is_passive, subtree
from detente.types import Sentence, Span

Kind = Literal["direct", "indirect", "mixed", "free"]

# So much of what is said stands in quotation marks when a quotation is direct.
_DIRECT = 0.8
# Fewer words in quotation marks are a phrase that the reporter works into his own sentence.
_WHOLE = 3
# Denying and admitting take a gerund ("denied shelling"), claiming an infinitive.
_WITH_XCOMP = frozenset({"deny", "admit", "claim", "allege", "acknowledge"})
# "Denied any part in the raid": what is denied is a noun.
_WITH_NOUN = frozenset({"deny"})
_MARKS = frozenset({"that", "whether", "if"})
_EDGES = frozenset("\"'“”‘’«»,;:–—- ")
_CLOSES = {"”": "“", "’": "‘", "»": "«"}
_HE = frozenset({"he", "she"})
# A quotation in marks goes on from the paragraph before, not from farther.
_NEAR = 1


@dataclass(slots=True)
class _Open:
    """A quotation while it is gathered."""

    kind: Kind
    sentence: int
    paragraph: int
    cue: Span | None
    voice: Voice | None
    content: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Quoted:
    """What somebody says, by the text.

    ``content`` are the words said, in order, one stretch a sentence or part of one; quotation marks
    and "that" are left out. ``cue`` and ``voice`` are None where the text names none.
    """

    kind: Kind
    sentence: int
    cue: Span | None
    voice: Voice | None
    content: tuple[Span, ...]

    def holds(self, offset: int) -> bool:
        """Tell whether a document offset lies in what is said."""
        return any(span.start <= offset < span.end for span in self.content)

    @property
    def length(self) -> int:
        """How long the words said are, in letters."""
        return sum(span.end - span.start for span in self.content)


class Attributor:
    """Says who vouches for what stands at a token, by the quotations of a document."""

    def __init__(self, quotations: Iterable[Quoted] = ()) -> None:
        said = ((span, q) for q in quotations if q.voice is not None for span in q.content)
        self._said = sorted(said, key=lambda each: each[0].start)

    def voices(self, scene: Scene, index: int, reports: Sequence[int]) -> tuple[Voice, ...]:
        """Everybody who vouches for what stands at a token, innermost first.

        Args: reports: words of saying that were met on the way up from it, innermost first.
        """
        start = scene.sent.tokens[index].start
        found = [v for v in (voice_of(scene, r) for r in reports) if v is not None]
        # What is said stands in stretches of one sentence each: only this sentence's are looked at.
        first = bisect_left(self._said, scene.sent.start, key=lambda each: each[0].start)
        last = bisect_right(self._said, start, key=lambda each: each[0].start)
        holding = (q for span, q in self._said[first:last] if start < span.end)
        around = sorted(holding, key=lambda q: (q.length, -(q.cue.start if q.cue else 0)))
        for quoted in around:
            if quoted.voice is not None and all(_differ(quoted.voice, v) for v in found):
                found.append(replace(quoted.voice, rule=f"{quoted.kind} quotation"))
        return tuple(found)


def _differ(one: Voice, other: Voice) -> bool:
    return one.cue != other.cue and one.span != other.span


def find_quotations(scenes: Iterable[Scene]) -> tuple[Quoted, ...]:
    """Find the quotations of a document, in text order.

    Args: scenes: of its parsed sentences, in order.
    """
    reader = _Reader()
    for scene in scenes:
        reader.read(scene)
    found = (Quoted(q.kind, q.sentence, q.cue, q.voice, tuple(q.content)) for q in reader.found)
    return tuple(sorted(found, key=lambda q: (q.sentence, q.content[0].start)))


class _Reader:
    """Reads sentences in order and keeps what was said last."""

    def __init__(self) -> None:
        self.found: list[_Open] = []
        self._last: _Open | None = None
        # Stretches in marks that nobody has claimed yet; the marks are still open.
        self._waiting: list[tuple[Sentence, Span]] = []
        self._running = False

    def read(self, scene: Scene) -> None:
        """Read one sentence."""
        sent = scene.sent
        local = [*_reported(scene), *_according(scene)]
        for made in local:
            self._keep(made)
        free = [q for q in sent.quotes if not any(_overlap(q, c) for m in local for c in m.content)]
        for quote in free:
            self._in_marks(scene, quote, local)
        self._running = bool(sent.quotes) and sent.quotes[-1].end >= sent.end

    def _keep(self, made: _Open) -> None:
        made.voice = self._known(made)
        self.found.append(made)
        if made.voice is not None and made.kind != "indirect" and self._waiting:
            # The marks were opened sentences ago: "... they fell. ... near the post," KCNA said.
            made.content[:0] = [span for _, span in self._waiting]
            made.sentence = self._waiting[0][0].index
            self._waiting.clear()
        if made.voice is not None:
            self._last = made

    def _known(self, made: _Open) -> Voice | None:
        """ "He added": whoever spoke last, where nobody knows who he is."""
        voice, last = made.voice, self._last
        if voice is None or voice.speakers or voice.span.text.lower() not in _HE:
            return voice
        near = last is not None and made.paragraph - last.paragraph <= _NEAR
        if last is None or last.voice is None or not near:
            return voice
        name = last.voice.name or last.voice.span.text
        return replace(voice, speakers=last.voice.speakers, name=name, actor=last.voice.actor)

    def _in_marks(self, scene: Scene, quote: Span, local: Sequence[_Open]) -> None:
        """A stretch in marks that no cue of its sentence governs."""
        sent = scene.sent
        phrase = _worked_in(scene, quote)
        if phrase is not None:
            self._keep(phrase)
            return
        words = [t for t in sent.tokens if quote.start <= t.start < quote.end]
        whole = quote.end - quote.start >= (sent.end - sent.start) // 2
        if not whole and len(words) < _WHOLE:
            return
        begins = quote.start <= sent.start + 1
        beside = _beside(scene, quote)
        if beside is not None:
            known = next((m for m in local if m.cue == beside.cue), None)
            if known is not None and known.kind != "indirect":
                known.content.append(quote)
            else:
                self._keep(beside)
        elif self._running and begins and self._waiting:
            self._waiting.append((sent, quote))
        elif begins and self._goes_on(sent):
            assert self._last is not None
            self._last.content.append(quote)
        elif quote.end >= sent.end and whole:
            self._waiting.append((sent, quote))
            self._settle(sent)
        elif whole and self._near(sent):
            assert self._last is not None
            free = _Open("free", sent.index, sent.paragraph, None, self._last.voice, [quote])
            self.found.append(free)

    def _settle(self, sent: Sentence) -> None:
        """Marks that were opened without a speaker: the last one's, if he is near."""
        if len(self._waiting) == 1 and self._near(sent) and self._last is not None:
            quote = self._waiting.pop()[1]
            free = _Open("free", sent.index, sent.paragraph, None, self._last.voice, [quote])
            self.found.append(free)
            self._last = free

    def _goes_on(self, sent: Sentence) -> bool:
        """The marks run on from the sentence before, or are opened anew right behind it."""
        last = self._last
        if last is None or last.kind == "indirect" or not self._near(sent):
            return False
        return self._running or (bool(last.content) and sent.start - last.content[-1].end < 200)

    def _near(self, sent: Sentence) -> bool:
        return self._last is not None and sent.paragraph - self._last.paragraph <= _NEAR


# ------------------------------------------------------------------------------- in one sentence


def _reported(scene: Scene) -> Iterator[_Open]:
    """What the verbs and nouns of saying in a sentence govern."""
    sent = scene.sent
    for token in sent.tokens:
        # "Quoting the envoy, ..." is read like "according to".
        citing = token.lemma in ("quote", "cite") and token.tag == "VBG"
        if citing or not speaks(sent, token.index) or _is_unsaid(sent, token.index):
            continue
        said = _said(scene, token.index)
        if not said:
            continue
        made = _quotation(scene, token.index, said)
        if made.content and (made.voice is not None or made.kind != "indirect"):
            yield made


def _is_unsaid(sent: Sentence, cue: int) -> bool:
    """ "Did not say when", "refused to confirm that": nothing was said."""
    token = sent.tokens[cue]
    if children(sent, cue, "neg"):
        return True
    above = sent.tokens[token.head]
    return token.dep == "xcomp" and above.lemma in ("refuse", "decline", "fail", "avoid")


def _quotation(scene: Scene, cue: int, said: Sequence[int]) -> _Open:
    sent = scene.sent
    runs = list(_runs(sent, said))
    quotes = [q for q in sent.quotes if any(_overlap(q, run) for run in runs)]
    kind = _kind(sent, said, quotes)
    content = [q for q in sent.quotes if _overlaps(q, runs)] if kind == "direct" else runs
    token = sent.tokens[cue]
    return _Open(
        kind,
        sent.index,
        sent.paragraph,
        Span(token.start, token.end, token.text),
        voice_of(scene, cue),
        content,
    )


def _said(scene: Scene, cue: int) -> list[int]:
    """The tokens of what a cue governs; empty where it governs no proposition."""
    sent, token = scene.sent, scene.sent.tokens[cue]
    heads = children(sent, cue, "ccomp")
    if token.lemma in _WITH_XCOMP:
        heads += children(sent, cue, "xcomp")
    if token.lemma in _WITH_NOUN and not heads:
        heads += children(sent, cue, "dobj")
    if token.pos == "NOUN":
        heads += [c for c in children(sent, cue, "acl", "relcl") if _is_content(sent, c)]
    if token.dep == "parataxis" or (not heads and token.dep in ("ccomp", "advcl", "dep")):
        heads += _host(sent, cue)
    own = set(subtree(sent, cue))
    inside: set[int] = set()
    for head in heads:
        part = set(subtree(sent, head))
        inside |= part - own if head not in own else part
    return sorted(inside - _introduction(sent, heads))


def _is_content(sent: Sentence, clause: int) -> bool:
    """ "The claim that Peru attacked": a clause of its own, no relative one."""
    return any(sent.tokens[c].lemma == "that" for c in children(sent, clause, "mark"))


def _host(sent: Sentence, cue: int) -> list[int]:
    """The clause that "X said" is put into: "The raid, he said, had failed"."""
    token = sent.tokens[cue]
    above = sent.tokens[token.head]
    commas = [c for c in sent.children[token.head] if sent.tokens[c].text == ","]
    inserted = token.dep == "parataxis" or (bool(commas) and not children(sent, cue, "mark"))
    return [above.index] if above.index != cue and above.pos in ("VERB", "AUX") and inserted else []


def _introduction(sent: Sentence, heads: Iterable[int]) -> set[int]:
    """The "that" before what is said, and adverbs before it ("saying only that")."""
    dropped: set[int] = set()
    for head in heads:
        for mark in children(sent, head, "mark"):
            if sent.tokens[mark].lemma not in _MARKS:
                continue
            before = [n for n in subtree(sent, head) if n < mark]
            loose = all(sent.tokens[n].pos in ("ADV", "PUNCT", "PART") for n in before)
            dropped |= {mark, *(before if loose else ())}
    return dropped


def _runs(sent: Sentence, tokens: Sequence[int]) -> Iterator[Span]:
    """Stretches of tokens that stand together, without marks and commas at their edges."""
    start = 0
    for at in range(1, len(tokens) + 1):
        if at < len(tokens) and _joined(sent, tokens[at - 1], tokens[at]):
            continue
        span = _trimmed(sent, tokens[start], tokens[at - 1])
        if span is not None:
            yield span
        start = at


def _joined(sent: Sentence, one: int, other: int) -> bool:
    """Neighbours, or with nothing but punctuation between them."""
    return all(sent.tokens[n].pos == "PUNCT" for n in range(one + 1, other))


def _trimmed(sent: Sentence, first: int, last: int) -> Span | None:
    while first <= last and sent.tokens[first].text in _EDGES | {"."}:
        first += 1
    while last >= first and sent.tokens[last].text in _EDGES | {"."}:
        last -= 1
    if first > last:
        return None
    span = sent.span(first, last + 1)
    end = span.end - sent.start
    after = sent.text[end : end + 1]
    # A closing mark whose opening one is inside belongs to what is said.
    opened = span.text.count(_CLOSES.get(after, after)) - span.text.count(after) if after else 0
    if opened > 0 or (after == '"' and span.text.count(after) % 2):
        return Span(span.start, span.end + 1, span.text + after)
    return span


def _kind(sent: Sentence, said: Sequence[int], quotes: Sequence[Span]) -> Kind:
    words = [sent.tokens[n] for n in said if sent.tokens[n].pos != "PUNCT"]
    inside = sum(any(q.start <= w.start < q.end for q in quotes) for w in words)
    if not inside or not words:
        return "indirect"
    return "direct" if inside >= _DIRECT * len(words) else "mixed"


def _according(scene: Scene) -> Iterator[_Open]:
    """ "According to X, ...": everything else in the clause is what X says."""
    sent = scene.sent
    for first, last, voice in according_to(scene):
        aside = set(range(first, last))
        # "They attacked and, according to the army, fled": the flight alone is the army's word.
        at = sent.tokens[first].head
        joined = at not in aside and sent.tokens[at].dep == "conj"
        told = subtree(sent, at) if joined else [t.index for t in sent.tokens]
        said = [n for n in told if n not in aside]
        runs = list(_runs(sent, said))
        if runs:
            cue = sent.span(first, min(first + 2, last))
            kind: Kind = "mixed" if any(_overlaps(q, runs) for q in sent.quotes) else "indirect"
            yield _Open(kind, sent.index, sent.paragraph, cue, voice, runs)


def _worked_in(scene: Scene, quote: Span) -> _Open | None:
    """ "Called it a 'mistake'": a few words of somebody's, in the reporter's sentence."""
    sent = scene.sent
    inside = [t.index for t in sent.tokens if quote.start <= t.start < quote.end]
    if not inside:
        return None
    top = _top(sent, inside)
    verb = sent.tokens[top].head
    for _ in range(6):
        token = sent.tokens[verb]
        if token.pos == "VERB" and verb not in inside and token.lemma in SAYING | ADDING:
            break
        if token.head == verb:
            return None
        top, verb = verb, token.head
    else:
        return None
    voice = None if is_passive(sent, verb) else voice_of(scene, verb)
    if voice is None or quote.start <= voice.span.start < quote.end:
        return None
    parts = children(sent, verb, "dobj", "oprd", "attr", "ccomp", "xcomp", "prep", "dative")
    spans = [subtree(sent, p) for p in parts]
    holding = [s for s in spans if any(i in s for i in inside)]
    said = sorted({i for s in holding or [tuple(inside)] for i in s if i > verb or i in inside})
    named = [
        s
        for p, s in zip(parts, spans, strict=True)
        if sent.tokens[p].dep == "dobj" and s not in holding and s[0] > verb
    ]
    said = sorted({*said, *(i for s in named for i in s)})
    runs = list(_runs(sent, said))
    token = sent.tokens[verb]
    cue = Span(token.start, token.end, token.text)
    return _Open("mixed", sent.index, sent.paragraph, cue, voice, runs) if runs else None


def _beside(scene: Scene, quote: Span) -> _Open | None:
    """The word of saying next to a stretch in marks, outside of all marks: "'...,' asked Peru"."""
    sent = scene.sent
    found: list[tuple[int, _Open]] = []
    for token in sent.tokens:
        outside = not any(q.start <= token.start < q.end for q in sent.quotes)
        if token.pos != "VERB" or token.lemma not in SAYING or not outside:
            continue
        voice = voice_of(scene, token.index)
        if voice is None or any(q.start <= voice.span.start < q.end for q in sent.quotes):
            continue
        away = min(abs(token.start - quote.end), abs(quote.start - token.end))
        cue = Span(token.start, token.end, token.text)
        made = _Open("direct", sent.index, sent.paragraph, cue, voice, [quote])
        found.append((away, made))
    return min(found, key=lambda each: each[0])[1] if found else None


def _top(sent: Sentence, tokens: Sequence[int]) -> int:
    """The token of a stretch that governs the others."""
    inside = set(tokens)
    return next((n for n in tokens if sent.tokens[n].head not in inside), tokens[0])


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _overlaps(one: Span, others: Iterable[Span]) -> bool:
    return any(_overlap(one, other) for other in others)
