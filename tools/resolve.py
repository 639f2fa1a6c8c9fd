"""Prove that the lock installs on the stations' systems and that its wheels need no newer C library.

UOS 20 has glibc 2.28, Kylin V10 SP1 has 2.31. Windows has none; there only the resolution is proved.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from glibc import highest, spell
from index import uv_environment
from lock import ROOT, RUNTIME

SYSTEMS = {
    "UOS 20, x86_64": "x86_64-manylinux_2_28",
    "Kylin V10 SP1, x86_64": "x86_64-manylinux_2_31",
    "Kylin V10 SP1, aarch64": "aarch64-manylinux_2_31",
    "Windows 10, x86_64": "x86_64-pc-windows-msvc",
}
PYTHONS = ("3.11", "3.12", "3.13")
OLDEST = {"x86_64-manylinux_2_28": (2, 28), "aarch64-manylinux_2_31": (2, 31)}


def install(platform: str, python: str, target: Path, *, dry: bool) -> subprocess.CompletedProcess[str]:
    """Ask for the locked wheels of one platform and Python, into `target` or only in thought."""
    command = [sys.executable, "-m", "uv", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--python-platform", platform, "--python-version", python, "--target", str(target)]
    command += ["--dry-run"] if dry else []
    command += ["--requirement", RUNTIME]
    return subprocess.run(
        command, cwd=ROOT, env=uv_environment(), capture_output=True, text=True, check=False
    )


def resolve_everywhere() -> bool:
    """Print one line for each system and Python and return whether all of them resolve."""
    complete = True
    for system, platform in SYSTEMS.items():
        for python in PYTHONS:
            with tempfile.TemporaryDirectory() as folder:
                answer = install(platform, python, Path(folder), dry=True)
            print(f"{'resolves' if answer.returncode == 0 else 'FAILS':9} {system}, Python {python}")
            if answer.returncode:
                complete = False
                print(answer.stderr)
    return complete


def check_symbols(platform: str, limit: tuple[int, int]) -> bool:
    """Install the wheels of one platform and return whether none needs a newer C library than the limit."""
    with tempfile.TemporaryDirectory() as folder:
        answer = install(platform, PYTHONS[0], Path(folder), dry=False)
        if answer.returncode:
            print(answer.stderr)
            return False
        needs = highest(Path(folder))
    top = max(needs.values())
    print(f"wheels of {platform}: {len(needs)} with machine code, highest need GLIBC_{spell(top)}")
    too_new = {name: version for name, version in needs.items() if version > limit}
    for name, version in too_new.items():
        print(f"too new: {name} needs GLIBC_{spell(version)}")
    return not too_new


if __name__ == "__main__":
    kept = [resolve_everywhere(), *(check_symbols(platform, limit) for platform, limit in OLDEST.items())]
    sys.exit(not all(kept))
