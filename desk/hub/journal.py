"""The hub's log: one JSON object a line, of ids, counts and codes only, never a value of a record."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TextIO

from desk import log

_log = log.get("hub")


class Lines(logging.Formatter):
    """Writes each record as one line of JSON; a foreign line becomes the word of an event."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        event = getattr(record, "event", None)
        said |= event if isinstance(event, dict) else {"event": record.getMessage()}
        if record.exc_info and record.exc_info[0] is not None:
            # The kind and the place, not the words: those of a database may quote a row.
            trace = record.exc_info[2]
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            said["bug"] = record.exc_info[0].__name__
            if trace is not None:
                said["where"] = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def start(stream: TextIO) -> logging.Handler:
    """Write everything of the hub and of its server to a stream; `stop` ends it.

    A single worker runs in the process of the command, which has begun already: each line is written once.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    for name in ("desk", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        if not any(isinstance(each.formatter, Lines) for each in logger.handlers):
            logger.addHandler(handler)
    return handler


def stop(handler: logging.Handler) -> None:
    """End what `start` began."""
    for name in ("desk", "uvicorn.error"):
        logging.getLogger(name).removeHandler(handler)


def note(event: str, said: Mapping[str, str | int] = MappingProxyType({}), *, alarm: bool = False) -> None:
    """Write down what happened: a word, and ids and counts. An alarm is for the operator."""
    level = logging.WARNING if alarm else logging.INFO
    _log.log(level, "%s", event, extra={"event": {"event": event, **said}})
