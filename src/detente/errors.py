"""Everything that can go wrong, as one tree.

    DetenteError
    ├── ConfigError      D1xx   an option or a settings file
    ├── DataError        D2xx   a table of ours or of the user's
    │   ├── OntologyError   D21x
    │   ├── LexiconError    D22x
    │   └── FactsError      D23x
    ├── ReadingError     D3xx   a source that cannot be opened or fetched
    ├── LanguageError    D4xx   the parser or its model
    ├── OutputError      D5xx   a place that cannot be written
    ├── RegistryError    D6xx   a component that nobody registered
    └── StoreError       D7xx   a ledger that cannot be opened, read or written

An error says what is wrong, where, and what to do next (``remedy``). Bad input *data* is not an
error: it is a ``Rejection`` (see ``types``), counted and shown.
"""

from __future__ import annotations


class DetenteError(Exception):
    """Root of the tree.

    Args:
        code: stable code, e.g. "D301"; documented in docs/errors.md.
        problem: what is wrong and where (file, line or id).
        remedy: what to do next, as an instruction.
    """

    def __init__(self, code: str, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} [{code}] {remedy}")
        self.code = code
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[DetenteError], tuple[str, str, str]]:
        """How it travels from a worker process."""
        return type(self), (self.code, self.problem, self.remedy)


class ConfigError(DetenteError):
    """An option or a settings file is wrong."""


class DataError(DetenteError):
    """A data table is wrong; names the file and the line or key."""


class OntologyError(DataError):
    """An ontology file breaks its own rules."""


class LexiconError(DataError):
    """A lexicon row cannot be used."""


class FactsError(DataError):
    """A fact table row cannot be used."""


class ReadingError(DetenteError):
    """A source cannot be opened, fetched or is refused."""


class LanguageError(DetenteError):
    """The parser or its model is missing or broken."""


class OutputError(DetenteError):
    """Results cannot be written."""


class RegistryError(DetenteError):
    """No component of that name; the message lists those that exist."""


class StoreError(DetenteError):
    """A ledger cannot be opened, read or written."""
