"""The commands of `desk`; with none it opens the window."""

import argparse

from desk import __version__


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="desk", description="接待台")
    parser.add_argument("--version", action="version", version=__version__)
    parser.parse_args(argv)
    return 0
