"""Names by the word they begin with: what an automaton finds, without building one.

Names of persons and cities, 45,000 of them, come as sorted lines, prepared by
scripts/build_facts.py: first word, rest and rows ("Wang", " Yi", "p1843"). A text looks up the
words it has. Other names are few and come as a dict.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.actors.folding import fold

# Person, surname and city of a row number stand side by side in the numbering of entries.
_STRIDE = 4
_OFFSETS = {"p": 0, "s": 1, "c": 2}
# Words looked up last; a year of one newspaper has about as many.
_REMEMBERED = 65_536
# The word a name begins with: letters and digits, or one mark ("'Ali").
_OPENING = re.compile(r" ([^\W_]+|[^\s\w]|_)")
# Heads and foreign ministers are named by surname alone; nobody else is without an introduction.
_known_by_surname = re.compile(r"(?:^|\|)(?:head_of_state|head_of_gov|foreign_minister)").search
# Surnames of heads of government that are days or months far more often.
_CALENDAR = frozenset(["Friday", "Sunday", "March", "April", "May", "June", "August"])
# Nothing unusual in it: folding would give back the name as it is.
_is_plain = re.compile(r"[A-Za-z0-9.&']+(?: [A-Za-z0-9.&']+)*").fullmatch


def folded(name: str) -> str:
    """Spelling that names are looked up by: folded, single blanks."""
    return name if _is_plain(name) is not None else " ".join(fold(name).split())


def forms(name: str) -> tuple[str, ...]:
    """Spellings of a name in a text: also with the article at the beginning of a sentence."""
    form = folded(name)
    if form[:4] == "the ":
        return form, "T" + form[1:]
    if form[:3] == "al ":
        return form, "A" + form[1:]
    return (form,)


def person_names(row: str) -> tuple[list[str], list[str]]:
    """Full names of a row of officials, and its surnames if they are enough to know it by."""
    _, full, short, _, _, tenures, _ = row.split("\t")
    names = [form for form in full.split(";") if form]
    if _known_by_surname(tenures) is None:
        return names, []
    return names, [form for form in short.split(";") if len(form) > 2 and form not in _CALENDAR]


def index_lines(people: Iterable[str], cities: Iterable[str]) -> list[str]:
    """Make the sorted lines of names.tsv.gz from the rows of officials and cities."""
    found: dict[str, list[str]] = {}
    for number, row in enumerate(people):
        full, short = person_names(row)
        for form in full:
            found.setdefault(form, []).append(f"p{number}")
        for form in short:
            found.setdefault(form, []).append(f"s{number}")
    for number, row in enumerate(cities):
        for form in row.split("\t", 2)[1].split(";"):
            found.setdefault(form, []).append(f"c{number}")
    return sorted(f"{_split(form)}\t{';'.join(refs)}" for form, refs in found.items())


def _split(form: str) -> str:
    opening = _OPENING.match(" " + form)
    first = opening.group(1) if opening is not None else ""
    return f"{first}\t{form[len(first) :]}"


class NameIndex:
    """Finds every name in a text.

    Args:
        own: spelling -> numbers of entries, for the names that are not in ``lines``.
        lines: sorted lines of names.tsv.gz; their entries are numbered from ``base`` on.
        moved: number of an entry -> numbers of those that the user has put in its place.
    """

    def __init__(
        self,
        own: Mapping[str, list[int]],
        lines: Sequence[str],
        base: int,
        moved: Mapping[int, tuple[int, ...]],
    ) -> None:
        self.pattern_entries: list[tuple[int, ...]] = []
        self._own, self._lines, self._base, self._moved = own, lines, base, moved
        self._numbers: dict[str, int] = {}
        self._own_by_word: dict[str, list[str]] = {}
        for form in own:
            opening = _OPENING.match(" " + form)
            if opening is not None:
                self._own_by_word.setdefault(opening.group(1), []).append(form)
        small = {word for word in self._own_by_word if "a" <= word[0] <= "z"}
        first, last = bisect_left(lines, "a"), bisect_left(lines, "{")
        small.update(line.partition("\t")[0] for line in lines[first:last])
        self._openings = _openings(small)
        self._remembered: dict[str, tuple[tuple[str, int], ...]] = {}

    def find_matches_as_indexes(self, text: str) -> list[tuple[int, int, int]]:
        """Find whole names in a folded text that begins with a blank, the longest at each word.

        Returns: (index into ``pattern_entries``, start, end); the blank before a name is part of
            the stretch, as in the patterns of an automaton.
        """
        matches = []
        at, length = 0, len(text)
        known = self._remembered
        for opening in self._openings.finditer(text):
            # Most words begin no name: a plain dictionary answers those quickest.
            forms = known.get(opening[1])
            if forms is None:
                forms = self._beginning(opening[1])
            if not forms:
                continue
            start = opening.start()
            if start < at:
                continue
            for form, number in forms:
                end = start + 1 + len(form)
                if text.startswith(form, start + 1) and (end >= length or not text[end].isalnum()):
                    matches.append((number, start, end))
                    at = end
                    break
        return matches

    def entries_of(self, name: str) -> tuple[int, ...]:
        """Give the readings of one exact name."""
        form = folded(name)
        opening = _OPENING.match(" " + form)
        if opening is None:
            return ()
        here = dict(self._beginning(opening.group(1)))
        return self.pattern_entries[here[form]] if form in here else ()

    def _beginning(self, word: str) -> tuple[tuple[str, int], ...]:
        """``_look_up``, remembered; everything is forgotten when it is too much."""
        found = self._remembered.get(word)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            found = self._remembered[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> tuple[tuple[str, int], ...]:
        """Names that begin with a word, longest first, each with its number."""
        found = {form: list(self._own[form]) for form in self._own_by_word.get(word, ())}
        first = bisect_left(self._lines, word + "\t")
        for line in self._lines[first : bisect_left(self._lines, word + "\n", first)]:
            _, rest, refs = line.split("\t")
            numbers = found.setdefault(word + rest, [])
            numbers += (
                self._base + _STRIDE * int(ref[1:]) + _OFFSETS[ref[0]] for ref in refs.split(";")
            )
        return tuple(
            (form, self._number(form, found[form])) for form in sorted(found, key=len, reverse=True)
        )

    def _number(self, form: str, entries: list[int]) -> int:
        number = self._numbers.get(form)
        if number is None:
            number = self._numbers[form] = len(self.pattern_entries)
            self.pattern_entries.append(tuple(self._without_replaced(entries)))
        return number

    def _without_replaced(self, entries: list[int]) -> Iterator[int]:
        for entry in entries:
            yield from self._moved.get(entry, (entry,))


def _openings(small: Iterable[str]) -> re.Pattern[str]:
    """``_OPENING`` without words in small letters that begin no name: nine words in ten."""
    words = "|".join(re.escape(word) for word in sorted(small, key=len, reverse=True))
    small_words = rf"|(?:{words})(?![^\W_])" if words else ""
    return re.compile(rf" ([^\W_a-z][^\W_]*{small_words}|[^\s\w]|_)")


def place_in_numbering(number: int) -> tuple[int, str]:
    """Row and kind ("p", "s", "c") of an entry's number, counted from the base."""
    row, offset = divmod(number, _STRIDE)
    return row, "psc"[offset]


def number_of(base: int, kind: str, row: int) -> int:
    """The number of the entry of a row's person, surname or city."""
    return base + _STRIDE * row + _OFFSETS[kind]
