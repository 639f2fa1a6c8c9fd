"""The middle of form F-50: what it is about, in the visitor's own words, the request, the deputy's view."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.text import _
from desk.ui.parts.bound import Binder
from desk.ui.parts.boxes import GAP, row
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField, LongField
from desk.ui.parts.form_row import FormRow


class WordsPart(QWidget):
    """事由 and 类别, the visitor's own words, and beside each other 诉求 and 代表意见, never mixed."""

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._binder = binder

    def build(self) -> Iterator[None]:
        """Build the fields, line by line: all at once they are a long step of a form."""
        binder = self._binder
        subject = binder.line("subject", FormRow(_("事由"), LineField(_("事由"), limit=60), needed=True))
        self._category = Combo([("", _("请选择"))])
        category = FormRow(_("类别"), self._category, needed=True)
        binder.combo("category", self._category, category.set_problem, self._paint_category)
        first = row(gap=GAP)
        first.addWidget(subject, 2)
        first.addWidget(category, 1)
        yield
        statement = binder.words(
            "statement",
            _long(_("反映问题（记来访人原话）"), _("反映问题，记来访人原话"), lines=3, needed=True),
        )
        yield
        request = binder.words("request", _long(_("诉求"), _("诉求"), lines=2, needed=True))
        view = binder.words("deputy_view", _long(_("代表意见（另记，不与原话混写）"), _("代表意见"), lines=2))
        last = row(gap=GAP)
        last.addWidget(request, 1)
        last.addWidget(view, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(first)
        box.addWidget(statement, 1)
        box.addLayout(last)

    def set_categories(self, categories: Sequence[tuple[str, str]]) -> None:
        """Offer these topics."""
        chosen = self._category.value()
        known = [("", _("请选择")), *categories]
        # A topic the profile has taken away since stays on the record.
        self._category.set_choices(known if chosen in dict(known) else [*known, (chosen, chosen)])

    def _paint_category(self, code: str) -> None:
        if code and self._category.findData(code) < 0:
            self._category.addItem(code, code)
        self._category.set_value(code)


def _long(text: str, name: str, *, lines: int, needed: bool = False) -> FormRow:
    return FormRow(text, LongField(name, lines=lines), needed=needed)
