"""Noun phrases that stand for somebody: words found in a sentence, nobody resolved yet.

A phrase is a run of determiner, numbers, adjectives and nouns, cut where the parse says that two
phrases only stand side by side. Its last noun decides what it is (rules in docs/actors.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detente.actors.elements import Element
from detente.actors.facts import Role
from detente.types import MentionKind, Sentence, Token

_INSIDE = frozenset("JJ JJR JJS NN NNS NNP NNPS HYPH CD VBN VBG".split())
_OPENING = frozenset("DT PDT PRP$ CD".split())
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow january "
    "february march april june july august september october november december week month year "
    "morning night evening afternoon".split()
)
_QUANTITIES = frozenset(
    "hundreds thousands dozens scores tens millions number group groups majority many some most "
    "several one two three four five all part parts handful rest both couple band crowd".split()
)
# "US-backed", "US-built" say nothing of whose the noun is; "-led" does.
_FOREIGN = frozenset(
    "backed built made brokered sponsored supported funded trained supplied mediated allied aligned "
    "linked affiliated inspired era based born style educated negotiated occupied controlled held "
    "majority friendly speaking".split()
)
_AFFILIATIONS = frozenset(["country", "demonym", "capital", "metonym", "organisation"])
_PEOPLE = frozenset(["person", "surname", "name"])
_PLACES = frozenset(["city", "place"])


@dataclass(slots=True)
class Phrase:
    """A noun phrase that may be a mention; token indices are half-open.

    ``sides`` are the names that say whose it is, nearest to the head last; ``owner`` is a
    possessive pronoun's token. ``partner`` holds the other half of an apposition.
    """

    first: int
    last: int
    head: int
    kind: MentionKind
    person: Element | None = None
    named: Element | None = None
    role: Element | None = None
    roles: list[Element] = field(default_factory=list)
    sides: list[Element] = field(default_factory=list)
    places: list[Element] = field(default_factory=list)
    owner: int | None = None
    definite: bool = False
    counted: bool = False
    plural: bool = False
    nested: bool = False
    listed: bool = False

    @property
    def role_word(self) -> Role | None:
        """The role, if any."""
        return self.role.role if self.role is not None else None


def phrases_of(sent: Sentence, over: Sequence[Element | None]) -> list[Phrase]:
    """Find every phrase of a sentence that may stand for an actor, in order."""
    runs = [_analyse(sent, over, a, b) for a, b in _runs(sent, over)]
    found = [phrase for group in runs for phrase in group]
    found = _join_of(sent, found)
    return _join_appositions(sent, found)


def _runs(sent: Sentence, over: Sequence[Element | None]) -> Iterator[tuple[int, int]]:
    """Cut the sentence into runs of noun-phrase words."""
    tokens, i, n = sent.tokens, 0, len(sent.tokens)
    while i < n:
        if not _inside(tokens[i], over[i], True):
            i += 1
            continue
        end = _run_end(sent, over, i)
        yield i, end
        i = max(end, i + 1)


def _inside(token: Token, element: Element | None, opening: bool) -> bool:
    if element is not None:
        return True
    if token.text.lower() in _DAYS:
        return False
    if token.tag in _INSIDE:
        # Verb forms belong to the phrase only where they modify its noun.
        return token.tag not in ("VBN", "VBG") or token.dep in ("amod", "compound")
    return opening and token.tag in _OPENING


def _run_end(sent: Sentence, over: Sequence[Element | None], first: int) -> int:
    tokens, i, n = sent.tokens, first, len(sent.tokens)
    opening = True
    while i < n:
        element = over[i]
        if element is not None:
            if i > first and _breaks(sent, over, first, i):
                return i
            i = element.last
            opening = False
            if element.kind in _PEOPLE and not (i < n and _continues(tokens, over, i)):
                return i
            continue
        token = tokens[i]
        if token.tag == "POS":
            i += 1
            opening = True
            continue
        if token.text == "-" or (opening and i > first and token.tag == "RB"):
            i += 1
            continue
        if (bridge := _coordination(sent, over, i)) is not None:
            i = bridge
            continue
        if not _inside(token, None, opening):
            return i
        if i > first and token.tag not in _OPENING and _breaks(sent, over, first, i):
            return i
        opening = opening and token.tag in _OPENING
        i += 1
    return n


def _continues(tokens: Sequence[Token], over: Sequence[Element | None], i: int) -> bool:
    """After a name: a possessive, or a noun it modifies ("Obama administration")."""
    if tokens[i].tag == "POS":
        return True
    element = over[i]
    if element is not None:
        return element.kind == "role" and tokens[i - 1].dep in ("compound", "nmod", "amod")
    return tokens[i].tag in ("NN", "NNS", "NNP") and tokens[i - 1].head >= i and tokens[i - 1].dep in (
        "compound",
        "nmod",
        "amod",
    )


def _coordination(sent: Sentence, over: Sequence[Element | None], i: int) -> int | None:
    """Pass "," and "and" between adjectives of nationality ("Greek, Cypriot and French ...")."""
    left = over[i - 1] if i else None
    if left is None or left.kind != "demonym" or sent.tokens[i].text not in (",", "and", "&"):
        return None
    j = i + 1
    if j < len(over) and sent.tokens[i].text == "," and sent.tokens[j].text == "and":
        j += 1
    right = over[j] if j < len(over) else None
    if right is None or right.kind != "demonym" or right.last >= len(sent.tokens):
        return None
    follows = over[right.last]
    token = sent.tokens[right.last]
    listed = token.text in (",", "and")
    noun = token.tag.startswith(("NN", "JJ")) or (follows is not None and follows.kind == "role")
    return j if listed or noun else None


def _breaks(sent: Sentence, over: Sequence[Element | None], first: int, at: int) -> bool:
    """Tell whether a new phrase begins at a token although nothing stands between."""
    tokens = sent.tokens
    left, right = tokens[at - 1], tokens[at]
    one, two = over[at - 1], over[at]
    if left.tag == "POS" or left.tag in _OPENING or left.text == "-":
        return False
    if two is not None and two.kind in _PEOPLE and one is not None and one.kind == "role":
        return False  # title and name
    if one is not None and one.kind in ("demonym", "country") and two is not None:
        return False
    # Two phrases side by side ("gave Iraq weapons"): the left noun hangs outside the run.
    if left.pos in ("NOUN", "PROPN") and left.head < first and left.dep in (
        "dobj",
        "dative",
        "pobj",
        "nsubj",
        "nsubjpass",
    ):
        return right.head != left.index and left.head != right.index
    return False


def _analyse(sent: Sentence, over: Sequence[Element | None], first: int, last: int) -> list[Phrase]:
    """Turn one run into phrases: one for an actor, else one for each name inside."""
    tokens = sent.tokens
    while last > first and tokens[last - 1].tag in ("POS", "HYPH", "DT", "CD", "PRP$") and over[last - 1] is None:
        if tokens[last - 1].tag in ("DT", "CD", "PRP$"):
            break
        last -= 1
    if last <= first:
        return []
    inside = _distinct(over, first, last)
    base = Phrase(first, last, _head(tokens, first, last), "role")
    _read_opening(sent, base)
    end = inside[-1] if inside and inside[-1].last == last else None
    if end is None:
        return _not_actor(sent, base, inside)
    before = [e for e in inside if e is not end and not _foreign(tokens, e)]
    base.sides = [e for e in before if e.kind in _AFFILIATIONS]
    base.places = [e for e in before if e.kind in _PLACES]
    base.roles = [e for e in before if e.kind == "role"]
    return _by_last(sent, base, end, before, inside)


def _by_last(
    sent: Sentence, base: Phrase, end: Element, before: list[Element], inside: list[Element]
) -> list[Phrase]:
    tokens = sent.tokens
    if end.kind in _PEOPLE:
        base.kind, base.person = "person", end
        base.role = next((e for e in reversed(base.roles) if _is_title(e)), None)
        owners = [e for e in before if e.kind in _PEOPLE]
        if end.kind == "name" and not base.role and not base.sides and base.definite:
            base.kind = "name"
        if owners and not base.role:
            base.sides = [e for e in base.sides if e.first > owners[-1].last]
        return [base]
    if end.kind == "role" and end.role is not None:
        if end.role.kind in ("title", "honorific"):
            return _not_actor(sent, base, inside)
        base.role = end
        base.plural = tokens[end.last - 1].tag in ("NNS", "NNPS") or end.role.number == "many"
        base.person = next((e for e in before if e.kind in ("person", "surname")), None)
        named = [e for e in before if e.kind == "name" and e.last == end.first]
        if named and tokens[end.last - 1].text[:1].isupper():
            base.named, base.kind = named[-1], "organisation"
        if end.role.kind == "asset" and not (base.sides or base.roles):
            return _not_actor(sent, base, inside)
        return [base]
    if end.kind in _PLACES:
        return _not_actor(sent, base, inside)
    return _named_end(sent, base, end, before)


def _named_end(
    sent: Sentence, base: Phrase, end: Element, before: list[Element]
) -> list[Phrase]:
    tokens = sent.tokens
    base.named = end
    if end.kind == "demonym":
        noun = tokens[end.last - 1].pos in ("NOUN", "PROPN") or base.definite or base.counted
        base.kind = "demonym"
        base.plural = tokens[end.last - 1].tag in ("NNS", "NNPS") or base.counted
        if not noun or len(before) > 0:
            base.first = end.first if not base.counted else base.first
        return [base]
    if end.kind == "organisation":
        base.kind = "organisation"
        return [base]
    base.kind = "metonym" if end.kind in ("capital", "metonym") else "country"
    base.first = end.first
    if base.first > 0 and tokens[base.first - 1].text.lower() == "the":
        base.first -= 1
    return [*_nested(sent, before), base]


def _not_actor(sent: Sentence, base: Phrase, inside: list[Element]) -> list[Phrase]:
    return _nested(sent, inside)


def _nested(sent: Sentence, inside: list[Element]) -> list[Phrase]:
    """The names inside a phrase whose own noun is nobody ("Turkey's decision", "rebel attack")."""
    out: list[Phrase] = []
    kinds: dict[str, MentionKind] = {
        "country": "country",
        "demonym": "demonym",
        "capital": "metonym",
        "metonym": "metonym",
        "organisation": "organisation",
        "person": "person",
        "surname": "person",
        "name": "name",
        "role": "role",
    }
    for i, element in enumerate(inside):
        kind = kinds.get(element.kind)
        if kind is None:
            continue
        phrase = Phrase(element.first, element.last, element.last - 1, kind, nested=True)
        if element.kind == "role":
            role = element.role
            if role is None or role.kind in ("asset", "title", "honorific") or not role.sector:
                continue
            phrase.role = element
            left = inside[i - 1] if i else None
            if left is not None and left.kind in _AFFILIATIONS and left.last == element.first:
                phrase.sides, phrase.first = [left], left.first
                if out and out[-1].named is left:
                    out.pop()
        elif element.kind in _PEOPLE:
            phrase.person = element
            title = inside[i - 1] if i else None
            if title is not None and title.kind == "role" and title.last == element.first:
                if out and out[-1].role is title:
                    phrase.sides, phrase.first = out[-1].sides, out[-1].first
                    out.pop()
                phrase.role = title
        else:
            phrase.named = element
        out.append(phrase)
    return out


def _distinct(over: Sequence[Element | None], first: int, last: int) -> list[Element]:
    out: list[Element] = []
    for i in range(first, last):
        element = over[i]
        if element is not None and (not out or out[-1] is not element):
            out.append(element)
    return out


def _is_title(element: Element) -> bool:
    role = element.role
    return role is not None and role.kind != "asset"


def _foreign(tokens: Sequence[Token], element: Element) -> bool:
    """ "US" in "US-backed rebels" is not whose the rebels are."""
    i = element.last
    if i + 1 >= len(tokens) or tokens[i].text not in ("-", "–"):
        return False
    return tokens[i + 1].text.lower() in _FOREIGN


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    """The token of the run that hangs outside it; the last noun where the parse is broken."""
    outside = [i for i in range(first, last) if not first <= tokens[i].head < last or tokens[i].head == i]
    nouns = [i for i in outside if tokens[i].pos in ("NOUN", "PROPN", "ADJ", "NUM", "X")]
    return nouns[-1] if nouns else last - 1


def _read_opening(sent: Sentence, phrase: Phrase) -> None:
    for i in range(phrase.first, phrase.last):
        token = sent.tokens[i]
        low = token.text.lower()
        if token.tag == "PRP$":
            phrase.owner = i
        elif low in ("the", "this", "these", "that", "those"):
            phrase.definite = True
        elif token.tag == "CD":
            phrase.counted = True
        elif token.tag not in _OPENING:
            return


# ------------------------------------------------------------------------ phrases over "of" and ","


def _join_of(sent: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """Join "rebels of the LRA", "a spokesman for the Brotherhood", "hundreds of Taliban"."""
    out: list[Phrase] = []
    for phrase in phrases:
        left = out[-1] if out else None
        joined = left is not None and _join_pair(sent, left, phrase)
        if not joined:
            _extend_quantity(sent, phrase)
            out.append(phrase)
    return out


def _join_pair(sent: Sentence, left: Phrase, right: Phrase) -> bool:
    gap = [t.text.lower() for t in sent.tokens[left.last : right.first]]
    gap = [word for word in gap if word not in ("the", "a", "an", "at", "least")]
    if left.nested or left.role is None or right.nested:
        return False
    named = left.person is not None
    if gap == ["of"] or (gap == ["for"] and _speaks_for(left)):
        pass
    elif gap == ["from"] and not left.plural and right.kind in ("country", "metonym") and not named:
        pass
    else:
        return False
    if named and gap != ["of"]:
        return False
    return _take_side(sent, left, right)


def _speaks_for(phrase: Phrase) -> bool:
    role = phrase.role_word
    return role is not None and role.singular.split()[-1:] in (
        ["spokesman"],
        ["spokeswoman"],
        ["spokesperson"],
        ["minister"],
        ["director"],
        ["ambassador"],
        ["commissioner"],
        ["secretary"],
        ["representative"],
        ["envoy"],
    )


def _take_side(sent: Sentence, left: Phrase, right: Phrase) -> bool:
    if right.kind in ("country", "metonym", "organisation", "demonym") and right.named is not None:
        left.sides = [*left.sides, *right.sides, right.named]
    elif right.kind == "person" and right.person is not None:
        if right.sides and right.role is None and left.person is None:
            # "President of the Islamic Republic of Afghanistan Ashraf Ghani"
            left.sides, left.person, left.kind = [*left.sides, *right.sides], right.person, "person"
        elif left.person is None:
            left.sides = [*left.sides, *right.sides, right.person]
        else:
            return False
    elif right.role is not None:
        left.sides = [*left.sides, *right.sides]
        left.roles = [*left.roles, *right.roles, right.role]
        left.places = [*left.places, *right.places]
        left.owner = left.owner if left.owner is not None else right.owner
    else:
        return False
    left.last = right.last
    return True


def _extend_quantity(sent: Sentence, phrase: Phrase) -> None:
    """Take in "hundreds of", "at least 16 members of"."""
    tokens, i = sent.tokens, phrase.first
    if i >= 2 and tokens[i - 1].text.lower() == "of" and tokens[i - 2].text.lower() in _QUANTITIES:
        phrase.first = i - 2
        phrase.counted = phrase.plural = True
        phrase.head = i - 2


def _join_appositions(sent: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """Join "Delfin Lorenzana, the Defence Secretary" and "the Foreign Minister, Luigi Di Maio"."""
    out: list[Phrase] = []
    for phrase in phrases:
        left = out[-1] if out else None
        if left is not None and _apposed(sent, left, phrase):
            _merge_apposition(left, phrase)
        else:
            out.append(phrase)
    return out


def _apposed(sent: Sentence, left: Phrase, right: Phrase) -> bool:
    tokens = sent.tokens
    gap = [t.text for t in tokens[left.last : right.first]]
    if left.nested or right.nested or left.listed:
        return False
    if gap == [",", "of"] and left.kind == "person" and left.role is None:
        return right.role is not None or right.kind in ("organisation", "country")
    if gap != [","]:
        return False
    bare_left = left.person is not None and left.role is None and not left.sides
    bare_right = right.person is not None and right.role is None and not right.sides
    titled = right.role is not None and right.person is None and not right.plural
    office = left.role is not None and left.person is None and not left.plural
    if not ((bare_left and titled) or (office and bare_right)):
        return False
    after = tokens[right.last] if right.last < len(tokens) else None
    dep = tokens[right.head].dep
    if after is None or after.text in (",", ".", ";", "-", "–", "—", ")"):
        follows_and = any(
            t.text in ("and", "or") and t.dep == "cc" and left.first <= t.head < right.last
            for t in tokens[right.last : right.last + 2]
        )
        return not follows_and or dep == "appos"
    return dep == "appos" or after.pos in ("VERB", "AUX")


def _merge_apposition(left: Phrase, right: Phrase) -> None:
    if left.person is None:
        left.person = right.person
    if left.role is None:
        left.role, left.roles = right.role, right.roles
    left.sides = [*left.sides, *right.sides]
    left.places = [*left.places, *right.places]
    left.owner = left.owner if left.owner is not None else right.owner
    left.kind, left.last = "person", right.last
    left.plural = False
