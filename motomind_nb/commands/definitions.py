"""Store what a rebuild makes as a file: ``python -m motomind_nb.commands.definitions``.

The schema is built on an embedded server and captured; every later rebuild is compared with that.
Beside it the page of where everything went is written, from the catalog.
Writes: schema/target/definitions.csv, schema/where_everything_went.md.
"""

from __future__ import annotations

import sys

from motomind_nb import legacy, postgres, rebuilt
from motomind_nb.commands import console
from motomind_nb.core import packaged_folder

OLD_NAMES = "where_everything_went.md"


def main() -> int:
    """Build the schema, capture it and store its definitions; return the exit code."""
    with (
        postgres.embedded_server() as server,
        postgres.connect(server.new_database("definitions")) as connection,
    ):
        rebuilt.create_audit(connection)
        rebuilt.build_schema(connection)
        text = rebuilt.packaged_text(rebuilt.capture_target(connection))
    (packaged_folder("schema") / rebuilt.DEFINITIONS).write_text(text, encoding="utf-8")
    (packaged_folder("schema") / OLD_NAMES).write_text(legacy.old_names_page(), encoding="utf-8")
    console.print_line(f"stored {len(text.splitlines()) - 1:,} definitions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
