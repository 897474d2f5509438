"""Which row of the lexicon fits a word in its sentence, and whom it puts in which role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from detente.events.lexicon import Condition, Frame, Lexicon, LightVerb, RoleSpec, Words
from detente.events.scene import Scene
from detente.language.predicates import children, subtree
from detente.types import Actor, Mention

# Where a victim or a target may be known only by the place it stands in ("a base in Maidan Shahr").
PLACE_TYPES = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"})
# Who speaks and who is spoken to is known to the attribution step, not to the tree below the word.
Outside = Callable[[str], tuple[Mention, ...]]
# Where the recipient stands when the row's own places are empty, by type: "sent medicine for the
# refugees", "fired shells near a vessel", "issued a warrant for three men".
_FALLBACK_PREPOSITIONS: Mapping[str, tuple[str, ...]] = {
    "AID": ("to", "for"),
    "ASSAULT": ("at", "against", "on", "near"),
    "COERCE": ("on", "against"),
    "SANCTION": ("on", "against"),
    "THREATEN": ("against", "on", "for", "to"),
    "REQUEST": ("to", "from", "on"),
    "REJECT": ("from", "by"),
    "SUPPORT": ("for", "to"),
    "CONSULT": ("with",),
    "COOPERATE": ("with",),
    "AGREE": ("with", "to"),
    "CONCEDE": ("to",),
}
# What one country does in another is done to that other: an offensive, a build-up.
_IN_PLACES = frozenset({"ASSAULT", "MOBILIZE"})
_OBJECT: RoleSpec = ((("obj",),),)
_INSIDE: RoleSpec = ((("in",),), (("at",),), (("across",),), (("outside",),))
_CLAUSE_SUBJECT: RoleSpec = ((("clause", "subj"),),)
_FALLBACK: Mapping[str, RoleSpec] = {
    name: tuple(((word,),) for word in words) + tuple((("obj", word),) for word in words)
    for name, words in _FALLBACK_PREPOSITIONS.items()
}
# Actors, recipients, third parties.
Sides = tuple[tuple[Mention, ...], tuple[Mention, ...], tuple[Mention, ...]]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A light verb in the sentence and the row that says how it carries its noun."""

    verb: int
    row: LightVerb


@dataclass(frozen=True, slots=True)
class FrameMatch:
    """A frame that holds, with its parties and the tokens whose words it has used up."""

    frame: Frame
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    third: tuple[Mention, ...]
    used: frozenset[int]


class FrameMatcher:
    """Matches lexicon frames in one sentence."""

    def __init__(
        self, scene: Scene, lexicon: Lexicon, outside: Outside, asked: Mention | None = None
    ) -> None:
        self.scene = scene
        self.lexicon = lexicon
        self._outside = outside
        # Somebody the caller asks about: recipient wherever he stands below the word.
        self._asked = asked

    def frames_of(self, index: int) -> tuple[Frame, ...]:
        """The lexicon rows of a token, compounds first; () when it cannot head an event."""
        token = self.scene.sent.tokens[index]
        if token.pos in ("VERB", "AUX"):
            if self._nominal_gerund(index):
                return self.lexicon.frames[("noun", token.text.lower())]
            rows = self.lexicon.frames.get(("verb", token.lemma), ())
            if token.tag == "VBN" or not rows:
                adjective = self.lexicon.frames.get(("adjective", token.text.lower()), ())
                rows = (*rows, *adjective)
            return rows
        if token.pos == "NOUN" or (token.pos == "PROPN" and self._is_plain(index)):
            return self._noun_rows(index)
        if token.pos in ("ADJ", "ADV"):
            return self.lexicon.frames.get(("adjective", token.text.lower()), ())
        return ()

    def _nominal_gerund(self, index: int) -> bool:
        """ "fighting between A and B", "the shelling of C": a noun, whatever the tagger says."""
        token = self.scene.sent.tokens[index]
        if token.tag != "VBG" or ("noun", token.text.lower()) not in self.lexicon.frames:
            return False
        links = {self.scene.sent.tokens[c].text.lower() for c in self.scene.sent.children[index]}
        return bool(links & {"between", "of", "among", "the", "a"}) and not children(
            self.scene.sent, index, "dobj", "nsubj", "aux"
        )

    def _is_plain(self, index: int) -> bool:
        """A capital that comes from its place: "Talks resumed"; "the Civil War" is a name."""
        return index == 0 or self.scene.sent.is_headline

    def _noun_rows(self, index: int) -> tuple[Frame, ...]:
        lemma = self.scene.sent.tokens[index].lemma.lower()
        firsts = self.lexicon.compounds.get(lemma)
        if firsts:
            for child in children(self.scene.sent, index, "compound", "amod"):
                first = self.scene.sent.tokens[child]
                for word in (first.lemma.lower(), first.text.lower()):
                    if word in firsts:
                        return self.lexicon.frames[("noun", f"{word} {lemma}")]
        return self.lexicon.frames.get(("noun", lemma), ())

    def match(self, index: int, carrier: Carrier | None = None) -> FrameMatch | None:
        """The first row that holds and names a party; None if none does, or if it says NONE.

        Args: carrier: the light verb that an event noun hangs on; it may name the parties.
        """
        for frame in self.frames_of(index):
            used = self._holds(frame, index)
            if used is None:
                continue
            if frame.type == "NONE":
                return None
            found = self.parties_of(frame, index)
            if frame.type == "PROTEST" and frame.kind == "noun" and not found[0]:
                found = (self._protesters(index), found[1], found[2])
            if carrier is not None:
                found = self._carried(found, carrier)
            if frame.kind == "noun" and frame.type == "CONSULT" and not found[0]:
                found = (self._traveller(index, found[1]), found[1], found[2])
            if frame.type in _IN_PLACES and found[0] and not found[1]:
                found = (found[0], self._struck_place(index, found[0]), found[2])
            if not found[1] and self._is_below(index, found[0]):
                found = (found[0], (self._asked,) if self._asked else (), found[2])
            wanted = {c.kind for c in frame.conditions}
            if ("actor" in wanted and not found[0]) or ("recipient" in wanted and not found[1]):
                continue
            if found[0] or found[1]:
                return FrameMatch(frame, *found, used=frozenset(used))
        return None

    def _is_below(self, index: int, actors: tuple[Mention, ...]) -> bool:
        """Whether the one asked about stands somewhere under the word and is no actor of it."""
        asked = self._asked
        if asked is None or asked in actors:
            return False
        return asked.head in subtree(self.scene.sent, index)

    def carrier(self, index: int) -> Carrier | None:
        """The light verb that carries an event noun: "launched *strikes*", "came under *fire*"."""
        sent = self.scene.sent
        token = sent.tokens[index]
        above = sent.tokens[token.head]
        if token.dep in ("dobj", "obj", "nsubjpass", "attr") and above.pos in ("VERB", "AUX"):
            return self._light(above.index, "obj")
        if token.dep == "conj" and above.pos == "NOUN":
            return self.carrier(above.index)
        if token.dep == "pobj" and sent.tokens[above.head].pos in ("VERB", "AUX"):
            found = self._light(above.head, above.text.lower())
            if found is not None:
                return found
        for clause in children(sent, index, "acl", "relcl"):
            if index in self._role("obj", clause):
                return self._light(clause, "obj")
        return None

    def _light(self, verb: int, via: str) -> Carrier | None:
        lemma = self.scene.sent.tokens[verb].lemma
        particle = self.scene.view(verb).particle
        for row in self.lexicon.light.get(lemma, ()):
            if row.via == via and row.particle == particle:
                return Carrier(verb, row)
        return None

    def _carried(self, own: Sides, carrier: Carrier) -> Sides:
        """Parties of a carried noun: its own first, then where the light verb puts them."""
        actors, recipients, third = own
        given = self.fill(carrier.row.actor, carrier.verb, places=False)
        heard = self.fill(carrier.row.recipient, carrier.verb, places=False)
        actors = actors or tuple(m for m in given if m not in recipients)
        recipients = recipients or tuple(m for m in heard if m not in actors)
        return actors, recipients, tuple(m for m in third if m not in (*actors, *recipients))

    def parties_of(self, frame: Frame, index: int) -> Sides:
        """Actors, recipients and third parties of a frame at a token; no one twice."""
        places = frame.type in PLACE_TYPES
        actors = self.fill(frame.actor, index, places=False)
        if frame.kind == "verb" and frame.type != "ASSAULT" and self._by_deed(frame, index):
            actors = ()
        given = self.fill(frame.recipient, index, places=places)
        if not given and frame.type in _FALLBACK:
            given = self.fill(_FALLBACK[frame.type], index, places=places)
        if frame.type == "MOBILIZE" and not actors and self.scene.view(index).passive:
            actors = self.fill(_OBJECT, index, places=False)  # the troops that are sent act
        recipients = tuple(m for m in given if m not in actors and not _is_self(m, actors))
        third = tuple(
            m
            for m in self.fill(frame.third, index, places=False)
            if m not in actors and m not in recipients
        )
        return actors, recipients, third

    def _by_deed(self, frame: Frame, index: int) -> bool:
        """The subject is itself a happening: "Ghana's accord brings relief" is not Ghana's aid."""
        if not any(path == ("subj",) for alternative in frame.actor for path in alternative):
            return False
        heads = self.scene.roles(index).get("subj", ())
        return bool(heads) and all(
            self.scene.sent.tokens[h].pos == "NOUN"
            and self.scene.mention_at(h) is None
            and self.lexicon.types.get(("noun", self.scene.sent.tokens[h].lemma.lower()))
            for h in heads
        )

    def _traveller(self, index: int, hosts: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Whoever did something "on a visit to", "after talks with", "in a meeting with" others."""
        above = self.scene.sent.tokens[self.scene.sent.tokens[index].head]
        if above.dep != "prep" or not hosts:
            return ()
        found = self.fill(_CLAUSE_SUBJECT, index, places=False)
        return tuple(m for m in found if m not in hosts)

    def _protesters(self, index: int) -> tuple[Mention, ...]:
        """ "protests in Belgrade" are by people of the place; the noun itself stands for them."""
        token = self.scene.sent.tokens[index]
        above = self.scene.sent.tokens[token.head]
        places = self.fill(_INSIDE, index, places=True)
        if not places and above.pos in ("VERB", "AUX"):
            places = self.fill(_INSIDE, above.index, places=True)
        if not places or places[0].actors[0].country is None:
            return ()
        actor = Actor(
            token.text.lower(), places[0].actors[0].country, "CVL", rule="place of protest"
        )
        return (
            replace(
                places[0],
                start=token.start,
                end=token.end,
                text=token.text,
                first=index,
                last=index + 1,
                head=index,
                kind="role",
                actors=(actor,),
            ),
        )

    def _struck_place(self, index: int, actors: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """An offensive of one country "in Gaza" is against whoever is there."""
        own = {a.country for m in actors for a in m.actors}
        places = self.fill(((("in",),),), index, places=True)
        carried = self.scene.sent.tokens[index].head
        if not places and self.scene.sent.tokens[carried].pos == "VERB":
            places = self.fill(((("in",),),), carried, places=True)
        return tuple(m for m in places if m.actors[0].country not in own)

    def fill(self, spec: RoleSpec, index: int, *, places: bool) -> tuple[Mention, ...]:
        """The mentions in the first alternative of a role that leads to any."""
        for alternative in spec:
            out: list[Mention] = []
            for path in alternative:
                out += [m for m in self._path(path, index, places) if m not in out]
            if out:
                return tuple(out)
        return ()

    def _path(self, path: tuple[str, ...], index: int, places: bool) -> tuple[Mention, ...]:
        role = path[0]
        if role in ("speaker", "addressee"):
            return self._outside(role)
        if len(path) > 1:
            if role == "clause":
                return self._path(path[1:], self._clause(index), places)
            heads = self._role(role, index)
            found = [m for h in heads for m in self._path(path[1:], h, places)]
            if found or role != "obj":
                return tuple(dict.fromkeys(found))
            return self._path(path[1:], index, places)
        tokens = self._role(role, index)
        if role in ("amod", "compound"):
            kinds = ("role", "pronoun")
            return tuple(m for m in self.scene.direct(tokens) if m.kind not in kinds)
        return self.scene.parties(tokens, places=places)

    def _clause(self, index: int) -> int:
        """The verb that a noun in an adjunct belongs to ("met at the request of X")."""
        tokens = self.scene.sent.tokens
        at = index
        while tokens[at].head != at and tokens[at].pos not in ("VERB", "AUX"):
            at = tokens[at].head
        return at

    def _role(self, role: str, index: int) -> tuple[int, ...]:
        roles = self.scene.roles(index)
        if role == "surface":
            return roles.get("obj" if self.scene.view(index).passive else "subj", ())
        if role == "xcomp":
            return roles.get("xcomp", ()) or self._gerunds(roles)
        found = roles.get(role, ())
        if found or role in ("subj", "obj", "iobj", "xcomp", "ccomp", "poss"):
            return found
        # a preposition may hang on the object's noun instead: "impose sanctions on X"
        for below in (*roles.get("obj", ()), *roles.get("attr", ())):
            under = self.scene.roles(below).get(role, ())
            if under and self.scene.sent.tokens[below].pos not in ("PROPN", "PRON"):
                return under
        return ()

    def _holds(self, frame: Frame, index: int) -> set[int] | None:
        """The tokens that satisfied word conditions, or None when a condition fails."""
        used: set[int] = set()
        for condition in frame.conditions:
            met = self._check(condition, index, frame)
            if met is None:
                return None
            used.update(met)
        if self._foreign_particle(frame, index):
            return None
        return used

    def _foreign_particle(self, frame: Frame, index: int) -> bool:
        """ "call off" is not "call": a row without particle does not fit a verb that has one."""
        particle = self.scene.view(index).particle
        if particle is None or frame.kind != "verb":
            return False
        return not any(c.kind == "prt" for c in frame.conditions)

    def _check(self, condition: Condition, index: int, frame: Frame) -> Iterable[int] | None:
        roles = self.scene.roles(index)
        kind = condition.kind
        simple = self._simple(condition, index)
        if simple is not None:
            return () if simple else None
        if kind == "prep" or kind == "of":
            name = condition.name or "of"
            heads = self._role(name, index) or roles.get(f"{name}-gerund", ())
        else:
            heads = roles.get(kind, ())
            if kind == "xcomp":
                heads = (*heads, *self._gerunds(roles))
            elif kind == "attr":
                heads = (*heads, *roles.get("acomp", ()), *roles.get("oprd", ()))
        if condition.words is None:
            return () if heads else None
        wanted = self._fitting(heads, condition.words)
        return wanted or None

    def _simple(self, condition: Condition, index: int) -> bool | None:
        """Conditions without words; None when the condition is of another kind."""
        view, roles = self.scene.view(index), self.scene.roles(index)
        match condition.kind:
            case "prt":
                return view.particle == condition.name or self._adverb(condition.name, index)
            case "noobj":
                return not roles.get("obj")
            case "pass":
                return view.passive
            case "act":
                return not view.passive
            case "under":
                above = self.scene.sent.tokens[self.scene.sent.tokens[index].head]
                return above.dep == "prep" and above.text.lower() in (
                    condition.words.lemmas if condition.words else ()
                )
            case "neg":
                return any(
                    self.scene.sent.tokens[c].dep == "neg" for c in self.scene.sent.children[index]
                )
            case "actor" | "recipient":
                return True  # judged once the roles are filled
            case _:
                return None

    def _adverb(self, particle: str | None, index: int) -> bool:
        """The parser takes some particles for adverbs or bare prepositions ("pulled out of")."""
        sent = self.scene.sent
        return any(
            sent.tokens[c].text.lower() == particle and c - index <= 4
            for c in children(sent, index, "advmod", "prep")
        )

    def _gerunds(self, roles: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
        return tuple(i for role, where in roles.items() if role.endswith("-gerund") for i in where)

    def _fitting(self, heads: Iterable[int], words: Words) -> list[int]:
        return [h for head in heads for h in (head,) if self.fits(h, words)]

    def fits(self, index: int, words: Words) -> bool:
        """Tell whether a head is among the words: by lemma, by compound, or by event type."""
        token = self.scene.sent.tokens[index]
        lemma = token.lemma.lower()
        if lemma in words.lemmas or token.text.lower() in words.lemmas:
            return True
        if words.types:
            kind = "verb" if token.pos in ("VERB", "AUX") else "noun"
            if self.lexicon.types.get((kind, lemma), frozenset()) & words.types:
                return True
        for first, last in words.pairs:
            if last == lemma and any(
                self.scene.sent.tokens[c].lemma.lower() == first
                for c in children(self.scene.sent, index, "compound", "amod")
            ):
                return True
        # "a series of strikes", "dozens of people": the word that counts follows "of"
        if lemma in _VAGUE:
            below = self.scene.roles(index).get("of", ())
            return any(self.fits(b, words) for b in below if b != index)
        return False


def _is_self(mention: Mention, actors: tuple[Mention, ...]) -> bool:
    """ "reinforced its presence": the possessor is the doer again, not who it is done to."""
    if mention.kind != "pronoun":
        return False
    names = {(a.name, a.country) for m in actors for a in m.actors}
    return all((a.name, a.country) in names for a in mention.actors)


_VAGUE = frozenset(
    "series number wave round string spate dozen hundred thousand million group batch package set "
    "couple score handful part piece act kind form type amount lot shipment ton tonne billion "
    "range array list raft campaign barrage hail volley flurry day week month year".split()
)
