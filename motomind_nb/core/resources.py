"""Where the files that ship with the package lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


@cache
def packaged_folder(name: str) -> Path:
    """Return the folder ``schema`` or ``notebooks``.

    Raises: FileNotFoundError when the package was installed without it.
    """
    for place in (PACKAGE / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name}: the folder did not come with the package; install it again")
