"""Document -> Sentences with parse, and the views of them that later stages ask for."""

from detente.language.predicates import Clause, clause_at, conjuncts, predicate_at, subtree
from detente.language.segment import split
from detente.language.syntax import Parser

__all__ = ["Clause", "Parser", "clause_at", "conjuncts", "predicate_at", "split", "subtree"]
