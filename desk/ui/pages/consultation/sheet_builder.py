"""Builds the form F-40 once, behind the list: who wants one finds it done."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from desk.ui.context import Context
from desk.ui.pages.consultation import later
from desk.ui.turns import dress

if TYPE_CHECKING:
    from desk.ui.pages.consultation.sheet import Sheet
    from desk.ui.pages.consultation.sheet_view import SheetView


class SheetBuilder(QObject):
    """Imports the form in the background and builds it in slices: in one go it would hold up the keys.

    Signals:
        built: it stands in the stack; the class that works on it, and its widgets.
    """

    built = Signal(object, object)

    def __init__(self, context: Context, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._context = context
        self._stack = stack
        self._may = False
        self._begun = False

    def allow(self) -> None:
        """Know that what the form offers has been read."""
        self._may = True

    def want(self) -> None:
        """Begin, unless it was begun before or nothing may be offered yet."""
        if self._may and not self._begun:
            self._begun = True
            # Read lane: the free one may be busy with a paper for seconds.
            self._context.tasks.run(
                later.sheet, done=lambda kinds: self._build(*kinds), owner=self, topic="sheet"
            )

    def _build(self, sheet: "type[Sheet]", view: "type[SheetView]") -> None:
        made = view()
        self._context.tasks.by_turns(
            _steps(made, self._stack), done=lambda: self.built.emit(sheet, made), owner=self
        )


def _steps(view: "SheetView", stack: QStackedWidget) -> Iterator[None]:
    yield from view.build()
    stack.addWidget(view)
    yield from dress(view)
