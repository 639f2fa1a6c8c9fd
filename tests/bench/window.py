"""Runs the measured windows as processes of their own and reads what they tell."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.house import ROOT

_CHILDREN = Path(__file__).parent / "children"


def run(child: str, *arguments: str, timeout_s: int = 300) -> dict[str, Any]:
    """Run one child and return its line of JSON; a failed one is shown with its last words."""
    command = [sys.executable, str(_CHILDREN / f"{child}.py"), *arguments]
    known = {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    # Compiled files are kept: a desk at a station does not compile itself at every start.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    answer = subprocess.run(
        command,
        env=surroundings | known | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout_s,
    )
    assert answer.returncode == 0, f"{child} ended with {answer.returncode}:\n{answer.stderr[-4000:]}"
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def started(child: str, *arguments: str) -> dict[str, Any]:
    """Run a child that measures from its own start."""
    return run(child, str(time.time()), *arguments)
