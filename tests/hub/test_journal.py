"""The log: one JSON object a line, without the words of a failure."""

import io
import json
import logging

from desk.hub import journal


def test_each_event_is_a_line_of_json() -> None:
    stream = io.StringIO()
    handler = journal.start(stream)
    try:
        journal.note("pushed", {"scope": "S:1", "applied": 3})
        journal.note("cursor_ahead", alarm=True)
        logging.getLogger("uvicorn.error").info("Started server process")
        try:
            raise ValueError("王某某的电话")
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    finally:
        journal.stop(handler)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(each["event"], each["level"]) for each in lines] == [
        ("pushed", "info"),
        ("cursor_ahead", "warning"),
        ("Started server process", "info"),
        ("Exception in ASGI application", "error"),
    ]
    assert (lines[0]["scope"], lines[0]["applied"]) == ("S:1", 3)
    assert lines[3]["bug"] == "ValueError"
    assert lines[3]["where"].startswith("test_each_event")
    assert "王某某" not in stream.getvalue()
    assert handler not in logging.getLogger("desk").handlers


def test_who_begins_twice_writes_each_line_once() -> None:
    """One worker runs in the process of the command: both have begun."""
    streams = io.StringIO(), io.StringIO()
    handlers = [journal.start(stream) for stream in streams]
    try:
        journal.note("pushed")
    finally:
        for handler in handlers:
            journal.stop(handler)
    assert [len(stream.getvalue().splitlines()) for stream in streams] == [1, 0]
