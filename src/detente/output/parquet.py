"""Events as Parquet, nested as in the JSON rows; needs pyarrow (``detente[parquet]``).

Columns are the keys of the JSON event, in the same order. ``actors``, ``recipients``,
``third_parties``, ``attribution`` and ``evidence`` are lists of structs, ``contexts`` a list of
strings; ``predicate``, ``theme``, ``condition``, ``date``, ``place`` and ``confidence`` are
structs, null where the JSON is null. Days are ``date32``, offsets ``int32``, scores ``float64``.
The file's metadata has ``detente.schema``, the version of the contract.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec
from msgspec import inspect

from detente.errors import OutputError
from detente.output.records import EventRow, event_row
from detente.types import SCHEMA_VERSION, Coded, Event

if TYPE_CHECKING:
    import pyarrow as pa

# An event row is about 2 KB; 5,000 give row groups of some 10 MB, which readers like and any
# machine holds.
ROWS_PER_GROUP = 5_000


def write_parquet(items: Iterable[Coded], stream: BinaryIO) -> None:
    """Write the events to a Parquet file, also when there are none.

    Raises:
        OutputError: pyarrow is not installed (D510).
    """
    arrow, parquet = _pyarrow()
    schema = event_schema()
    events = (event for coded in items for event in coded.events)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for rows in _groups(events):
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))


def event_schema() -> pa.Schema:
    """Return the Arrow schema of an event row, derived from the row itself.

    Raises:
        OutputError: pyarrow is not installed (D510).
    """
    arrow, _ = _pyarrow()
    row = inspect.type_info(EventRow)
    if not isinstance(row, inspect.StructType):
        raise TypeError("an event row is a struct")
    columns = [(field.encode_name, _arrow_type(field.type, arrow)) for field in row.fields]
    return arrow.schema(columns, metadata={"detente.schema": str(SCHEMA_VERSION)})


def _arrow_type(info: inspect.Type, arrow: ModuleType) -> pa.DataType:
    """Translate one type of the row; a type that rows do not use yet is a KeyError in tests."""
    if isinstance(info, inspect.UnionType):
        # Only "or None" occurs; every Arrow column may be null anyway.
        (info,) = (one for one in info.types if not isinstance(one, inspect.NoneType))
    if isinstance(info, inspect.ListType):
        return arrow.list_(_arrow_type(info.item_type, arrow))
    if isinstance(info, inspect.StructType | inspect.DataclassType):
        fields = [(field.encode_name, _arrow_type(field.type, arrow)) for field in info.fields]
        return arrow.struct(fields)
    simple = {
        inspect.StrType: arrow.string(),
        inspect.EnumType: arrow.string(),
        inspect.IntType: arrow.int32(),
        inspect.FloatType: arrow.float64(),
        inspect.BoolType: arrow.bool_(),
        inspect.DateType: arrow.date32(),
    }
    return simple[type(info)]


def _groups(events: Iterator[Event]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(events, ROWS_PER_GROUP)):
        yield [_plain(event) for event in group]


def _plain(event: Event) -> dict[str, Any]:
    # Days stay date objects: Arrow wants them so.
    row: dict[str, Any] = msgspec.to_builtins(event_row(event), builtin_types=(datetime.date,))
    return row


def _pyarrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise OutputError(
            "D510",
            "writing Parquet needs pyarrow, which is not installed",
            "Run `pip install 'detente[parquet]'`.",
        ) from error
    return pyarrow, pyarrow.parquet
