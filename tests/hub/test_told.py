"""What a command says, to a person and to a program."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from desk.hub.told import Told


@dataclass(frozen=True)
class Line:
    name: str
    at: datetime


def test_the_same_as_lines_and_as_data() -> None:
    line = Line("示例站", datetime(2026, 11, 26, tzinfo=UTC))
    told = Told(("一行", "两行"), (line,))
    assert told.printed(as_json=False) == ("一行", "两行")
    (text,) = told.printed(as_json=True)
    assert json.loads(text) == [{"name": "示例站", "at": "2026-11-26 00:00:00+00:00"}]
    assert "示例站" in text
