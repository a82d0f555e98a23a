"""Audit and check without hands: every notebook of a run, its verdict, how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from motomind_nb import runs, stages
from motomind_nb.core import (
    CheckFailed,
    MotomindError,
    Refused,
    Tell,
    allow_enough_files,
    close_to_others,
    private_files,
)
from motomind_nb.jupyter import notebooks
from motomind_nb.jupyter.kernels import Kernels
from motomind_nb.runs import NOTEBOOKS, Outcome, Run, Source, Target

# a run can't go on when one of these fails; the others are run to their end, each on its own
FOUNDATIONS = ("01_profile", "02_rebuild")
# stands in verdict.json until the run ends, and stays there after a kill -9
UNFINISHED = MotomindError("run", "an end", "none: it still goes on, or it was killed", runs.AGAIN)


@dataclass(frozen=True)
class Options:
    """What audit and check have in common."""

    runs: Path
    accept: Path | None = None
    show_personal: bool = False
    pdf: bool = False

    def parameters(self, notebook: str) -> dict[str, Any]:
        """Return the parameters of a notebook that differ from its own defaults."""
        chosen = {"show_personal": True} if self.show_personal else {}
        return {
            name: chosen[name] for name in stages.declared_parameters(notebook) if name in chosen
        }


@dataclass(frozen=True)
class Work:
    """What is to be done on a run: first the preparation, then the notebooks."""

    run: Run
    begin: Callable[[Run], None]
    notebooks: Sequence[str]
    options: Options


def audit(source: str, target: str, options: Options, tell: Tell) -> Outcome:
    """Run all notebooks on a new run; return how it ended.

    Raises: MotomindError only where no run folder can be made.
    """
    run = _create(options.runs, Source.stored(source), Target.stored(target))

    def begin(run: Run) -> None:
        Source.parse(source)
        Target.parse(target)
        stages.copy_accept_file(run, options.accept)
        stages.prepare_run(run)

    return run_and_always_report(Work(run, begin, NOTEBOOKS, options), tell)


def check_finished_load(folder: Path, target: str, options: Options, tell: Tell) -> Outcome:
    """Run notebooks 03 to 06 on a finished load as a new run; return how it ended.

    Raises: Refused when the folder holds no run.
    """
    checked = runs.open_run_folder(folder)
    run = _create(options.runs, checked.source, Target.stored(target) if target else checked.target)

    def begin(run: Run) -> None:
        Target.parse(target)
        stages.copy_accept_file(run, options.accept or _old_accept_file(checked))
        stages.adopt_finished_load(run, checked)

    return run_and_always_report(Work(run, begin, NOTEBOOKS[2:], options), tell)


def _old_accept_file(checked: Run) -> Path | None:
    """Return the accept file that a run kept, None without one."""
    path = checked.folder / stages.ACCEPT_FILE
    return path if path.exists() else None


def _create(folder: Path, source: Source, target: Target) -> Run:
    """Make a new run. Raises: MotomindError when its folder can't be made."""
    try:
        return runs.create_run(folder, source, target)
    except OSError as error:
        raise MotomindError(
            "runs folder",
            "a folder to write to",
            f"{folder.absolute()}: {error.strerror or error}",
            "name another with --runs (MOTOMIND_HOME names that of the embedded servers)",
        ) from None


def run_and_always_report(work: Work, tell: Tell) -> Outcome:
    """Do the work; whatever happens, the run folder ends up with a verdict and a report."""
    run = work.run
    with private_files():
        runs.write_verdict(run, runs.error_facts(run, UNFINISHED))
        try:
            with runs.heed_signals_in_block():
                facts = _work(work, tell)
                stages.write_pages(run, facts, pdf=work.options.pdf)
        except (Exception, KeyboardInterrupt) as error:
            # nothing stops the process any more: what is written now is what the exit code says
            facts = {**runs.read_conclusion(run), **_facts_of(run, error)}
            stages.waiting_page(run).unlink(missing_ok=True)  # it may say another word
            with suppress(Exception):
                stages.write_pages(run, facts)
        close_to_others(run.folder)
        return Outcome(_last_word(run, facts), run.folder)


def _last_word(run: Run, facts: dict[str, Any]) -> dict[str, Any]:
    """End a run with a verdict; return it, or that of a disk that takes none."""
    try:
        runs.end_run(run, facts, stages.waiting_page(run))
    except OSError as error:
        facts = facts if facts["verdict"] == "error" else _facts_of(run, error)
        with suppress(OSError):
            runs.overwrite_verdict(run, facts)
    return facts


def _work(work: Work, tell: Tell) -> dict[str, Any]:
    """Do the work and return the facts of its verdict; no server of it goes on running."""
    run, started = work.run, datetime.now(UTC)
    try:
        allow_enough_files()
        with (
            Kernels(run, work.notebooks) as kernels,
            runs.forward_kernel_progress(run.folder, tell),
        ):
            work.begin(run)
            return stages.final_verdict_facts(run, execute_all(work, kernels, tell))
    except (Exception, KeyboardInterrupt) as error:
        return _facts_of(run, error)
    finally:
        ended = datetime.now(UTC)
        seconds = (ended - started).total_seconds()
        run.note(
            ended=ended.isoformat(timespec="seconds"),
            seconds=round(seconds, 1),
            versions=stages.versions(),
        )
        runs.stop_servers()
        runs.remove_unused_cluster(run)


def _facts_of(run: Run, error: BaseException) -> dict[str, Any]:
    """Return the facts of a verdict for an error. Writes: motomind.log, if it is not ours."""
    if not isinstance(error, MotomindError | KeyboardInterrupt):
        runs.log_traceback(run.folder, error)
    return runs.error_facts(run, runs.as_motomind_error(error, run.folder))


def execute_all(work: Work, kernels: Kernels, tell: Tell) -> list[MotomindError]:
    """Execute the notebooks in order; return the errors other than failed checks.

    Writes: stage_seconds in run.json.
    """
    errors: list[MotomindError] = []
    seconds: dict[str, float] = {}
    for name in work.notebooks:
        started = time.monotonic()
        error = notebooks.execute(kernels, name, work.options.parameters(name), tell)
        seconds[name] = round(time.monotonic() - started, 2)
        work.run.note(stage_seconds=seconds)
        if error is None or isinstance(error, CheckFailed):
            continue
        errors.append(_after_writing(error) if _has_written(work.run) else error)
        if name in FOUNDATIONS or isinstance(error, Refused):
            break
    return errors


def _has_written(run: Run) -> bool:
    """Return whether an audit has written to its target."""
    return run.has_completed(NOTEBOOKS[0]) and "checks" not in run.facts()


def _after_writing(error: MotomindError) -> MotomindError:
    """Return a refusal that came after the first write as the error that it is (exit code 2)."""
    if not isinstance(error, Refused):
        return error
    return MotomindError(error.subject, error.expected, error.found, error.action)
