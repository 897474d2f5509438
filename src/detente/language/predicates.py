"""Views of a parsed sentence: who stands where around a word that can head an event.

A dependency tree says where a word hangs; a coder asks who did it to whom. This module undoes
passives, control ("refused to meet"), relative clauses, participles and conjoined verbs, so that
``subj`` and ``obj`` are always the deep ones and the lexicon is written once, for the active.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.types import Predicate, Sentence, Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
# "The US wants to help", "was asked to leave", "began shelling", "by arming rebels".
CONTROLLED = frozenset({"xcomp", "advcl", "pcomp", "ccomp", "acl"})
# "urged, asked, told X to": the object acts in what follows; all others hand on their subject.
OBJECT_CONTROL = frozenset(
    "urge ask tell order demand force compel press pressure persuade convince encourage invite "
    "instruct command direct allow permit enable help lead cause prompt push exhort implore beg "
    "request require warn advise accuse suspect blame charge condemn criticise criticize praise "
    "thank commend applaud prevent stop ban bar prohibit forbid discourage dissuade deter block "
    "see find catch leave send expect want call authorize authorise oblige train pay hire "
    "convict indict sue caution remind denounce fault credit hail sentence jail imprison arrest "
    "detain".split()
)
# Prepositions whose gerund belongs to the object: "accused X of killing", "thanked X for freeing".
_OBJECT_GERUND = frozenset({"of", "for", "against", "from", "into", "over"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands around one verb: its helpers, its mark and the word that governs it.

    ``modals`` are lower-case ("will", "could"), ``mark`` the subordinator ("if", "that"),
    ``governor`` the token it depends on (None for a root), ``link`` the relation to it.
    """

    head: int
    tense: str
    modals: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    negation: int | None
    mark: str | None
    governor: int | None
    link: str


def conjuncts(sent: Sentence, index: int) -> tuple[int, ...]:
    """The token and everything conjoined to it ("Cuba, Panama and the EU"), in order."""
    out, todo = [], [index]
    while todo:
        at = todo.pop()
        if at in out:
            continue
        out.append(at)
        todo += [c for c in sent.children[at] if _is_conjoined(sent, c)]
    return tuple(sorted(out))


def _is_conjoined(sent: Sentence, index: int) -> bool:
    """Conjoined, or the middle of a list that the parser took for an apposition ("A, B and C")."""
    token = sent.tokens[index]
    if token.dep == "conj":
        return True
    if token.dep != "appos" or token.pos != "PROPN" or sent.tokens[token.head].pos != "PROPN":
        return False
    return bool(children(sent, index, "cc")) and bool(children(sent, index, "conj"))


def subtree(sent: Sentence, index: int) -> tuple[int, ...]:
    """All tokens that hang on a token, itself included, in text order."""
    out, todo = [], [index]
    while todo:
        at = todo.pop()
        out.append(at)
        todo += sent.children[at]
    return tuple(sorted(out))


def children(sent: Sentence, index: int, *deps: str) -> list[int]:
    """Dependents of a token with one of these relations, in text order."""
    return [c for c in sent.children[index] if sent.tokens[c].dep in deps]


def is_passive(sent: Sentence, index: int) -> bool:
    """Tell whether a verb is passive, also as a bare participle ("weapons provided by Iran")."""
    token = sent.tokens[index]
    if children(sent, index, "nsubjpass", "csubjpass", "auxpass"):
        return True
    if token.tag not in ("VBN", "VBD"):
        return False
    if any(children(sent, a, "pobj") for a in children(sent, index, "agent")):
        return True  # "by" with a gerund tells how, not by whom
    if token.tag != "VBN":
        return False
    if token.dep in ("acl", "relcl", "amod"):
        return not children(sent, index, "nsubj", "aux", "dobj")
    if token.dep == "conj" and not children(sent, index, "nsubj", "aux"):
        first = token.head
        return sent.tokens[first].tag == "VBN" and is_passive(sent, first)
    return token.dep == "advcl" and not children(sent, index, "nsubj", "aux", "dobj")


def clause_at(sent: Sentence, index: int) -> Clause:
    """Describe the clause that a verb (or a noun used as one) heads.

    Conjoined verbs without helpers of their own take those of the first ("will meet and discuss").
    """
    token = sent.tokens[index]
    aux = [sent.tokens[c] for c in children(sent, index, "aux", "auxpass")]
    if token.dep == "conj" and not aux and not children(sent, index, "nsubj", "nsubjpass"):
        first = sent.tokens[token.head]
        if first.pos in ("VERB", "AUX") and token.pos in ("VERB", "AUX"):
            inherited = clause_at(sent, token.head)
            return Clause(
                index,
                inherited.tense,
                inherited.modals,
                inherited.auxiliaries,
                _negation(sent, index),
                inherited.mark,
                inherited.governor,
                inherited.link,
            )
    marks = [sent.tokens[c].text.lower() for c in children(sent, index, "mark")]
    marks += _inverted(sent, index)
    marks += [
        sent.tokens[c].text.lower()
        for c in children(sent, index, "advmod")
        if sent.tokens[c].lemma in ("when", "whenever", "once", "how", "why", "where") and c < index
    ]
    governor = None if token.head == index else token.head
    return Clause(
        head=index,
        tense=_tense(token, aux),
        modals=tuple(a.text.lower() for a in aux if a.tag == "MD"),
        auxiliaries=tuple(a.lemma for a in aux),
        negation=_negation(sent, index),
        mark=marks[0] if marks else None,
        governor=governor,
        link=token.dep,
    )


def _inverted(sent: Sentence, index: int) -> list[str]:
    """ "Had Togo agreed, ...", "Should Togo attack, ...": a condition without "if"."""
    subjects = children(sent, index, "nsubj", "nsubjpass")
    if not subjects or sent.text.rstrip("\"'”’ ").endswith("?"):
        return []
    helpers = children(sent, index, "aux", "auxpass")
    early = [sent.tokens[h] for h in helpers if h < subjects[0]]
    return ["should"] if any(t.text.lower() in ("had", "should", "were") for t in early) else []


def _tense(token: Token, aux: list[Token]) -> str:
    tags = {a.tag for a in aux} | {token.tag}
    if "VBD" in tags:
        return "past"
    if tags & {"VBZ", "VBP", "MD"}:
        return "present"
    return "perfect" if token.tag == "VBN" else "none"


def _negation(sent: Sentence, index: int) -> int | None:
    for child in sent.children[index]:
        token = sent.tokens[child]
        if token.dep == "neg":
            return child
        if token.dep == "advmod" and token.lemma in ("never", "hardly", "scarcely", "barely"):
            return child
        if token.dep == "aux":
            for below in children(sent, child, "neg"):
                return below
    return None


def predicate_at(sent: Sentence, index: int) -> Predicate:
    """View a token as the head of an event, with its deep arguments.

    Returns: a ``Predicate``; roles without filler are absent from ``arguments``.
    """
    token = sent.tokens[index]
    if token.pos in ("VERB", "AUX"):
        return _verb(sent, index)
    kind = "adjective" if token.pos == "ADJ" or token.tag in ("VBN", "JJ") else "noun"
    roles: dict[str, list[int]] = {}
    if kind == "noun":
        _noun_roles(sent, index, roles)
    else:
        _adjective_roles(sent, index, roles)
    return _predicate(sent, index, kind, passive=False, roles=roles)


def _predicate(
    sent: Sentence, index: int, kind: str, *, passive: bool, roles: dict[str, list[int]]
) -> Predicate:
    particles = [sent.tokens[c].text.lower() for c in children(sent, index, "prt")]
    token = sent.tokens[index]
    return Predicate(
        sentence=sent.index,
        head=index,
        lemma=token.lemma,
        kind="verb" if kind == "verb" else "noun" if kind == "noun" else "adjective",
        passive=passive,
        start=token.start,
        end=token.end,
        particle=particles[0] if particles else None,
        arguments=tuple((role, tuple(where)) for role, where in roles.items() if where),
    )


def _verb(sent: Sentence, index: int) -> Predicate:
    passive = is_passive(sent, index)
    roles: dict[str, list[int]] = {}
    subject, surface_object = _core(sent, index, passive=passive)
    if passive:
        roles["obj"] = subject
        agents = [
            p for a in children(sent, index, "agent") for p in children(sent, a, "pobj", "pcomp")
        ]
        roles["subj"] = _all(sent, agents)
        if surface_object:  # "was given weapons": the thing given stays the object
            roles["iobj"], roles["obj"] = subject, surface_object
    else:
        roles["subj"], roles["obj"] = subject, surface_object
    _indirect(sent, index, roles)
    _buried_indirect(sent, index, roles)
    _prepositions(sent, index, roles)
    for role in ("xcomp", "ccomp", "advcl", "acomp", "attr", "oprd"):
        found = children(sent, index, role)
        if found:
            roles[role] = found
    for clause in roles.get("advcl", []):
        if "xcomp" not in roles and _is_complement(sent, clause):
            roles["xcomp"] = [clause]
    _for_clause(sent, index, roles)
    _small_clause(sent, index, roles)
    return _predicate(sent, index, "verb", passive=passive, roles=roles)


def _core(sent: Sentence, index: int, *, passive: bool) -> tuple[list[int], list[int]]:
    own = children(sent, index, *SUBJECTS, *PASSIVE_SUBJECTS)
    own = [s for s in own if sent.tokens[s].dep != "expl"]
    subject = _all(sent, own) if own else implied_subject(sent, index, passive=passive)
    if not subject and sent.tokens[index].dep in ("acomp", "oprd", "attr"):
        subject = _adjective_subject(sent, index, 0)  # "remains committed to"
    objects = _all(sent, children(sent, index, *OBJECTS))
    token = sent.tokens[index]
    gap = _antecedent(sent, index) if token.dep == "relcl" else None
    if gap is not None:
        heads = {sent.tokens[s].text.lower() for s in subject}
        if heads & _RELATIVE or not subject:
            subject = _all(sent, [gap])
        elif any(sent.tokens[o].text.lower() in _RELATIVE for o in objects) or (
            not objects and not passive and not children(sent, index, "ccomp", "xcomp", "prep")
        ):
            objects = _all(sent, [gap])
    if not objects and not passive:
        objects = _shared_object(sent, index)
    return subject, objects


def _shared_object(sent: Sentence, index: int) -> list[int]:
    """ "condemned and rejected the plan": the object stands with the last verb only."""
    for child in children(sent, index, "conj"):
        token = sent.tokens[child]
        bare = not children(sent, index, "prep", "ccomp", "xcomp", "prt")
        adjacent = child - index <= 3 and not children(sent, child, "nsubj", "nsubjpass")
        if token.pos == "VERB" and bare and adjacent and token.tag == sent.tokens[index].tag:
            return _all(sent, children(sent, child, *OBJECTS))
    return []


def _antecedent(sent: Sentence, index: int) -> int | None:
    head = sent.tokens[index].head
    return head if head != index else None


def implied_subject(sent: Sentence, index: int, *, passive: bool, depth: int = 0) -> list[int]:
    """Who does it when the verb has no subject of its own: control, participles, conjunction."""
    token = sent.tokens[index]
    head = token.head
    if head == index or depth > 4:
        return []
    if token.dep == "conj" and sent.tokens[head].pos in ("VERB", "AUX"):
        return _surface_subject(sent, head, depth)
    if token.dep == "acl" and (token.tag in ("VBG", "VBN") or passive):
        return _all(sent, [head])
    if token.dep == "relcl":
        return _all(sent, [head])
    if token.dep == "acl":  # "a decision to attack": whoever decided
        return _owner(sent, head, depth)
    if token.dep == "pcomp":
        return _gerund_subject(sent, index, depth)
    if token.dep in CONTROLLED and sent.tokens[head].pos in ("VERB", "AUX"):
        return _controller(sent, head, depth, infinitive=_is_complement(sent, index))
    if token.dep in CONTROLLED and sent.tokens[head].pos in ("ADJ",):
        return _adjective_subject(sent, head, depth)
    if token.dep == "dep" and sent.tokens[head].pos == "VERB":
        return _surface_subject(sent, head, depth)
    return []


def _is_complement(sent: Sentence, index: int) -> bool:
    """What is asked of somebody, even where the parser sees a purpose ("demanded from X to")."""
    token = sent.tokens[index]
    if token.dep != "advcl":
        return True
    asked = sent.tokens[token.head].lemma in OBJECT_CONTROL
    return asked and any(sent.tokens[c].tag == "TO" for c in children(sent, index, "aux"))


def subject_tokens(sent: Sentence, verb: int) -> list[int]:
    """Who a verb is about on the surface: its own subject, or the one that control gives it."""
    return _surface_subject(sent, verb, 0)


def _surface_subject(sent: Sentence, verb: int, depth: int) -> list[int]:
    own = children(sent, verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    if own:
        if sent.tokens[verb].dep == "relcl" and sent.tokens[own[0]].text.lower() in _RELATIVE:
            return _all(sent, [sent.tokens[verb].head])
        return _all(sent, own)
    return implied_subject(sent, verb, passive=is_passive(sent, verb), depth=depth + 1)


def _controller(sent: Sentence, verb: int, depth: int, *, infinitive: bool) -> list[int]:
    if infinitive and sent.tokens[verb].lemma in OBJECT_CONTROL:
        if is_passive(sent, verb):
            return _surface_subject(sent, verb, depth)
        objects = children(sent, verb, *OBJECTS, "dative")
        if objects:
            return _all(sent, objects)
        # "called on Turkey to halt", "appealed to Russia to stop"
        below = [p for c in children(sent, verb, "prep") for p in children(sent, c, "pobj")]
        if below:
            return _all(sent, below[-1:])
    return _surface_subject(sent, verb, depth)


def _gerund_subject(sent: Sentence, index: int, depth: int) -> list[int]:
    preposition = sent.tokens[index].head
    above = sent.tokens[preposition].head
    word = sent.tokens[preposition].text.lower()
    if sent.tokens[above].pos in ("VERB", "AUX"):
        objects = children(sent, above, *OBJECTS)
        if word in _OBJECT_GERUND and sent.tokens[above].lemma in OBJECT_CONTROL:
            if is_passive(sent, above):
                return _surface_subject(sent, above, depth)
            if objects:
                return _all(sent, objects)
        return _surface_subject(sent, above, depth)
    return _owner(sent, above, depth)


def _owner(sent: Sentence, noun: int, depth: int) -> list[int]:
    owners = children(sent, noun, "poss")
    if owners:
        return _all(sent, owners)
    for preposition in children(sent, noun, "prep", "agent"):
        if sent.tokens[preposition].text.lower() in ("by", "of"):
            return _all(sent, children(sent, preposition, "pobj"))
    fronted = [c for c in children(sent, noun, "amod", "compound", "nmod") if _is_name(sent, c)]
    if fronted:
        return fronted[:1]
    verb = sent.tokens[noun].head
    if sent.tokens[noun].dep in (*OBJECTS, "attr") and sent.tokens[verb].pos == "VERB":
        return _surface_subject(sent, verb, depth)
    return []


def _adjective_subject(sent: Sentence, adjective: int, depth: int) -> list[int]:
    token = sent.tokens[adjective]
    if token.dep in ("acomp", "attr", "oprd", "conj"):
        return _surface_subject(sent, token.head, depth)
    return []


def _is_name(sent: Sentence, index: int) -> bool:
    return sent.tokens[index].text[:1].isupper()


def _all(sent: Sentence, heads: list[int]) -> list[int]:
    out: list[int] = []
    for head in heads:
        out += [c for c in conjuncts(sent, head) if c not in out]
    return out


def _indirect(sent: Sentence, index: int, roles: dict[str, list[int]]) -> None:
    for dative in children(sent, index, "dative"):
        if sent.tokens[dative].pos == "ADP":
            word = sent.tokens[dative].text.lower()
            _add(roles, word, _all(sent, children(sent, dative, "pobj")))
        else:
            _add(roles, "iobj", _all(sent, [dative]))


# Verbs that give somebody something.
_DITRANSITIVE = frozenset(
    "give send offer grant lend sell provide hand award supply show pay deny promise owe "
    "guarantee deliver issue serve allow".split()
)


def _buried_indirect(sent: Sentence, index: int, roles: dict[str, list[int]]) -> None:
    """ "gave the Chadian army new tanks": the parser hangs the army on the tanks."""
    if roles.get("iobj") or sent.tokens[index].lemma not in _DITRANSITIVE:
        return
    twice = children(sent, index, *OBJECTS)
    if len(twice) == 2:  # "sent Togo thousands of rifles": two objects
        roles["iobj"], roles["obj"] = _all(sent, twice[:1]), _all(sent, twice[1:])
        return
    for thing in roles.get("obj", []):
        for child in children(sent, thing, "compound", "nmod"):
            token = sent.tokens[child]
            own = children(sent, child, "amod", "compound", "det", "poss", "nummod")
            if token.pos == "PROPN" or (token.pos == "NOUN" and own):
                _add(roles, "iobj", _all(sent, [child]))
                return


def _prepositions(sent: Sentence, index: int, roles: dict[str, list[int]]) -> None:
    """File every prepositional argument under its preposition; "out of" under both words."""
    for child in children(sent, index, "prep", "agent"):
        _preposition(sent, child, (), roles)


def _preposition(
    sent: Sentence, child: int, above: tuple[str, ...], roles: dict[str, list[int]]
) -> None:
    words = (*above, sent.tokens[child].text.lower())
    heads = _all(sent, children(sent, child, "pobj"))
    for word in words:
        _add(roles, word, heads)
    for gerund in children(sent, child, "pcomp"):
        _add(roles, f"{words[-1]}-gerund", [gerund])
    for below in children(sent, child, "prep", "conj"):
        if sent.tokens[below].pos in ("ADP", "SCONJ"):
            _preposition(sent, below, words if sent.tokens[below].dep == "prep" else (), roles)


def _add(roles: dict[str, list[int]], role: str, heads: list[int]) -> None:
    if heads:
        known = roles.setdefault(role, [])
        known += [h for h in heads if h not in known]


def _for_clause(sent: Sentence, index: int, roles: dict[str, list[int]]) -> None:
    """ "called for the ban to be lifted": what stands after "for" is a clause, not a noun."""
    for clause in children(sent, index, "advcl", "ccomp", "xcomp"):
        if is_for_clause(sent, clause):
            _add(roles, "for", _all(sent, children(sent, clause, *SUBJECTS, *PASSIVE_SUBJECTS)))
            _add(roles, "for-gerund", [clause])


def is_for_clause(sent: Sentence, clause: int) -> bool:
    """Tell whether a clause is an infinitive introduced by "for"."""
    marks = [sent.tokens[c].text.lower() for c in children(sent, clause, "mark")]
    return "for" in marks and any(sent.tokens[c].tag == "TO" for c in children(sent, clause, "aux"))


def _small_clause(sent: Sentence, index: int, roles: dict[str, list[int]]) -> None:
    """ "urged the US to turn course" parses as a clause with a subject: that is our object.

    The same for "saw troops enter" and "wants Putin to attack"; the clause becomes ``xcomp``.
    """
    for clause in roles.get("ccomp", []):
        infinitive = any(
            sent.tokens[c].tag == "TO" for c in children(sent, clause, "aux")
        ) or sent.tokens[clause].tag in ("VB", "VBG")
        subjects = children(sent, clause, "nsubj", "nsubjpass")
        finite = children(sent, clause, "mark") or any(
            sent.tokens[c].tag in ("MD", "VBZ", "VBP", "VBD")
            for c in children(sent, clause, "aux", "auxpass")
        )
        if infinitive and subjects and not finite:
            if not roles.get("obj"):
                roles["obj"] = _all(sent, subjects)
            roles.setdefault("xcomp", []).append(clause)


def _noun_roles(sent: Sentence, index: int, roles: dict[str, list[int]]) -> None:
    roles["poss"] = _all(sent, children(sent, index, "poss"))
    modifiers = children(sent, index, "amod", "compound", "nmod", "npadvmod")
    # "between" and the like hang deeper in long names: keep every word in front
    roles["amod"] = modifiers + [
        below for m in modifiers for below in children(sent, m, "compound", "amod", "npadvmod")
    ]
    roles["compound"] = roles["amod"]
    _prepositions(sent, index, roles)
    for clause in children(sent, index, "acl"):
        token = sent.tokens[clause]
        if any(sent.tokens[c].tag == "TO" for c in children(sent, clause, "aux")):
            _add(roles, "xcomp", [clause])
        elif token.tag == "VBN":  # "attacks carried out by", "sanctions imposed on"
            _prepositions(sent, clause, roles)
        else:
            _add(roles, "ccomp", [clause])


def _adjective_roles(sent: Sentence, index: int, roles: dict[str, list[int]]) -> None:
    roles["subj"] = _adjective_subject(sent, index, 0) or (
        [sent.tokens[index].head] if sent.tokens[index].dep == "amod" else []
    )
    _prepositions(sent, index, roles)
    for role in ("xcomp", "ccomp"):
        _add(roles, role, children(sent, index, role))
