"""``motomind verify``: is a signed run still what was signed?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from motomind_nb.commands import console
from motomind_nb.commands.options import SOURCE_HELP, AsJson
from motomind_nb.core import CheckFailed, Tell

if TYPE_CHECKING:
    from motomind_nb.signing import Verified


def verify(
    run: Annotated[Path, typer.Argument(help="The folder of a signed run.")],
    trust: Annotated[
        Path | None, typer.Option(help="The public key (PEM) of the person who must have signed.")
    ] = None,
    source: Annotated[
        str, typer.Option(help=f"Compare with its fingerprint of today too: {SOURCE_HELP}")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Compare every file of a run with its signature; name the first that is not as signed.

    Offline; reads only. Exit codes: 0 as signed, 1 another file or a changed source, 4 not signed.
    """
    with console.print_errors_and_exit(as_json=as_json), console.show_progress() as tell:
        from motomind_nb import signing

        trusted = signing.read_public_key(trust) if trust else None
        signed = signing.verify_folder(run, trusted)
        if source:
            refuse_changed_source(signed, source, tell)
    if as_json:
        console.print_object(_facts(run, signed, trusted=trusted is not None))
        return
    for line in _lines(signed, trusted=trusted is not None):
        console.print_line(line)


def refuse_changed_source(signed: Verified, source: str, tell: Tell) -> None:
    """Raise CheckFailed when a source is no longer what was audited: the signature is stale."""
    from motomind_nb import stages
    from motomind_nb.runs import Source

    now = stages.source_fingerprint(Source.parse(source), tell)
    if now != signed.input:
        raise CheckFailed(
            "signature",
            f"a source with fingerprint {signed.input or '(none)'}",
            f"{now}: it is stale",
            "audit the source as it is now, and sign that run",
        )


def _facts(run: Path, signed: Verified, *, trusted: bool) -> dict[str, Any]:
    """Return what a good signature says, as one object."""
    return {
        "run": str(run),
        "verdict": "passed",
        "signer": signed.signer,
        "key": signed.key_id,
        "trusted": trusted,
        "result": signed.result,
        "input": signed.input,
        "files": len(signed.checksums),
    }


def _lines(signed: Verified, *, trusted: bool) -> list[str]:
    """Return what a good signature says, as lines."""
    signer = signed.signer
    whose = "the trusted key" if trusted else "whose key it is nobody said: name it with --trust"
    return [
        f"GOOD     {len(signed.checksums):,} files as they were signed",
        f"result   {signed.result}",
        f"signer   {signer['name']}, {signer['role']}, {signer['time']}",
        f"key      {signed.key_id} ({whose})",
    ]
