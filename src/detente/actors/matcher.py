"""Every known name in a text, in one pass.

Names are matched with their letter case ("US" is not "us"), role words without it; both need a
word boundary on either side. Stretches set in capitals throughout are read in title case.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from detente.actors.facts import World
from detente.actors.folding import fold
from detente.actors.hits import Hit
from detente.actors.shapes import regroup

__all__ = ["Hit", "may_have_actor", "scan"]


# "North and South Korea": only the second half is a name in the tables.
_NORTH_AND_SOUTH = re.compile(r"\b(North|South)(?= and (?:North|South) (Korea|Sudan|Yemen)\b)")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|we|us|him|her|them|his|their|its|our|I)\b", re.I)
# Four or more words in capitals: a headline, not an acronym.
_SHOUT = re.compile(r"\b[A-Z][A-Z'.\-]*(?:[ ,:;\-]+[A-Z0-9][A-Z0-9'.\-]*){3,}\b")
_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-z][\w'-]+")
# A short word in capitals inside a shouted headline is as likely an acronym; both are tried.
_ACRONYM_LENGTH = 4
# Longest stretch that is read again after a match that ended inside a word; names are shorter.
_WINDOW = 120


def scan(text: str, world: World) -> tuple[Hit, ...]:
    """Find every known name, role word and pronoun, ordered by start; roles may overlap names."""
    folded = " " + fold(text)
    hits = list(_names(folded, world))
    for match in _SHOUT.finditer(text):
        hits += _shouted(folded, match.start(), match.end(), world, hits)
    for match in _NORTH_AND_SOUTH.finditer(text):
        entries = world.entries_of(f"{match.group(1)} {match.group(2)}")
        if entries:
            hits.append(Hit(match.start(), match.end(), "name", entries))
    hits += _roles(folded, world)
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    hits = regroup(text, hits, world)
    hits += [Hit(m.start(), m.end(), "pronoun") for m in _PRONOUN.finditer(text)]
    hits += [Hit(m.start(), m.end(), "capital") for m in _CAPITAL.finditer(text)]
    hits.sort(key=lambda hit: (hit.start, -hit.end, hit.kind))
    return tuple(hits)


@functools.lru_cache(maxsize=1024)
def scan_again(text: str, world: World) -> tuple[Hit, ...]:
    """``scan`` for what comes back with every document: outlets and bylines."""
    return scan(text, world)


def may_have_actor(hits: tuple[Hit, ...], start: int, end: int) -> bool:
    """Tell whether a stretch of the text holds anything that could be an actor."""
    first = bisect.bisect_left(hits, start, key=lambda hit: hit.start)
    return first < len(hits) and hits[first].start < end


def _names(folded: str, world: World) -> Iterator[Hit]:
    entries = world.pattern_entries
    at = 0
    for match in world.names.find_matches_as_indexes(folded):
        if match[1] < at:
            continue
        number, start, end = _longer_inside(world, folded, match)
        at = end
        # The leading blank of the haystack and of the pattern cancel out.
        yield Hit(start, end - 1, "name", tuple(entries[number]))


def _longer_inside(world: World, folded: str, match: tuple[int, int, int]) -> tuple[int, int, int]:
    """The name that begins at the second word of a match and ends after it, else the match.

    "the North" would hide the "North Korean" of "the North Korean army".
    """
    _, start, end = match
    if folded[start + 1 : start + 5] not in ("the ", "The "):
        return match
    inner = start + 4
    found = world.names.find_matches_as_indexes(folded[inner : start + _WINDOW])
    if found and found[0][1] + inner < end < found[0][2] + inner:
        number, a, b = found[0]
        return number, a + inner, b + inner
    return match


def _whole_words(automaton: AhoCorasick, folded: str) -> Iterator[tuple[int, int, int]]:
    """Matches that end where a word ends.

    A longer pattern that ends inside a word ("The South" in "The Southern Council") hides what
    begins inside it, so the stretch up to the next match is read again from its second letter.
    """
    matches = automaton.find_matches_as_indexes(folded)
    length = len(folded)
    for i, (number, start, end) in enumerate(matches):
        if end >= length or not folded[end].isalnum():
            yield number, start, end
            continue
        following = matches[i + 1][1] if i + 1 < len(matches) else length
        window = folded[start + 1 : min(following + 1, start + _WINDOW)]
        for inner, a, b in automaton.find_matches_as_indexes(window):
            a, b = a + start + 1, b + start + 1
            if b <= following and (b >= length or not folded[b].isalnum()):
                yield inner, a, b


def _shouted(folded: str, start: int, end: int, world: World, known: list[Hit]) -> Iterator[Hit]:
    taken = {(hit.start, hit.end) for hit in known if hit.start < end and hit.end > start}
    calm = " " + re.sub(
        r"[A-Z][A-Z']+", lambda m: m.group().capitalize(), folded[start + 1 : end + 1]
    )
    for hit in _names(calm, world):
        span = (hit.start + start, hit.end + start)
        acronym = hit.end - hit.start <= _ACRONYM_LENGTH
        overlaps = any(a < span[1] and span[0] < b for a, b in taken)
        if not overlaps and not acronym:
            yield Hit(*span, "name", hit.entries)


def _roles(folded: str, world: World) -> Iterator[Hit]:
    lowered = folded.lower()
    if len(lowered) != len(folded):  # a letter that grows in lower case would shift offsets
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)
    words = world.role_words
    for number, start, end in _whole_words(world.role_names, lowered):
        yield Hit(start, end - 1, "role", word=words[number])
