"""Named, versioned components: what detente can be told to use, ours and outsiders'.

Importing this module loads none of them. A component is written "module:attribute" and imported
when somebody asks for it. Its name carries a version ("plover.2021", "lexicon.v1"): a component
whose results change gets a new name and the old one stays.

Outsiders register by an entry point in the group "detente.<kind>":

    [project.entry-points."detente.coders"]
    "my-coder.v1" = "my_package.coding:build_coder"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from detente.errors import RegistryError

GROUP_PREFIX = "detente."

_NAME = re.compile(r"[a-z0-9-]+\.[a-z0-9][a-z0-9.-]*")

# kind -> name -> where it is. Pinned by tests/registry.json, so that a name never goes unnoticed.
BUILT_IN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "readers": {"any.v1": "detente.reading:read"},
        "parsers": {"spacy-sm.v1": "detente.language.syntax:Parser"},
        "ontologies": {"plover.2021": "detente.ontology.load:load_ontology"},
        "resolvers": {"gazetteer.v1": "detente.actors:find_mentions"},
        "coders": {
            "blend.v2": "detente.events.blending:BlendedCoder",
            "lexicon.v1": "detente.events.coder:LexiconCoder",
        },
        "models": {"pairs.v2": "detente.models:load_pair_encoder"},
        "exporters": {
            "csv.v1": "detente.output.csvfile:write_csv",
            "jsonl.v1": "detente.output.jsonl:write_jsonl",
            "parquet.v1": "detente.output.parquet:write_parquet",
            "table.v1": "detente.output.terminal:write_table",
        },
        "executors": {},
    }
)


def component(kind: str, name: str) -> object:
    """Import and return a component.

    Args:
        kind: "readers", "coders", "exporters" ...; the keys of ``contents()``.
        name: name with version, e.g. "plover.2021".

    Returns:
        Whatever the component's address points at: a function, a class, a value.

    Raises:
        RegistryError: no such kind or name (D601), two components share the name (D602), an
            outsider's name has no version (D603), or the address does not import (D604).
    """
    known = addresses(kind)
    address = known.get(name)
    if address is None:
        raise RegistryError(
            "D601",
            f"no component {name!r} among {kind}",
            f"Registered: {', '.join(sorted(known)) or 'none'}.",
        )
    return _import(address, f"{kind} {name}")


def names(kind: str) -> tuple[str, ...]:
    """List the names of a kind, ours and outsiders', sorted.

    Raises:
        RegistryError: as ``component``, but nothing is imported.
    """
    return tuple(sorted(addresses(kind)))


def addresses(kind: str) -> dict[str, str]:
    """Map every name of a kind, ours and outsiders', to "module:attribute".

    Raises:
        RegistryError: as ``component``, but nothing is imported.
    """
    if kind not in BUILT_IN:
        raise RegistryError("D601", f"no components called {kind!r}", f"Known: {_kinds()}.")
    return dict(BUILT_IN[kind]) | _outsiders(kind)


def contents() -> dict[str, dict[str, str]]:
    """Give everything that detente itself registers, without outsiders: kind, name, address."""
    return {kind: dict(sorted(known.items())) for kind, known in BUILT_IN.items()}


def _outsiders(kind: str) -> dict[str, str]:
    # Here and not above: it costs more than the rest of this module together.
    from importlib.metadata import entry_points

    found: dict[str, str] = {}
    for point in entry_points(group=GROUP_PREFIX + kind):
        origin = f"{point.dist.name}: " if point.dist else ""
        if not _NAME.fullmatch(point.name):
            raise RegistryError(
                "D603",
                f"{origin}{kind} {point.name!r} carries no version",
                'Name it like "my-coder.v1": lower case, a dot, a version.',
            )
        # The same package may be listed twice on a path (editable and installed): no clash.
        if found.get(point.name, point.value) != point.value or point.name in BUILT_IN[kind]:
            raise RegistryError(
                "D602",
                f"{origin}{kind} {point.name!r} is registered already",
                "Uninstall one of the packages, or let its author rename it.",
            )
        found[point.name] = point.value
    return found


def _import(address: str, what: str) -> object:
    module_name, _, path = address.partition(":")
    try:
        found: object = import_module(module_name)
        for attribute in path.split("."):
            found = getattr(found, attribute)
    except (ImportError, AttributeError) as error:
        raise RegistryError(
            "D604",
            f"{what} cannot be imported from {address}: {error}",
            "Install what it needs (an extra such as detente[reading]), or correct its address.",
        ) from error
    return found


def _kinds() -> str:
    return ", ".join(BUILT_IN)
