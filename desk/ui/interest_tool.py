"""回避关系: each adviser keeps their own, the head everybody's (FL-11)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desk.services.consultation.forms import InterestForm
from desk.services.consultation.interests import Owner, OwnerRow
from desk.services.consultation.values import InterestRow
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import label, row, swap
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import small_button
from desk.ui.parts.key_hint import KeyButton


class InterestTool(Card):
    """The list of one person, and a line to declare one more.

    Signals:
        saved: something was declared or taken back.
    """

    saved = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("回避关系"), parent=parent)
        self._context = context
        self._owners: dict[str, Owner] = {}
        self._who = Combo()
        self._who.setAccessibleDescription(_("谁申报"))
        self.name = LineField(_("姓名或名称"), limit=60)
        self.phone = LineField(_("电话"), limit=20, digits=True)
        self.number = LineField(_("证件号或信用代码"), limit=30, digits=True)
        self.relation = LineField(_("关系"), limit=40, hint=_("如 配偶、姐夫、顾问单位"))
        self.until = DayField(_("到哪天为止"))
        self.take = KeyButton(_("申报"), kind="main")
        self._lines = QWidget()
        self._empty = EmptyState(_("还没有申报"), _("本人、近亲属和顾问单位，申报后自动回避。"))
        self.add(
            label(_("只有本人和站长看得到。申报的人一旦是对方当事人，系统会请换人解答。"), "label", wrap=True)
        )
        self.add(row(self._who, None))
        self.add(self._lines)
        self.add(self._empty)
        fields = row(gap=10)
        for field, words in (
            (self.name, _("姓名或名称")),
            (self.phone, _("电话")),
            (self.number, _("证件号或信用代码")),
            (self.relation, _("关系")),
        ):
            fields.addWidget(FormRow(words, field), 1)
        self._until_row = FormRow(_("到哪天为止（可不填）"), self.until, check=day_problem)
        fields.addWidget(self._until_row, 1)
        self.add(fields)
        self.add(row(self.take, None))
        self.body.addStretch(1)
        self._who.activated.connect(lambda _at: self._fetch())
        self.take.clicked.connect(self._on_take)
        self.relation.returnPressed.connect(self._on_take)
        self.setFocusProxy(self.name)

    def load(self) -> None:
        """Ask who there is, then for what the one chosen declared."""
        interests = self._context.services.consultation.interests
        self._context.tasks.run(interests.owners, done=self._on_owners, owner=self)

    def _on_owners(self, owners: tuple[OwnerRow, ...]) -> None:
        self._owners = {each.owner.user_id or each.owner.mediator_id: each.owner for each in owners}
        people = [(each.owner.user_id or each.owner.mediator_id, each.name) for each in owners]
        self._who.set_choices(people)
        self._who.setVisible(len(people) > 1)
        self.take.setEnabled(bool(people))
        self._fetch()

    def _fetch(self) -> None:
        owner, interests = self._owner(), self._context.services.consultation.interests
        if owner is not None:
            self._context.tasks.run(lambda: interests.list(owner), done=self._show, owner=self)
        else:
            self._show(())

    def _owner(self) -> Owner | None:
        return self._owners.get(self._who.value())

    def _show(self, found: tuple[InterestRow, ...]) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for at, each in enumerate(found):
            parts = (each.relation, each.phone_masked, each.id_no_masked or each.uscc)
            until = _("到 {day}").format(day=each.until_on) if each.until_on is not None else ""
            drop = small_button(_("撤回"), _("撤回 {name}").format(name=each.name))
            drop.clicked.connect(lambda _on=False, row_id=each.id: self._on_drop(row_id))
            grid.addWidget(label(each.name, "strong"), at, 0)
            grid.addWidget(label(" · ".join(filter(None, (*parts, until))), "label"), at, 1)
            grid.addWidget(drop, at, 2)
        self._lines = swap(self.body, self._lines, fresh)
        fresh.show()
        self._empty.setVisible(not found)

    def _on_take(self) -> None:
        if self._until_row.problem():
            # Read as nothing it would hold for ever.
            self.until.setFocus()
            return
        typed = self.number.value()
        is_id = len(typed) == _ID_LENGTH and typed[:1].isdecimal() and not typed.startswith("9")
        form = InterestForm(
            name=self.name.value(),
            phone=self.phone.value(),
            id_no=typed if is_id else "",
            uscc="" if is_id else typed,
            relation=self.relation.value(),
            until_on=self.until.day(),
        )
        owner, interests = self._owner(), self._context.services.consultation.interests
        if owner is None:
            return
        self._context.tasks.run(
            lambda: interests.save(owner, form), done=self._on_saved, owner=self, lane="write"
        )

    def _on_saved(self, _done: object) -> None:
        for field in (self.name, self.phone, self.number, self.relation, self.until):
            field.clear()
        self.name.setFocus()
        self._fetch()
        self.saved.emit()

    def _on_drop(self, interest_id: str) -> None:
        interests = self._context.services.consultation.interests

        def end() -> None:
            self._context.tasks.run(
                lambda: interests.end(interest_id), done=self._on_saved, owner=self, lane="write"
            )

        self._context.notices.ask(_("撤回后不再自动回避。"), _("撤回"), _("留着"), end)


_ID_LENGTH = 18
