"""A run: its folder, where its rows come from, where they are rehearsed, what a person accepted.

What kind of thing a SOURCE or TARGET is gets decided here, once, by its class. A run folder is the
only memory between notebooks: they share no kernel.
"""

from motomind_nb.runs.acceptance import (
    DAYS,
    Entry,
    accept_file,
    judge_findings,
    read_accepted,
    unused_entries,
)
from motomind_nb.runs.errors import (
    AGAIN,
    LOG,
    Stopped,
    as_motomind_error,
    error_without_run,
    log_traceback,
)
from motomind_nb.runs.evidence import (
    evidence_names,
    keep_evidence,
    kept_evidence,
    loading_run,
)
from motomind_nb.runs.run import (
    NOTEBOOKS,
    RUN_VARIABLE,
    SAMPLE_DATABASE,
    Run,
    as_facts,
    create_run,
    keeps_errors,
    newest_run,
    open_run_folder,
    remove_unused_cluster,
)
from motomind_nb.runs.servers import (
    SOCKET_VARIABLE,
    conninfo_meanwhile,
    is_reachable,
    start_and_find_socket,
    started_server,
    stop_servers,
)
from motomind_nb.runs.source import BackupFolder, JsonFile, LiveDatabase, Sample, Source, Unusable
from motomind_nb.runs.stopping import handle_stop_signals, heed_signals_in_block
from motomind_nb.runs.target import Embedded, Named, Target
from motomind_nb.runs.telling import (
    forward_kernel_progress,
    keep_bytes,
    keep_seconds,
    progress_writer,
    read_progress,
)
from motomind_nb.runs.verdict import (
    WAITING_VARIABLE,
    Outcome,
    compute_verdict,
    end_run,
    error_facts,
    overwrite_verdict,
    read_conclusion,
    write_conclusion,
    write_verdict,
)

__all__ = [
    "AGAIN",
    "DAYS",
    "LOG",
    "NOTEBOOKS",
    "RUN_VARIABLE",
    "SAMPLE_DATABASE",
    "SOCKET_VARIABLE",
    "WAITING_VARIABLE",
    "BackupFolder",
    "Embedded",
    "Entry",
    "JsonFile",
    "LiveDatabase",
    "Named",
    "Outcome",
    "Run",
    "Sample",
    "Source",
    "Stopped",
    "Target",
    "Unusable",
    "accept_file",
    "as_facts",
    "as_motomind_error",
    "compute_verdict",
    "conninfo_meanwhile",
    "create_run",
    "end_run",
    "error_facts",
    "error_without_run",
    "evidence_names",
    "forward_kernel_progress",
    "handle_stop_signals",
    "heed_signals_in_block",
    "is_reachable",
    "judge_findings",
    "keep_bytes",
    "keep_evidence",
    "keep_seconds",
    "keeps_errors",
    "kept_evidence",
    "loading_run",
    "log_traceback",
    "newest_run",
    "open_run_folder",
    "overwrite_verdict",
    "progress_writer",
    "read_accepted",
    "read_conclusion",
    "read_progress",
    "remove_unused_cluster",
    "start_and_find_socket",
    "started_server",
    "stop_servers",
    "unused_entries",
    "write_conclusion",
    "write_verdict",
]
