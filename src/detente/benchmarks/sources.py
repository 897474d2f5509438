"""Where the benchmark data is, and a hash of it.

Two places: the data folder, which is kept apart because not all of it may be passed on, and the
checkout of the repository, for the cases that we wrote ourselves.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from detente.errors import ConfigError
from detente.labelling.records import DOCUMENTS, EVENTS, sets_in

# In the checkout: documents that we labelled ourselves.
_LABELLED = "data/labelled"

VARIABLE = "DETENTE_BENCH_DATA"
# Beside the checkout, where nobody commits it by accident.
_BESIDE = "shared"


@dataclass(frozen=True, slots=True)
class Sources:
    """The two folders; None where there is none."""

    data: Path | None
    checkout: Path | None

    def absent(self, *names: str) -> str | None:
        """Say which of these files of the data folder is missing; None if all are there."""
        if self.data is None:
            return f"no data folder: give --data DIR or set {VARIABLE}"
        missing = [name for name in names if not (self.data / name).exists()]
        return f"not in the data folder: {', '.join(missing)}" if missing else None

    def file(self, name: str) -> Path:
        """Return a file of the data folder; ask ``absent`` first."""
        if self.data is None:
            raise ValueError(f"no data folder to look for {name} in")
        return self.data / name

    def absent_labels(self, *names: str) -> str | None:
        """Say which of these files of data/labelled are missing; None if all are there."""
        if self.checkout is None:
            return "no checkout; run it from the repository"
        missing = [name for name in names if not (self.checkout / _LABELLED / name).is_file()]
        return f"not in {_LABELLED} of the checkout: {', '.join(missing)}" if missing else None

    def label_file(self, name: str) -> Path:
        """Return a file of data/labelled; ask ``absent_labels`` first."""
        if self.checkout is None:
            raise ValueError(f"no checkout to look for {name} in")
        return self.checkout / _LABELLED / name

    def label_files(self, name: str) -> tuple[Path, Path]:
        """Return the documents and the events of a set; ask ``absent_labels`` first."""
        return self.label_file(name + DOCUMENTS), self.label_file(name + EVENTS)

    def whole_sets(self, *kinds: str) -> list[str]:
        """Name the sets that have both files and begin with one of these words ("real-1")."""
        if self.checkout is None:
            return []
        return [
            name
            for name in sets_in(self.checkout / _LABELLED)
            if name.partition("-")[0] in kinds
            and self.absent_labels(name + DOCUMENTS, name + EVENTS) is None
        ]

    def labelled_sets(self) -> list[tuple[str, Path, Path]]:
        """Name the development sets of the checkout, with their documents and their gold."""
        folder = self.checkout / _LABELLED if self.checkout else None
        found = sorted(folder.glob(f"dev-*{DOCUMENTS}")) if folder else []
        return [
            (name, documents, documents.with_name(name + EVENTS))
            for documents in found
            for name in [documents.name.removesuffix(DOCUMENTS)]
        ]


def find_sources(data: Path | None = None, *, checkout: Path | None = None) -> Sources:
    """Find the data folder and the checkout.

    Args:
        data: the folder the user named; else the environment variable DETENTE_BENCH_DATA, else
            the folder "shared" beside the checkout if there is one.
        checkout: the repository; found upwards from the working folder if None.

    Raises:
        ConfigError: the folder that the user or the variable names does not exist (D130).
    """
    checkout = checkout or _checkout_above(Path.cwd())
    named = data or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is not None:
        if not named.is_dir():
            raise ConfigError(
                "D130", f"no benchmark data folder {named}", f"Check --data, or unset {VARIABLE}."
            )
        return Sources(named, checkout)
    beside = checkout.parent / _BESIDE if checkout else None
    return Sources(beside if beside and beside.is_dir() else None, checkout)


def content_hash(files: Iterable[Path]) -> str:
    """Hash files by their names and bytes, in the order given (SHA-256, hexadecimal)."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        # The length keeps "ab" + "c" apart from "a" + "bc".
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _checkout_above(folder: Path) -> Path | None:
    for each in (folder, *folder.parents):
        if (each / "pyproject.toml").is_file() and (each / "src" / "detente").is_dir():
            return each
    return None
