"""What can be coded: types, modes, contexts, sectors, CAMEO codes and the ways between them."""

from detente.ontology.load import load_ontology
from detente.ontology.model import (
    CameoCode,
    CameoRule,
    Context,
    EventType,
    Mode,
    Ontology,
    PloverCoding,
    Sector,
)

__all__ = [
    "CameoCode",
    "CameoRule",
    "Context",
    "EventType",
    "Mode",
    "Ontology",
    "PloverCoding",
    "Sector",
    "load_ontology",
]
