"""The order of findings: what was lost comes before what follows from it."""

from motomind_nb.core import gravity
from motomind_nb.core.findings import FIRST, LAST


def test_what_was_lost_comes_before_what_follows_from_it() -> None:
    assert gravity(FIRST[0], 1) < gravity("another check", 9) < gravity(LAST[0], 9)
    assert gravity("another check", 9) < gravity("another check", 1)
