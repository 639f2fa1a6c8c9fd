"""One deputy written by hand, in the place of the side card: new, or a correction of the one in view."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QWidget

from desk.errors import Problem
from desk.rules import labels
from desk.rules.names import check_name
from desk.rules.phones import check_phone
from desk.services.deputy_form import DeputyForm, MandateForm
from desk.services.overtaken import Overtaken
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.deputies.mandate_lines import MandateLines
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import row
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.follower import Follower, unfollowed
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.overtaken_bar import OvertakenBar

if TYPE_CHECKING:
    from desk.services.deputies import DeputyCard, DeputyRow
    from desk.services.outcome import Done

_NEW = DeputyForm(mandates=(MandateForm(5),))
_TEXTS = ("name", "name_initials", "alias", "ethnicity", "post", "phone", "remark")


@dataclass(frozen=True)
class _Editing:
    """What is being written: "" for somebody new, and the form as it was shown."""

    deputy_id: str
    shown: DeputyForm


class PersonForm(Card):
    """Name, levels, post, phone and the rest; saved by Ctrl Enter, given up by Esc.

    Signals:
        saved: the deputy's id.
        left: nothing is being written any more.
    """

    saved = Signal(str)
    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._context = context
        self._editing = _Editing("", _NEW)
        self.fields = {name: _field(name) for name in _TEXTS}
        self.sex = Combo([(code, labels.SEX[code]) for code in ("0", "1", "2")])
        self.sex.setAccessibleDescription(_("性别"))
        self.mandates = MandateLines()
        self.consultative = QCheckBox(_("议政代表（街道）"))
        self.save = KeyButton(_("保存"), "Ctrl Enter", "main")
        self.save.clicked.connect(self._save)
        self.cancel = KeyButton(_("取消"), "Esc")
        self.cancel.clicked.connect(self.give_up)
        self.overtaken = OvertakenBar()
        self.began = Beginning(_NEW)
        self._asker = Follower(context, self.overtaken, self.began, unfollowed(self.value, self._paint), self)
        self.rows = self._lay_out()
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save.click, context=inside)
        QShortcut(QKeySequence("Esc"), self, self.cancel.click, context=inside)

    def write_new(self) -> None:
        """Begin with somebody new."""
        self._show(_Editing("", _NEW), _("新增代表"))

    def correct(self, deputy_id: str, form: DeputyForm) -> None:
        """Begin a correction of one deputy."""
        self._show(_Editing(deputy_id, form), _("修改 {name}").format(name=form.name))

    def value(self) -> DeputyForm:
        """Return what is typed."""
        texts = {name: field.value() for name, field in self.fields.items()}
        return DeputyForm(
            **texts,
            sex=self.sex.value(),
            consultative=self.consultative.isChecked(),
            mandates=self.mandates.value(),
        )

    def give_up(self) -> None:
        """Leave, after asking if something was typed."""
        if self.value() == self._editing.shown:
            self.left.emit()
            return
        question = _("刚才填写的内容还没有保存，要放弃吗？")
        self._context.notices.ask(question, _("放弃"), _("接着填"), self.left.emit)

    def _lay_out(self) -> dict[str, FormRow]:
        rows = {
            "name": FormRow(_("姓名"), self.fields["name"], needed=True, check=_name_problem),
            "post": FormRow(_("工作单位及职务"), self.fields["post"]),
            "phone": FormRow(_("电话"), self.fields["phone"], check=_phone_doubt),
            "name_initials": FormRow(
                _("姓名首字母"), self.fields["name_initials"], hint=_("多音字、少见姓可改；不填按姓名自动取")
            ),
            "alias": FormRow(_("别名、曾用名"), self.fields["alias"]),
            "remark": FormRow(_("备注"), self.fields["remark"]),
        }
        sex = FormRow(_("性别"), self.sex)
        ethnicity = FormRow(_("民族"), self.fields["ethnicity"])
        # On top, where they stay in view however many levels there are.
        self.add(row(self.save, self.cancel, None, gap=8))
        self.add(self.overtaken)
        self.add(rows["name"])
        self.add(self.mandates)
        self.add(self.consultative)
        for name in ("post", "phone", "name_initials", "alias"):
            self.add(rows[name])
        self.add(row(sex, ethnicity, gap=8))
        self.add(rows["remark"])
        return rows

    def _show(self, editing: _Editing, title: str) -> None:
        self.set_title(title)
        self._asker.begin(editing.shown)
        # What the fields make of it is what counts as untouched.
        self._editing = replace(editing, shown=self.value())
        self._tell("", "")
        self.fields["name"].setFocus()

    def _paint(self, form: DeputyForm) -> None:
        for name, field in self.fields.items():
            field.setText(getattr(form, name))
        self.sex.set_value(form.sex)
        self.consultative.setChecked(form.consultative)
        self.mandates.set_value(form.mandates)

    def _save(self) -> None:
        form, editing, services = self.value(), self._editing, self._context.services
        if editing.deputy_id:
            self._run(form)
            return
        self._context.tasks.run(
            services.deputies.list, done=lambda rows: self._ask_namesake(rows, form), owner=self
        )

    def _ask_namesake(self, known: "tuple[DeputyRow, ...]", form: DeputyForm) -> None:
        """Ask before a namesake is made; two people may well share a name."""
        name = check_name(form.name).clean
        same = next((each for each in known if each.name == name), None)
        if same is None:
            self._run(form)
            return
        words = " ".join(word for word in (same.levels_text, same.constituency, same.post) if word)
        question = _("名册里已有{name}（{words}）。是另一位同名代表，仍要新增吗？")
        self._context.notices.ask(
            question.format(name=name, words=words), _("新增"), _("不新增"), lambda: self._run(form)
        )

    def _run(self, form: DeputyForm) -> None:
        deputy_id, deputies = self._editing.deputy_id, self._context.services.deputies
        typed, base = self.began.typed(form), self.began.base
        self._context.tasks.run(
            lambda: deputies.edit(deputy_id, typed, base) if deputy_id else deputies.add(form),
            done=self._on_saved,
            failed=partial(self._on_refused, deputy_id),
            owner=self,
            lane="write",
        )

    def _on_saved(self, done: "Done[DeputyCard]") -> None:
        self._context.notices.info(_("已保存{name}。").format(name=done.value.row.name))
        self.saved.emit(done.value.row.id)
        self.left.emit()

    def _on_refused(self, deputy_id: str, problem: Problem) -> None:
        in_view = deputy_id == self._editing.deputy_id
        if in_view and isinstance(problem, Overtaken) and self._asker.ask(problem):
            return
        if problem.field == "mandates" or problem.field in self.rows:
            self._tell(problem.field, " ".join(filter(None, (problem.sentence, problem.way_out))))
        else:
            self._context.notices.fail(problem)

    def _tell(self, field: str, sentence: str) -> None:
        self.mandates.set_problem(sentence if field == "mandates" else "")
        for name, each in self.rows.items():
            each.set_problem(sentence if name == field else "")
        if field in self.fields:
            self.fields[field].setFocus()


def _field(name: str) -> LineField:
    limits = {"name": 60, "name_initials": 20, "ethnicity": 20, "phone": 40}
    # FormRow names the field for screen readers.
    return LineField("", limit=limits.get(name, 200), digits=name in {"phone", "name_initials"})


def _name_problem(typed: str) -> str:
    check = check_name(typed)
    return check.problem or " ".join(check.doubts)


def _phone_doubt(typed: str) -> str:
    """Return what is doubtful about a phone; one shown with stars is left as it is stored."""
    return "" if "*" in typed else " ".join(check_phone(typed).doubts)
