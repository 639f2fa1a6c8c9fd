"""A stranger at the desk: sees it through AT-SPI and works it by keyboard. See atspi_hands.py."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.screen import SYSTEM_PYTHON, Screen

_PATIENCE = 180.0  # seconds; the machine may be busy with other tests


@dataclass(frozen=True)
class Seen:
    """A widget as it stood when it was looked at."""

    role: str
    name: str
    about: str
    text: str
    focused: bool
    checked: bool
    enabled: bool
    box: tuple[int, int, int, int]


class Stranger:
    """Works the programs on a screen. Whatever is asked for is waited for, up to a deadline."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        script = str(Path(__file__).with_name("atspi_hands.py"))
        self._hands: subprocess.Popen[str] = screen.start(SYSTEM_PYTHON, script, talks=True)

    def find(self, role: str, name: str, seconds: float = _PATIENCE) -> Seen:
        """Wait until a widget is shown and return how it stands."""
        return _seen(self._ask("find", seconds, role=role, name=name))

    def press(self, name: str, role: str = "push button", seconds: float = _PATIENCE) -> None:
        """Press a button once it is there and enabled."""
        self._ask("press", seconds, role=role, name=name)

    def focus(self, name: str, role: str = "text") -> Seen:
        """Put the focus into a field."""
        return _seen(self._ask("focus", _PATIENCE, role=role, name=name))

    def focused(self, name: str = "", role: str = "", seconds: float = _PATIENCE) -> Seen:
        """Wait until this has the focus."""
        return _seen(self._ask("focused", seconds, role=role, name=name))

    def holds(self, name: str, text: str, role: str = "text", seconds: float = _PATIENCE) -> None:
        """Wait until a field holds a text."""
        self._ask("holds", seconds, role=role, name=name, text=text)

    def gone(self, role: str, name: str, seconds: float = _PATIENCE) -> None:
        """Wait until a widget is no longer shown."""
        self._ask("gone", seconds, role=role, name=name)

    def service(self, name: str) -> None:
        """Wait until a service is on the session bus."""
        self._ask("service", _PATIENCE, name=name)

    def write(self, name: str, text: str) -> None:
        """Put text into a field and wait until it holds it: by keyboard, Chinese as assistive programs do.

        xdotool types Chinese by changing the keyboard for each character, and loses some on a busy machine;
        test_ime.py types Chinese as people do.
        """
        if text.isascii():
            self.focus(name)
            self.type(text)
        else:
            self._ask("write", _PATIENCE, role="text", name=name, text=text)
        self.holds(name, text)

    def type(self, text: str) -> None:
        """Type at the keyboard, wherever the focus is."""
        assert text.isascii(), "see write()"
        self.screen.xdo("type", "--delay", "12", text)

    def key(self, *keys: str) -> None:
        """Press keys such as F2 or ctrl+Return."""
        self.screen.xdo("key", "--delay", "25", *keys)

    def tree(self) -> list[Seen]:
        """Return every widget that is shown."""
        return [_seen(each) for each in self._ask("tree", _PATIENCE)]

    def _ask(self, what: str, seconds: float, **order: Any) -> Any:
        stdin, stdout = self._hands.stdin, self._hands.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps({"do": what, "seconds": seconds, **order}) + "\n")
        stdin.flush()
        answer = json.loads(stdout.readline() or '{"error": "the hands are gone; see programs.log"}')
        assert "error" not in answer, f"{what} {order}: {answer['error']}"
        return answer["value"]


def _seen(values: dict[str, Any]) -> Seen:
    return Seen(**{**values, "box": tuple(values["box"])})
