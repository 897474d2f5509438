"""Sentences -> Mentions: who is named, or stands for whom, in document order."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from detente.actors.context import Background, read_background, title_people
from detente.actors.coreference import (
    FIRST_PERSON,
    THIRD_PERSON,
    fits_pronoun,
    fronted_subject,
    in_quotes,
    pronoun_antecedent,
    pronouns,
    speaker_token,
    telling_subject,
)
from detente.actors.elements import Element, elements_of
from detente.actors.facts import World
from detente.actors.joining import phrases_of
from detente.actors.matcher import Hit
from detente.actors.memory import Memory, Seen, is_body_noun, is_subject
from detente.actors.officials import OFFICES
from detente.actors.phrases import Phrase
from detente.actors.resolve import resolve
from detente.actors.settling import settle
from detente.actors.sides import Setting
from detente.actors.together import ENDINGS, parties_meant
from detente.types import Actor, Document, Mention, MentionKind, Sentence, Token

# A country or capital after these is where something happens rather than who does it.
_WHERE = frozenset("in near inside across around within throughout outside into through".split())
_WHERE_CAPITAL = _WHERE | frozenset(["at", "from", "to"])
# "south of Baghdad", "the outskirts of Kabul"
_PARTS = frozenset(
    "north south east west northeast northwest southeast southwest outskirts center centre city "
    "town capital streets suburb suburbs part parts areas area side heart".split()
)
# Order, not measurement: below every party that acts (0.4 and up), so that those come first.
_LOCATIVE_SCORE = 0.3
# A town named as the target counts a little more than one that only locates.
_PLACE_SCORE = 0.35
# As little as a town: who was killed is certain, which side they were on is not.
_COUNT_SCORE = 0.35
# Between a same-role antecedent and the country of the sentence (resolve.SCORES).
_PRONOUN_SCORE = 0.6
# Roles resolved with no better reason than this take the parties behind "of" (resolve.SCORES).
_ROLE_GUESS = 0.75
# Verbs whose bare number is people ("killed five and wounded 110").
_HARM = frozenset(
    "kill wound injure die arrest detain abduct kidnap displace execute evacuate rescue".split()
)
# Verbs whose object is met rather than acted on.
_MEETING = frozenset(["meet", "host", "welcome", "receive", "join", "greet"])
_COUNTS = frozenset("dozens hundreds thousands scores".split())


@dataclass(slots=True)
class _Reader:
    """Walks through one document; the only state is what the text has said so far."""

    context: Background
    memory: Memory = field(default_factory=Memory)
    mentions: list[Mention] = field(default_factory=list)
    speaker: tuple[Actor, ...] = ()
    spoken_in: int = -1
    waiting: list[tuple[Sentence, Token]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who there is in a document: its mentions in order, and who speaks in an official statement.

    ``issuers`` is empty for news.
    """

    mentions: tuple[Mention, ...]
    issuers: tuple[Actor, ...] = ()


def find_mentions(
    doc: Document, sentences: Sequence[Sentence], hits: tuple[Hit, ...], world: World
) -> tuple[Mention, ...]:
    """Find every mention of an actor; see ``read_cast``."""
    return read_cast(doc, sentences, hits, world).mentions


def read_cast(
    doc: Document, sentences: Sequence[Sentence], hits: tuple[Hit, ...], world: World
) -> Cast:
    """Find every mention of an actor in a document's parsed sentences, resolved as of its date.

    Args: sentences: all of the document's; those without tokens are skipped.
        hits: what ``scan`` found in ``doc.text``.
    Returns: mentions ordered by start, the longer first where one lies inside another; and who
        issued the document, where it is a statement.
    """
    reader = _Reader(read_background(doc, hits, world))
    if doc.title and doc.title not in doc.text:
        for name, actor in title_people(doc.title, reader.context):
            reader.memory.name(name, actor)
    starts = [hit.start for hit in hits]
    for sent in sentences:
        if not sent.tokens:
            continue
        first, last = bisect.bisect_left(starts, sent.start), bisect.bisect_left(starts, sent.end)
        _read(reader, sent, hits[first:last])
    reader.mentions.sort(key=lambda m: (m.start, -m.end))
    mentions = settle(reader.mentions, sentences, reader.context.main, reader.memory)
    return Cast(mentions, reader.context.issuers)


def _read(reader: _Reader, sent: Sentence, hits: Sequence[Hit]) -> None:
    over = elements_of(
        sent, hits, reader.context.readings, reader.context.world, reader.memory.names
    )
    taken = _pairs(reader, sent)
    located = _located(sent, over)
    held: list[Phrase] = []
    pending = {t.index: t for t in pronouns(sent, THIRD_PERSON)}
    fronted = {i: at for i, t in pending.items() if (at := fronted_subject(t, sent)) is not None}
    scene = Setting(sent, located, lambda token: _owner(reader, sent, token))
    for phrase in phrases_of(sent, over):
        if any(a < phrase.last and phrase.first < b for a, b in taken):
            continue
        if _waits_for_speaker(sent, phrase):
            held.append(phrase)
            continue
        for index in [i for i in sorted(pending) if i < phrase.first and i not in fronted]:
            _pronoun(reader, sent, pending.pop(index))
        _phrase(reader, phrase, scene)
    for index in sorted(pending):
        _pronoun(reader, sent, pending[index], fronted.get(index))
    _first_person(reader, sent)
    _counts(reader, sent, located)
    for phrase in held:
        _phrase(reader, phrase, scene)
    _drop_owners(reader, sent)
    _spread(reader, sent)


def _drop_owners(reader: _Reader, sent: Sentence) -> None:
    """A possessive inside a longer mention ("its troops") is said by that mention."""
    here = [m for m in reader.mentions[-60:] if m.sentence == sent.index]
    inner = {
        id(m)
        for m in here
        if m.kind == "pronoun" and sent.tokens[m.first].tag == "PRP$"
        and any(o is not m and o.first <= m.first < o.last for o in here)
    }  # fmt: skip
    if inner:
        reader.mentions[:] = [m for m in reader.mentions if id(m) not in inner]


def _spread(reader: _Reader, sent: Sentence) -> None:
    """ "the diplomats of the two countries" are of both, whatever the text is about."""
    for at in range(len(reader.mentions) - 1, -1, -1):
        mention = reader.mentions[at]
        if mention.sentence != sent.index:
            break
        if mention.kind not in ("role", "office") or mention.score > _ROLE_GUESS:
            continue
        owners = _owners_behind(reader, sent, mention.head)
        if owners:
            group = mention.actors[0]
            actors = tuple(replace(group, country=o.country, rule="of both") for o in owners.actors)
            reader.mentions[at] = replace(mention, actors=actors, score=owners.score)


def _owners_behind(reader: _Reader, sent: Sentence, head: int) -> Mention | None:
    """The mention of several parties that a role's "of" or "from" leads to."""
    for child in sent.children[head]:
        if sent.tokens[child].text.lower() not in ("of", "from"):
            continue
        for below in sent.children[child]:
            for mention in reader.mentions[-30:]:
                if mention.sentence == sent.index and mention.head == below:
                    return mention if len(mention.actors) > 1 else None
    return None


def _waits_for_speaker(sent: Sentence, phrase: Phrase) -> bool:
    """ "our people" inside a quotation: who speaks may be named only after it."""
    if phrase.owner is None:
        return False
    token = sent.tokens[phrase.owner]
    return token.text.lower() in FIRST_PERSON and in_quotes(sent, token.start)


# ----------------------------------------------------------------------------------------- phrases


def _phrase(reader: _Reader, phrase: Phrase, scene: Setting) -> None:
    sent = scene.sent
    actors, score = resolve(phrase, scene, reader.context, reader.memory)
    if not actors:
        return
    if phrase.named is not None and phrase.named.kind in ("city", "place"):
        if _is_locative(sent, phrase):
            return
        score = _PLACE_SCORE
    elif _is_locative(sent, phrase):
        score = min(score, _LOCATIVE_SCORE)
    elif phrase.nested and phrase.role is not None:
        score = min(score, 0.6)
    mention = _mention(sent, (phrase.first, phrase.last), phrase.head, _kind(phrase), actors, score)
    _acronym(reader, sent, phrase, actors[0])
    role = phrase.role_word
    single = phrase.person is not None or (role is not None and not phrase.plural)
    collective = role is None or role.number == "collective" or is_body_noun(role.word)
    body = phrase.person is None and collective and not phrase.plural
    subject, root = _subject_root(sent, phrase.head)
    seen = Seen(
        mention,
        subject=not phrase.nested and subject,
        human=single and not body,
        plural=phrase.plural or len(actors) > 1,
        body=body and not (phrase.nested and phrase.kind == "demonym"),
        root=root,
        chain=_chain(sent, phrase.head),
        company=not phrase.nested and _is_company(sent, phrase.head),
        patient=not phrase.nested and sent.tokens[phrase.head].dep in ("dobj", "nsubjpass"),
        named_body=body and actors[0].organisation is not None,
    )
    _add(reader, seen)


def _chain(sent: Sentence, head: int) -> int:
    token = sent.tokens[head]
    while token.dep == "conj" and token.head != token.index:
        token = sent.tokens[token.head]
    return token.index


def _is_company(sent: Sentence, head: int) -> bool:
    """Tell whether somebody is whom the subject met: "with Lavrov", "hosted Merkel"."""
    token = sent.tokens[head]
    while token.dep in ("conj", "appos") and token.head != token.index:
        token = sent.tokens[token.head]
    up = sent.tokens[token.head]
    if token.dep == "dobj":
        return up.lemma in _MEETING
    return token.dep == "pobj" and up.text.lower() in ("with", "alongside")


def _subject_root(sent: Sentence, head: int) -> tuple[bool, int]:
    """Tell whether a token is a subject: itself, as a conjunct, within "maniacs of the ..."."""
    token = sent.tokens[head]
    for _ in range(8):
        if is_subject(token.dep):
            return True, token.index
        up = sent.tokens[token.head]
        if token.dep in ("conj", "appos", "compound", "nmod") and up.pos in (
            "NOUN",
            "PROPN",
            "PRON",
        ):
            token = up
        elif token.dep == "pobj" and up.text.lower() == "of" and sent.tokens[up.head].pos == "NOUN":
            token = sent.tokens[up.head]
        else:
            break
    return is_subject(token.dep), token.index


def _kind(phrase: Phrase) -> MentionKind:
    role = phrase.role_word
    if phrase.kind == "role" and role is not None and role.word in OFFICES and not phrase.plural:
        return "office"
    return phrase.kind


def _acronym(reader: _Reader, sent: Sentence, phrase: Phrase, actor: Actor) -> None:
    """Remember the OIC of "Organisation of Islamic Cooperation (OIC)"."""
    after = sent.tokens[phrase.last : phrase.last + 3]
    bracketed = len(after) == 3 and after[0].text in "([" and after[2].text in ")]"
    if bracketed and 2 <= len(after[1].text) <= 8 and after[1].text[:2].isupper():
        reader.memory.names[after[1].text] = replace(actor, rule="introduced")


def _is_locative(sent: Sentence, phrase: Phrase) -> bool:
    if phrase.named is None:
        return False
    capital = any(e.kind == "capital" for e in phrase.named.entries)
    if phrase.kind not in ("country", "metonym") and not capital:
        return False
    if phrase.nested:
        following = sent.tokens[phrase.last] if phrase.last < len(sent.tokens) else None
        possessive = following is not None and following.tag == "POS"
        if phrase.first and sent.tokens[phrase.first - 1].text.lower() in _WHERE:
            return True
        return phrase.kind == "metonym" and capital and not possessive
    i = phrase.first - 1
    while (
        i >= 0
        and sent.tokens[i].tag in ("DT", "JJ", "NN", "NNP")
        and sent.tokens[i].dep
        in (
            "det",
            "amod",
            "compound",
        )
    ):
        i -= 1
    if i < 0:
        return False
    words = _WHERE_CAPITAL if capital else _WHERE
    if sent.tokens[i].text.lower() == "of" and i:
        return sent.tokens[i - 1].text.lower() in _PARTS
    return sent.tokens[i].text.lower() in words


def _located(sent: Sentence, over: Sequence[Element | None]) -> str | None:
    """The country where a sentence's action is set, if it names a place."""
    fallback = None
    for i, element in enumerate(over):
        if element is None or element.first != i or element.entry is None:
            continue
        if element.kind in ("city", "place"):
            fallback = fallback or element.entry.country
            weight = True
        else:
            weight = element.kind in ("country", "capital")
        before = sent.tokens[i - 1].text.lower() if i else ""
        if weight and before in _WHERE and element.entry.country:
            return element.entry.country
    return fallback


def _counts(reader: _Reader, sent: Sentence, located: str | None) -> None:
    """Victims who are only a number: "Dozens died", "killed five", "wounded 12 others"."""
    country = located or reader.context.arena or reader.context.main
    for token in sent.tokens:
        low = token.text.lower()
        if not (token.tag == "CD" or low in _COUNTS or low == "others") or low in ("one", "-"):
            continue
        verb = sent.tokens[token.head]
        if verb.lemma not in _HARM or token.dep not in ("nsubj", "nsubjpass", "dobj", "conj"):
            continue
        if any(sent.tokens[i].text.lower() == "of" for i in sent.children[token.index]):
            continue
        if any(
            m.sentence == sent.index and m.first <= token.index < m.last
            for m in reader.mentions[-30:]
        ):
            continue
        actor = Actor(low, country, "UNK", rule="count")
        at = token.index
        reader.mentions.append(_mention(sent, (at, at + 1), at, "role", (actor,), _COUNT_SCORE))


# ------------------------------------------------------------------------------------- coreference


def _pairs(reader: _Reader, sent: Sentence) -> list[tuple[int, int]]:
    taken = []
    for token in sent.tokens:
        if token.text.lower() not in ENDINGS:
            continue
        found = parties_meant(sent, token.index, reader.memory)
        if found is None:
            continue
        first, actors = found
        mention = _mention(
            sent, (first, token.index + 1), token.index, "role", actors, _PRONOUN_SCORE
        )
        reader.mentions.append(mention)
        reader.memory.seen.append(Seen(mention, is_subject(token.dep), False, True, True))
        taken.append((first, token.index + 1))
    return taken


def _owner(reader: _Reader, sent: Sentence, token: Token) -> Actor | None:
    """Whose "his", "its", "our" is."""
    low = token.text.lower()
    if low in FIRST_PERSON:
        voices = _voices(reader, sent, token)
        return voices[0] if voices else None
    seen = pronoun_antecedent(token, sent, reader.memory)
    return seen.actor if seen is not None else None


def _pronoun(reader: _Reader, sent: Sentence, token: Token, later: int | None = None) -> None:
    """Resolve a pronoun; ``later`` is the subject that follows a fronted one."""
    seen = None
    if later is not None:
        covering = [
            s
            for s in reader.memory.seen[-20:]
            if s.mention.sentence == sent.index and s.mention.first <= later < s.mention.last
        ]
        fitting = [s for s in covering if s.mention.kind != "pronoun" and fits_pronoun(token, s)]
        seen = next(iter(fitting), None)
    if seen is None:
        seen = pronoun_antecedent(token, sent, reader.memory)
    if seen is None:
        return
    actors = tuple(replace(actor, rule="pronoun") for actor in seen.mention.actors)
    mention = _mention(
        sent, (token.index, token.index + 1), token.index, "pronoun", actors, _PRONOUN_SCORE
    )
    _add(reader, replace(seen, mention=mention, subject=is_subject(token.dep)))


def _first_person(reader: _Reader, sent: Sentence) -> None:
    """Resolve "we" and "I": the speaker of the quotation, or who issued the statement."""
    subject = speaker_token(sent)
    if subject is not None:
        speaker = _covering(reader, sent, subject)
        if speaker is not None:
            reader.speaker, reader.spoken_in = speaker.actors, sent.paragraph
            for earlier, token in reader.waiting:
                if earlier.paragraph == sent.paragraph:
                    _voice(reader, earlier, token)
            reader.waiting.clear()
    for token in pronouns(sent, FIRST_PERSON):
        _voice(reader, sent, token)


def _covering(reader: _Reader, sent: Sentence, at: int) -> Mention | None:
    """The last mention that a token of this sentence lies in."""
    for mention in reversed(reader.mentions[-40:]):
        if mention.sentence != sent.index:
            continue
        # A name that the tables know only in part: "Ali" of "minister Ali al-Sabah".
        part = sent.tokens[mention.head].dep == "compound" and sent.tokens[mention.head].head == at
        if mention.first <= at < mention.last or (part and mention.last <= at):
            return mention
    return None


def _voices(reader: _Reader, sent: Sentence, token: Token) -> tuple[Actor, ...]:
    if not in_quotes(sent, token.start):
        teller = telling_subject(token, sent)
        said = _covering(reader, sent, teller) if teller is not None else None
        if said is not None and said.kind != "pronoun" and not reader.context.issuers:
            return said.actors
        return reader.context.issuers
    if reader.speaker and sent.paragraph - reader.spoken_in <= 1:
        return reader.speaker
    return ()


def _voice(reader: _Reader, sent: Sentence, token: Token) -> None:
    actors = _voices(reader, sent, token)
    if not actors:
        if in_quotes(sent, token.start) and not any(t is token for _, t in reader.waiting):
            reader.waiting.append((sent, token))
        return
    rule = "speaker" if in_quotes(sent, token.start) else "issuer"
    voices = tuple(replace(actor, rule=rule) for actor in actors)
    reader.mentions.append(
        _mention(
            sent, (token.index, token.index + 1), token.index, "pronoun", voices, _PRONOUN_SCORE
        )
    )


# ----------------------------------------------------------------------------------------- records


def _mention(
    sent: Sentence,
    span: tuple[int, int],
    head: int,
    kind: MentionKind,
    actors: Iterable[Actor],
    score: float,
) -> Mention:
    first, last = span
    start, end = sent.tokens[first].start, sent.tokens[last - 1].end
    return Mention(
        start=start,
        end=end,
        text=sent.between(start, end),
        sentence=sent.index,
        first=first,
        last=last,
        head=head,
        kind=kind,
        actors=tuple(actors),
        score=round(score, 3),
    )


def _add(reader: _Reader, seen: Seen) -> None:
    reader.mentions.append(seen.mention)
    reader.memory.seen.append(seen)
