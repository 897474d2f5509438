"""Phrases joined over "of" and over commas: one mention for one actor.

"rebels of the LRA", "a spokesman for the Brotherhood", "hundreds of Taliban", "Delfin Lorenzana,
the Defence Secretary".
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.actors.elements import AFFILIATIONS, PLACES, Element
from detente.actors.phrases import Phrase, simple_phrases
from detente.types import Sentence, Token

_QUANTITIES = frozenset(
    "hundreds thousands dozens scores tens millions number group groups majority many some most "
    "several one two three four five all part parts handful rest both couple band crowd".split()
)
# "a top aide to al-Sadr" is al-Sadr's; "the ambassador to Greece" is not Greece's.
_HELPERS = frozenset("aide aides adviser advisers advisor advisors deputy lieutenant".split())
# Words between a role and the body it belongs to.
_REACH = 6


def phrases_of(sent: Sentence, over: Sequence[Element | None]) -> list[Phrase]:
    """Find every phrase of a sentence that may stand for an actor, in order."""
    found = _join_of(sent, simple_phrases(sent, over))
    for phrase in found:
        # "President Bush in Jordan" is not Jordan's.
        free = phrase.person is None and not phrase.nested
        if phrase.role is not None and not phrase.sides and free:
            _reach(sent, over, phrase)
    found = [p for p in found if not p.vague or p.sides or p.places or p.roles]
    found = [p for i, p in enumerate(found) if not _swallowed(found, i)]
    return _join_appositions(sent, found)


def _reach(sent: Sentence, over: Sequence[Element | None], phrase: Phrase) -> None:
    """Reach over plain words: "director of global news for AFP", "companies in China"."""
    tokens, i = sent.tokens, phrase.last
    if i >= len(tokens) or tokens[i].text.lower() not in ("of", "for", "in", "at"):
        return
    last_preposition = tokens[i].text.lower()
    for j in range(i, min(i + _REACH, len(tokens))):
        element = over[j]
        if element is not None and element.kind in (*AFFILIATIONS, *PLACES):
            if element.kind in PLACES or last_preposition in ("in", "at"):
                if element.entry is not None and last_preposition == "in":
                    phrase.places.append(element)
            elif element.kind != "demonym" and _ends_here(tokens, over, element.last):
                phrase.sides.append(element)
                phrase.last = element.last
            return
        low = tokens[j].text.lower()
        if low in ("of", "for", "in", "at"):
            last_preposition = low
        elif tokens[j].tag == "VBG" and tokens[j].dep == "amod":
            continue  # "officials in neighboring Pakistan"
        elif element is not None or tokens[j].tag not in ("DT", "JJ", "NN", "NNS", "NNP"):
            return


def _ends_here(tokens: Sequence[Token], over: Sequence[Element | None], i: int) -> bool:
    return i >= len(tokens) or (
        over[i] is None and not tokens[i].tag.startswith(("NN", "POS", "HY"))
    )


def _swallowed(found: Sequence[Phrase], i: int) -> bool:
    return i > 0 and any(
        p.first <= found[i].first and found[i].last <= p.last for p in found[:i][-2:]
    )


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
    role = left.role_word
    if gap in (["of"], ["from"]) and _belongs_to(left, right):
        return _take_side(sent, left, right)
    if left.nested or left.role is None or role is None:
        return False
    if role.kind == "relation" and not _inside_state(role.word, right, gap):
        return False
    if right.nested and not _owns_more(sent, right):
        return False
    named = left.person is not None
    if _lists_on(left, right, gap):
        return _take_side(sent, left, right)
    if gap == ["of"] or (gap == ["for"] and _speaks_for(left)):
        pass
    elif gap == ["to"] and not named and left.role.text.lower() in _HELPERS:
        return right.kind == "person" and _take_side(sent, left, right)
    elif gap == ["from"] and _comes_from(sent, left, right):
        pass
    else:
        return False
    if named and gap != ["of"]:
        return False
    return _take_side(sent, left, right)


def _belongs_to(left: Phrase, right: Phrase) -> bool:
    """ "Anna Berger of Reporters Without Borders": hers, whatever country the story is about."""
    bare = left.person is not None and left.role is None and not left.sides and not left.nested
    return bare and right.kind == "organisation" and not right.nested


def _inside_state(word: str, right: Phrase, gap: list[str]) -> bool:
    """ "opponents of President Chavez": his countrymen, unlike "opponents of Israel"."""
    if word.removesuffix("s") not in ("opponent", "critic") or gap != ["of"] or right.nested:
        return False
    return right.kind in ("person", "role", "office")


def _owns_more(sent: Sentence, right: Phrase) -> bool:
    """ "Yemen" in "the Government of Yemen's agreement" belongs to the left."""
    after = sent.tokens[right.last] if right.last < len(sent.tokens) else None
    return right.kind == "country" and after is not None and after.tag == "POS"


def _lists_on(left: Phrase, right: Phrase, gap: list[str]) -> bool:
    """ "the foreign ministers of Britain, France and Germany": every country is a side."""
    if gap not in ([","], ["and"], [",", "and"]) or not left.plural or not left.sides:
        return False
    listing = left.sides[-1].kind == "country" and left.sides[-1].last == left.last
    return listing and left.person is None and right.kind == "country" and not right.nested


def _comes_from(sent: Sentence, left: Phrase, right: Phrase) -> bool:
    """ "a photographer from Yemen", but not "recalled its envoys from Tunis"."""
    peer = left.role is not None and left.role.text.lower().startswith("counterpart")
    if peer and right.sides and right.role is not None:
        return True  # "their counterparts from Brazil's foreign ministry"
    if left.definite or left.owner is not None or left.sides or left.person is not None:
        return False
    if right.kind == "organisation":
        return True
    acting = sent.tokens[left.head].dep == "nsubj"
    return right.kind in ("country", "metonym") and (acting or not left.plural)


def _speaks_for(phrase: Phrase) -> bool:
    role = phrase.role_word
    return role is not None and (role.one).split()[-1:] in (
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
    if left.nested or right.nested:
        return False
    if gap == [",", "of"] and left.kind == "person" and left.role is None:
        return right.role is not None or right.kind in ("organisation", "country")
    if gap != [","]:
        return False
    rank = left.role_word is None or left.role_word.kind == "title"
    bare_left = left.person is not None and rank and not left.sides
    bare_right = right.person is not None and right.role is None and not right.sides
    titled = right.role is not None and right.person is None and not right.plural
    office = left.role is not None and left.person is None and not left.plural
    if not ((bare_left and titled) or (office and bare_right)):
        return False
    after = tokens[right.last] if right.last < len(tokens) else None
    dep = tokens[right.head].dep
    if dep.startswith("nsubj") and tokens[left.head].dep == "pobj":
        return False  # "According to a spokesman, Mr. Diaz left"
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
    if right.role is not None and right.role_word is not None:
        left.role, left.roles = right.role, right.roles
    left.sides = [*left.sides, *right.sides]
    left.places = [*left.places, *right.places]
    left.owner = left.owner if left.owner is not None else right.owner
    left.kind, left.last = "person", right.last
    left.plural = False
