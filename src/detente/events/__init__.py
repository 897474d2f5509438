"""Sentence and mentions -> Events, each with the row and the rule that made it."""

from detente.events.coder import LexiconCoder
from detente.events.lexicon import Lexicon, load_lexicon
from detente.events.pairs import PairClassifier

__all__ = ["Lexicon", "LexiconCoder", "PairClassifier", "load_lexicon"]
