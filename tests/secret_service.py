"""A real Secret Service for one test: its own D-Bus session, home and runtime folder (tech.md §5)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_UNLOCKED = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\""
_UNTOUCHED = 'exec "$@"'


def run(tmp_path: Path, script: str, *, unlocked: bool = True) -> str:
    """Run a Python script with a gnome-keyring of its own and return what it printed.

    The keyring lives in `tmp_path`/home, so that a second call finds what the first one kept. A failing
    script fails the test with its traceback; so does a missing system package, by its name.
    """
    for program, package in (("dbus-run-session", "dbus-daemon"), ("gnome-keyring-daemon", "gnome-keyring")):
        assert shutil.which(program), f"system package missing: {package}"
    home, runtime = tmp_path / "home", tmp_path / "run"
    home.mkdir(exist_ok=True)
    runtime.mkdir(mode=0o700, exist_ok=True)
    outside = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "WAYLAND_DISPLAY")
    env = {name: value for name, value in os.environ.items() if name not in outside}
    env |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "share")}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    shell = ["sh", "-c", _UNLOCKED if unlocked else _UNTOUCHED, "sh", sys.executable, "-c", script]
    command = ["dbus-run-session", "--", *shell]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
