"""How a labelled event is said: in which construction, by rule from the parse and the label.

The classes overlap. The first four are told by the head of the labelled predicate, the word that
governs the others of it in the parse of its sentence; where a verb is in it the first verb is asked
that no other governs:

  active            a verb that is not passive, and no light verb
  passive           a passive verb or participle ("weapons seized by")
  light verb        a verb of the lexicon's table of light verbs whose noun is in the predicate, or
                    a noun that hangs on such a verb ("held talks", "carried out raids")
  nominal           a noun without light verb ("its attack on"), also an adjective ("hopeful of")

  in a quotation    the predicate stands between quotation marks
  relative or participial
                    the verb heads a relative clause or a participle without a subject of its own
  infinitive        the verb heads an infinitive ("agreed to withdraw")
  several actors    two parties or more on one side
  no recipient      one actor and nobody else; several together who agree, meet or cooperate have
                    each other
  no actor          nobody is labelled as doer
  pronoun           the words of a party are a pronoun, alone or with what they own ("its envoy")
  another sentence  the words of a party do not stand in the sentence
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.benchmarks.pairing import Gold
from detente.events.lexicon import LightVerb
from detente.labelling.records import LabelledDocument, LabelledEvent
from detente.language.predicates import children, is_passive
from detente.types import POOLED, Sentence, Token

CLASSES = (
    "active", "passive", "light verb", "nominal", "in a quotation", "relative or participial",
    "infinitive", "several actors", "no recipient", "no actor", "pronoun", "another sentence",
)  # fmt: skip

_PRONOUNS = frozenset(
    "i me we us you he him she it they them who whom which that this these those both each "
    "himself herself itself themselves ours theirs hers".split()
)
_OWNING = frozenset("my our your his her its their whose".split())
_VERBAL = ("VERB", "AUX")
Light = Mapping[str, Sequence[LightVerb]]


def constructions(
    gold: Gold, doc: LabelledDocument, sentences: Sequence[Sentence], light: Light
) -> frozenset[str]:
    """Name all classes that an event is in.

    Args:
        sentences: of the document, parsed, with offsets into its text.
        light: light verbs by lemma, as the lexicon has them.
    """
    found = {*_of_label(gold.label, doc.sents[gold.label.sent])}
    for sent in sentences:
        inside = [t for t in sent.tokens if t.start < gold.act[1] and t.end > gold.act[0]]
        if inside:
            head = _head(sent, inside)
            found |= {_form(sent, head, {t.index for t in inside}, light), *_clause(sent, head)}
            start = sent.tokens[head].start
            if any(quote.start <= start < quote.end for quote in sent.quotes):
                found.add("in a quotation")
            break
    return frozenset(found)


def _of_label(label: LabelledEvent, sentence: str) -> Iterator[str]:
    sources, targets = len(label.source), len(label.target)
    if sources > 1 or targets > 1:
        yield "several actors"
    if not targets and not (label.event in POOLED and sources > 1):
        yield "no recipient"
    if not sources:
        yield "no actor"
    parties = (*label.source, *label.target)
    if any(_is_pronoun(party.text) for party in parties):
        yield "pronoun"
    if any(party.text not in sentence for party in parties):
        yield "another sentence"


def _is_pronoun(words: str) -> bool:
    return words.lower() in _PRONOUNS or words.lower().partition(" ")[0] in _OWNING


def _head(sent: Sentence, inside: Sequence[Token]) -> int:
    """The word of the predicate that the others hang on; of several a verb before a noun."""
    own = {token.index for token in inside}
    tops = [token for token in inside if token.head not in own or token.head == token.index]
    verbs = [
        token for token in tops if token.pos in _VERBAL and token.dep not in ("aux", "auxpass")
    ]
    nouns = [token for token in tops if token.pos in ("NOUN", "PROPN", "ADJ")]
    if not verbs and not nouns:  # "will", "has": the verb that they help
        helped = {token.head for token in tops if token.dep in ("aux", "auxpass")}
        return min(helped or {token.index for token in tops})
    return (verbs or nouns)[0].index


def _form(sent: Sentence, head: int, own: set[int], light: Light) -> str:
    token = sent.tokens[head]
    if token.pos not in _VERBAL:
        return "light verb" if _carried(sent, head, light) else "nominal"
    carried = any(_carried(sent, index, light) for index in own if _hangs_on(sent, index, head))
    if carried:
        return "light verb"
    if token.pos == "AUX" and any(sent.tokens[i].pos in ("NOUN", "ADJ") for i in own):
        return "nominal"  # "is ready", "was a threat"
    return "passive" if is_passive(sent, head) else "active"


def _hangs_on(sent: Sentence, index: int, verb: int) -> bool:
    above = sent.tokens[index].head
    return verb in (above, sent.tokens[above].head)


def _carried(sent: Sentence, noun: int, light: Light) -> bool:
    """A noun that is object of a light verb, or stands after its preposition."""
    token = sent.tokens[noun]
    if token.pos not in ("NOUN", "PROPN"):
        return False
    above, via = sent.tokens[token.head], "obj"
    if token.dep == "pobj":
        above, via = sent.tokens[above.head], above.text.lower()
    elif token.dep not in ("dobj", "obj", "nsubjpass", "attr"):
        return False
    particles = [sent.tokens[c].text.lower() for c in children(sent, above.index, "prt")]
    particle = particles[0] if particles else None
    return above.pos in _VERBAL and any(
        row.via == via and row.particle == particle for row in light.get(above.lemma.lower(), ())
    )


def _clause(sent: Sentence, head: int) -> Iterator[str]:
    token = sent.tokens[head]
    if token.pos not in _VERBAL:
        return
    if any(sent.tokens[c].tag == "TO" for c in children(sent, head, "aux")):
        yield "infinitive"
        return
    for _ in sent.tokens:  # "troops who crossed the border and shelled": as its first verb
        if token.dep != "conj" or children(sent, token.index, "nsubj", "nsubjpass"):
            break
        token = sent.tokens[token.head]
    bare = token.tag in ("VBG", "VBN") and not children(
        sent, token.index, "nsubj", "nsubjpass", "aux", "auxpass"
    )
    if token.dep == "relcl" or (token.dep in ("acl", "advcl", "pcomp", "amod") and bare):
        yield "relative or participial"
