"""Puts the cursor into a field of a page, and takes it from nobody who is at work on another page by now."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

_OTHER = Qt.FocusReason.OtherFocusReason


def put_cursor(widget: QWidget) -> None:
    """Put the focus into a field; of a page that is out of view only when it is shown again.

    An answer may come late: what is typed meanwhile belongs to the page in view.
    """
    page = _page_out_of_view(widget)
    if page is None:
        widget.setFocus(_OTHER)
        return
    for older in page.findChildren(_WhenShown, options=Qt.FindChildOption.FindDirectChildrenOnly):
        older.forget()
    _WhenShown(page, widget)


class _WhenShown(QObject):
    """Puts the cursor into a field as soon as its page is shown."""

    def __init__(self, page: QWidget, field: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._field = field
        page.installEventFilter(self)

    def forget(self) -> None:
        """Leave it: the cursor goes elsewhere."""
        self._page.removeEventFilter(self)
        self.setParent(None)
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look out for the page being shown."""
        if event.type() == QEvent.Type.Show:
            if shiboken6.isValid(self._field):
                self._field.setFocus(_OTHER)
            self.forget()
        return False


def _page_out_of_view(widget: QWidget) -> QWidget | None:
    """Return the page around a field while another of its stack is in view, None if it may have the focus."""
    inside = widget
    while (around := inside.parentWidget()) is not None:
        if isinstance(around, QStackedWidget) and inside.isHidden():
            return inside
        inside = around
    return None
