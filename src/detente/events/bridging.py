"""What the sentence leaves to the rest of the document: whose attack, whose move, which dead.

Rules, in order:
  merge      "the strike on the camp killed nine" is one event: the strike's doer, the dead
  whose      "nine were killed in the raid": the raid is the one told before, so is its doer
  echo       "the attack killed nine", "nine were wounded" after the attack was told: not again
  deed       "Cairo condemned the move": the move is the last act told, its doer is meant
  partner    "The Secretary also discussed trade": with whom he met before
  war        "Togo's aggression" is against whom it was told to be before
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from detente.events.drafts import CASUALTY, Draft
from detente.events.lexicon import Lexicon
from detente.events.scene import Scene, party_keys
from detente.types import Mention

# Where the event that killed stands: "in the raid", "by the blast", "during clashes".
_CAUSE_ROLES = ("subj", "by", "in", "during", "from", "when")
_ATTITUDES = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_DEEDS = frozenset(
    "move decision action step act announcement statement remark comment deed gesture measure "
    "ruling verdict proposal plan offer attack raid strike violence incident arrest sanction "
    "deployment test launch visit deal agreement policy killing bombing crackdown".split()
)
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
# An echo follows soon; further on, a new death is a new event.
_ECHO_SENTENCES = 6
_DEED_SENTENCES = 2
# A readout goes on about one meeting for a page.
_PARTNER_SENTENCES = 12
_WARS = frozenset({"war", "aggression", "invasion", "offensive", "occupation", "assault"})


class Bridger:
    """Remembers the events of one document while it is read in order."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._types = lexicon.types
        self._told: list[tuple[int, Draft]] = []

    def bridge(self, scene: Scene, drafts: list[Draft]) -> list[Draft]:
        """Apply the rules to the drafts of the next sentence."""
        out: list[Draft] = []
        for draft in self._merged(scene, drafts):
            bridged = self._bridge(scene, draft)
            if bridged is not None:
                out.append(bridged)
        self._told += [(scene.sent.index, draft) for draft in out]
        return out

    def _merged(self, scene: Scene, drafts: list[Draft]) -> list[Draft]:
        by_index = {draft.index: draft for draft in drafts}
        gone: set[int] = set()
        merged: dict[int, Draft] = {}
        for draft in drafts:
            cause = self._cause(scene, draft, by_index)
            if cause is None:
                continue
            if len(cause.actors) > 1 and not cause.recipients:
                gone.add(draft.index)  # "killed in fighting between A and B": the fight is told
                continue
            gone.add(cause.index)
            merged[draft.index] = replace(
                draft,
                actors=cause.actors or draft.actors,
                recipients=draft.recipients or cause.recipients,
                mode=cause.mode or draft.mode,
                rule=f"{draft.rule}; merged with {cause.frame.lemma}",
            )
        return [merged.get(d.index, d) for d in drafts if d.index not in gone]

    def _cause(self, scene: Scene, draft: Draft, by_index: dict[int, Draft]) -> Draft | None:
        if draft.type != "ASSAULT" or draft.frame.lemma not in CASUALTY:
            return None
        for index in self._causes(scene, draft):
            found = by_index.get(index)
            if found is not None and found.type == "ASSAULT" and found.frame.kind == "noun":
                return found
        return None

    def _causes(self, scene: Scene, draft: Draft) -> Iterable[int]:
        roles = scene.roles(draft.index)
        for role in _CAUSE_ROLES:
            yield from roles.get(role, ())

    def _bridge(self, scene: Scene, draft: Draft) -> Draft | None:
        if draft.type == "ASSAULT" and draft.frame.lemma in CASUALTY and not draft.actors:
            return self._casualty(scene, draft)
        if draft.type in _ATTITUDES and not draft.recipients and draft.frame.kind == "verb":
            return self._attitude(scene, draft)
        if draft.actors and not draft.recipients and draft.type in ("CONSULT", "ASSAULT"):
            return self._partner(scene, draft)
        return draft

    def _casualty(self, scene: Scene, draft: Draft) -> Draft | None:
        earlier = self._earlier(scene, _ECHO_SENTENCES, "ASSAULT")
        bare = [i for i in self._causes(scene, draft) if self._is_echo(scene, i)]
        active = set(bare) & set(scene.roles(draft.index).get("subj", ()))
        if active and earlier:
            return None
        if bare and earlier:
            actors = next((d.actors for d in earlier if d.actors), ())
            doers = tuple(_elsewhere(m) for m in actors)
            return replace(draft, actors=doers, rule="whose: told before") if doers else None
        told = any(
            scene.roles(draft.index).get(role) for role in ("by", "in", "at", "near", "when")
        )
        return None if earlier and not told else draft

    def _is_echo(self, scene: Scene, index: int) -> bool:
        """A pointed-at event noun that names nobody: "the raid", "those attacks"."""
        token = scene.sent.tokens[index]
        if "ASSAULT" not in self._types.get(("noun", token.lemma.lower()), ()):
            return False
        return _pointed_at(scene, index) and not scene.parties((index,))

    def _attitude(self, scene: Scene, draft: Draft) -> Draft:
        objects = scene.roles(draft.index).get("obj", ())
        if not any(self._is_deed(scene, index) for index in objects):
            return draft
        for earlier in self._earlier(scene, _DEED_SENTENCES, None):
            doers = tuple(_elsewhere(m) for m in earlier.actors if not _same(m, draft.actors))
            if doers:
                return replace(draft, recipients=doers, rule=f"{draft.rule}; deed told before")
        return draft

    def _partner(self, scene: Scene, draft: Draft) -> Draft:
        """The other side of the last such event of the same doer, where none is named."""
        if draft.type == "ASSAULT" and draft.frame.lemma not in _WARS:
            return draft
        own = party_keys(draft.actors)
        if len(own) != 1:
            return draft
        for earlier in self._earlier(scene, _PARTNER_SENTENCES, draft.type):
            sides = (*earlier.actors, *earlier.recipients)
            doers = sides if draft.type == "CONSULT" else earlier.actors
            others = tuple(
                _elsewhere(m)
                for m in (sides if draft.type == "CONSULT" else earlier.recipients)
                if not _same(m, draft.actors)
            )
            if own & party_keys(doers) and others:
                return replace(draft, recipients=others, rule=f"{draft.rule}; told before")
        return draft

    def _is_deed(self, scene: Scene, index: int) -> bool:
        return scene.sent.tokens[index].lemma.lower() in _DEEDS and _pointed_at(scene, index)

    def _earlier(self, scene: Scene, reach: int, event_type: str | None) -> list[Draft]:
        """Events told before, nearest first, not further back than ``reach`` sentences."""
        here = scene.sent.index
        return [
            draft
            for sentence, draft in reversed(self._told)
            if here - sentence <= reach and event_type in (None, draft.type)
        ]


def _pointed_at(scene: Scene, index: int) -> bool:
    """ "*The* raid", "*those* attacks": the noun leads back to something told."""
    sent = scene.sent
    return any(sent.tokens[child].text.lower() in _POINTING for child in sent.children[index])


def _elsewhere(mention: Mention) -> Mention:
    """A party taken over from another sentence; its span stays where the words are."""
    return replace(mention, score=min(mention.score, 0.5)) if mention.score > 0.5 else mention


def _same(mention: Mention, others: Iterable[Mention]) -> bool:
    return bool(party_keys((mention,)) & party_keys(others))
