"""The old schema: its catalog, its DDL, invented rows and a generator of realistic ones.

The catalog is the only home of the fate of each of the 35 objects and 423 columns; it is proved
against the live schema. The generator spoils readings at rates measured on a real fleet and writes
the truth down beside them, so that recall can be scored.
"""

from motomind_nb.legacy import catalog
from motomind_nb.legacy.catalog import LegacyColumn, LegacyObject
from motomind_nb.legacy.definitions import (
    SCHEMA,
    KnownDefinition,
    Successor,
    function_names,
    read_known_definitions,
)
from motomind_nb.legacy.generator import Plan, generate
from motomind_nb.legacy.mapping import (
    ArchivedValue,
    MappingLine,
    archived_values,
    mapping_lines,
)
from motomind_nb.legacy.old_names import (
    OldName,
    old_names,
    old_names_page,
    old_names_table,
)
from motomind_nb.legacy.samples import DATA_SETS, create_sample
from motomind_nb.legacy.schema import create_schema
from motomind_nb.legacy.views import view_statements

__all__ = [
    "DATA_SETS",
    "SCHEMA",
    "ArchivedValue",
    "KnownDefinition",
    "LegacyColumn",
    "LegacyObject",
    "MappingLine",
    "OldName",
    "Plan",
    "Successor",
    "archived_values",
    "catalog",
    "create_sample",
    "create_schema",
    "function_names",
    "generate",
    "mapping_lines",
    "old_names",
    "old_names_page",
    "old_names_table",
    "read_known_definitions",
    "view_statements",
]
