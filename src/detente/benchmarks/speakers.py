"""When a speaker counts as the right one: by words and names, not by country.

Right is a speaker whose words, or whose resolved name, share a content word with the label. Not
content are articles, prepositions, pronouns, counts, forms of address and particles of names, so
that a pronoun of ours counts by the name that it was resolved to. Where the label itself has no
content word ("He", "the two") the same word is right, and so is a speaker whose words or name share
one with the name that this word of the label is resolved to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_INITIALS = re.compile(r"\b(?:[^\W\d_]\.)+")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset("a an the".split())
_EMPTY = _ARTICLES | frozenset(
    "and or of for in on at by from to with near about as "
    "i we you he she it they me us him her them my our your his its their mine ours yours hers "
    "theirs this that these those who which whose himself herself itself themselves "
    "one two three four five all both each some several many others "
    "mr mrs ms miss dr sir lord lady madam "
    "al el bin ibn de la von van der".split()
)


def is_right(
    label: Iterable[str | None],
    words: str | None,
    names: Iterable[str | None] = (),
    *,
    stands_for: Iterable[str] = (),
) -> bool:
    """Tell whether our speaker is the one of the label.

    Args:
        label: the words of the label for him, and his name if it gives one.
        words: ours as they stand; None where we have no speaker.
        names: those that our words were resolved to.
        stands_for: names for the words of the label; looked at only where those name nobody.
    """
    if words is None:
        return False
    wanted = [one for one in label if one is not None]
    ours = content_words(words, *names)
    content = content_words(*wanted)
    if content:
        return bool(content & ours)
    return bool(_plain(wanted) & _plain([words]) or content_words(*stands_for) & ours)


def content_words(*texts: str | None) -> frozenset[str]:
    """Return the words that say who it is, in lower case; "US" and "WHO" are no pronouns."""
    return frozenset(
        word.lower()
        for text in texts
        for word in _words(text or "")
        if len(word) > 1 and (word.isupper() or word.lower() not in _EMPTY)
    )


def _plain(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for text in texts for word in _words(text)) - _ARTICLES


def _words(text: str) -> Iterator[str]:
    """Split at whatever is no letter or digit, but for "U.S." and the like."""
    joined = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    return (match.group() for match in _WORD.finditer(joined))
