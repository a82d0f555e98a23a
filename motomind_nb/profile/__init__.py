"""The profile: what the staged copy holds, column by column, and what the rebuilt schema would say.

It reads each table twice at most and shares the work between two connections; rows stay in the
database, and personal values are masked before they leave it.
"""

from motomind_nb.profile.dependents import dependent_findings, failing_view_findings
from motomind_nb.profile.judging import profile_findings
from motomind_nb.profile.objects import incomplete_export_findings
from motomind_nb.profile.rules import DEFAULT, Rules
from motomind_nb.profile.taking import Profile, profile_staged_copy

__all__ = [
    "DEFAULT",
    "Profile",
    "Rules",
    "dependent_findings",
    "failing_view_findings",
    "incomplete_export_findings",
    "profile_findings",
    "profile_staged_copy",
]
