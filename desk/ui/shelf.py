"""The pages of the window: each is built when it is first asked for, and stays alive from then on."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk.ui.context import Context
from desk.ui.page import Page, PageSpec
from desk.ui.parts.one_in_view import OneInView
from desk.ui.turns import dress


class Shelf(OneInView):
    """Holds the pages and brings one into view; until a new one is ready the old one stays in view.

    Signals:
        shown: a page has come into view; its key. It has not been loaded yet.
    """

    shown = Signal(str)

    def __init__(
        self, context: Context, pages: Sequence[PageSpec], load: Callable[[str], object] = lambda _key: None
    ) -> None:
        """Args: `load` imports the page of a key; it runs in the background."""
        super().__init__()
        self._context = context
        self._specs = {spec.key: spec for spec in pages}
        self._load = load
        self._built: dict[str, Page] = {}
        self._begun: set[str] = set()
        self._wanted = ("", "")
        # Something empty to begin with: a stack shows its first page at once, whether it is ready or not.
        self.addWidget(QWidget())

    def page(self, key: str) -> Page | None:
        """Return a page if it has been built."""
        return self._built.get(key)

    def show_page(self, key: str, record_id: str = "") -> None:
        """Bring a page into view, and a record on it if one is named; nothing for an unknown key.

        A page not built yet comes some turns of the loop later, unless another is asked for meanwhile.
        """
        if key not in self._specs:
            return
        self._wanted = (key, record_id)
        if key in self._built:
            self._bring()
        elif key not in self._begun:
            self._begun.add(key)
            # Read lane: the free one may be busy with a paper for seconds.
            self._context.tasks.run(
                lambda: self._load(key), done=lambda _none: self._build(key), owner=self, topic=key
            )

    def take_down(self) -> Iterator[None]:
        """Let the pages go one by one: a day's pages at once hold the thread for a fifth of a second.

        For a window that is closed already; nobody may use the shelf afterwards.
        """
        self.blockSignals(True)
        for page in self._built.values():
            yield from _take_apart(page)

    def _build(self, key: str) -> None:
        made: list[Page] = []

        def steps() -> Iterator[None]:
            page = self._specs[key].build(self._context)
            made.append(page)
            yield from page.rest()
            self.addWidget(page)
            yield
            yield from dress(page)

        self._context.tasks.by_turns(steps(), done=lambda: self._on_built(key, made[0]), owner=self)

    def _on_built(self, key: str, page: Page) -> None:
        self._built[key] = page
        if self._wanted[0] == key:
            self._bring()

    def _bring(self) -> None:
        (key, record_id), self._wanted = self._wanted, ("", "")
        page = self._built[key]
        self.setCurrentWidget(page)
        self.shown.emit(key)
        page.load()
        if record_id:
            page.show_record(record_id)


def _take_apart(page: QWidget) -> Iterator[None]:
    """Delete a page, first what waits behind one another in it: open cases, one by one."""
    for timer in page.findChildren(QTimer):
        # What it would paint is gone by then.
        timer.stop()
    for stack in page.findChildren(QStackedWidget)[::-1]:
        stack.blockSignals(True)
        while stack.count():
            _delete(stack.widget(stack.count() - 1))
            yield
    _delete(page)
    yield


def _delete(widget: QWidget) -> None:
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
