"""Checks a store in a process of its own: a large file takes a minute of reading and decrypting.

The process gives way to all others and is ended with the program, so the check neither slows the desk nor
keeps a closing window waiting. The key goes through a pipe, never as an argument.
"""

import json
import subprocess
import sys
from pathlib import Path

from desk import log, paths

CHECK_STORE = "check-store"
"""The command of `desk` that the other process runs."""

_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows would show one
SOUND, DAMAGED = b"sound", b"damaged"
_log = log.get("check")


class CheckApart:
    """One check at a time; once given up, there are no more."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._over = False

    def run(self, path: Path, key: bytes) -> bool | None:
        """Return whether the file is sound; None if the check was given up or gave no answer."""
        program = [sys.executable] if paths.is_frozen() else [sys.executable, "-m", "desk"]
        self._process = subprocess.Popen(  # noqa: S603 - this very program, and the words go to no shell
            [*program, CHECK_STORE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
        if self._over:
            self._process.kill()
        told, _nothing = self._process.communicate(json.dumps([str(path.resolve()), key.hex()]).encode())
        self._process = None
        if told not in (SOUND, DAMAGED):
            _log.warning("the check of the store gave no answer")
            return None
        return told == SOUND

    def give_up(self) -> None:
        """End the check that is under way, or about to begin."""
        self._over = True
        process = self._process
        if process is not None:
            process.kill()
