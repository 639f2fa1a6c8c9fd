"""Lines to fill in, one below the other, with a button that adds another and undo for one taken away."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Generic, Protocol, TypeVar, cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk import ids
from desk.text import _
from desk.ui.pages.mediation.fields import Fields
from desk.ui.parts.boxes import label, row, tell
from desk.ui.parts.writer import Gap

Form = TypeVar("Form")

EMPTIED: Final = "这一行已经登记，不能空着；不要了的，请点“去掉”。"
"""Said in the line itself, so nowhere else on its tab."""


class Line(Protocol):
    """What a line must have: a value, and signals when it is changed or taken away."""

    touched: SignalInstance
    dropped: SignalInstance
    fields: Fields

    def value(self) -> object:
        """Return what the line says."""

    def take(self, form: Any) -> bool:
        """Show another form in the same fields; False if the line must be built anew for it."""

    def is_empty(self) -> bool:
        """Tell whether nothing has been typed."""

    def number(self, n: int) -> None:
        """Name the fields after the place of the line, counted from 1."""

    def adopt(self, record_id: str) -> None:
        """Know the id its record will have."""


class Lines(QWidget, Generic[Form]):
    """Lines of one kind.

    Signals:
        touched: a line was changed, added or taken away.
    """

    touched = Signal()

    def __init__(
        self,
        make: Callable[[Form], QWidget],
        fresh: Callable[[], Form],
        more: str | Sequence[tuple[str, Callable[[], Form]]],
        head: QWidget | None = None,
    ) -> None:
        """Args: `make` builds a line, `fresh` the form of a new one; `more` are the words on the button that
        adds one, or the words and the form of several such buttons; `head` stands above the first.
        """
        super().__init__()
        self.lines: list[QWidget] = []
        self.recorded: Callable[[str], bool] = lambda _id: False
        """Tells whether a row with this id is in the record; a new line has its id before it is saved."""
        self._make = make
        self._fresh = fresh
        self._taken: tuple[int, Form] | None = None
        self._box = QVBoxLayout()
        self._box.setSpacing(6)
        ways = [(more, fresh)] if isinstance(more, str) else more
        self.adders = [self._adder(words, way) for words, way in ways]
        self.more = self.adders[0]
        self.undo = QPushButton(_("撤销去掉"))
        self.undo.setProperty("kind", "row")
        self.undo.clicked.connect(self._on_undo)
        self._problem = label("", "problem", wrap=True)
        self.foot = row(*self.adders, self.undo, gap=8)
        self.foot.addWidget(self._problem, 1)
        self.foot.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        if head is not None:
            whole.addWidget(head)
        whole.addLayout(self._box)
        whole.addLayout(self.foot)
        self.undo.hide()
        self._problem.hide()
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self, self._on_undo, context=inside)

    def value(self) -> tuple[Form, ...]:
        """Return what the lines say; empty ones are left out unless the record has them."""
        filled = (each for each in self.lines if not self._is_new_empty(each))
        return tuple(cast(Form, _line(each).value()) for each in filled)

    def set_value(self, forms: Sequence[Form], *, at_least: int = 0) -> None:
        """Show these, and empty lines up to `at_least`; nothing is said."""
        for _step in self.filling(forms, at_least=at_least):
            pass

    def filling(self, forms: Sequence[Form], *, at_least: int = 0) -> Iterator[None]:
        """Show these as `set_value` does, a line a step.

        Lines that are there are painted anew, not built: they keep the focus, and building takes longest.
        """
        for line in self.lines[max(len(forms), at_least) :]:
            self._remove(line)
        for at in range(max(len(forms), at_least)):
            form = forms[at] if at < len(forms) else self._fresh()
            if at < len(self.lines) and _line(self.lines[at]).take(form):
                continue
            # With those below it, or Tab would come to it last.
            for line in self.lines[at:]:
                self._remove(line)
            self._add(form)
            yield
        self._taken = None
        self.undo.hide()

    def sending(self) -> None:
        """Give new lines the ids their records will have: they are on their way, and known by them after."""
        for line in map(_line, self.lines):
            if not line.is_empty() and not getattr(line.value(), "id", ""):
                line.adopt(ids.new_id())

    def emptied(self) -> list[QWidget]:
        """Return the lines that the record has and in which nothing stands any more."""
        return [widget for widget in self.lines if _line(widget).is_empty() and self._is_recorded(widget)]

    def refuse_emptied(self, field: str, gap: str = "") -> list[Gap]:
        """Say in `field` of each such line that only its button takes it away: emptied it would be void.

        Returns what is wrong, under the name of the field or of `gap`.
        """
        found = self.emptied()
        for widget in found:
            _line(widget).fields.row(field).set_problem(_(EMPTIED))
        return [(gap or field, _(EMPTIED))] if found else []

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with the lines as a whole."""
        tell(self._problem, sentence)

    def say(self, sentences: Iterable[str]) -> None:
        """Say each of these once, but for what stands in a line already."""
        self.set_problem(" ".join(each for each in dict.fromkeys(sentences) if each != _(EMPTIED)))

    def set_open(self, *, on: bool) -> None:
        """Let lines be added, or not."""
        for button in self.adders:
            button.setVisible(on)

    def _add(self, form: Form, at: int = -1) -> QWidget:
        made = self._make(form)
        line = _line(made)
        line.touched.connect(self.touched)
        line.dropped.connect(lambda: self._drop(made))
        where = at if at >= 0 else len(self.lines)
        self.lines.insert(where, made)
        self._box.insertWidget(where, made)
        # Before it is measured: undressed it would ask for more room than the window has.
        for each in (made, *made.findChildren(QWidget)):
            each.ensurePolished()
        self._number()
        return made

    def _remove(self, widget: QWidget) -> None:
        self.lines.remove(widget)
        self._box.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
        self._number()

    def _number(self) -> None:
        for n, widget in enumerate(self.lines, start=1):
            _line(widget).number(n)

    def _drop(self, widget: QWidget) -> None:
        line = _line(widget)
        taken = (self.lines.index(widget), cast(Form, line.value()))
        self._taken = None if self._is_new_empty(widget) else taken
        self._remove(widget)
        self.undo.setVisible(self._taken is not None)
        (self.undo if self._taken is not None else self.more).setFocus()
        self.touched.emit()

    def _on_undo(self) -> None:
        if self._taken is not None:
            at, form = self._taken
            self._taken = None
            self.undo.hide()
            _first_stop(self._add(form, at)).setFocus()
            self.touched.emit()

    def _is_new_empty(self, widget: QWidget) -> bool:
        """Tell whether a line says nothing, to nobody: one the record has goes by its button only."""
        return _line(widget).is_empty() and not self._is_recorded(widget)

    def _is_recorded(self, widget: QWidget) -> bool:
        record_id = str(getattr(_line(widget).value(), "id", ""))
        return bool(record_id) and self.recorded(record_id)

    def _adder(self, words: str, fresh: Callable[[], Form]) -> QPushButton:
        made = QPushButton(words)
        made.setProperty("kind", "row")
        made.clicked.connect(lambda: self._on_more(fresh()))
        return made

    def _on_more(self, form: Form) -> None:
        _first_stop(self._add(form)).setFocus()
        self.set_problem("")
        self.touched.emit()


def _line(widget: QWidget) -> Line:
    return cast(Line, widget)


def _first_stop(widget: QWidget) -> QWidget:
    """Return where a new line is begun: the field it names itself, else where Tab comes first inside it."""
    begun: QWidget | None = getattr(widget, "begins_at", None)
    if begun is not None:
        return begun
    stops = [each for each in widget.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return stops[0] if stops else widget
