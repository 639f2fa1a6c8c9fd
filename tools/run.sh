#!/usr/bin/env bash
# Open the desk; where there is no display, play the demo and say where its papers and pictures are.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" != Linux ]; then
    exec .venv/bin/python -m desk
fi
echo "No display here: playing the demo instead of opening the window."
QT_QPA_PLATFORM=offscreen .venv/bin/python -m desk demo --out demo-out
echo "Papers (PDF) and pictures of every page (PNG): $PWD/demo-out"
echo "What was done, step by step: $PWD/demo-out/summary.json"
