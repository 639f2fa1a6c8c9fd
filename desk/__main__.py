"""`python -m desk` runs the command line."""

import sys

from desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
