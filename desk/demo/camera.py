"""Pictures of the window in view at the smallest and the largest text size, taken when nothing moves."""

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desk.demo import folder, windows
from desk.demo.play import DemoProblem, Play
from desk.demo.probe import LoopProbe
from desk.demo.record import Record, ScreenMade
from desk.ui import style

PERCENTS = (100, 150)
SIZE = (1366, 768)
_LOOKS = 60
_STILL = 3


class Camera:
    """Takes a picture of each page at both sizes, of a few at the one between. It is not measured itself."""

    def __init__(self, record: Record, probe: LoopProbe) -> None:
        self._record = record
        self._probe = probe

    def shoot(self, name: str, *, every_size: bool = False) -> Play[None]:
        """Take the pictures of what is in view now, and leave the text size as it was."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise DemoProblem("没有窗口可以拍")
        with self._probe.aside():
            before = style.current().percent
            for percent in style.PERCENTS if every_size else PERCENTS:
                yield from self._sized(app, percent)
                self._save(name, percent)
            yield from self._sized(app, before)

    def snap(self, file: Path) -> bool:
        """Take one picture of what is in front, as it is; False if there is nothing to be seen."""
        return windows.picture().save(str(file))

    def _sized(self, app: QApplication, percent: int) -> Play[None]:
        if style.current().percent != percent:
            style.apply(app, percent)
        last, still = QImage(), 0
        for _look in range(_LOOKS):
            yield None
            now = windows.picture().toImage()
            still = still + 1 if now == last else 0
            last = now
            if still >= _STILL:
                return
        raise DemoProblem("画面一直在动，拍不了")

    def _save(self, name: str, percent: int) -> None:
        # Numbered in the order of the morning.
        number = len({each.name for each in self._record.screens} | {name})
        file = self._record.out / folder.SCREENS / f"{number:02d}-{name}@{percent}.png"
        taken = windows.picture()
        if (taken.width(), taken.height()) != SIZE:
            shown = "没有窗口" if taken.isNull() else f"{taken.width()}×{taken.height()}"
            raise DemoProblem(f"画面“{name}”应为 {SIZE[0]}×{SIZE[1]}，现在是 {shown}")
        if not taken.save(str(file)):
            raise DemoProblem(f"图片存不了：{file}")
        self._record.screens.append(ScreenMade(name, percent, self._record.relative(file)))
