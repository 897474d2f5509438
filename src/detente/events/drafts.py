"""Sentence -> drafts of events: a word, the row that fits it, its parties, its status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from detente.events.frames import FrameMatch, FrameMatcher
from detente.events.lexicon import Frame, Lexicon
from detente.events.quotations import Attributor
from detente.events.scene import Scene
from detente.events.status import Reading, StatusReader
from detente.events.voices import Voice
from detente.types import POOLED, Mention, Status

# "died in the raid on the camp": the raid knows the doer, the verb the dead; bridging joins them.
CASUALTY = frozenset({"kill", "wound", "injure", "die", "hurt", "maim", "perish"})
# Speech about a deed leaves the deed standing: "condemned the attack on Abha" are two events.
_ABOUT = frozenset({"ACCUSE", "SUPPORT", "REQUEST"})
# A noun in these places names a thing, not a happening: "the peace *talks* venue".
_MODIFIER_DEPS = frozenset({"compound", "amod", "nmod", "npadvmod", "poss", "quantmod"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model says of a draft: its entry, what it gives the type, what it thinks of next.

    ``statuses`` is how likely it finds each status.
    """

    entry: str
    share: float
    runner_up: str
    statuses: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it is written down.

    ``index`` is the event word, ``verb`` the light verb that carries it (or None). ``type``,
    ``mode`` and ``status`` start as the lexicon and the reading have them and may be converted;
    ``rule`` names the conversion, or is "model" where the model proposed the event. ``verdict`` is
    what the model makes of it, where one was asked, and ``filled`` the side that the model named.
    ``sure`` is the probability of the status where rules and model were weighed for it.
    """

    index: int
    verb: int | None
    frame: Frame
    type: str
    mode: str | None
    status: Status
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    third: tuple[Mention, ...]
    reading: Reading
    voices: tuple[Voice, ...]
    used: frozenset[int]
    rule: str = "frame"
    verdict: Verdict | None = None
    filled: str | None = None
    sure: float | None = None

    @property
    def top(self) -> int:
        """The token whose dependents belong to the event: the light verb or the word itself."""
        return self.index if self.verb is None else self.verb


class Drafter:
    """Finds the drafts of the sentences of one document.

    Args: attributor: who says what in it.
    """

    def __init__(
        self, lexicon: Lexicon, attributor: Attributor, asked: Mention | None = None
    ) -> None:
        self.lexicon = lexicon
        self.asked = asked
        self.attributor = attributor

    def drafts(self, scene: Scene) -> list[Draft]:
        """All drafts of a sentence, in text order, before conversion."""
        reader = StatusReader(scene, self.lexicon)
        out: list[Draft] = []
        for token in scene.sent.tokens:
            draft = self._draft(scene, reader, token.index)
            if draft is not None:
                out.append(draft)
        return _without_doubles(scene, out)

    def _draft(self, scene: Scene, reader: StatusReader, index: int) -> Draft | None:
        token = scene.sent.tokens[index]
        noun = token.pos not in ("VERB", "AUX")
        if noun and (token.dep in _MODIFIER_DEPS or scene.covered(index) is not None):
            return None
        matcher = FrameMatcher(
            scene,
            self.lexicon,
            lambda role: self._outside(scene, role, index, reader),
            asked=self.asked,
        )
        if not matcher.frames_of(index):
            return None
        carrier = matcher.carrier(index) if noun else None
        match = matcher.match(index, carrier)
        if match is None or (noun and carrier is None and not _stands_alone(match)):
            return None
        if not noun and self._impersonal(scene, index, match):
            return None
        reading = reader.read(index)
        if _is_voiced(match.frame):
            # the words are the act: "will not go unpunished" is a threat that was made
            reading = replace(reading, status=Status.ASSERTED, refused=False, rule="voiced")
        return Draft(
            index=index,
            verb=carrier.verb if carrier else None,
            frame=match.frame,
            type=match.frame.type,
            mode=match.frame.mode,
            status=reading.status,
            actors=match.actors,
            recipients=match.recipients,
            third=match.third,
            reading=reading,
            voices=self.attributor.voices(scene, index, reading.reports),
            used=match.used,
        )

    def _outside(
        self, scene: Scene, role: str, index: int, reader: StatusReader
    ) -> tuple[Mention, ...]:
        """The speaker or the addressee of what stands at a token."""
        voices = self.attributor.voices(scene, index, reader.read(index).reports)
        if not voices:
            return ()
        return voices[0].speakers if role == "speaker" else voices[0].addressees

    def _impersonal(self, scene: Scene, index: int, match: FrameMatch) -> bool:
        """A verb whose subject is there but names nobody: "rising costs hit Germany"."""
        if match.actors or not any(path == ("subj",) for alt in match.frame.actor for path in alt):
            return False
        subjects = scene.roles(index).get("subj", ())
        if not subjects or match.frame.type == "ASSAULT":
            subjects = tuple(s for s in subjects if not self._violent(scene, s))
        return bool(subjects)

    def _violent(self, scene: Scene, index: int) -> bool:
        """Weapons and attacks do what their users do."""
        token = scene.sent.tokens[index]
        if token.pos == "PRON" or token.tag in ("WDT", "WP"):
            return True
        lemma = token.lemma.lower()
        return lemma in self.lexicon.weapons or "ASSAULT" in self.lexicon.types.get(
            ("noun", lemma), ()
        )


def _is_voiced(frame: Frame) -> bool:
    """The speaker performs the act by these words, or the row itself asks for the "not"."""
    spoken = any(path == ("speaker",) for alternative in frame.actor for path in alternative)
    return spoken or any(c.kind == "neg" for c in frame.conditions)


def _stands_alone(match: FrameMatch) -> bool:
    """A noun without a verb to carry it must itself name its parties; "the attack" is an echo.

    One name in front of what takes two ("the border agreement of Togo") names a thing.
    """
    joint = match.frame.type in POOLED and any(
        "between" in path for alternative in match.frame.actor for path in alternative
    )
    named = (*match.actors, *match.recipients)
    if len(named) == 1 and named[0].kind == "pronoun":
        return False  # "his visit", "their attacks": an echo of what was told
    parties = [a for m in named for a in m.actors]
    return len(parties) >= 2 if joint else bool(parties)


def _without_doubles(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """A verb and the noun it carries are one event; so are nouns that a frame has used up.

    A verb that a frame asks for ("ordered to withdraw") stays: its governor decides on it.
    """
    used = {
        index
        for draft in drafts
        for index in draft.used
        if draft.index != index
        and draft.type not in _ABOUT
        and draft.frame.lemma not in CASUALTY
        and scene.sent.tokens[index].pos not in ("VERB", "AUX")
    }
    carrying = {d.verb: d for d in drafts if d.verb is not None}
    out: list[Draft] = []
    for draft in drafts:
        if draft.index in used:
            continue
        carried = carrying.get(draft.index)
        if carried is not None and carried.index not in used and carried.index not in draft.used:
            continue
        out.append(draft)
    return out
