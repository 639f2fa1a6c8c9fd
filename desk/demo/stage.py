"""What every step of the morning has at hand: hands, camera, the folder, the clock on the wall."""

from datetime import datetime, timedelta
from pathlib import Path

from desk import clock
from desk.demo import eyes, folder, reading_back
from desk.demo.camera import Camera
from desk.demo.hands import Hands
from desk.demo.play import Play
from desk.demo.probe import LoopProbe
from desk.demo.record import PaperMade, Record

_OPENS = 8, 30
SPAN_DAYS = 21


class MorningClock:
    """The time of the demo: half past eight, three weeks ago; it jumps when a step says so."""

    def __init__(self, real: datetime) -> None:
        """Args: `real` is the time now, aware."""
        day = real - timedelta(days=SPAN_DAYS)
        opens = day.replace(hour=_OPENS[0], minute=_OPENS[1], second=0, microsecond=0)
        self._ahead = opens - real

    def now(self) -> datetime:
        """Return the demo's time; the source of `clock` while it plays."""
        return datetime.now().astimezone() + self._ahead

    def weeks_ago(self, weeks: int) -> datetime:
        """Return a moment on the same day of the week, some weeks ago."""
        return self.now() - timedelta(weeks=weeks)

    def days_on(self, days: int) -> datetime:
        """Return this time of day, some days on."""
        return self.now() + timedelta(days=days)

    def pass_by(self, minutes: int = 0, days: int = 0) -> None:
        """Let minutes pass, or days."""
        self._ahead += timedelta(minutes=minutes, days=days)


class Stage:
    """One demo: what is played with, and where everything made is put."""

    def __init__(self, record: Record, probe: LoopProbe, time: MorningClock | None = None) -> None:
        """Args: `time` goes on from an earlier window; a new morning without one."""
        self.record = record
        self.probe = probe
        self.hands = Hands(probe)
        self.camera = Camera(record, probe)
        self.time = time or MorningClock(clock.now())

    @property
    def out(self) -> Path:
        """The demo's folder."""
        return self.record.out

    def shoot(self, name: str, *, every_size: bool = False) -> Play[None]:
        """Take the pictures of the page in view, once its messages have been read."""
        yield from self.hands.close_notice()
        yield from self.camera.shoot(name, every_size=every_size)

    def save_paper(self, kind: str, name: str, title: str) -> Play[None]:
        """Answer the file window that has just opened with a file of the papers' folder, and wait for it.

        Args: `kind` as in the print ledger; `name` of the file; `title` of the window.
        """
        file = self.out / folder.PAPERS / name
        yield from self.name_file(title, file)
        yield self.hands.until(f"存好“{name}”", lambda: file.is_file() and file.stat().st_size > 0)
        self.record.papers.append(PaperMade(kind, self.record.relative(file)))

    def scan(self, name: str) -> str:
        """Return what a scanner reads off a paper that has been saved."""
        with self.probe.aside():
            return reading_back.code_on(self.out / folder.PAPERS / name)

    def name_file(self, title: str, file: Path) -> Play[None]:
        """Type a file into the window that asks for one."""
        yield self.hands.until(f"打开窗口“{title}”", lambda: eyes.asked() == title)
        # Qt's own window takes a tenth of a second for a letter of a path, in an empty program too. Where
        # there is a screen the system's window opens instead, and the program does not wait for it.
        with self.probe.aside():
            yield from self.hands.press("Ctrl+A")
            yield from self.hands.type(str(file))
        if eyes.is_list_open():
            yield from self.hands.press("Esc")
        yield from self.hands.click(eyes.find_any("保存", "打开", "选择"))
        yield self.hands.until(f"关上窗口“{title}”", lambda: eyes.asked() != title)
