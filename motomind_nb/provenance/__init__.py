"""What made a run: tool, schema and mapping on one hand, person, command and commit on the other.

The first are the same in each run of the same input and stand in verdict.json; the second vary and
stand in run.json.
"""

from motomind_nb.provenance.circumstances import run_circumstances
from motomind_nb.provenance.tool import tool_facts

__all__ = ["run_circumstances", "tool_facts"]
