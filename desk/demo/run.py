"""`desk demo`: plays the morning, reads everything back, and writes the summary."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desk import app, clock, paths
from desk.demo import folder, morning
from desk.demo.play import DemoProblem
from desk.demo.player import Player
from desk.demo.probe import LoopProbe
from desk.demo.record import Record
from desk.demo.stage import Stage
from desk.demo.watchdog import Watchdog
from desk.errors import Problem
from desk.text import _


def play(out: Path, read_back: Callable[[Record], None]) -> int:
    """Play the morning into a folder and return the exit code: 0 when everything was made.

    `read_back` looks at papers and store once the window is closed (store_check.py).

    Raises:
        DemoProblem: the folder may not be used, or something is missing; its sentence says what.
    """
    out = folder.prepare(out)
    record = Record(out)
    with Watchdog(record) as dog:
        _play(record, dog, read_back)
    if record.problem:
        where = _("演示停在“{step}”：").format(step=record.stopped_in) if record.stopped_in else ""
        raise DemoProblem(where + record.problem, way_out=_("已做好的留在 {out}").format(out=out))
    print(_("演示完成：{out}").format(out=out / folder.SUMMARY))
    return 0


def _play(record: Record, dog: Watchdog, read_back: Callable[[Record], None]) -> None:
    """Play and read back; what went wrong is in the record, and the summary on disk."""
    out = record.out
    if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        os.environ["QT_QPA_PLATFORM"] = _offscreen()
    # The log too belongs to the demo.
    os.environ["DESK_DATA"] = str(out / folder.DATA)

    def started(application: QApplication, house: app.House) -> None:
        stage = Stage(record, LoopProbe(house))
        clock.set_source(stage.time.now)
        application.setCursorFlashTime(0)
        player = Player(morning.steps(stage), record, stage.probe, house, dog.alive)

        def end() -> None:
            if record.problem:
                stage.camera.snap(out / folder.STOPPED)
            house.close()

        player.ended.connect(end)
        player.start()

    try:
        app.run(out / folder.DATA, started)
        if not record.problem:
            record.stopped_in = "读回纸张和数据"
            dog.alive()
            read_back(record)
            record.stopped_in = ""
    except Problem as problem:
        record.problem = str(problem)
    finally:
        clock.set_source(None)
        record.save(out / folder.SUMMARY)


def _offscreen() -> str:
    """Return the platform without a display, with a screen of the desk's size where Qt can be told so."""
    screen = paths.resources() / "demo" / "screen.json"
    try:
        # Qt parts the words with colons, which a Windows path from the root would hold.
        return f"offscreen:configfile={os.path.relpath(screen).replace(os.sep, '/')}"
    except ValueError:
        return "offscreen"
