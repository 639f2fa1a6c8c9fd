"""What the window expects of a page: constructor and `rest` build, `load` asks, `_show` paints."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desk.text import _
from desk.ui.context import Context


class Page(QWidget):
    """One screen of the window. Pages override what they need; they never know the window or each other.

    `told_by_day`: what `load` asks for is told by the day, and typed words stay; it is asked for anew when a
    day begins while the page is in view.
    """

    told_by_day = False

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.context = context
        context.live.day_began.connect(self._on_day)

    def rest(self) -> Iterator[None]:
        """Build in slices what the constructor left; nothing else is asked of the page before."""
        return iter(())

    @property
    def title(self) -> str:
        """The page's name for help and screen readers."""
        return ""

    @property
    def help_text(self) -> str:
        """A few lines on what can be done here and with which keys; shown by F1."""
        return ""

    @property
    def hints(self) -> str:
        """The keys of the page in view, for the footer."""
        return _("F1 帮助 · Tab 下一项 · Esc 返回")

    def load(self) -> None:
        """Ask the services for what the page shows; called each time the page comes into view."""

    def begin_day(self) -> None:
        """Show anew what is told by the day; called where the page is in view."""
        if self.told_by_day:
            self.load()

    def show_record(self, record_id: str) -> None:
        """Show one record; see `Navigator.show` for the words a page may get instead of an id."""

    def _on_day(self, _day: object) -> None:
        # Out of view it is asked for with all the rest when the page comes into view.
        if self.isVisible():
            self.begin_day()


@dataclass(frozen=True)
class PageSpec:
    """A page the window can show: built on first use."""

    key: str
    title: str
    shortcut: str  # as Qt reads it: "F2", "Ctrl+1", "" for none
    icon: str
    build: Callable[[Context], Page]
    at_foot: bool = False
    on_rail: bool = (
        True  # a page that only other pages ask for, such as the preview of a paper, has no button
    )
    receives: bool = True  # visitors come to this desk; to one of the county none do, and nobody is on duty
