"""The smaller commands: backup, sample, lab, maintain, erase."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from motomind_nb import backup as backups
from motomind_nb import database, erase, generate, maintain, pipeline, resources, server
from motomind_nb import run as runs
from motomind_nb import sample as samples
from motomind_nb.console import Tell
from motomind_nb.errors import MotomindError, Refused
from motomind_nb.findings import Finding
