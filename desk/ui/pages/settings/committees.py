"""Settings of the mediation committees: names, court, numbering, and who mediates there."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget

from desk import clock
from desk.errors import Problem
from desk.rules.dispute_codes import COMMITTEE_KIND
from desk.rules.labels import SEX
from desk.rules.mediation_labels import MEDIATOR_KIND
from desk.services.committee_values import CommitteeForm, CommitteeRow, MediatorForm, MediatorRow
from desk.services.overtaken import Overtaken
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import label, row, rule
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.fields import LineField
from desk.ui.parts.follower import Follower, unfollowed
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.overtaken_bar import OvertakenBar
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.outcome import Done

_LINES = {
    "name": ("名称", 60, "如：示例镇人民调解委员会"),
    "short_name": ("案号里的简称", 20, "如：示例"),
    "area": ("管辖区域", 100, ""),
    "address": ("地址", 100, ""),
    "phone": ("电话", 30, ""),
    "head_name": ("主任", 60, ""),
    "court": ("司法确认的法院", 60, "如：示例县人民法院"),
}
_MEDIATOR = {"mediator_name": ("姓名", 60), "mediator_phone": ("电话", 20), "licence_no": ("证号", 40)}


class CommitteesSection(Section):
    """The committees, the one that is corrected or made, and its mediators."""

    title = "调委会"
    group = "committee"
    words = "协议要由人民调解委员会主持并盖章才有效力。案号由一台电脑统一编，不重号、不跳号。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._id = ""
        self._known: dict[str, CommitteeRow] = {}
        self._mediator_id = ""
        self._mediators: dict[str, MediatorRow] = {}
        self.table = PagedTable(_("调委会"), _columns())
        self.lines = {
            name: LineField(_(words), limit=limit, hint=_(hint))
            for name, (words, limit, hint) in _LINES.items()
        }
        self.kind = Combo([(code, _(words)) for code, words in COMMITTEE_KIND.items()])
        self.term = DayField(_("任期到"))
        # A day without a year would be one of this year, and a term ends in another.
        self.term.setPlaceholderText(_("如 2029-06-30"))
        self.year = LineField(_("案号起始年"), limit=4, digits=True)
        self.start = LineField(_("案号从第几号起"), limit=6, digits=True)
        self._number = label("", "label", wrap=True)
        self._doubts = label("", "label", wrap=True)
        self.people = PagedTable(_("调解员"), _mediator_columns())
        self.mediator = {
            name: LineField(_(words), limit=limit, digits=name != "mediator_name")
            for name, (words, limit) in _MEDIATOR.items()
        }
        self.mediator_kind = Combo([(code, _(words)) for code, words in MEDIATOR_KIND.items()])
        self.sex = Combo([(code, _(words)) for code, words in SEX.items()])
        for combo in (self.kind, self.mediator_kind):
            combo.setMinimumContentsLength(9)
        self.overtaken, self.overtaken_mediator = OvertakenBar(), OvertakenBar()
        self.began = Beginning(CommitteeForm())
        self.began_mediator = Beginning(MediatorForm())
        self._asker = Follower(
            context, self.overtaken, self.began, unfollowed(self._value, self._paint), self
        )
        self._mediator_asker = Follower(
            context,
            self.overtaken_mediator,
            self.began_mediator,
            unfollowed(self._mediator_value, self._paint_mediator),
            self,
        )
        self.forms = ((self.began, self._value), (self.began_mediator, self._mediator_value))
        self._lay_out()
        self.table.chosen.connect(self._choose)
        self.people.chosen.connect(self._choose_mediator)

    def load(self) -> None:
        """Ask for the committees."""
        self.context.tasks.run(self.context.services.committees.list, done=self._show, owner=self)

    def _lay_out(self) -> None:
        for name, field in self.lines.items():
            self.rows[name] = FormRow(_(_LINES[name][0]), field, needed=name in {"name", "short_name"})
        self.rows["number_from"] = FormRow(_("案号从第几号起"), self.start)
        self.rows["term_until"] = FormRow(_("任期到"), self.term, check=day_problem)
        of = self.rows
        self.box.addWidget(self.table)
        self.box.addWidget(self.overtaken)
        self.box.addLayout(row(of["name"], of["short_name"], FormRow(_("类型"), self.kind)))
        self.box.addLayout(row(of["head_name"], of["phone"], of["term_until"]))
        self.box.addLayout(row(of["area"], of["address"], of["court"]))
        self.box.addLayout(row(FormRow(_("案号起始年"), self.year), of["number_from"], None))
        self.box.addWidget(self._number)
        self.box.addLayout(
            row(_button(_("新增调委会"), self._new), None, _button(_("保存调委会"), self._save, "main"))
        )
        self.box.addWidget(self._doubts)
        self._below = QWidget()
        below = row(gap=10)
        self.box.addWidget(rule())
        self.box.addWidget(label(_("调解员"), "strong"))
        self.box.addWidget(self.people)
        self.box.addWidget(self.overtaken_mediator)
        for name, field in self.mediator.items():
            self.rows[name] = FormRow(_(_MEDIATOR[name][0]), field, needed=name == "mediator_name")
            below.addWidget(self.rows[name], 2)
        below.addWidget(FormRow(_("身份"), self.mediator_kind), 2)
        below.addWidget(FormRow(_("性别"), self.sex), 1)
        self._below.setLayout(below)
        self.box.addWidget(self._below)
        self._retire = _button(_("离任"), self._on_retire)
        self.box.addLayout(
            row(
                _button(_("新增调解员"), self._new_mediator),
                self._retire,
                None,
                _button(_("保存调解员"), self._save_mediator, "main"),
            )
        )
        self.box.addStretch(1)

    def _show(self, rows: Sequence[CommitteeRow]) -> None:
        self._known = {each.id: each for each in rows}
        self.table.show_rows(rows)
        self.table.fit_height(4)
        self.table.setVisible(bool(rows))
        wanted = self._id if self._id in self._known else next(iter(self._known), "")
        self._id = ""
        if wanted:
            self.table.choose(wanted)
            self._choose(wanted)
        else:
            self._new()

    def _choose(self, committee_id: str) -> None:
        found = self._known.get(committee_id)
        if found is None or committee_id == self._id:
            return
        self._id = committee_id
        self._asker.begin(_form_of(found))
        letter = found.number_device_letter
        who = _("本机") if found.gives_numbers else _("编号字母为 {letter} 的电脑").format(letter=letter)
        words = _("案号由{who}编。").format(who=who)
        if not found.number_device:
            words = _("现在没有电脑编案号：核对最后的案号，填好从第几号起再保存，就由本机编。")
        self._number.setText(words)
        committees = self.context.services.committees
        self.context.tasks.run(
            lambda: (committees.mediators(committee_id), committees.doubts(committee_id)),
            done=self._show_mediators,
            owner=self,
            topic="mediators",
        )

    def _show_mediators(self, found: tuple[Sequence[MediatorRow], Sequence[str]]) -> None:
        rows, doubts = found
        self._mediators = {each.id: each for each in rows}
        self.people.show_rows(rows)
        self.people.fit_height(6)
        self.people.setVisible(bool(rows))
        self._doubts.setText(" ".join(doubts))
        self._new_mediator()

    def _paint(self, form: CommitteeForm) -> None:
        for name, field in self.lines.items():
            field.setText(getattr(form, name))
            self.rows[name].set_problem("")
        self.kind.set_value(form.kind)
        self.term.set_day(form.term_until)
        self.year.setText(str(form.number_year or clock.today().year))
        self.start.setText(str(form.number_from))

    def _new(self) -> None:
        self._id = ""
        self.table.clearSelection()
        self._asker.begin(CommitteeForm())
        self._number.setText(_("案号由本机编，别的电脑登记的案件等本机编号。"))
        self._show_mediators(((), ()))
        self.lines["name"].setFocus()

    def _save(self) -> None:
        if self.rows["term_until"].problem():
            return
        form, committees, committee_id = self._value(), self.context.services.committees, self._id
        base = self.began.base if committee_id else None
        form = self.began.typed(form) if committee_id else form
        self.context.tasks.run(
            lambda: committees.save(form, committee_id, base),
            done=self._on_saved,
            failed=partial(self._refused_committee, committee_id),
            owner=self,
            lane="write",
        )

    def _value(self) -> CommitteeForm:
        return replace(
            self.began.base,
            **{name: field.value() for name, field in self.lines.items()},
            kind=self.kind.value(),
            term_until=self.term.day(),
            number_year=_number(self.year),
            number_from=_number(self.start),
        )

    def _refused_committee(self, committee_id: str, problem: Problem) -> None:
        # Of another committee than is in view by now nothing is asked over this one: a message says it.
        in_view = committee_id == self._id
        if not in_view or not isinstance(problem, Overtaken) or not self._asker.ask(problem):
            self.refused(problem)

    def _on_saved(self, done: "Done[CommitteeRow]") -> None:
        self._id = done.value.id
        self.context.notices.info(_("调委会已保存"))
        self.load()

    def _choose_mediator(self, mediator_id: str) -> None:
        found = self._mediators.get(mediator_id)
        if found is not None:
            self._mediator_id = mediator_id
            self._mediator_asker.begin(_mediator_form_of(found))
            self._retire.setEnabled(found.active)

    def _paint_mediator(self, form: MediatorForm) -> None:
        self.mediator["mediator_name"].setText(form.name)
        self.mediator["mediator_phone"].setText(form.phone)
        self.mediator["licence_no"].setText(form.licence_no)
        self.mediator_kind.set_value(form.kind)
        self.sex.set_value(form.sex)

    def _new_mediator(self) -> None:
        self._mediator_id = ""
        self.people.clearSelection()
        kept = MediatorForm(kind=self.mediator_kind.value(), sex=self.sex.value())
        self._mediator_asker.begin(kept)
        self._retire.setEnabled(False)

    def _save_mediator(self) -> None:
        if not self._id:
            self.rows["name"].set_problem(_("请先保存调委会，再登记调解员。"))
            return
        committees, committee_id, mediator_id = self.context.services.committees, self._id, self._mediator_id
        base = self.began_mediator.base if mediator_id else None
        form = self._mediator_value()
        form = self.began_mediator.typed(form) if mediator_id else form
        self.context.tasks.run(
            lambda: committees.save_mediator(committee_id, form, mediator_id, base),
            done=self._on_mediator,
            failed=partial(self._refused_mediator, mediator_id),
            owner=self,
            lane="write",
        )

    def _mediator_value(self) -> MediatorForm:
        return replace(
            self.began_mediator.base,
            name=self.mediator["mediator_name"].value(),
            kind=self.mediator_kind.value(),
            sex=self.sex.value(),
            phone=self.mediator["mediator_phone"].value(),
            licence_no=self.mediator["licence_no"].value(),
        )

    def _refused_mediator(self, mediator_id: str, problem: Problem) -> None:
        """Show a refusal at the mediator's field: both forms have a name."""
        in_view = mediator_id == self._mediator_id
        if in_view and isinstance(problem, Overtaken) and self._mediator_asker.ask(problem):
            return
        if problem.field in {"name", "phone"}:
            self.rows[f"mediator_{problem.field}"].set_problem(problem.sentence)
        else:
            self.context.notices.fail(problem)

    def _on_retire(self) -> None:
        committees, mediator_id = self.context.services.committees, self._mediator_id
        self.context.notices.ask(
            _("离任后不再列入新案件，办过的案件保留其姓名。离任吗？"),
            _("离任"),
            _("不离任"),
            lambda: self.context.tasks.run(
                lambda: committees.retire_mediator(mediator_id),
                done=self._on_mediator,
                failed=self.refused,
                owner=self,
                lane="write",
            ),
        )

    def _on_mediator(self, _done: object) -> None:
        self.context.notices.info(_("调解员已保存"))
        self.load()


def _form_of(found: CommitteeRow) -> CommitteeForm:
    return CommitteeForm(**{name: getattr(found, name) for name in CommitteeForm.__dataclass_fields__})


def _mediator_form_of(found: MediatorRow) -> MediatorForm:
    return MediatorForm(
        name=found.name,
        kind=found.kind,
        sex=found.sex,
        phone=found.phone_masked,
        licence_no=found.licence_no,
        user_id=found.user_id,
        deputy_id=found.deputy_id,
    )


def _number(field: LineField) -> int:
    return int(field.value()) if field.value().isdecimal() else 0


def _columns() -> Sequence[Column]:
    return [
        Column(_("名称"), lambda each: each.name, strong=True),
        Column(_("类型"), lambda each: each.kind_label, 8),
        Column(_("简称"), lambda each: each.short_name, 6),
        Column(_("法院"), lambda each: each.court, 12, soft=True),
        Column(_("编案号"), _gives, 6, tone=lambda each: "green" if each.gives_numbers else "plain"),
    ]


def _gives(each: CommitteeRow) -> str:
    return _("本机") if each.gives_numbers else each.number_device_letter or _("别的电脑")


def _mediator_columns() -> Sequence[Column]:
    return [
        Column(_("姓名"), lambda each: each.name, 8, strong=True),
        Column(_("身份"), lambda each: each.kind_label, 8),
        Column(_("电话"), lambda each: each.phone_masked, 8, soft=True),
        Column(_("证号"), lambda each: each.licence_no),
        Column(_("状态"), _state, 5, tone=lambda each: "green" if each.active else "plain"),
    ]


def _state(each: MediatorRow) -> str:
    return _("在任") if each.active else _("已离任")


def _button(words: str, pressed: Any, kind: str = "") -> QPushButton:
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.clicked.connect(pressed)
    return made
