"""detente: the open event coder for diplomacy and conflict.

The public functions load on first use, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = [
    "Coder",
    "Settings",
    "check_facts",
    "classify",
    "code",
    "compare_labels",
    "explain",
    "label",
    "mentions",
    "quotes",
    "show_facts",
    "train",
]

_PUBLIC = {
    "Coder": "pipeline",
    "Settings": "config",
    "check_facts": "api",
    "classify": "api",
    "code": "api",
    "compare_labels": "api",
    "explain": "api",
    "label": "api",
    "mentions": "api",
    "quotes": "api",
    "show_facts": "api",
    "train": "api",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is public
    if name in _PUBLIC:
        return getattr(import_module(f"detente.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
