"""``motomind sign``: a person answers for a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from motomind_nb.commands import console
from motomind_nb.core import MotomindError, as_one_line


def sign(
    run: Annotated[Path, typer.Option(help="The folder of a run that passed or failed.")],
    by: Annotated[str, typer.Option(help="The name of the person who signs.")],
    role: Annotated[str, typer.Option(help="In which role, as: head of operations.")],
    key: Annotated[
        Path | None,
        typer.Option(help="The Ed25519 key (PEM); default: the user's own, made on first use."),
    ] = None,
) -> None:
    """Sign every file of a run, so that motomind verify tells whether one has changed since.

    Writes signature.json into the run folder, and the key on first use.
    """
    with console.print_errors_and_exit():
        from motomind_nb import signing
        from motomind_nb.runs import open_run_folder

        folder, path = open_run_folder(run).folder, key or signing.default_key_path()
        name, office = _text("--by", by), _text("--role", role)
        signing.refuse_unsignable(folder)
        signer = signing.Signer(name, office, signing.load_or_make_key(path))
        signing.sign_folder(folder, signer)
        signed = signing.read_signature(folder)
        console.print_line(f"signed   {len(signed.checksums):,} files as {name}, {office}")
        console.print_line(f"key      {signed.key_id}")
        console.print_line(f"public   {signing.public_key_path(path)}: give it to who verifies")


def _text(option: str, given: str) -> str:
    """Return what an option says on one line. Raises: MotomindError when it says nothing."""
    if not given.strip():
        raise MotomindError(option, "a text", repr(given), "say who signs, and in which role")
    return as_one_line(given)
