"""Named loggers and the rotating file. A log holds no secret and no personal data: ids and counts only."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

# Mobile numbers, resident identity numbers and long hexadecimal secrets are cut out even if a caller slips.
_SCRUB = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|\b[0-9a-fA-F]{48,}\b")


class _Scrubber(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SCRUB.sub("***", record.getMessage())
        record.args = None
        return True


def get(name: str) -> logging.Logger:
    """Return the logger of that name below `desk`."""
    return logging.getLogger(f"desk.{name}")


def start(folder: Path) -> None:
    """Write warnings and information to `folder`/desk.log, three files of 1 MiB, scrubbed.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "desk.log", maxBytes=1 << 20, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_Scrubber())
    root = logging.getLogger("desk")
    root.setLevel(logging.INFO)
    root.addHandler(handler)


def stop() -> None:
    """Close the log file; the tests and a data folder that is being replaced need it free."""
    root = logging.getLogger("desk")
    for handler in list(root.handlers):
        # That of the command line keeps the terminal free of it, and stays.
        if isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()
