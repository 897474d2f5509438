"""One sentence with its mentions: who stands where, and which mention a noun phrase leads to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.language.predicates import (
    children,
    conjuncts,
    predicate_at,
    subject_tokens,
)
from detente.types import Mention, Predicate, Sentence

# A mention that only says where ("in Kabul") is a party of last resort.
LOCATIVE_SCORE = 0.35
# Prepositions that lead from a noun to whose it is: "network of firms", "attempts by the US".
_OWNING = ("by", "of", "from", "against", "on", "for", "with", "to", "between", "including")
_PLACING = ("in", "at", "near", "inside", "outside", "across", "around")
# A party four phrases down is somebody else's ("the son of the owner of a shop in").
_MAX_DEPTH = 3


class Scene:
    """A parsed sentence, its mentions by token, and cached predicate views.

    Attributes: sent, mentions: as given; ``mentions`` holds only those of this sentence.
    """

    def __init__(self, sent: Sentence, mentions: Sequence[Mention]) -> None:
        self.sent = sent
        self.mentions = tuple(m for m in mentions if m.sentence == sent.index)
        self._at: dict[int, Mention] = {}
        for mention in sorted(self.mentions, key=lambda m: m.first - m.last):
            for index in range(mention.first, mention.last):
                self._at[index] = mention  # shorter, nested ones come last and win their tokens
        self._heads = {m.head: m for m in sorted(self.mentions, key=lambda m: m.last - m.first)}
        self._views: dict[int, Predicate] = {}
        self._roles: dict[int, dict[str, tuple[int, ...]]] = {}

    def view(self, index: int) -> Predicate:
        """The predicate view of a token, made once."""
        found = self._views.get(index)
        if found is None:
            found = self._views[index] = predicate_at(self.sent, index)
        return found

    def roles(self, index: int) -> dict[str, tuple[int, ...]]:
        """The arguments of a token by role name, made once."""
        found = self._roles.get(index)
        if found is None:
            found = self._roles[index] = dict(self.view(index).arguments)
        return found

    def mention_at(self, index: int) -> Mention | None:
        """The mention that this token heads, else the one that covers it."""
        return self._heads.get(index) or self._at.get(index)

    def covered(self, index: int) -> Mention | None:
        """The mention that covers this token, if any."""
        return self._at.get(index)

    def parties(self, tokens: Iterable[int], *, places: bool = False) -> tuple[Mention, ...]:
        """The actors that these argument heads lead to, each once.

        Args: places: accept a mere location ("a house in Basra") when the phrase names nobody.
        """
        out: list[Mention] = []
        for index in tokens:
            for mention in self._lead(index, places, 0):
                if mention not in out:
                    out.append(mention)
        return tuple(out)

    def direct(self, tokens: Iterable[int]) -> tuple[Mention, ...]:
        """The mentions that cover exactly these tokens; no search inside the phrase."""
        found = (self.mention_at(index) for index in tokens)
        return tuple(dict.fromkeys(m for m in found if m is not None))

    def _lead(self, index: int, places: bool, depth: int) -> tuple[Mention, ...]:
        mention = self.mention_at(index)
        if mention is not None and (places or mention.score > LOCATIVE_SCORE or depth == 0):
            return (*self._twins(index, mention), mention)
        if depth >= _MAX_DEPTH or self.sent.tokens[index].pos in ("VERB", "AUX", "PRON"):
            return ()
        for step in (self._in_front, self._behind, self._apposed, self._equated):
            found = step(index, places, depth)
            if found:
                return found
        return self._place(index, depth) if places else ()

    def _twins(self, index: int, mention: Mention) -> tuple[Mention, ...]:
        """ "North and South Korea": the first of the two hangs on the name of the second."""
        found = []
        for child in children(self.sent, index, "nmod", "amod", "compound"):
            other = self._at.get(child)
            joined = children(self.sent, child, "cc") and children(self.sent, child, "conj")
            if other is not None and other is not mention and joined:
                found.append(other)
        return tuple(found)

    def _in_front(self, index: int, places: bool, depth: int) -> tuple[Mention, ...]:
        for owner in children(self.sent, index, "poss"):
            found = self._conjoined(owner, places, depth)
            if found:
                return found
        fronted = children(self.sent, index, "amod", "compound", "nmod")
        fronted += [b for f in fronted for b in children(self.sent, f, "compound", "amod")]
        found = self.direct(fronted)
        # "police" in "police station" is no party; "Chinese spy" in "Chinese spy balloon" is
        return tuple(m for m in found if m.kind != "role" or m.actors[0].rule == "side")

    def _behind(self, index: int, places: bool, depth: int) -> tuple[Mention, ...]:
        sent = self.sent
        links = children(sent, index, "prep", "agent")
        for clause in children(sent, index, "acl"):
            links += children(sent, clause, "agent")
        order = sorted(links, key=lambda p: _rank(sent.tokens[p].text.lower()))
        for link in order:
            if sent.tokens[link].text.lower() in _OWNING:
                for head in children(sent, link, "pobj"):
                    found = self._conjoined(head, places, depth)
                    if found:
                        return found
        return ()

    def _apposed(self, index: int, places: bool, depth: int) -> tuple[Mention, ...]:
        for other in children(self.sent, index, "appos"):
            found = self._lead(other, places, depth + 1)
            if found:
                return found
        return ()

    def _equated(self, index: int, places: bool, depth: int) -> tuple[Mention, ...]:
        """ "Togo became the second state to ratify": the state is Togo."""
        token = self.sent.tokens[index]
        if token.dep != "attr":
            return ()
        subjects = [s for s in subject_tokens(self.sent, token.head) if s != index]
        return tuple(m for s in subjects for m in self._lead(s, places, depth + 1))

    def _place(self, index: int, depth: int) -> tuple[Mention, ...]:
        for link in children(self.sent, index, "prep"):
            if self.sent.tokens[link].text.lower() in _PLACING:
                for head in children(self.sent, link, "pobj"):
                    found = self._lead(head, True, depth + 1)
                    if found:
                        return found[:1]
        return ()

    def _conjoined(self, head: int, places: bool, depth: int) -> tuple[Mention, ...]:
        found = [m for h in conjuncts(self.sent, head) for m in self._lead(h, places, depth + 1)]
        return tuple(dict.fromkeys(found))


def scenes_of(sentences: Iterable[Sentence], mentions: Iterable[Mention]) -> list[Scene]:
    """Make the scenes of a document's parsed sentences, in order."""
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    return [Scene(sent, by_sentence.get(sent.index, ())) for sent in sentences if sent.tokens]


def party_keys(mentions: Iterable[Mention]) -> set[str]:
    """Whose side these are: countries, and the names of those without one."""
    return {actor.country or actor.name for mention in mentions for actor in mention.actors}


def _rank(preposition: str) -> int:
    return _OWNING.index(preposition) if preposition in _OWNING else len(_OWNING)
