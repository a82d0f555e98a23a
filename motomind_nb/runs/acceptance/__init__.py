"""Accepted differences: the file of a person's decisions, what it accepts, and how it is begun."""

from motomind_nb.runs.acceptance.entries import Entry, read_accepted
from motomind_nb.runs.acceptance.judging import judge_findings, unused_entries
from motomind_nb.runs.acceptance.writing import DAYS, accept_file

__all__ = ["DAYS", "Entry", "accept_file", "judge_findings", "read_accepted", "unused_entries"]
