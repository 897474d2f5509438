"""Hits and unknown names laid over the tokens of one sentence."""

from __future__ import annotations

import bisect
from collections.abc import Container, Sequence
from dataclasses import dataclass

from detente.actors.facts import Entry, Role, World
from detente.actors.hits import Hit
from detente.types import Sentence, Token

# Inside a personal name these are lower case: "Nouri al-Maliki", "Arnel dela Vega".
_PARTICLES = frozenset(
    "al el bin ibn bint abu van von der den de dela del della di da dos du la le ul ur ud zu ben "
    "y e af".split()
)
_SUFFIXES = frozenset(["jr.", "jr", "sr.", "sr", "ii", "iii", "iv", "v"])
# Capitalised, but never part of a name.
_OPENING_PARTICLES = frozenset(["al", "el", "bin", "abu", "dela", "van"])
_NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december today yesterday tomorrow i the a an mr "
    "mrs ms dr islam islamic muslim muslims christian christians sunni shiite shi'ite shia jewish "
    "arab western european african asian internet christmas ramadan easter covid-19 e.o. act "
    "treaty constitution resolution article".split()
)

# Titles that are also last names.
_SURNAMES = frozenset("king prince pope bishop marshal judge abbot dean major baker".split())
_SIDE_ADJECTIVES = frozenset(
    "military rebel militant insurgent terrorist paramilitary opposition guerrilla separatist "
    "islamist jihadist extremist police naval secessionist".split()
)
# Kinds of element: whose something is, who somebody is, where something is.
AFFILIATIONS = frozenset(["country", "demonym", "capital", "metonym", "organisation"])
PEOPLE = frozenset(["person", "surname", "name"])
PLACES = frozenset(["city", "place"])
_ALSO_PEOPLE = frozenset(["surname", "city"])
# "Basra Province" is still Basra.
_PLACE_NOUNS = frozenset(
    "province city airport district governorate region state county university university's "
    "oblast prefecture municipality valley river strip international".split()
)


# Names that stand for a government unless the words beside them say otherwise.
_SEATED = frozenset(["country", "capital", "metonym", "demonym"])
_BUILDINGS = frozenset(["White House", "Kremlin", "Pentagon", "Elysee Palace", "10 Downing Street"])
# Physical things named for a country or capital: "London Bridge", "the Jordan River".
_SITES = frozenset(
    "Airport Avenue Bay Beach Bridge Canal Cathedral Gate Harbor Harbour Highway Hospital Hotel "
    "Island Islands Mosque Park Plateau Prison Railway Road Sea Square Stadium Station Strait "
    "Street Theater Theatre Tower Tunnel Valley Wall Zoo River Memorial Cemetery".split()
)
_SITES_OF = frozenset(
    "city town village port capital province region district island streets outskirts suburb coast "
    "airport shores airspace waters".split()
)
_WHERE = frozenset("in at near inside outside from around of".split())


@dataclass(slots=True)
class Element:
    """Tokens ``first`` to ``last`` (half-open) that the tables or their shape make a unit.

    ``kind`` is a kind of ``Entry``, "role", "name" for a capitalised run that no table knows,
    "region" (``text`` is its adjective) or "thing" (nobody).
    """

    first: int
    last: int
    kind: str
    entry: Entry | None = None
    entries: tuple[Entry, ...] = ()
    role: Role | None = None
    text: str = ""
    # Readings of a second name in the same word ("U.S.-Pakistan").
    second: tuple[Entry, ...] = ()


def elements_of(
    sent: Sentence,
    hits: Sequence[Hit],
    readings: dict[Hit, tuple[Entry, ...]],
    world: World,
    known: Container[str] = (),
) -> list[Element | None]:
    """Lay hits over a sentence's tokens.

    Args: hits: the sentence's own. readings: what each name hit may mean in this document.
            known: last names that the document has introduced.
    Returns: for each token the element it belongs to, or None.
    """
    over: list[Element | None] = [None] * len(sent.tokens)
    starts = [token.start for token in sent.tokens]
    unsure = []
    for hit in hits:
        found = readings.get(hit) if hit.kind == "name" else None
        if found and found[0].kind in _ALSO_PEOPLE:
            unsure.append((hit, found))
        elif found:
            _lay(sent, starts, hit, found, over)
        elif hit.kind in ("body", "region", "thing"):
            _lay_shape(sent, starts, hit, over, world)
    for hit in hits:
        if hit.kind == "role" and not _is_surname(sent, starts, hit, over):
            _lay_role(sent, starts, hit, over, world)
    for hit, found in unsure:
        city = found[0].kind == "city"
        if not _in_longer_name(sent, starts, hit, over, readings_are_city=city):
            _lay(sent, starts, hit, found, over)
    _turn_to_places(sent, over)
    _lay_names(sent, over, known)
    return over


def _lay_shape(
    sent: Sentence, starts: list[int], hit: Hit, over: list[Element | None], world: World
) -> None:
    """Lay what a name is part of: an outlet or firm, a region, a thing."""
    span = _tokens_between(starts, sent.tokens, hit.start, hit.end)
    if not span or any(over[i] is not None for i in span):
        return
    element = Element(span.start, span.stop, hit.kind)
    element.text = sent.between(hit.start, hit.end)
    if hit.kind == "region":
        element.text = hit.word
    elif hit.kind == "body":
        name = element.text.removeprefix("The ").removeprefix("the ")
        country = next((world.entries[n].country for n in hit.entries), None)
        entry = Entry("organisation", name, country, hit.word, source="shape")
        element.kind, element.entry, element.entries = "organisation", entry, (entry,)
    for i in span:
        over[i] = element


def _is_surname(
    sent: Sentence, starts: list[int], hit: Hit, over: Sequence[Element | None]
) -> bool:
    """Tell whether a title is a last name ("Martin Luther King", "Senator Angus King")."""
    if hit.word not in _SURNAMES:
        return False
    span = _tokens_between(starts, sent.tokens, hit.start, hit.end)
    if not span or span.start == 0 or not sent.tokens[span.start].text[:1].isupper():
        return False
    after = sent.tokens[span.stop] if span.stop < len(sent.tokens) else None
    if after is not None and after.pos == "PROPN" and after.text[:1].isupper():
        return False
    return over[span.start - 1] is None and _is_name_word(sent.tokens[span.start - 1])


def _turn_to_places(sent: Sentence, over: list[Element | None]) -> None:
    """Find the names that only say where, or in which language."""
    tokens = sent.tokens
    for i, element in enumerate(over):
        if element is None or element.first != i:
            continue
        if element.kind == "organisation" and _is_visited(tokens, element):
            element.kind = "place"
        if element.kind not in _SEATED:
            continue
        after = tokens[element.last] if element.last < len(tokens) else None
        if element.kind == "demonym":
            if _is_language(tokens, element):
                element.kind = "thing"
            elif after is not None and after.text.lower() == "capital":
                element.kind = "place"
        elif after is not None and after.text in _SITES and over[element.last] is None:
            element.kind = "place"
            over[element.last] = element
            element.last += 1
        elif _says_where(tokens, element) or _follows_town(tokens, over, element):
            element.kind = "place"


def _is_visited(tokens: Sequence[Token], element: Element) -> bool:
    """ "at the White House", "students at Garissa University": there, not they."""
    if element.entry is None:
        return False
    college = element.entry.source == "shape" and element.entry.sector == "EDU"
    if not college and element.entry.name not in _BUILDINGS:
        return False
    words = [token.text.lower() for token in tokens[max(0, element.first - 2) : element.first]]
    return any(word in ("at", "outside", "near", "inside") for word in words[-2:]) and (
        words[-1] in ("the", "at", "outside", "near", "inside")
    )


def _says_where(tokens: Sequence[Token], element: Element) -> bool:
    """ "the port of Aden", "off Somalia", "at the White House"."""
    words = [token.text.lower() for token in tokens[max(0, element.first - 3) : element.first]]
    while words and words[-1] in ("the", "of") and element.kind != "demonym":
        if words.pop() == "of":
            return bool(words) and words[-1] in _SITES_OF
    return words[-1:] == ["off"] or (words[-1:] == ["at"] and element.kind == "metonym")


def _is_language(tokens: Sequence[Token], element: Element) -> bool:
    """ "spoke in French", "written in English and Dari", "fluent in Russian"."""
    if element.first == 0 or tokens[element.first - 1].text.lower() not in ("in", "into"):
        return False
    token = tokens[element.last - 1]
    return token.dep == "pobj" and token.tag in ("NNP", "NN", "JJ")


def _follows_town(
    tokens: Sequence[Token], over: Sequence[Element | None], element: Element
) -> bool:
    """ "Seattle, Washington", "Savannah, Georgia", "Quito, Ecuador": where the town is."""
    i = element.first
    if i < 2 or tokens[i - 1].text != ",":
        return False
    town = over[i - 2]
    if town is None or town.kind not in ("city", "place", "capital", "name"):
        return False
    if tokens[element.last - 1].dep.startswith("nsubj"):
        return False  # "... in Golweyn, Somalia said"
    at = town.first - 1
    while at >= 0 and tokens[at].tag in ("DT", "JJ", "NNP", "NN", ","):
        at -= 1
    return at >= 0 and tokens[at].text.lower() in _WHERE


def _in_longer_name(
    sent: Sentence,
    starts: list[int],
    hit: Hit,
    over: list[Element | None],
    *,
    readings_are_city: bool,
) -> bool:
    """Tell whether a surname or city is part of an unknown name ("Tim Brown", "Paris Hilton")."""
    span = _tokens_between(starts, sent.tokens, hit.start, hit.end)
    if not span or sent.tokens[span.start].text.lower() in _NOT_NAMES:
        return True
    if not readings_are_city and sent.tokens[span.stop - 1].pos != "PROPN":
        return True
    left, right = span.start - 1, span.stop
    before = left >= 0 and over[left] is None and _is_name_word(sent.tokens[left])
    beside = over[left] if left >= 0 else None
    title = beside.role if beside is not None else None
    if title is not None and readings_are_city and sent.tokens[left].text[:1].isupper():
        return title.number == "one" and title.kind != "asset"
    after = right < len(over) and over[right] is None and _is_name_word(sent.tokens[right])
    return before or after


def _is_name_word(token: Token) -> bool:
    low = token.text.lower()
    if low in _NOT_NAMES or low in _PLACE_NOUNS:
        return False
    return token.pos == "PROPN" and token.text[:1].isupper() and len(token.text) > 1


def _tokens_between(starts: list[int], tokens: Sequence[Token], start: int, end: int) -> range:
    first = bisect.bisect_right(starts, start) - 1
    if first < 0 or tokens[first].end <= start:
        first += 1
    last = bisect.bisect_left(starts, end)
    return range(first, last)


def _lay(
    sent: Sentence,
    starts: list[int],
    hit: Hit,
    entries: tuple[Entry, ...],
    over: list[Element | None],
) -> None:
    span = _tokens_between(starts, sent.tokens, hit.start, hit.end)
    if not span:
        return
    here = over[span.start]
    if here is not None and len(span) == 1 and here.first == span.start and here.last == span.stop:
        if sent.tokens[span.start].end > hit.end or sent.tokens[span.start].start < hit.start:
            here.second = entries
        return
    if any(over[i] is not None for i in span):
        return
    first = sent.tokens[span.start]
    if first.start < hit.start and not first.text[: hit.start - first.start].strip("-'\"("):
        return
    element = Element(span.start, span.stop, entries[0].kind, entries[0], entries)
    element.text = sent.between(hit.start, hit.end)
    for i in span:
        over[i] = element


def _lay_role(
    sent: Sentence, starts: list[int], hit: Hit, over: list[Element | None], world: World
) -> None:
    span = _tokens_between(starts, sent.tokens, hit.start, hit.end)
    free = [i for i in span if over[i] is None]
    if not free:
        return
    word = hit.word
    if sent.between(hit.end, hit.end + 1) == "-":
        return  # "rebel-held", "people-to-people"
    if len(free) < len(span):
        # A name took some of the words ("UN" of "UN peacekeepers"): look up what is left.
        free = [i for i in range(free[-1], free[0] - 1, -1) if over[i] is None]
        free = _unbroken(free)
        word = " ".join(sent.tokens[i].text.lower() for i in free)
    role = world.roles.get(word)
    titled = role is not None and role.kind in ("title", "honorific")
    if role is None or not _is_noun(sent.tokens[free[0] if titled else free[-1]], role):
        return
    element = Element(free[0], free[-1] + 1, "role", role=role)
    element.text = sent.tokens[free[0]].text if len(free) == 1 else word
    for i in free:
        over[i] = element


def _unbroken(backwards: list[int]) -> list[int]:
    kept = [backwards[0]]
    for i in backwards[1:]:
        if i != kept[-1] - 1:
            break
        kept.append(i)
    return kept[::-1]


def _is_noun(token: Token, role: Role) -> bool:
    """Tell whether a role word is used as a noun ("general strike", "to man", "representative")."""
    if role.kind in ("title", "honorific"):
        return token.text[:1].isupper()
    if token.pos in ("NOUN", "PROPN"):
        return True
    # Adjectives that name a side before a noun ("military base", "rebel stronghold").
    return token.pos == "ADJ" and role.word in _SIDE_ADJECTIVES


def _lay_names(sent: Sentence, over: list[Element | None], known: Container[str]) -> None:
    tokens = sent.tokens
    i = 0
    while i < len(tokens):
        text = tokens[i].text
        small = text[:1].islower() and text not in _OPENING_PARTICLES and tokens[i].pos != "PROPN"
        if over[i] is not None or small:
            i += 1
            continue
        if not (_opens_name(tokens, i) or (text in known and text.istitle())):
            i += 1
            continue
        last = _name_end(tokens, over, i)
        element = Element(i, last, "name")
        element.text = sent.between(tokens[i].start, tokens[last - 1].end)
        for j in range(i, last):
            over[j] = element
        i = last


def _opens_name(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.pos == "PROPN" and len(token.text) > 1:
        if token.text.lower() in _NOT_NAMES:
            return False
        if token.text[0].isupper() and token.text[1].isalpha():
            return True
    # "al-Sadr", "bin Laden" at the start of a name
    if token.text.lower() not in _OPENING_PARTICLES:
        return False
    follows = tokens[i + 1 : i + 3]
    return any(f.pos == "PROPN" and f.text[:1].isupper() for f in follows) and (
        follows[0].text == "-" or follows[0].pos == "PROPN"
    )


def _name_end(tokens: Sequence[Token], over: Sequence[Element | None], first: int) -> int:
    end, i = first + 1, first + 1
    while i < len(tokens) and over[i] is None:
        text = tokens[i].text
        low = text.lower()
        capital = text[:1].isupper() and low not in _NOT_NAMES
        if (capital and (tokens[i].pos in ("PROPN", "X", "NOUN", "ADJ") or len(text) <= 2)) or (
            low in _SUFFIXES and text[:1].isupper()
        ):
            i += 1
            end = i
        elif (low in _PARTICLES and text != "'s") or (text == "-" and _tight(tokens, i)):
            i += 1
        else:
            break
    return end


def _tight(tokens: Sequence[Token], i: int) -> bool:
    """A hyphen without blanks on either side."""
    if not 0 < i < len(tokens) - 1:
        return False
    return tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start
