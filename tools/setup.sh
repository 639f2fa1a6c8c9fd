#!/usr/bin/env bash
# Make .venv from the lock files: setup.sh run (what the program needs) or setup.sh dev (and what its makers need).
# The stamps .venv/.ready-* let make skip this while the lock files are unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."
level="$1"

find_python() {
    # ensurepip is asked for because Debian ships Python without it until python3-venv is installed.
    local name
    for name in python3.11 python3.12 python3.13 python3; do
        if "$name" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
            >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
}

if ! .venv/bin/python -c '' >/dev/null 2>&1; then
    python="$(find_python)"
    if [ -z "$python" ]; then
        bash tools/system_packages.sh venv
        python="$(find_python)"
    fi
    if [ -z "$python" ]; then
        echo "No Python from 3.11 to 3.13 with the venv module was found." >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip --quiet"
if [ "$level" = dev ]; then
    # Freezing needs Python as a shared library, which Debian keeps in a package of its own.
    library="$(.venv/bin/python -c 'import sys
if sys.base_prefix == "/usr": print(f"libpython{sys.version_info.major}.{sys.version_info.minor}")')"
    bash tools/system_packages.sh run test $library
    lock=requirements-dev.lock
else
    bash tools/system_packages.sh run
    lock=requirements.lock
fi
echo "Installing $lock"
$pip install --require-hashes --only-binary :all: --requirement "$lock"
$pip install --no-deps --no-build-isolation --editable .
touch .venv/.ready-run
[ "$level" = run ] || touch .venv/.ready-dev
