"""Sentence and mentions -> Events, each with the row and the rule that made it."""

from detente.events.coder import LexiconCoder
from detente.events.lexicon import Lexicon, load_lexicon

__all__ = ["Lexicon", "LexiconCoder", "load_lexicon"]
