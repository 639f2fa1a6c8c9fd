"""Look at the frozen program: it must start, must not hold the hub, and says which C library it needs."""

import platform
import subprocess
import sys
from pathlib import Path

from glibc import highest, spell
from PyInstaller.archive.readers import CArchiveReader

BANNED_FILES = ("libqgtk3", "libgtk-3", "libQt6Quick", "libQt6Qml", "sqldrivers")
BANNED_MODULES = ("desk.hub", "fastapi", "starlette", "uvicorn", "psycopg", "pytest", "hypothesis", "tests")


def built_for(bundle: Path) -> str:
    """Return the sentence about the systems on which this bundle runs; the build machine decides it."""
    if sys.platform != "linux":
        return f"for {platform.platform()} and newer"
    own = tuple(int(part) for part in platform.libc_ver()[1].split("."))
    # The C library comes from outside the bundle, and its files need at most what the build machine has.
    needed = max(highest(bundle).values())
    machine = platform.machine()
    return f"for glibc ≥ {spell(own)} ({machine}); the files inside need up to GLIBC_{spell(needed)}"


def unwanted_parts(bundle: Path, program: Path) -> list[str]:
    """Return the names of banned files in the folder and of banned modules frozen into the program."""
    files = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*")]
    modules = list(CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc)
    unwanted = [name for name in files if any(part in name for part in BANNED_FILES)]
    banned = tuple(f"{name}." for name in BANNED_MODULES)
    return unwanted + [name for name in modules if f"{name}.".startswith(banned)]


def inspect(bundle: Path) -> None:
    """Write BUILT-FOR.txt and print size and need; end the process with a sentence if something is wrong."""
    program = bundle / ("desk.exe" if sys.platform == "win32" else "desk")
    unwanted = unwanted_parts(bundle, program)
    if unwanted:
        sys.exit(f"the bundle holds what it should not: {', '.join(unwanted[:5])}")
    version = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    sentence = built_for(bundle)
    (bundle / "BUILT-FOR.txt").write_text(f"desk {version}: {sentence}\n", encoding="utf-8")
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{bundle}: desk {version}, {size:.0f} MB, {sentence}")


if __name__ == "__main__":
    inspect(Path(sys.argv[1]))
