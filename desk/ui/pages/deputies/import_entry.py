"""One line of the roster beside the table: every doubt, what would change, and what to do with it."""

from PySide6.QtWidgets import QLabel, QWidget

from desk.services.roster.plan_values import NEW, SKIP, Difference
from desk.text import _
from desk.ui.pages.deputies.import_rows import Line
from desk.ui.parts.boxes import label
from desk.ui.parts.combo import Combo
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.sheet_import import LineCard


class ImportEntry(LineCard):
    """The line in view; what is decided is as in `plan_values.Choices`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._number = 0
        self._said = label("", "soft", wrap=True)
        self._doubts = label("", "problem", wrap=True)
        self._changes = label("", wrap=True)
        self.choice = Combo()
        self.choice.setAccessibleDescription(_("这一行怎么处理"))
        self.choice.activated.connect(lambda _index: self.decided.emit(self._number, self.choice.value()))
        self._choice_row = FormRow(_("这一行怎么处理"), self.choice)
        for widget in (self._said, self._doubts, self._changes, self._choice_row):
            self.add(widget)
        self.body.addStretch(1)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.set_title(_("没有选中的行"))
        for widget in (self._said, self._doubts, self._changes, self._choice_row):
            widget.hide()

    def show_line(self, line: Line) -> None:
        """Show one line of the roster."""
        row = line.entry.row
        self._number = row.line
        self.set_title(_("第 {line} 行　{name}").format(line=row.line, name=row.name))
        said = (row.remark, row.ethnicity, row.birth and _("{d.year} 年 {d.month} 月生").format(d=row.birth))
        _say(self._said, "　".join(word for word in said if word))
        _say(self._doubts, "\n".join(line.reasons))
        _say(self._changes, "\n".join(map(_in_words, line.entry.differences)))
        self.choice.set_choices(_choices(line))
        self.choice.set_value(line.choice)
        self._choice_row.setVisible(not row.problem)


def _choices(line: Line) -> list[tuple[str, str]]:
    entry = line.entry
    known = [(each.deputy_id, _("就是库中的：{words}").format(words=each.words)) for each in entry.candidates]
    if entry.action in {"changed", "same"}:
        return [(entry.default, _("更新库中这位代表")), (SKIP, _("跳过，不导入"))]
    return [(NEW, _("新增为一位代表")), *known, (SKIP, _("跳过，不导入"))]


def _in_words(difference: Difference) -> str:
    if not difference.old:
        return _("{label}：{new}").format(label=difference.label, new=difference.new)
    return _("{label}：{old} → {new}").format(label=difference.label, old=difference.old, new=difference.new)


def _say(widget: QLabel, text: str) -> None:
    widget.setText(text)
    widget.setVisible(bool(text))
