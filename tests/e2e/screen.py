"""A desk for strangers: an X server, a window manager, a D-Bus session with AT-SPI, and the programs on it.

Everything it starts ends with it, whatever happened. Nothing of the user's own session leaks in: home,
runtime folder, keyring and bus are new.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
AT_SPI = "/usr/libexec/at-spi-bus-launcher"
SYSTEM_PYTHON = "/usr/bin/python3"  # pyatspi is a system package; it is on no registry
_PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "xprop": "x11-utils",
    "xwininfo": "x11-utils",
    "dbus-daemon": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "fcitx5": "fcitx5",
    AT_SPI: "at-spi2-core",
    SYSTEM_PYTHON: "python3-pyatspi",
}
_STANDS = re.compile(r"^ +(?:Absolute upper-left )?(X|Y|Width|Height): +(-?\d+)$", re.MULTILINE)
_ENDS_IN = 5.0  # seconds a process may take to end by itself


class Screen:
    """1366×768, a window manager and a session bus; use it in a `with` block."""

    def __init__(self, folder: Path) -> None:
        """Args: `folder` is the test's own; logs of all programs are written there."""
        self.folder = folder
        # Sockets lie in it, and the path of a socket may not be longer than 107 bytes.
        self._runtime = Path(tempfile.mkdtemp(prefix="desk-run-"))
        self._started: list[subprocess.Popen[str]] = []
        self._log: IO[str] = (folder / "programs.log").open("w")
        self.env = _clean(folder, self._runtime)

    def __enter__(self) -> Self:
        try:
            self._begin()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def start(self, *command: str, talks: bool = False, **env: str) -> subprocess.Popen[str]:
        """Start a program here; with `talks` its standard input and output are pipes."""
        pipe = subprocess.PIPE if talks else subprocess.DEVNULL
        started = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env | env,
            stdin=pipe,
            stdout=subprocess.PIPE if talks else self._log,
            stderr=self._log,
            text=True,
            start_new_session=True,
        )
        self._started.append(started)
        return started

    def desk(self, data: Path, **env: str) -> subprocess.Popen[str]:
        """Start the installed program on a data folder; where it crashes the log tells in what line."""
        env |= {"DESK_DATA": str(data), "PYTHONFAULTHANDLER": "1"}
        return self.start(sys.executable, "-m", "desk", **env)

    def xdo(self, *words: str) -> str:
        """Run xdotool and return what it printed."""
        return _run(self.env, "xdotool", *words).strip()

    def frame(self, window: str) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of a window with the frame its manager has given it."""
        told = _run(self.env, "xprop", "-id", window, "_NET_FRAME_EXTENTS") + _run(
            self.env, "xwininfo", "-id", window
        )
        found = {name: int(value) for name, value in re.findall(_STANDS, told)}
        sides = re.search(r"= (\d+), (\d+), (\d+), (\d+)", told)
        assert sides, f"no frame: {told}"
        left, right, top, bottom = map(int, sides.groups())
        x, y = found["X"], found["Y"]
        return x - left, y - top, x + found["Width"] + right, y + found["Height"] + bottom

    def picture(self, path: Path) -> None:
        """Save what the screen shows."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, timeout=300, check=False)

    def end(self) -> None:
        """End every process, the last started first, and what they started."""
        for started in reversed(self._started):
            _end(started)
        self._log.close()
        shutil.rmtree(self._runtime, ignore_errors=True)

    def _begin(self) -> None:
        missing = sorted({package for program, package in _PROGRAMS.items() if shutil.which(program) is None})
        assert not missing, f"system packages missing: {' '.join(missing)}"
        # Without -noreset the server begins anew whenever nobody is left, and turns away who comes meanwhile:
        # the bus of AT-SPI looks in and goes while the window manager is on its way. Without -r a key is
        # repeated that xdotool, on a busy machine, holds down for long.
        options = ("-noreset", "-r", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp")
        self.env["DISPLAY"] = ":" + self._first_line("Xvfb", *options)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self._first_line(
            "dbus-daemon", "--session", "--nofork", "--print-address"
        )
        keyring = self.start("gnome-keyring-daemon", "--foreground", "--unlock", talks=True)
        assert keyring.stdin is not None
        keyring.stdin.write("pw")
        keyring.stdin.close()
        self.start(AT_SPI, "--launch-immediately")
        # A window shown before its manager is there would never get the focus.
        manager = self.start("openbox", "--startup", "echo ready", talks=True)
        assert manager.stdout is not None
        # It says there first what it does not find, such as a menu.
        assert "ready\n" in manager.stdout, "openbox did not start; see programs.log"
        # At the first key the manager takes its keys anew; one pressed meanwhile is not its own.
        self.xdo("key", "shift")

    def _first_line(self, *command: str) -> str:
        started = self.start(*command, talks=True)
        assert started.stdout is not None
        line = started.stdout.readline().strip()
        assert line, f"{command[0]} did not start; see programs.log"
        return line


def _run(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{words}: {done.stderr}"
    return done.stdout


def _clean(folder: Path, runtime: Path) -> dict[str, str]:
    ours = ("DISPLAY", "WAYLAND", "DBUS", "XDG", "QT", "PYTHON", "DESK", "XMODIFIERS", "GTK", "LC_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return env | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "LANG": "C.UTF-8",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "NO_AT_BRIDGE": "1",
    }


def _end(started: subprocess.Popen[str]) -> None:
    for pipe in (started.stdin, started.stdout):
        if pipe is not None:
            pipe.close()
    family = [started.pid]
    if psutil.pid_exists(started.pid):
        family += [each.pid for each in psutil.Process(started.pid).children(recursive=True)]
    if started.poll() is None:
        started.terminate()
        try:
            started.wait(_ENDS_IN)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait(_ENDS_IN)
    for pid in family[1:]:
        if psutil.pid_exists(pid):
            os.kill(pid, signal.SIGKILL)
