"""Which package index to ask: the one pip is set up for here, so that no host stands in the project."""

import os
import subprocess
import sys


def uv_environment() -> dict[str, str]:
    """Return the environment for `uv`, pointed at the index that pip uses here."""
    environment = dict(os.environ, UV_CUSTOM_COMPILE_COMMAND="make lock", UV_NO_CONFIG="1")
    index = os.environ.get("PIP_INDEX_URL") or _pip_setting("global.index-url")
    if index:
        environment.setdefault("UV_DEFAULT_INDEX", index)
    certificates = os.environ.get("PIP_CERT") or _pip_setting("global.cert")
    if certificates:
        environment.setdefault("SSL_CERT_FILE", certificates)
    return environment


def _pip_setting(name: str) -> str:
    command = [sys.executable, "-m", "pip", "config", "get", name]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.strip().strip("'") if answer.returncode == 0 else ""
