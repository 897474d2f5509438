"""Pronouns and who speaks, by simple stated rules (docs/actors.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente.actors.memory import Memory, Seen, is_subject
from detente.actors.together import SENTENCES_BACK, companions, conjoined, last_meeting
from detente.language.predicates import subject_tokens
from detente.types import Sentence, Token

_HUMAN = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself"])
_THING = frozenset(["it", "its", "itself"])
_PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
FIRST_PERSON = frozenset(["we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine"])
THIRD_PERSON = _HUMAN | _THING | _PLURAL
_REFLEXIVE = frozenset(["himself", "herself", "itself", "themselves"])
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
_HOSTILE = frozenset(
    "attack invade bomb bombard shell strike hit target destroy violate breach threaten seize "
    "occupy annex capture sabotage hack sanction blockade raid".split()
)
# Whom states and groups do attack although they are theirs.
_SUBJECTS_OF_STATE = frozenset(
    "people citizen population civilian critic opponent protester minority journalist rival "
    "neighbor neighbour enemy foe opposition".split()
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
    by_sentence = _candidates(token, sent, memory, fits, plural=low in _PLURAL)
    if low in _REFLEXIVE:
        own = _clause_subject(token, sent, by_sentence.get(0, ()))
        if own is not None:
            return own
    if low in _PLURAL:
        group = _they(token, sent, memory, by_sentence)
        if group is not None:
            return group
    for distance in sorted(by_sentence):
        found = [seen for seen in by_sentence[distance] if fits(seen)]
        if distance == 0 and token.tag == "PRP" and not is_subject(token.dep):
            found = _not_itself(token, sent, found)
        if not found:
            continue
        if distance > 0:
            return _of_sentence(token, found)
        thanked = _thanked(token, sent, found)
        if thanked is not None:
            return thanked
        own = _clause_subject(token, sent, found)
        if own is not None:
            return own
        # in another clause: a possessor or object is whoever is nearest, a subject a subject
        subjects = [seen for seen in found if seen.subject]
        return subjects[0] if subjects and is_subject(token.dep) else found[0]
    return None


def _candidates(
    token: Token,
    sent: Sentence,
    memory: Memory,
    fits: Callable[[Seen], bool],
    *,
    plural: bool,
) -> dict[int, list[Seen]]:
    """Mentions before a pronoun, nearest first, by how many sentences back they are."""
    by_sentence: dict[int, list[Seen]] = {}
    for seen in reversed(memory.seen):
        distance = sent.index - seen.mention.sentence
        if distance > SENTENCES_BACK:
            break
        if seen.mention.start < token.start and (plural or fits(seen)):
            by_sentence.setdefault(distance, []).append(seen)
    return by_sentence


def _of_sentence(token: Token, found: Sequence[Seen]) -> Seen:
    """Of an earlier sentence its subject; of a passive pronoun whoever something was done to."""
    if token.dep == "nsubjpass":
        done_to = [seen for seen in found if seen.patient]
        if done_to:
            return done_to[-1]
    subjects = [seen for seen in found if seen.subject]
    return subjects[-1] if subjects else found[0]


def _they(
    token: Token, sent: Sentence, memory: Memory, by_sentence: dict[int, list[Seen]]
) -> Seen | None:
    """Several parties, or a plural subject; a lone body only where nothing plural is near."""
    for distance in sorted(by_sentence):
        near = by_sentence[distance]
        if distance == 0 and token.tag == "PRP" and not is_subject(token.dep):
            near = _not_itself(token, sent, near)
        if distance > 0 and token.dep == "nsubjpass":
            done_to = [seen for seen in near if seen.patient and seen.plural]
            if done_to:
                return done_to[-1]
        group = _several(near, memory, sent.index - distance, distance == 0)
        if group is None:
            continue
        if distance == 0 and token.tag == "PRP$" and not group.plural:
            # "The government refused their demands": those of whom the text spoke before
            before = [s for s in by_sentence.get(1, ()) if s.subject and s.plural]
            if before and _in_object(token, sent):
                return before[-1]
        return group
    return last_meeting(memory, sent.index) if is_subject(token.dep) else None


def _in_object(token: Token, sent: Sentence) -> bool:
    return sent.tokens[token.head].dep in ("dobj", "pobj")


def _clause_subject(token: Token, sent: Sentence, found: Sequence[Seen]) -> Seen | None:
    """ "its" inside the subject's own clause, and "it" in what the subject said, is the subject.

    The subject may be the one that control gives: "urged Togo to stop its raids" is Togo's. Whoever
    attacks does not attack its own bases: there "its" is the next subject up, if there is one.
    """
    at, attacker = token, None
    for _ in range(10):
        up = sent.tokens[at.head]
        if up is at:
            return attacker
        if up.pos in ("VERB", "AUX"):
            subjects = [i for i in subject_tokens(sent, up.index) if i != token.index]
            for seen in found:
                if any(seen.mention.first <= i < seen.mention.last for i in subjects):
                    if attacker is None and _is_attacked(token, at, up, sent):
                        attacker = seen
                        break
                    return seen
        at = up
    return attacker


def _is_attacked(token: Token, at: Token, verb: Token, sent: Sentence) -> bool:
    """ "attack its bases", but "attack its own people"."""
    if token.tag != "PRP$" or at.dep != "dobj" or verb.lemma not in _HOSTILE:
        return False
    own = any(sent.tokens[i].text.lower() == "own" for i in sent.children[token.head])
    return token.head == at.index and at.lemma not in _SUBJECTS_OF_STATE and not own


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
    """Who "they" are in one sentence: conjoined subjects, a plural subject, people who met."""
    subjects = [seen for seen in everybody if seen.subject]
    group = conjoined(memory, subjects, sentence)
    if group is not None:
        return group
    fits = _fit("they")
    plural = [seen for seen in subjects if seen.plural]
    if not plural and not here:
        met = companions(everybody)
        if met is not None:
            return met
    leading = plural or [seen for seen in subjects if fits(seen)]
    if leading:
        return leading[0] if here else leading[-1]
    two = companions(everybody)
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


def fronted_subject(token: Token, sent: Sentence) -> int | None:
    """ "In his speech, Putin ...": the subject that a pronoun before it stands for.

    Only a possessive, or the subject of a fronted clause, can be the later subject.
    """
    if token.tag != "PRP$" and not is_subject(token.dep):
        return None
    at = token
    for _ in range(8):
        up = sent.tokens[at.head]
        if up is at:
            return None
        if at.dep in ("prep", "advcl") and up.dep == "ROOT":
            for child in sent.children[up.index]:
                if sent.tokens[child].dep in ("nsubj", "nsubjpass") and child > at.index:
                    comma = any(t.text == "," for t in sent.tokens[token.index : child])
                    return child if comma else None
            return None
        at = up
    return None


def fits_pronoun(token: Token, seen: Seen) -> bool:
    """Tell whether person, body and number of a mention fit a pronoun."""
    return _fit(token.text.lower())(seen)


def telling_subject(token: Token, sent: Sentence) -> int | None:
    """The subject of "said" above a "we" without quotation marks ("X said we will win")."""
    at = token
    for _ in range(10):
        up = sent.tokens[at.head]
        if up is at:
            return None
        if up.text.lower() in SAYING and at.dep == "ccomp":
            return next((c for c in sent.children[up.index] if sent.tokens[c].dep == "nsubj"), None)
        at = up
    return None


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
