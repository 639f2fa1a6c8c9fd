"""`desk demo`: plays the morning, then two desks with a hub, reads everything back, writes the summary."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

from PySide6.QtWidgets import QApplication

from desk import app, clock, paths
from desk.demo import county, county_desk, folder, morning, two_desks, windows
from desk.demo.county import County
from desk.demo.county_desk import CountyDesk
from desk.demo.play import DemoProblem, Step
from desk.demo.player import Player
from desk.demo.probe import LoopProbe
from desk.demo.record import HubMade, Record
from desk.demo.stage import MorningClock, Stage
from desk.demo.two_desks import TwoDesks
from desk.demo.watchdog import Watchdog
from desk.errors import Problem
from desk.text import _


def play(
    out: Path, read_back: Callable[[Record], None], compare: Callable[[Record, HubMade], HubMade]
) -> int:
    """Play the morning into a folder and return the exit code: 0 when everything was made.

    `read_back` looks at papers and store once the window is closed (store_check.py); `compare` at both desks
    and the hub after the second half (sync_check.py), which is left out where no hub is installed.

    Raises:
        DemoProblem: the folder may not be used, or something is missing; its sentence says what.
    """
    out = folder.prepare(out)
    record = Record(out)
    with windows.quiet(), Watchdog(record) as dog:
        _play(record, dog, read_back, compare)
    if record.problem:
        where = _("演示停在“{step}”：").format(step=record.stopped_in) if record.stopped_in else ""
        raise DemoProblem(where + record.problem, way_out=_("已做好的留在 {out}").format(out=out))
    print(_("演示完成：{out}").format(out=out / folder.SUMMARY))
    if not record.hub.played:
        print(_("只演了前一半：{why}").format(why=record.hub.why_not))
    return 0


def _play(
    record: Record,
    dog: Watchdog,
    read_back: Callable[[Record], None],
    compare: Callable[[Record, HubMade], HubMade],
) -> None:
    """Play both halves and read back; what went wrong is in the record, and the summary on disk."""
    if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        os.environ["QT_QPA_PLATFORM"] = _offscreen()
    hall = _Hall(record, dog, MorningClock(clock.now()))
    clock.set_source(hall.time.now)
    try:
        hall.act(folder.DATA, morning.steps)
        hall.check("读回纸张和数据", lambda: read_back(record))
        record.hub = HubMade(why_not=county.why_not())
        if not record.hub.why_not and not record.problem:
            _second_half(hall, compare)
    except Problem as problem:
        record.problem = str(problem)
    finally:
        clock.set_source(None)
        record.save(record.out / folder.SUMMARY)


def _second_half(hall: "_Hall", compare: Callable[[Record, HubMade], HubMade]) -> None:
    """Play the second half: two desks and the hub, one window after the other."""
    record, began, papers = hall.record, monotonic(), dict[str, str]()
    with County(record.out) as hub:
        for name, steps in two_desks.ACTS:
            hall.act(name, _with(steps, hub, papers))
            if record.problem:
                return
        hall.check("县里的电脑", lambda: county_desk.set_up(record.out / folder.COUNTY))
        hall.act(folder.COUNTY, lambda stage: CountyDesk(stage, hub).steps())
        made = HubMade(played=True, desks=3)

        def equal() -> None:
            record.hub = replace(compare(record, made), figures=hub.figures())

        hall.check("三台电脑与县级平台核对", equal)
    record.hub = replace(record.hub, seconds=round(monotonic() - began, 1))


def _with(
    steps: Callable[[TwoDesks], list[Step]], hub: County, papers: dict[str, str]
) -> Callable[[Stage], list[Step]]:
    return lambda stage: steps(TwoDesks(stage, hub, papers))


class _Hall:
    """Where the demo plays: one window after the other, in one time, noted in one record."""

    def __init__(self, record: Record, dog: Watchdog, time: MorningClock) -> None:
        self.record, self.time = record, time
        self._dog = dog

    def act(self, data: str, steps: Callable[[Stage], list[Step]]) -> None:
        """Open the window on a data folder and play these steps in it."""
        record = self.record
        # The log too belongs to the demo.
        os.environ["DESK_DATA"] = str(record.out / data)

        def started(application: QApplication, house: app.House) -> None:
            stage = Stage(record, LoopProbe(house), self.time)
            application.setCursorFlashTime(0)
            player = Player(steps(stage), record, stage.probe, house, self._dog.alive)

            def end() -> None:
                if record.problem:
                    stage.camera.snap(record.out / folder.STOPPED)
                house.close()

            player.ended.connect(end)
            player.start()

        app.run(record.out / data, started)

    def check(self, what: str, look: Callable[[], None]) -> None:
        """Look at what was made, with no window open; nothing if the play has failed."""
        if not self.record.problem:
            self.record.stopped_in = what
            self._dog.alive()
            look()
            self.record.stopped_in = ""


def _offscreen() -> str:
    """Return the platform without a display, with a screen of the desk's size where Qt can be told so."""
    screen = paths.resources() / "demo" / "screen.json"
    try:
        # Qt parts the words with colons, which a Windows path from the root would hold.
        return f"offscreen:configfile={os.path.relpath(screen).replace(os.sep, '/')}"
    except ValueError:
        return "offscreen"
