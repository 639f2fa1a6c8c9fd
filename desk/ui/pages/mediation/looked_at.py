"""Starred numbers of a line that are looked at: in clear while in view, typed nowhere, never in a draft."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desk.rules.masking import STAR, mask_id, mask_phone
from desk.ui.pages.mediation.fields import Fields
from desk.ui.parts.fields import LineField

_MASKS: Final[Mapping[str, Callable[[str], str]]] = {"phone": mask_phone, "id_no": mask_id}


class LookedAt(QObject):
    """The telephone and ID number of one line. Whoever comes back, from the lock too, asks for them anew."""

    def __init__(self, fields: Fields, line: QWidget, told: Callable[[], None]) -> None:
        """Args: `told` is called when stars have come or gone, for the buttons beside them."""
        super().__init__(line)
        self._fields = fields
        self._line = line
        self._told = told
        self._shown: dict[str, tuple[str, str]] = {}
        self._tied: set[str] = set()
        fields.edited.connect(self._on_edited)
        line.installEventFilter(self)

    def show_clear(self, name: str, clear: str) -> None:
        """Show a number in clear; nothing for one out of view by now, or where another's stars stand."""
        field = self._field(name)
        if field is not None and clear and field.isVisible() and _MASKS[name](clear) == field.text():
            self._tie(name)
            self._shown[name] = field.text(), clear
            self._put(field, clear)

    def is_starred(self, name: str) -> bool:
        """Tell whether stars stand in a field."""
        field = self._field(name)
        return field is not None and STAR in field.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the stars back when the line goes out of view, or the field in it is folded away."""
        if event.type() == QEvent.Type.Hide:
            for name in list(self._shown):
                field = self._field(name)
                if watched in (self._line, field):
                    starred, _clear = self._shown.pop(name)
                    if field is not None:
                        self._put(field, starred)
        return False

    def _field(self, name: str) -> LineField | None:
        widget = self._fields.fields[name].widget if name in self._fields.fields else None
        return widget if isinstance(widget, LineField) else None

    def _tie(self, name: str) -> None:
        """Let the field be read as its stars while the number stands there in clear."""
        if name not in self._tied:
            self._tied.add(name)
            bound = self._fields.fields[name]
            bound.widget.installEventFilter(self)
            self._fields.fields[name] = replace(bound, read=partial(self._read, name, bound.read))

    def _read(self, name: str, read: Callable[[], Any]) -> Any:
        # Some hear of an edit before this does, and read at once.
        return self._shown[name][0] if self._is_shown(name) else read()

    def _is_shown(self, name: str) -> bool:
        """Tell whether a number stands there as it was looked at, neither typed nor painted over since."""
        field = self._field(name)
        return field is not None and name in self._shown and field.text() == self._shown[name][1]

    def _put(self, field: LineField, text: str) -> None:
        # Nobody has edited anything by it.
        blocked = field.blockSignals(True)
        field.show_text(text)
        field.blockSignals(blocked)
        self._told()

    def _on_edited(self, name: str) -> None:
        if not self._is_shown(name):
            # What stands there now is no number that was looked at.
            self._shown.pop(name, None)
