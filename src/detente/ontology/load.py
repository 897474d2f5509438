"""Loads the ontology that ships with detente, alone or with one of the user's beside it."""

from __future__ import annotations

import functools
from pathlib import Path

from detente.ontology.build import OntologyBuilder
from detente.ontology.check import Problem, check_ontology, raise_all
from detente.ontology.model import Ontology
from detente.ontology.tables import read_part

OURS = Path(__file__).parent.parent / "data" / "ontology"


def load_ontology(path: Path | None = None) -> Ontology:
    """Load and check the ontology.

    Args:
        path: a YAML file or a folder of the user's, laid over ours: new types, modes, contexts,
            sectors and CAMEO rows are added, known ones changed field by field. Its format is
            in docs/ontology.md. None for ours alone, which is read once and kept.

    Returns:
        The checked ontology.

    Raises:
        OntologyError: a file cannot be read (D210), or entries break the rules (D211, which
            lists all of them with their O1xx codes).
    """
    return _load_ours() if path is None else _load((OURS, path))


@functools.cache
def _load_ours() -> Ontology:
    return _load((OURS,))


def _load(paths: tuple[Path, ...]) -> Ontology:
    problems: list[Problem] = []
    builder = OntologyBuilder(problems)
    for path in paths:
        builder.add(read_part(path, problems))
    ontology = builder.build()
    problems += check_ontology(ontology, builder.files)
    raise_all(problems)
    return ontology
