"""Pronouns and the words for two parties, by simple stated rules (docs/actors.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from detente.actors.memory import Memory, Seen, is_subject
from detente.language.predicates import subject_tokens
from detente.types import Actor, Sentence, Token

_HUMAN = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself"])
_THING = frozenset(["it", "its", "itself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
FIRST_PERSON = frozenset(["we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine"])
THIRD_PERSON = _HUMAN | _THING | _PLURAL
# An antecedent further back than this is more often wrong than right.
_SENTENCES_BACK = 3
_PAIRS = frozenset(
    "sides countries nations states governments leaders parties neighbors neighbours presidents "
    "ministers rivals foes allies men powers capitals militaries foreign_ministers pair".split()
)
_OF_STATES = frozenset(
    "countries nations states governments neighbors neighbours capitals powers".split()
)
# "It is important, clear, likely ... that": said of nobody.
_IMPERSONAL = frozenset(
    "important clear unclear likely unlikely possible impossible necessary essential true vital "
    "crucial difficult hard easy obvious evident known unknown reasonable wrong right good bad "
    "better best regrettable unfortunate imperative critical sad tragic fair interesting notable "
    "noteworthy time certain uncertain apparent inevitable inconceivable unthinkable unacceptable "
    "premature early late urgent desirable common rare normal useful worth legal illegal high "
    "conceivable understandable natural surprising ironic logical plausible worrying alarming "
    "hoped believed thought expected reported said understood feared estimated".split()
)
SAYING = frozenset(
    "said says say saying told tells tell added adds adding stated states stating noted notes "
    "warned warns warning announced announces declared declares insisted insists claimed claims "
    "wrote writes tweeted argued argues called calls calling explained commented replied vowed "
    "acknowledged urged urges stressed remarked concluded described continued quoted".split()
)


def pronoun_antecedent(token: Token, sent: Sentence, memory: Memory) -> Seen | None:
    """Find who a pronoun of the third person stands for.

    Nearest sentence first; within it a subject before others; person, body and number must fit.
    """
    low = token.text.lower()
    if low in _THING and _is_expletive(token, sent):
        return None
    fits = _fit(low)
    by_sentence: dict[int, list[Seen]] = {}
    for seen in reversed(memory.seen):
        distance = sent.index - seen.mention.sentence
        if distance > _SENTENCES_BACK:
            break
        if seen.mention.start < token.start and (low in _PLURAL or fits(seen)):
            by_sentence.setdefault(distance, []).append(seen)
    if low in _PLURAL:
        for distance in sorted(by_sentence):
            near = by_sentence[distance]
            if distance == 0 and token.tag == "PRP" and not is_subject(token.dep):
                near = _not_itself(token, sent, near)
            group = _several(near, memory, sent.index - distance, distance == 0)
            if group is not None:
                return group
    for distance in sorted(by_sentence):
        found = [seen for seen in by_sentence[distance] if fits(seen)]
        if distance == 0 and token.tag == "PRP" and not is_subject(token.dep):
            found = _not_itself(token, sent, found)
        if not found:
            continue
        thanked = _thanked(token, sent, found) if distance == 0 else None
        if thanked is not None:
            return thanked
        subjects = [seen for seen in found if seen.subject]
        if distance == 0:
            own = _clause_subject(token, sent, found)
            if own is not None:
                return own
            # in another clause: a possessor or object is whoever is nearest, a subject a subject
            return subjects[0] if subjects and is_subject(token.dep) else found[0]
        return subjects[-1] if subjects else found[0]
    return None


def _clause_subject(token: Token, sent: Sentence, found: Sequence[Seen]) -> Seen | None:
    """ "its" inside the subject's own clause, and "it" in what the subject said, is the subject.

    The subject may be the one that control gives: "urged Togo to stop its raids" is Togo's.
    """
    at = token
    for _ in range(10):
        up = sent.tokens[at.head]
        if up is at:
            return None
        if up.pos in ("VERB", "AUX"):
            subjects = [i for i in subject_tokens(sent, up.index) if i != token.index]
            for seen in found:
                if any(seen.mention.first <= i < seen.mention.last for i in subjects):
                    return seen
        at = up
    return None


def _not_itself(token: Token, sent: Sentence, found: Sequence[Seen]) -> list[Seen]:
    """ "Ghana accused it" and "begged them": an object is never its own verb's subject."""
    at = token
    for _ in range(10):
        up = sent.tokens[at.head]
        if up is at:
            return list(found)
        if up.pos in ("VERB", "AUX"):
            doers = subject_tokens(sent, up.index)
            return [
                s for s in found if not any(s.mention.first <= i < s.mention.last for i in doers)
            ]
        at = up
    return list(found)


def _several(everybody: Sequence[Seen], memory: Memory, sentence: int, here: bool) -> Seen | None:
    """Who "they" are in one sentence: conjoined subjects, a plural subject, two people."""
    subjects = [seen for seen in everybody if seen.subject]
    group = _conjoined(memory, subjects, sentence)
    if group is not None:
        return group
    fits = _fit("they")
    leading = [seen for seen in subjects if fits(seen)]
    if leading:
        return leading[0] if here else leading[-1]
    two = _two_people(everybody)
    if two is None and here:
        # A spokesperson is "they" too, alone or for a body.
        two = next((seen for seen in subjects if seen.human), None)
    return two


def _thanked(token: Token, sent: Sentence, found: Sequence[Seen]) -> Seen | None:
    """ "The Secretary thanked the minister for his efforts": his is the minister's."""
    up = token
    for _ in range(8):
        parent = sent.tokens[up.head]
        if up.text.lower() in ("for", "over") and up.dep == "prep":
            if parent.dep == "dobj":
                objects = [parent.index]
            elif parent.pos == "VERB":
                objects = [i for i in sent.children[parent.index] if sent.tokens[i].dep == "dobj"]
            else:
                return None
            return next(
                (s for s in found for i in objects if s.mention.first <= i < s.mention.last), None
            )
        if parent is up:
            return None
        up = parent
    return None


def _conjoined(memory: Memory, subjects: Sequence[Seen], sentence: int) -> Seen | None:
    """Several conjoined subjects together are "they"."""
    if not subjects or subjects[-1].root < 0:
        return None
    root = subjects[-1].root
    members = [
        s
        for s in memory.seen
        if s.mention.sentence == sentence and s.root == root and s.mention.kind != "pronoun"
    ]
    actors = {(a.name, a.country): a for s in members for a in s.mention.actors}
    if len(members) < 2 or len(actors) < 2:
        return None
    joined = replace(members[-1].mention, actors=tuple(actors.values()))
    return replace(members[-1], mention=joined, plural=True, human=False)


def _two_people(everybody: Sequence[Seen]) -> Seen | None:
    """ "Blinken spoke with Lavrov. They discussed ...": two people of two sides are "they"."""
    people = {
        (s.actor.person, s.actor.country): s
        for s in reversed(everybody)
        if s.human and s.actor.person is not None and s.mention.kind in ("person", "office")
    }
    if len(people) != 2 or not any(s.subject for s in people.values()):
        return None
    first, second = people.values()
    joined = replace(second.mention, actors=(first.actor, second.actor))
    return replace(second, mention=joined, plural=True, human=False, subject=True)


def _fit(low: str) -> Callable[[Seen], bool]:
    if low in _HUMAN:
        return lambda seen: seen.human and not seen.plural
    if low in _PLURAL:
        return lambda seen: seen.plural or (seen.body and not seen.human)
    return lambda seen: seen.body and not seen.human and seen.mention.score > 0.35


def _is_expletive(token: Token, sent: Sentence) -> bool:
    """ "It is important to note", "it seems that": nobody."""
    if token.dep == "expl":
        return True
    if token.dep not in ("nsubj", "nsubjpass") or token.text.lower() != "it":
        return False
    verb = sent.tokens[token.head]
    if verb.lemma not in ("be", "seem", "appear", "remain", "become", "take"):
        return False
    kids = [sent.tokens[i] for i in sent.children[verb.index]]
    if any(kid.dep in ("acomp", "oprd") and kid.lemma not in _IMPERSONAL for kid in kids):
        return False  # "it is concerned that" has somebody who is
    return any(kid.dep in ("acomp", "ccomp", "xcomp", "oprd") for kid in kids)


def pair(sent: Sentence, at: int, memory: Memory) -> tuple[int, tuple[Actor, ...]] | None:
    """Resolve "both sides", "the two countries" ending at a token.

    Returns: the first token of the phrase and the two parties, None where it is not such a phrase.
    """
    tokens = sent.tokens
    word = tokens[at].text.lower()
    alone = word == "two" and tokens[at].dep in ("nsubj", "nsubjpass")
    if word not in _PAIRS and not alone:
        return None
    first = at
    while first > 0 and tokens[first - 1].text.lower() in (
        "two",
        "the",
        "both",
        "these",
        "foreign",
    ):
        first -= 1
    said = {t.text.lower() for t in tokens[first:at]}
    if not ({"two", "both"} & said or word == "pair" or alone) or first == at:
        return None
    parties = recent_parties(sent, tokens[first].start, memory, states=word in _OF_STATES)
    return (first, parties) if len(parties) == 2 else None


def recent_parties(sent: Sentence, before: int, memory: Memory, states: bool) -> tuple[Actor, ...]:
    """The two distinct parties that the text spoke of last, in the order it named them."""
    by_sentence: dict[int, dict[str, Actor]] = {}
    for seen in memory.seen:
        distance = sent.index - seen.mention.sentence
        if distance > _SENTENCES_BACK + 1 or seen.mention.end > before or seen.mention.score < 0.35:
            continue
        for actor in seen.mention.actors:
            label = actor.country or actor.organisation
            if label is None or (states and actor.country is None):
                continue
            side = label if states else f"{label}:{'armed' if actor.sector == 'REB' else ''}"
            by_sentence.setdefault(distance, {}).setdefault(side, actor)
    gathered: dict[str, Actor] = {}
    for distance in sorted(by_sentence):
        here = by_sentence[distance]
        if len(here) >= 2 and not gathered:
            gathered = here
            break
        gathered = {**here, **gathered}
        if len(gathered) >= 2:
            break
    chosen = tuple(gathered.values())[:2]
    if states:
        chosen = tuple(replace(a, sector="GOV", person=None, role=None) for a in chosen)
    return tuple(replace(actor, rule="two parties") for actor in chosen)


def speaker_token(sent: Sentence) -> int | None:
    """Find the subject of the verb of saying that stands outside the quotation."""
    for token in sent.tokens:
        if token.text.lower() not in SAYING or in_quotes(sent, token.start):
            continue
        for child in sent.children[token.index]:
            if sent.tokens[child].dep == "nsubj" and not in_quotes(sent, sent.tokens[child].start):
                return child
    return _main_subject(sent) if sent.quotes else None


def _main_subject(sent: Sentence) -> int | None:
    """ "He underlined the call by saying '...'": the subject of the main clause speaks."""
    root = next((t for t in sent.tokens if t.dep == "ROOT"), None)
    if root is None or in_quotes(sent, root.start):
        return None
    for child in sent.children[root.index]:
        if sent.tokens[child].dep == "nsubj" and not in_quotes(sent, sent.tokens[child].start):
            return child
    return None


def in_quotes(sent: Sentence, offset: int) -> bool:
    """Tell whether an offset lies inside one of the sentence's quotations."""
    return any(quote.start <= offset < quote.end for quote in sent.quotes)


def pronouns(sent: Sentence, kinds: frozenset[str]) -> Sequence[Token]:
    """The personal and possessive pronouns of a sentence."""
    return [t for t in sent.tokens if t.tag in ("PRP", "PRP$") and t.text.lower() in kinds]
