"""What a rebuilt schema is made of and stands in, line by line, and that it stays so.

A capture is taken when the schema has just been built and is kept outside the database. Compared
with the packaged definitions it shows that the build did what it should; compared with the live
schema later it shows what was changed since.
"""

from motomind_nb.rebuilt.capture.comparison import compare_with_capture
from motomind_nb.rebuilt.capture.environment import fresh_build_findings, opening_findings
from motomind_nb.rebuilt.capture.lines import Capture, Line
from motomind_nb.rebuilt.capture.packaged import (
    DEFINITIONS,
    compare_with_package,
    packaged_columns,
    packaged_lines,
    packaged_relations,
    packaged_text,
)
from motomind_nb.rebuilt.capture.taking import (
    capture_environment,
    capture_objects,
    capture_target,
    objects_in_target,
    objects_that_stayed,
)

__all__ = [
    "DEFINITIONS",
    "Capture",
    "Line",
    "capture_environment",
    "capture_objects",
    "capture_target",
    "compare_with_capture",
    "compare_with_package",
    "fresh_build_findings",
    "objects_in_target",
    "objects_that_stayed",
    "opening_findings",
    "packaged_columns",
    "packaged_lines",
    "packaged_relations",
    "packaged_text",
]
