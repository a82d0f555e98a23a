"""The errors a user can meet: each names the object, what was expected, what was found, what to do.

The exit codes are the product in CI: 0 passed, 1 a check failed, 2 error, 3 refused before
anything was written, 4 nothing was checked.
"""

from __future__ import annotations

from motomind_nb.core.tables import escape_control_characters

EXIT_CODES = {"passed": 0, "failed": 1, "error": 2, "refused": 3, "nothing checked": 4}


class MotomindError(Exception):
    """Something went wrong (exit code 2). Its text is one line."""

    verdict = "error"

    def __init__(self, subject: str, expected: str, found: str, action: str) -> None:
        self.subject, self.expected = as_one_line(subject), as_one_line(expected)
        self.found, self.action = as_one_line(found), as_one_line(action)
        super().__init__(
            f"{self.subject}: expected {self.expected}, found {self.found}; {self.action}"
        )

    @property
    def exit_code(self) -> int:
        """The process's exit code for this error."""
        return EXIT_CODES[self.verdict]


class UnforeseenError(MotomindError):
    """Something went wrong that no part of this package foresaw (exit code 2): a bug."""


class Refused(MotomindError):  # noqa: N818 - named for the verdict it carries
    """The run was refused before anything was written (exit code 3)."""

    verdict = "refused"


class CheckFailed(MotomindError):  # noqa: N818 - named for the verdict it carries
    """A check found a difference that nobody accepted (exit code 1)."""

    verdict = "failed"


class NothingChecked(MotomindError):  # noqa: N818 - named for the verdict it carries
    """The run ended without every object being loaded and checked (exit code 4)."""

    verdict = "nothing checked"


BY_VERDICT: dict[str, type[MotomindError]] = {
    kind.verdict: kind for kind in (MotomindError, Refused, CheckFailed, NothingChecked)
}


def as_one_line(text: object, limit: int = 2000) -> str:
    """Return the text on one line without control characters, cut after ``limit`` with a mark."""
    line = escape_control_characters(" ".join(str(text).split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"
