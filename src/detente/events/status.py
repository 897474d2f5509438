"""Did it happen? Modals, negation and governing words around an event word, read upwards.

The walk starts at the event word and climbs the tree. Each step may change the status (a modal,
a negation, a governor that plans, denies, asks, fears) until a border is reached: a finite clause
that is only reported, a relative clause, the root. Above the border only reports are collected.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.events.lexicon import Lexicon
from detente.events.scene import Scene
from detente.language.predicates import (
    Clause,
    children,
    clause_at,
    is_for_clause,
    subtree,
)
from detente.types import Span, Status, Token

_CONDITIONAL_MARKS = frozenset({"if", "unless", "should", "provided", "providing", "until", "once"})
_OPEN_MARKS = frozenset({"if", "unless", "should", "provided", "providing"})
_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo", "ll"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_DEONTIC = frozenset({"must", "should", "ought"})
# Verbs that say of an event noun in subject position only that it took place.
_OCCUR = frozenset(
    "take occur happen begin start resume continue end go last follow break erupt come unfold "
    "proceed conclude kill wound injure leave".split()
)
# Plans that the planner himself makes known, as against what is scheduled or expected of him.
_OWN_PLANS = frozenset(
    "plan intend prepare decide resolve aim announce offer prepared ready willing".split()
)
# Denying these denies what they are about: "denied charges that it had armed the rebels".
_ALLEGED = frozenset(
    "charge allegation accusation claim report suggestion assertion rumor rumour".split()
)
_ALLEGING = frozenset({"accuse", "allege", "blame", "charge", "suspect", "claim"})
_DENYING = frozenset({"deny", "reject", "dismiss", "refute", "dispute"})
# What is only to be prevented may never have been.
_PREVENTING = frozenset({"prevent", "avert", "avoid", "stop", "foil", "thwart"})
# A condition of what these say is a condition of the saying: "warned that it would fire if".
_BINDING = frozenset("warn threaten vow promise pledge swear offer propose agree".split())
_RANKS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth only last latest next "
    "1st 2nd 3rd 4th 5th 10th 20th".split()
)
_KINDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}
_NOBODY = frozenset({"nobody", "none", "neither", "no-one"})
# "wants to go" is a wish, "wants X to go" a request.
_WISHES = frozenset({"want", "like", "expect", "prefer", "wish", "need", "desire", "love"})
# These take a bare verb when they ask and an inflected one when they tell.
_SUBJUNCTIVE = frozenset(
    "insist demand ask recommend propose suggest urge request require order stipulate".split()
)
# Deeper than any sentence that a reader follows; a stop for trees with a loop.
_MAX_CLIMB = 14


@dataclass(frozen=True, slots=True)
class Reading:
    """How the text presents one event word.

    Attributes:
        status: as the contract has it.
        cue: the word that decided it; None for plain assertion.
        rule: name of the rule, for evidence.
        volitional: a modal or a plan of the actor's own, not a schedule or a fear.
        absorbed: part of a governing speech act or an aim; no record of its own.
        demanded: "must", "should": a demand of whoever speaks.
        refused: "will not": the actor's own will, negated.
        requested: asked of somebody, whatever became of the asking.
        governor: the innermost word that embeds it ("urged", "plan"), if any does.
        reports: tokens of the verbs that report it, innermost first.
        condition: the clause it depends on.
    """

    status: Status = Status.ASSERTED
    cue: int | None = None
    rule: str = "asserted"
    volitional: bool = False
    absorbed: bool = False
    demanded: bool = False
    refused: bool = False
    requested: bool = False
    governor: int | None = None
    reports: tuple[int, ...] = ()
    condition: Span | None = None


def compose(outer: str, inner: Status) -> Status:
    """Put an outer effect on an inner status ("did not plan to attack": negated over future)."""
    if outer == "denied":
        return Status.DENIED
    if outer == "negated":
        return Status.ASSERTED if inner is Status.NEGATED else Status.NEGATED
    if inner in (Status.NEGATED, Status.DENIED):
        return inner
    if outer == "requested":
        return Status.REQUESTED
    if outer == "hypothetical":
        return inner if inner is Status.CONDITIONAL else Status.HYPOTHETICAL
    if outer in ("future", "conditional") and inner in (Status.ASSERTED, Status.FUTURE):
        return Status(outer)
    return inner


def _first(known: int | None, new: int) -> int:
    return new if known is None else known


class StatusReader:
    """Reads the status of event words in one sentence."""

    def __init__(self, scene: Scene, lexicon: Lexicon) -> None:
        self.scene = scene
        self.sent = scene.sent
        self.embedding = lexicon.embedding
        self.light = lexicon.light
        self._index = 0

    def read(self, index: int) -> Reading:
        """Read the status of the event word at a token."""
        self._index = index
        reading = self._self(index, Reading())
        at, frozen = index, False
        for _ in range(_MAX_CLIMB):
            token = self.sent.tokens[at]
            if token.pos in ("VERB", "AUX") and not frozen:
                reading = self._clause(at, reading)
            if token.head == at:
                break
            reading, frozen = self._step(at, reading, frozen)
            at = self._next(at)
        reading = self._charge_denied(reading)
        if self.sent.text.rstrip("\"'”’ ").endswith("?") and reading.status is Status.ASSERTED:
            reading = replace(reading, status=Status.HYPOTHETICAL, rule="question")
        return reading

    def _charge_denied(self, reading: Reading) -> Reading:
        """ "Accuses Peru of arming the rebels, a charge Lima denies": the arming is denied."""
        tokens = self.sent.tokens
        if reading.status in (Status.DENIED, Status.NEGATED):
            return reading
        for token in tokens[self._index + 1 :]:
            if token.lemma not in _ALLEGED or token.dep not in ("appos", "dobj", "npadvmod"):
                continue
            denied = [c for c in children(self.sent, token.index, "relcl")
                      if tokens[c].lemma in _DENYING]  # fmt: skip
            if denied and any(tokens[a].lemma in _ALLEGING for a in self._above(self._index)):
                return replace(
                    reading,
                    status=Status.DENIED,
                    cue=denied[0],
                    rule="charge denied",
                    reports=(denied[0],),
                )
        return reading

    def _above(self, index: int) -> list[int]:
        """The governors of a token, nearest first."""
        out: list[int] = []
        while self.sent.tokens[index].head != index and len(out) < _MAX_CLIMB:
            index = self.sent.tokens[index].head
            out.append(index)
        return out

    # -- at the word itself

    def _self(self, index: int, reading: Reading) -> Reading:
        for child in self.sent.children[index]:
            token = self.sent.tokens[child]
            word = token.text.lower()
            if token.dep == "det" and word == "no":
                return replace(reading, status=Status.NEGATED, cue=child, rule="no")
            if token.dep == "det" and word == "any":
                status = compose("conditional", reading.status)
                reading = replace(reading, status=status, cue=child, rule="any")
            if token.dep not in ("advmod", "amod", "compound", "nmod"):
                continue
            kind = "adv" if token.dep == "advmod" else "adj"
            effect = self.embedding.get((word, kind, "self"))
            if effect:
                status = compose(effect, reading.status)
                reading = replace(reading, status=status, cue=child, rule=f"{kind}:{word}")
        return reading

    # -- at a clause

    def _clause(self, at: int, reading: Reading) -> Reading:
        clause = clause_at(self.sent, at)
        reading = self._modal(at, clause, reading)
        if clause.negation is not None and not self._rhetorical(clause.negation):
            refused = reading.status is Status.FUTURE and reading.volitional
            demanded = reading.demanded
            reading = replace(
                reading,
                status=compose("negated", reading.status),
                cue=clause.negation,
                rule="negation",
                refused=refused,
                absorbed=reading.absorbed or demanded,
            )
        elif self._by_nobody(at):
            status = compose("negated", reading.status)
            reading = replace(reading, status=status, cue=at, rule="nobody")
        return self._condition(at, clause, reading)

    def _by_nobody(self, at: int) -> bool:
        """ "Nobody attacked", "no troops entered": the subject denies."""
        tokens = self.sent.tokens
        for subject in children(self.sent, at, "nsubj", "nsubjpass"):
            if subject == self._index:
                continue  # "no attack took place": the noun has counted its "no" already
            words = [tokens[c] for c in children(self.sent, subject, "det", "preconj", "cc")]
            first = any(w.text.lower() in ("no", "neither") for w in words)
            if tokens[subject].text.lower() in _NOBODY or first:
                return True
        return False

    def _rhetorical(self, index: int) -> bool:
        """ "not only" denies nothing."""
        following = self.sent.tokens[index + 1 : index + 2]
        return bool(following) and following[0].lemma in ("only", "just", "merely")

    def _modal(self, at: int, clause: Clause, reading: Reading) -> Reading:
        for modal in clause.modals:
            cue = next(
                (c for c in self.sent.children[at] if self.sent.tokens[c].text.lower() == modal),
                at,
            )
            if modal in _FUTURE or (modal == "would" and self._reported_in_past(at)):
                effect, volitional = "future", True
            elif modal in ("would", "'d", "’d"):
                effect, volitional = "conditional", True
            elif modal in _POSSIBLE:
                effect, volitional = "hypothetical", False
            elif modal in _DEONTIC:
                status = compose("requested", reading.status)
                return replace(
                    reading, status=status, cue=cue, rule=f"modal:{modal}", demanded=True
                )
            else:
                continue
            status = compose(effect, reading.status)
            reading = replace(
                reading, status=status, cue=cue, rule=f"modal:{modal}", volitional=volitional
            )
        return reading

    def _reported_in_past(self, at: int) -> bool:
        tokens = self.sent.tokens
        for _ in range(4):
            token = tokens[at]
            if token.head == at:
                return False
            above = tokens[token.head]
            if token.dep == "ccomp" and above.pos == "VERB":
                clause = clause_at(self.sent, above.index)
                return clause.tense == "past"
            if token.dep not in ("conj", "xcomp"):
                return False
            at = token.head
        return False

    def _condition(self, at: int, clause: Clause, reading: Reading) -> Reading:
        if clause.mark == "whether":
            return replace(reading, absorbed=True, cue=at, rule="whether")
        inverted = clause.mark == "should"
        if clause.mark in ("until", "once") and clause.link == "advcl" and clause.tense != "past":
            status = compose("hypothetical", reading.status)
            reading = replace(reading, status=status, cue=at, rule=f"mark:{clause.mark}")
        if clause.mark in _OPEN_MARKS and (inverted or clause.link in ("advcl", "ccomp")):
            status = compose("hypothetical", reading.status)
            return replace(reading, status=status, cue=at, rule=f"mark:{clause.mark}")
        bound = ("xcomp", "ccomp") if self.sent.tokens[at].lemma in _BINDING else ("xcomp",)
        inner = [
            clause
            for verb in children(self.sent, at, *bound)
            for clause in children(self.sent, verb, "advcl")
        ]  # "threatened to leave unless": the condition is the threat's too
        for child in (*children(self.sent, at, "advcl"), *inner):
            mark = clause_at(self.sent, child).mark
            if mark not in _CONDITIONAL_MARKS:
                continue
            tied = mark in ("if", "unless", "should", "provided", "providing")
            tied = tied or reading.status is not Status.ASSERTED
            if not tied:
                continue
            status = reading.status
            if clause.modals and status is Status.HYPOTHETICAL:
                status = Status.CONDITIONAL  # "could strike if": the condition is stated
            elif clause.modals or status is Status.FUTURE or clause.tense == "none":
                status = compose("conditional", status)
            return replace(
                reading,
                status=status,
                condition=self.span(child),
                rule=f"condition:{mark}",
                cue=child,
            )
        return reading

    # -- from a word to its governor

    def _step(self, at: int, reading: Reading, frozen: bool) -> tuple[Reading, bool]:
        token = self.sent.tokens[at]
        governor, via = self._link(at)
        if governor is None:
            return reading, frozen
        effect = self._effect(governor, via, token.lemma)
        effect = self._mood(effect, at, governor, via)
        if effect in ("report", "denied") and via in ("ccomp", "gerund", "xcomp"):
            reading = replace(reading, reports=(*reading.reports, governor.index))
        alleged = token.lemma in _ALLEGED and via == "obj" and effect == "denied"
        if frozen:
            if alleged:
                reading = replace(
                    reading, status=compose("denied", reading.status), cue=governor.index,
                    rule=f"denied:{governor.lemma}",
                )  # fmt: skip
            return reading, True
        if alleged and at == self._index:
            return reading, True  # the charge was made, and what it says is denied
        if effect == "negated" and governor.lemma in _PREVENTING and self._is_purpose(governor):
            effect = "hypothetical"
        if effect == "report":
            return reading, True
        if effect in ("absorb", "topic"):
            rule = f"{effect}:{governor.lemma}"
            reading = replace(reading, governor=_first(reading.governor, governor.index))
            return replace(reading, absorbed=True, cue=governor.index, rule=rule), True
        if effect is not None:
            return self._apply(effect, governor, via, reading)
        if self._is_aim(at, governor):
            return replace(reading, absorbed=True, cue=at, rule="aim"), True
        return reading, self._is_border(token, governor, reading)

    def _is_purpose(self, verb: Token) -> bool:
        """ "Measures to prevent attacks": nothing has been prevented yet."""
        helpers = [self.sent.tokens[c].tag for c in children(self.sent, verb.index, "aux")]
        return "TO" in helpers or "MD" in helpers

    def _apply(
        self, effect: str, governor: Token, via: str, reading: Reading
    ) -> tuple[Reading, bool]:
        own = governor.lemma in _OWN_PLANS
        status = compose(effect, reading.status)
        changed = effect != "asserted"
        reading = replace(
            reading,
            status=status,
            cue=governor.index if changed else reading.cue,
            rule=f"{effect}:{governor.lemma}" if changed else reading.rule,
            volitional=reading.volitional or (own and effect == "future"),
            requested=reading.requested or effect == "requested",
            governor=_first(reading.governor, governor.index),
        )
        if effect == "denied":
            reading = replace(reading, reports=(*reading.reports, governor.index))
            return replace(reading, reports=tuple(dict.fromkeys(reading.reports))), True
        # what is planned or feared may itself be denied or conditional; what is asked is asked
        return reading, via not in ("xcomp", "gerund") and effect != "asserted"

    def _mood(self, effect: str | None, at: int, governor: Token, via: str) -> str | None:
        """Wishes turn into requests: "wants X to go", "insisted that X withdraw" (not "-s")."""
        wish = via == "xcomp" and governor.lemma in _WISHES
        wish = wish and not self.scene.view(governor.index).passive  # "is expected to" is a plan
        if wish and self.scene.roles(governor.index).get("obj"):
            return "requested"
        if via == "ccomp" and governor.lemma in _SUBJUNCTIVE:
            token = self.sent.tokens[at]
            subjects = children(self.sent, at, "nsubj", "nsubjpass")
            singular = any(self.sent.tokens[c].tag in ("NN", "NNP") for c in subjects)
            bare = token.text.lower() == token.lemma and not children(self.sent, at, "aux")
            be = any(self.sent.tokens[c].text == "be" for c in children(self.sent, at, "auxpass"))
            if be or (singular and bare and token.tag in ("VB", "VBP")):
                return "requested"
        return effect

    def _effect(self, governor: Token, via: str, about: str) -> str | None:
        kind = _KINDS.get(governor.pos)
        if kind is None:
            return None
        words = [governor.lemma.lower(), governor.text.lower()]
        for word in words:
            for tried in (kind, "adj" if governor.tag == "VBN" else kind):
                effect = self.embedding.get((word, tried, via))
                if effect is not None:
                    return effect
        if via == "obj" and governor.lemma in _DENYING and about in _ALLEGED:
            return "denied"  # "dismissed reports that it had fired"
        if via == "obj":
            for particle in children(self.sent, governor.index, "prt"):
                name = f"obj prt={self.sent.tokens[particle].text.lower()}"
                effect = self.embedding.get((governor.lemma, kind, name))
                if effect is not None:
                    return effect
        return None

    def _link(self, at: int) -> tuple[Token | None, str]:
        """The word that governs this one in sense, and by what: a relation or a preposition."""
        tokens = self.sent.tokens
        token = tokens[at]
        above = tokens[token.head]
        if token.dep == "pobj" and above.dep in ("prep", "agent", "dative"):
            return tokens[above.head], above.text.lower()
        if token.dep == "pcomp":
            outer = tokens[above.head]
            return outer, above.text.lower() if outer.pos != "ADJ" else "gerund"
        if token.dep in ("dobj", "obj"):
            return above, "obj"
        if token.dep in ("advcl", "ccomp", "xcomp") and is_for_clause(self.sent, at):
            return above, "for"
        if token.dep == "nsubjpass":
            return above, "obj"
        if token.dep == "acl":
            infinitive = any(tokens[c].tag == "TO" for c in children(self.sent, at, "aux"))
            told = token.tag != "VBN" or children(self.sent, at, "nsubj", "nsubjpass")
            return above, "xcomp" if infinitive else "ccomp" if told else "acl"
        if token.dep == "relcl" and children(self.sent, at, "mark"):
            return above, "ccomp"  # "said in a statement that ...": no relative clause
        if token.dep == "ccomp" and self._infinitival(at):
            return above, "xcomp"
        if token.dep == "xcomp" and token.tag == "VBG" and above.lemma in ("deny", "avoid"):
            return above, "gerund" if above.lemma == "deny" else "xcomp"
        return above, token.dep

    def _infinitival(self, at: int) -> bool:
        tokens = self.sent.tokens
        helpers = [tokens[c] for c in children(self.sent, at, "aux")]
        finite = any(h.tag in ("MD", "VBZ", "VBP", "VBD") for h in helpers)
        return any(h.tag == "TO" for h in helpers) and not finite

    def _next(self, at: int) -> int:
        """Where the climb goes on: over a preposition to what it hangs on."""
        tokens = self.sent.tokens
        token = tokens[at]
        if token.dep in ("pobj", "pcomp"):
            return tokens[token.head].head
        return token.head

    def _is_aim(self, at: int, governor: Token) -> bool:
        """A purpose clause ("met to discuss", "in order to topple") tells what is wanted."""
        token = self.sent.tokens[at]
        if token.dep not in ("advcl", "xcomp", "relcl") or not self._infinitival(at):
            return False
        if token.dep == "relcl":  # "the second state to ratify" did ratify
            return not any(
                self.sent.tokens[c].lemma.lower() in _RANKS
                for c in self.sent.children[governor.index]
            )
        return governor.pos in ("VERB", "AUX") and governor.lemma != "be"

    def _is_border(self, token: Token, governor: Token, reading: Reading) -> bool:
        """Whether the governor's own modality leaves this word alone."""
        if token.dep == "conj":
            return token.pos != governor.pos or self._stands_alone(token, governor)
        if token.dep in ("xcomp", "attr", "acomp", "auxpass", "pcomp"):
            return False
        if token.pos in ("NOUN", "PROPN") and governor.pos in ("VERB", "AUX"):
            if token.dep in ("dobj", "nsubjpass") and governor.lemma in self.light:
                return False
            if token.dep in ("nsubj", "nsubjpass") and governor.lemma in _OCCUR:
                return False
            if token.dep == "pobj" and any(
                row.via == self.sent.tokens[token.head].text.lower()
                for row in self.light.get(governor.lemma, ())
            ):
                return False
            return self._is_definite(token.index)
        return True

    def _stands_alone(self, token: Token, governor: Token) -> bool:
        """A joined verb that shares no helper: "did not resign but attacked", not "or attack"."""
        if token.pos not in ("VERB", "AUX"):
            return False
        if children(self.sent, token.index, "nsubj", "nsubjpass", "csubj", "expl"):
            return True
        helpers = [self.sent.tokens[c].tag for c in children(self.sent, token.index, "aux")]
        finite = "MD" in helpers or "VBD" in helpers
        return finite or (token.tag in ("VBD", "VBZ") and governor.tag in ("VB", "VBN", "VBG"))

    def _is_definite(self, index: int) -> bool:
        """ "the attack", "Russia's attack" exist; "an attack" under a modal may not."""
        for child in self.sent.children[index]:
            token = self.sent.tokens[child]
            if token.dep == "poss" or token.lemma in ("the", "this", "that", "these", "those"):
                return True
        return False

    def span(self, index: int) -> Span:
        """The words of a subtree, as a span of the document."""
        tokens = self.sent.tokens
        inside = subtree(self.sent, index)
        start, end = tokens[inside[0]].start, tokens[inside[-1]].end
        return Span(start, end, self.sent.text[start - self.sent.start : end - self.sent.start])
