"""Write the three lock files with hashes: the program, the county's hub, and what their makers need."""

import re
import subprocess
import sys
from pathlib import Path

from index import uv_environment

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "requirements.lock"
HUB = "requirements-hub.lock"
DEVELOPMENT = "requirements-dev.lock"


def write_lock(target: str, extras: list[str], constraint: str | None = None) -> None:
    """Resolve pyproject.toml with the extras for all systems and write the lock file `target`."""
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url"]
    command += ["--python-version", "3.11", "--output-file", target, "pyproject.toml"]
    for extra in extras:
        command += ["--extra", extra]
    if constraint:
        command += ["--constraint", constraint]
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=uv_environment(), check=True)
    written = (ROOT / target).read_text(encoding="utf-8")
    if re.search(r"://|^-", written, re.MULTILINE):
        sys.exit(f"{target} names an index, a link or a folder; it must hold names, versions and hashes only")


if __name__ == "__main__":
    write_lock(RUNTIME, ["build"])
    write_lock(HUB, ["build", "hub"], constraint=RUNTIME)
    write_lock(DEVELOPMENT, ["build", "dev", "hub"], constraint=HUB)
