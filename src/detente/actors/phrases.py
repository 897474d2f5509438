"""Noun phrases that stand for somebody: words found in a sentence, nobody resolved yet.

A phrase is a run of determiner, numbers, adjectives and nouns, cut where the parse says that two
phrases only stand side by side. Its last noun decides what it is (rules in docs/actors.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detente.actors.elements import AFFILIATIONS, PEOPLE, PLACES, Element
from detente.actors.facts import Role
from detente.types import MentionKind, Sentence, Token

_INSIDE = frozenset("JJ JJR JJS NN NNS NNP NNPS HYPH CD VBN VBG".split())
_OPENING = frozenset("DT PDT PRP$ CD".split())
# "the kingdom" goes back to a country.
STATE_NOUNS = frozenset(
    "country nation kingdom republic sultanate emirate monarchy archipelago island-nation "
    "homeland".split()
)
_HALVES = frozenset(["south", "latin", "central"])
_POINTING = frozenset(["the", "this", "these", "that", "those"])
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow january "
    "february march april june july august september october november december week month year "
    "morning night evening afternoon".split()
)
# "US-backed", "US-built" say nothing of whose the noun is; "-led" does.
_FOREIGN = frozenset(
    "backed built made brokered sponsored supported funded trained supplied mediated allied "
    "aligned linked affiliated inspired era based born style educated negotiated occupied "
    "controlled held majority friendly speaking language drafted administered annexed "
    "dominated appointed installed imposed financed organized organised listed".split()
)
# "the Andean nation", "the Gulf state" go back to a country of that part of the world.
_STATES = frozenset(
    "nation country state kingdom republic monarchy emirate sheikdom sheikhdom neighbor "
    "neighbour".split()
)
# Capitalised words that end the names of things, not of people.
_THINGS = frozenset(
    "security europe asia africa america empire summit consensus act treaty agreement accord plan "
    "forum conference day week program programme initiative project process pact charter protocol "
    "convention declaration resolution report order war revolution prize award cup games olympics "
    "airport airlines bridge road street square river sea ocean gulf strait bay lake mountain "
    "mountains valley desert island islands peninsula province county district region state city "
    "town village university college institute school hospital church mosque cathedral palace "
    "house hall center centre building tower hotel prison camp base park stadium museum balkan "
    "balkans caucasus east west north south middle eastern western northern southern central "
    "policy strategy fund framework mission operation exercise constitution budget bill law "
    "rights justice commission corps affairs special joint international global national "
    "federal administration roadmap road map hurricane storm tropical accords operations programs "
    "proclamation change year stability conflict control techniques reduction protection "
    "relations growth funding memorandum proliferation cooperation room concept event tribe "
    "fiscal climate ceasefire peace prophet statement".split()
)


@dataclass(slots=True)
class Phrase:
    """A noun phrase that may be a mention; token indices are half-open.

    ``sides`` are the names that say whose it is, nearest to the head last; ``owner`` is a
    possessive pronoun's token; ``anaphor`` the noun of "the council" that may go back to a body;
    ``region`` the part of the world in "South American leaders", "the Andean nation".
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
    vague: bool = False
    anaphor: str | None = None
    region: str | None = None

    @property
    def role_word(self) -> Role | None:
        """The role, if any."""
        return self.role.role if self.role is not None else None


def simple_phrases(sent: Sentence, over: Sequence[Element | None]) -> list[Phrase]:
    """Find the phrases of a sentence one by one, before any are joined."""
    return [phrase for a, b in _runs(sent, over) for phrase in _analyse(sent, over, a, b)]


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
    if token.tag in _INSIDE:
        if token.text.lower() in _DAYS:
            return token.dep == "npadvmod"  # "a 25-year-old man"
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
            if element.kind in PEOPLE and not (i < n and _continues(tokens, over, i)):
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
    return (
        tokens[i].tag in ("NN", "NNS", "NNP")
        and tokens[i - 1].head >= i
        and tokens[i - 1].dep
        in (
            "compound",
            "nmod",
            "amod",
        )
    )


def _coordination(sent: Sentence, over: Sequence[Element | None], i: int) -> int | None:
    """Pass "," and "and" between adjectives of nationality ("Greek, Cypriot and French ...")."""
    left = over[i - 1] if i else None
    if left is None or not _is_adjective(left) or sent.tokens[i].text not in (",", "and", "&"):
        return None
    if left.first > 1 and "between" in [t.text for t in sent.tokens[left.first - 2 : left.first]]:
        return None  # "between the U.S. and Iranian officials"
    j = i + 1
    if j < len(over) and sent.tokens[i].text == "," and sent.tokens[j].text == "and":
        j += 1
    right = over[j] if j < len(over) else None
    if right is None or not _is_adjective(right) or right.last >= len(sent.tokens):
        return None
    follows = over[right.last]
    token = sent.tokens[right.last]
    listed = token.text in (",", "and")
    noun = token.tag.startswith(("NN", "JJ")) or (follows is not None and follows.kind == "role")
    return j if listed or noun else None


def _is_adjective(element: Element) -> bool:
    """A nationality: "Afghan", or "U.S." that has no adjective of its own."""
    short = element.kind == "country" and element.text.replace(".", "") in ("US", "UK", "UAE")
    return element.kind == "demonym" or short


def _breaks(sent: Sentence, over: Sequence[Element | None], first: int, at: int) -> bool:
    """Tell whether a new phrase begins at a token although nothing stands between."""
    tokens = sent.tokens
    left, right = tokens[at - 1], tokens[at]
    one, two = over[at - 1], over[at]
    if left.tag == "POS" or left.tag in _OPENING or left.text == "-":
        return False
    if two is not None and two.kind in PEOPLE and one is not None and one.kind == "role":
        return False  # title and name
    if one is not None and one.kind in ("demonym", "country") and two is not None:
        return False
    # Two phrases side by side ("gave Iraq weapons"): the left noun hangs outside the run.
    if (
        left.pos in ("NOUN", "PROPN")
        and left.head < first
        and left.dep
        in (
            "dobj",
            "dative",
            "pobj",
            "nsubj",
            "nsubjpass",
        )
    ):
        return right.head != left.index and left.head != right.index
    return False


def _analyse(sent: Sentence, over: Sequence[Element | None], first: int, last: int) -> list[Phrase]:
    """Turn one run into phrases: one for an actor, else one for each name inside."""
    tokens = sent.tokens
    while (
        last > first
        and tokens[last - 1].tag in ("POS", "HYPH", "DT", "CD", "PRP$")
        and over[last - 1] is None
    ):
        if tokens[last - 1].tag in ("DT", "CD", "PRP$"):
            break
        last -= 1
    while first < last and over[first] is None and _outside(sent.tokens[first]):
        first += 1
    if last <= first:
        return []
    inside = _distinct(over, first, last)
    if not inside and not _may_point(tokens, first, last):
        return []
    base = Phrase(first, last, _head(tokens, first, last), "role")
    _read_opening(sent, base)
    end = inside[-1] if inside and inside[-1].last == last else None
    if end is None:
        last_word = sent.tokens[last - 1]
        regional = bool(inside) and all(e.kind == "region" for e in inside)
        if regional and base.definite and last_word.text.lower() in _STATES:
            base.anaphor, base.region = last_word.text.lower(), inside[-1].text
            return [base]
        if base.definite and last_word.tag in ("NN", "NNP"):
            state = last_word.text.lower() in STATE_NOUNS and _says_where(sent, inside)
            if not inside or state:
                base.anaphor = last_word.text.lower()
                return [base]
        return _nested(sent, inside)
    before = [e for e in inside if e is not end and not _foreign(tokens, e)]
    base.sides = [e for e in before if e.kind in AFFILIATIONS]
    if end.kind == "role":
        base.sides += [e for e in before if e.kind in PEOPLE and e.last < end.first]
        base.sides.sort(key=lambda e: e.first)
    base.places = [e for e in before if e.kind in PLACES]
    base.roles = [e for e in before if e.kind == "role"]
    base.region = next((e.text for e in before if e.kind == "region"), None)
    return _by_last(sent, base, end, before, inside)


def _may_point(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether words without a name can be "the group": one thing, and known."""
    if tokens[last - 1].tag not in ("NN", "NNP"):
        return False
    return any(token.text.lower() in _POINTING for token in tokens[first:last])


def _says_where(sent: Sentence, inside: Sequence[Element]) -> bool:
    """ "the Mediterranean island nation", "the South American nation": some nation there."""
    tokens = sent.tokens
    return all(
        (e.kind in PLACES and tokens[e.last].tag != "POS")
        or (e.kind == "demonym" and e.first > 0 and tokens[e.first - 1].text.lower() in _HALVES)
        for e in inside
    )


def _outside(token: Token) -> bool:
    """A stray mark, or "least" of "at least 38 people", at the start of a run."""
    return not token.text[:1].isalnum() or token.text.lower() in ("least", "most", "more")


def _by_last(
    sent: Sentence, base: Phrase, end: Element, before: list[Element], inside: list[Element]
) -> list[Phrase]:
    tokens = sent.tokens
    if end.kind in PEOPLE:
        base.kind, base.person = "person", end
        base.role = next((e for e in reversed(base.roles) if _is_title(tokens, e, end)), None)
        owners = [e for e in before if e.kind in PEOPLE]
        if end.kind == "name" and not base.role:
            if base.sides or not _may_be_person(end.text):
                return _nested(sent, [e for e in inside if e is not end])
            if base.definite:
                base.kind = "name"
        if owners and not base.role:
            base.sides = [e for e in base.sides if e.first > owners[-1].last]
        return [base]
    if end.kind == "role" and end.role is not None:
        if end.role.kind in ("title", "honorific"):
            return _nested(sent, inside)
        base.role = end
        base.plural = tokens[end.last - 1].tag in ("NNS", "NNPS") or end.role.number == "many"
        beside = [e for e in before if e.kind in ("person", "surname") and e.last == end.first]
        base.sides += [e for e in beside if e not in base.sides]
        named = [e for e in before if e.kind == "name" and e.last == end.first]
        if named and tokens[end.last - 1].text[:1].isupper():
            base.named, base.kind = named[-1], "organisation"
        placed = bool(base.sides or base.roles)
        if end.role.kind == "asset" and not placed:
            return _nested(sent, inside)
        base.vague = end.role.kind == "vague" and not (placed or base.definite or base.owner)
        return [base]
    if end.kind in ("thing", "region"):
        return _nested(sent, before)
    if end.kind in PLACES:
        # A town stands for who is there only weakly ("shelled Kharkiv").
        base.kind, base.named, base.first = "metonym", end, end.first
        return [*_nested(sent, before), base]
    return _named_end(sent, base, end, before)


def _named_end(sent: Sentence, base: Phrase, end: Element, before: list[Element]) -> list[Phrase]:
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
            if left is not None and left.kind in AFFILIATIONS and left.last == element.first:
                phrase.sides, phrase.first = [left], left.first
                if out and out[-1].named is left:
                    out.pop()
        elif element.kind in PEOPLE:
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


def _may_be_person(name: str) -> bool:
    """Tell whether an unknown capitalised run can be somebody's name rather than a thing's."""
    words = name.lower().replace("-", " ").split()
    return not any(word in _THINGS for word in words)


def _distinct(over: Sequence[Element | None], first: int, last: int) -> list[Element]:
    out: list[Element] = []
    for i in range(first, last):
        element = over[i]
        if element is not None and (not out or out[-1] is not element):
            out.append(element)
    return out


def _is_title(tokens: Sequence[Token], element: Element, name: Element) -> bool:
    """Tell whether a role before a name is its bearer's ("women" of "Women's Council" is not)."""
    role = element.role
    if role is None or role.kind == "asset" or role.number == "collective":
        return False
    return not any(token.tag == "POS" for token in tokens[element.last : name.first])


def _foreign(tokens: Sequence[Token], element: Element) -> bool:
    """ "US" in "US-backed rebels", "pro-US rebels" and "ethnic Serb" is not whose they are."""
    i = element.last
    word = tokens[i - 1].text.lower()
    if "-" in word and word.rpartition("-")[2] in _FOREIGN:
        return True
    before = [token.text.lower() for token in tokens[max(0, element.first - 2) : element.first]]
    if before[-1:] == ["ethnic"] or (before[-1:] == ["-"] and before[0] in ("pro", "anti")):
        return True
    if word.startswith(("pro-", "anti-")):
        return True
    if i + 1 >= len(tokens) or tokens[i].text not in ("-", "–"):
        return False
    return tokens[i + 1].text.lower() in _FOREIGN


def _head(tokens: Sequence[Token], first: int, last: int) -> int:
    """The token of the run that hangs outside it; the last noun where the parse is broken."""
    outside = [
        i for i in range(first, last) if not first <= tokens[i].head < last or tokens[i].head == i
    ]
    nouns = [i for i in outside if tokens[i].pos in ("NOUN", "PROPN", "ADJ", "NUM", "X")]
    return nouns[-1] if nouns else last - 1


def _read_opening(sent: Sentence, phrase: Phrase) -> None:
    for i in range(phrase.first, phrase.last):
        token = sent.tokens[i]
        low = token.text.lower()
        if token.tag == "PRP$":
            phrase.owner = i
        elif low in _POINTING:
            phrase.definite = True
        elif token.tag == "CD":
            phrase.counted = True
        elif token.tag not in _OPENING:
            return
