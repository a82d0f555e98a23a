"""The command line: ``motomind`` (and ``python -m motomind_nb``)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from motomind_nb import console
from motomind_nb.errors import EXIT_CODES, MotomindError

SOURCE_HELP = (
    "sample, sample:traps, sample:unmapped, a backup folder or file, env:VARIABLE (a variable that"
    " holds a connection string) or service:NAME"
)
TARGET_HELP = (
    "env:VARIABLE or service:NAME of an empty database; without it an embedded server is started"
)
app = typer.Typer(
    name="motomind", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Rehearse the MotoMind database rebuild on a copy and prove what happens to every row,"
    " column, reading, grant and policy.\n\nExit codes: 0 passed, 1 a check failed, 2 error,"
    " 3 refused before anything was written, 4 nothing checked.",
)  # fmt: skip
Source = Annotated[str, typer.Option(help=SOURCE_HELP)]
Target = Annotated[str, typer.Option(help=TARGET_HELP)]
Runs = Annotated[Path, typer.Option(help="The folder that gets one folder for each run.")]
Accept = Annotated[
    Path | None, typer.Option(help="A TOML file of accepted differences, each with a reason.")
]
Pdf = Annotated[bool, typer.Option("--pdf", help="Print the report as PDF too (needs Chromium).")]
ShowPersonal = Annotated[
    bool, typer.Option("--show-personal", help="Do not mask e-mails, VINs, plates and addresses.")
]


def fail(error: MotomindError) -> NoReturn:
    """Print an error's one line and end with its exit code."""
    console.problem(str(error))
    raise typer.Exit(error.exit_code)


@app.command()
def audit(  # noqa: PLR0913, PLR0917 - the options of the command
    source: Source,
    target: Target = "",
    runs: Runs = Path("runs"),
    accept: Accept = None,
    show_personal: ShowPersonal = False,
    pdf: Pdf = False,
) -> None:
    """Back up, stage, rebuild, load and compare; print the verdict and where the report lies.

    Reads the source only. Writes a run folder and, in the target, schemas legacy, public, private
    and audit.
    """
    from motomind_nb import headless

    options = headless.Options(runs, accept, show_personal, pdf)
    try:
        with console.progress() as progress:
            outcome = headless.audit(source, target, options, progress)
    except MotomindError as error:
        fail(error)
    console.outcome(outcome)
    raise typer.Exit(EXIT_CODES[outcome.facts["verdict"]])


@app.command()
def check(
    run: Annotated[Path, typer.Option(help="The folder of a finished run.")],
    target: Annotated[str, typer.Option(help="Its database, if not the run's own.")] = "",
    accept: Accept = None,
    show_personal: ShowPersonal = False,
    pdf: Pdf = False,
) -> None:
    """Compare a finished load again (notebooks 03 to 06) as a new run beside the old one.

    Reads only, but for its own findings. Exit codes as for audit.
    """
    from motomind_nb import headless

    options = headless.Options(run.resolve().parent, accept, show_personal, pdf)
    try:
        with console.progress() as progress:
            outcome = headless.check(run, target, options, progress)
    except MotomindError as error:
        fail(error)
    console.outcome(outcome)
    raise typer.Exit(EXIT_CODES[outcome.facts["verdict"]])


@app.command()
def backup(
    source: Source,
    to: Annotated[Path, typer.Option(help="The new folder (or file, with --format json).")],
    format: Annotated[
        str, typer.Option(help="folder (lossless, all 35 objects) or json (the original export).")
    ] = "folder",
) -> None:
    """Take one consistent, checksummed backup of the legacy database. Reads the source only."""
    from motomind_nb import commands

    try:
        with console.progress() as progress:
            said = commands.backup(source, to, format, progress)
    except MotomindError as error:
        fail(error)
    console.say(said)


@app.command()
def sample(
    target: Annotated[str, typer.Option(help=TARGET_HELP.split(";", maxsplit=1)[0])],
    vehicles: Annotated[int, typer.Option(min=1, help="How many vehicles.")] = 100,
    events: Annotated[int, typer.Option(min=0, help="Rows over the four event tables.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rows.")] = 1,
    truth: Annotated[
        Path, typer.Option(help="File that gets the truth: which rows were spoiled and how.")
    ] = Path("truth.csv"),
) -> None:
    """Create the legacy schema in an empty database and fill it with realistic histories."""
    from motomind_nb import commands

    try:
        with console.progress() as progress:
            said = commands.sample(target, commands.Size(vehicles, events, seed), truth, progress)
    except MotomindError as error:
        fail(error)
    console.say(said)


@app.command()
def lab(
    run: Annotated[
        Path | None, typer.Option(help="Look at this run instead of a fresh sample.")
    ] = None,
) -> None:
    """Open JupyterLab on the notebooks."""
    from motomind_nb import commands

    try:
        raise typer.Exit(commands.lab(run))
    except MotomindError as error:
        fail(error)


@app.command()
def maintain(
    target: Annotated[str, typer.Option(help="env:VARIABLE or service:NAME of the rebuilt one.")],
) -> None:
    """Do the rebuilt database's regular jobs once: refresh the timeline, make partitions, watch.

    For a scheduler (cron, systemd, GitHub Actions) where pg_cron is missing.
    """
    from motomind_nb import commands

    try:
        findings = commands.maintenance(target)
    except MotomindError as error:
        fail(error)
    console.findings(findings)
    raise typer.Exit(1 if any(item.status == "fail" for item in findings) else 0)


@app.command()
def erase(
    tenant: Annotated[str, typer.Option(help="The tenant's id.")],
    yes: Annotated[str, typer.Option(help="The tenant's name, to confirm.")],
    target: Annotated[str, typer.Option(help="env:VARIABLE or service:NAME of the rebuilt one.")],
    reason: Annotated[str, typer.Option(help="Why, for the log.")],
    runs: Runs = Path("runs"),
) -> None:
    """Erase a whole tenant (legal erasure) in one transaction and list what still holds its data.

    Owner role only. The log keeps id, time, operator, reason and counts, no personal values.
    """
    from motomind_nb import commands

    try:
        said = commands.erase(target, commands.Erasure(tenant, yes, reason), runs)
    except MotomindError as error:
        fail(error)
    console.say(said)


def main() -> None:
    """Run the command line; what nobody foresaw is one line and exit code 2, never a traceback."""
    try:
        app()
    except Exception as error:
        from motomind_nb.database import masked
        from motomind_nb.errors import one_line

        console.problem(one_line(masked(f"{type(error).__name__}: {error}")))
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
