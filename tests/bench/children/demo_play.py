"""The demo as it is played, beside a pure-Python job in the free lane from the first sign-on to the end.

Arguments: an empty folder. Prints JSON: the longest stretch of the Qt thread by the clock and by its work.
Pictures, changes of the text size and the demo's looking around are left out, as in its summary.
"""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from desk import app
from desk.demo import folder, run
from desk.demo.record import HubMade, Record
from desk.ui.tasks import Tasks


class BusyTasks(Tasks):
    """Has one of the two places of the free lane taken by pure Python until the desk is left."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.run(self._work, owner=self, lane="free")

    def _work(self) -> None:
        while not self._closed:
            sum(range(2000))


def _nothing(_record: Record) -> None:
    """Leave the papers unread: only the window is measured."""


def _as_made(_record: Record, made: HubMade) -> HubMade:
    """Leave both desks and the hub uncompared, for the same reason."""
    return made


out = Path(sys.argv[1])
app.Tasks = BusyTasks  # type: ignore[misc]  # the house is put together there
with contextlib.redirect_stdout(sys.stderr):
    run.play(out, _nothing, _as_made)
summary = json.loads((out / folder.SUMMARY).read_text("utf-8"))
told = {name: summary[name] for name in ("longest_stretch_ms", "longest_work_ms", "longest_work_in")}
print(json.dumps(told | {"steps": len(summary["steps"])}), flush=True)
