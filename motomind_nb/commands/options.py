"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SOURCE_HELP = (
    "sample, sample:traps, sample:unmapped, a backup folder or file, env:VARIABLE (a variable that"
    " holds a connection string) or service:NAME"
)
EMPTY_DATABASE = "env:VARIABLE or service:NAME of an empty database"
REBUILT_DATABASE = "env:VARIABLE or service:NAME of the rebuilt one."
SourceText = Annotated[str, typer.Option("--source", help=SOURCE_HELP)]
TargetText = Annotated[
    str,
    typer.Option("--target", help=f"{EMPTY_DATABASE}; without it an embedded server is started"),
]
Rebuilt = Annotated[str, typer.Option("--target", help=REBUILT_DATABASE)]
RunsFolder = Annotated[
    Path, typer.Option("--runs", help="The folder that gets one folder for each run.")
]
AcceptFile = Annotated[
    Path | None,
    typer.Option("--accept", help="A TOML file of accepted differences, each with a reason."),
]
Pdf = Annotated[bool, typer.Option("--pdf", help="Print the report as PDF too (needs Chromium).")]
ShowPersonal = Annotated[
    bool, typer.Option("--show-personal", help="Do not mask e-mails, VINs, plates and addresses.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
