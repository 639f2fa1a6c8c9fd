"""Folds the form of a card: what was typed since it was opened is given up only by who says so."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.text import _
from desk.ui.pages.mediation.fields import Fields


class Folding(QObject):
    """The form of one card while it is open.

    Signals:
        sure_wanted: a question, the words for yes and for no, and what is done after yes.
        folded: the form was folded; what stood in it is given up.
    """

    sure_wanted = Signal(str, str, str, object)
    folded = Signal()

    def __init__(self, fields: Fields, read: Callable[[], Any], close: Callable[[], None]) -> None:
        """Args: `read` returns the form as it stands, `close` takes it out of view."""
        super().__init__(fields)
        self._fields = fields
        self._read = read
        self._close = close
        self._begun: Any = None

    def begin(self) -> None:
        """Know that the form is shown as it begins: nothing is typed yet."""
        self._begun = self._read()

    def is_typed(self) -> bool:
        """Tell whether something was typed since, be it readable or not."""
        return self._read() != self._begun or bool(self._fields.half_typed())

    def fold(self) -> None:
        """Fold the form, after asking where something would be lost."""
        if self.is_typed():
            self.sure_wanted.emit(
                _("还有没登记的内容，收起就不留了。"), _("不留了，收起"), _("接着写"), self._give_up
            )
        else:
            self._give_up()

    def _give_up(self) -> None:
        self._close()
        self.folded.emit()
