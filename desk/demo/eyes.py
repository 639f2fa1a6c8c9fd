"""What a person, or a screen reader, sees: the widgets in view by their role and accessible name."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QTableView,
    QWidget,
)

from desk.demo.play import DemoProblem
from desk.ui.parts.boxes import JOINER
from desk.ui.preview.sheet_view import SheetView

Role = QAccessible.Role
BUTTONS = frozenset({Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.ButtonDropDown})
FIELDS = frozenset({Role.EditableText})
CHOICES = frozenset({Role.ComboBox})
SPINS = frozenset({Role.SpinBox})
ANY: frozenset[Role] = frozenset()
# The key of a dialog's button, a form's star, the dots of what opens a window.
_MARKS = re.compile(r"(\(&?[A-Z]\))?( \*|：|\.\.\.|…)?$")


def in_view() -> Iterator[QWidget]:
    """Go through every widget that can be seen and used: an open question shuts out the rest."""
    modal = QApplication.activeModalWidget()
    tops = [modal] if modal is not None else QApplication.topLevelWidgets()
    for top in tops:
        if top.isVisible():
            yield top
            yield from (widget for widget in top.findChildren(QWidget) if widget.isVisible())


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget, without the mark of its key."""
    face = QAccessible.queryAccessibleInterface(widget)
    return plain(face.text(QAccessible.Text.Name)) if face is not None else ""


def plain(words: str) -> str:
    """Return words without what only points at a key or says that a field is needed."""
    return _MARKS.sub("", words)


def is_called(widget: QWidget, name: str, roles: frozenset[Role] = ANY) -> bool:
    """Tell whether a widget has this name, and one of these roles."""
    return name_of(widget) == name and (not roles or role_of(widget) in roles)


def role_of(widget: QWidget) -> Role:
    """Return what a screen reader takes a widget for."""
    return QAccessible.queryAccessibleInterface(widget).role()


def sees(name: str, roles: frozenset[Role] = ANY) -> bool:
    """Tell whether something of this name is in view."""
    return any(is_called(widget, name, roles) for widget in in_view())


def all_called(name: str, roles: frozenset[Role] = ANY) -> list[QWidget]:
    """Return everything of this name that can be used now."""
    return [widget for widget in in_view() if widget.isEnabled() and is_called(widget, name, roles)]


def find(name: str, roles: frozenset[Role] = ANY) -> QWidget:
    """Return the widget of this name. Raises DemoProblem if there is none, or more than one usable."""
    usable = all_called(name, roles)
    if len(usable) == 1:
        return usable[0]
    raise DemoProblem(f"屏幕上有 {len(usable)} 个可用的“{name}”" if usable else f"屏幕上没有可用的“{name}”")


def find_starting(words: str) -> QWidget:
    """Return the usable button or box whose name begins with these words. Raises DemoProblem."""
    for widget in in_view():
        if widget.isEnabled() and name_of(widget).startswith(words) and role_of(widget) in BUTTONS:
            return widget
    raise DemoProblem(f"屏幕上没有以“{words}”开头的按钮")


def beside(words: str) -> QWidget:
    """Return the field that stands under a label, as on the paper form. Raises DemoProblem."""
    for widget in in_view():
        if isinstance(widget, QLabel) and plain(widget.text()) == words:
            field = widget.buddy()
            if field is not None:
                return field.focusProxy() or field
    raise DemoProblem(f"屏幕上没有“{words}”这一栏")


def reads(part: str) -> bool:
    """Tell whether a text in view holds these words."""
    return bool(text_with(part))


def text_with(part: str) -> str:
    """Return the first text in view that holds these words, "" for none."""
    return next((text for text in texts() if part in text), "")


def texts() -> Iterator[str]:
    """Go through every text in view."""
    return (widget.text().replace(JOINER, "") for widget in in_view() if isinstance(widget, QLabel))


def shows_sheet(place: str) -> bool:
    """Tell whether a drawn sheet is in view that says it is this one, such as 第 1 / 3 页."""
    return any(isinstance(each, SheetView) and each.accessibleDescription() == place for each in in_view())


def shows_paper() -> bool:
    """Tell whether the first sheet of some paper is in view."""
    sheets = (each.accessibleDescription() for each in in_view() if isinstance(each, SheetView))
    return any(place.startswith("第 1 /") for place in sheets)


def has_table(name: str) -> bool:
    """Tell whether a table of this name is in view: a page is built in slices."""
    return _table(name) is not None


def table(name: str) -> QTableView:
    """Return a table by its name. Raises DemoProblem."""
    found = _table(name)
    if found is None:
        raise DemoProblem(f"屏幕上没有表格“{name}”")
    return found


def _table(name: str) -> QTableView | None:
    return next((each for each in all_called(name) if isinstance(each, QTableView)), None)


def row_of(view: QWidget, part: str) -> int:
    """Return the first row of a list or table of which a cell holds these words, -1 for none."""
    if not isinstance(view, QAbstractItemView):
        return -1
    model = view.model()
    columns = range(model.columnCount() if isinstance(view, QTableView) else 1)
    for row in range(model.rowCount()):
        if any(part in str(model.index(row, at).data() or "") for at in columns):
            return row
    return -1


def lists(name: str, part: str) -> bool:
    """Tell whether a list or table of this name is in view and has a row with these words."""
    return any(row_of(view, part) >= 0 for view in all_called(name))


def seen_part(widget: QWidget) -> QRect:
    """Return the part of a widget that no scrolling area hides, in its own coordinates."""
    return widget.visibleRegion().boundingRect()


def area_around(widget: QWidget) -> QScrollArea | None:
    """Return the nearest area that can be scrolled to bring a widget into view."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def place_in_window(widget: QWidget, point: QPoint) -> QPoint:
    """Return a point of a widget in the coordinates of its window."""
    return widget.mapTo(widget.window(), point)


def asked() -> str:
    """Return the title of the window that asks something before anything else can be done, "" for none."""
    modal = QApplication.activeModalWidget()
    return modal.windowTitle() if modal is not None else ""


def find_any(*names: str) -> str:
    """Return the first of these names that a usable button in view has. Raises DemoProblem for none."""
    for name in names:
        if all_called(name, BUTTONS):
            return name
    raise DemoProblem(f"屏幕上没有可用的按钮：{'、'.join(names)}")


def menu() -> QMenu | None:
    """Return the menu that is open, None for none."""
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None


def menu_says(words: str) -> bool:
    """Tell whether a menu is open in which something with these words can be taken."""
    there = menu()
    return there is not None and any(words in each.text() and each.isEnabled() for each in there.actions())


def is_list_open() -> bool:
    """Tell whether a list has unfolded over the window and would take the next key."""
    return QApplication.activePopupWidget() is not None


def holds(name: str, text: str) -> bool:
    """Tell whether a line of text of this name is in view and holds just this."""
    fields = [widget for widget in in_view() if is_called(widget, name, FIELDS)]
    return any(isinstance(field, QLineEdit) and field.text() == text for field in fields)
