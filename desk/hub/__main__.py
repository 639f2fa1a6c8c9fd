"""Run the hub's commands: `python -m desk.hub`."""

import sys

from desk.hub.cli import main

if __name__ == "__main__":
    sys.exit(main())
