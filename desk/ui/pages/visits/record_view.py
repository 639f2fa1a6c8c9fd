"""One visit to read, with what may still be done to it: words, reply, result rating, receipt, correction."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk.rules import labels
from desk.services.outcome import Done
from desk.services.visit_values import After, Visit, VisitForm, VisitSheet
from desk.text import _
from desk.ui.attachments.collector import Collector
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.conflict_marks import ConflictChip
from desk.ui.context import Context
from desk.ui.navigator import NUMBER
from desk.ui.pages.visits.after_part import AfterPart
from desk.ui.parts.boxes import label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.six_ones import SixDots


def lines_of(sheet: VisitSheet) -> list[tuple[str, str]]:
    """Return (label, words) for what the record holds, empty ones left out."""
    visit, form = sheet.visit, sheet.form
    times = [
        (_("到站"), visit.arrived_at),
        (_("接待"), visit.received_at),
        (_("结束"), visit.finished_at),
    ]
    told = " · ".join(f"{word} {at:%Y-%m-%d %H:%M}" for word, at in times if at is not None)
    safe = labels.SAFETY.get(visit.safety, "") if visit.safe else ""
    found = [
        (_("站点"), visit.station),
        (_("时间"), told),
        (_("来访方式"), labels.VISIT_KIND.get(visit.kind, "") + (_("（补录）") if form.backfilled else "")),
        (_("人数"), _headcount(form)),
        (_("性别"), labels.SEX.get(form.sex, "") if form.sex in ("1", "2") else ""),
        (_("年龄段"), labels.AGE_BAND.get(form.age_band, "") if form.age_band else ""),
        (_("电话"), form.phone),
        (_("村（社区）/ 网格"), form.grid),
        (_("住址"), form.address),
        (_("接待代表"), visit.receivers_text),
        (_("接待地点"), form.place),
        (_("登记人"), visit.registrar),
        (_("保密"), safe),
        (_("安全联系方式"), form.safe_contact),
        (_("强制报告"), _report(form)),
        (_("事由"), visit.subject),
        (_("类别"), sheet.category_label),
        (_("反映问题"), form.statement),
        (_("诉求"), form.request),
        (_("代表意见"), form.deputy_view),
        (_("处理"), _outcome(visit, form)),
        (_("去向告知"), _("截至 {day}").format(day=visit.tell_by) if visit.tell_by is not None else ""),
        (_("告知与同意"), _consent(form)),
        *((_AFTER[each.about](), _said(each)) for each in sheet.after if each.about in _AFTER),
    ]
    return [(name, words) for name, words in found if words]


_AFTER: Mapping[str, Callable[[], str]] = {
    "reply": lambda: _("反馈"),
    "reception": lambda: _("接待评价"),
    "result": lambda: _("结果评价"),
}
"""What was said since, and the label it stands under."""


class RecordView(QWidget):
    """Read-only words and the verbs that fit the state.

    Signals:
        left: back to the list.
        continued: the words are to be gone on with in a tab; the visit's id.
    """

    left = Signal()
    continued = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit: Visit | None = None
        self._card = Card(" ")
        self._dots = SixDots()
        self.chip = ConflictChip(context)
        self.why = label(_("站点的记录由站点填写，县里的电脑只能查看。"), "soft", wrap=True)
        self._words = QWidget()
        self.back = KeyButton(_("返回列表"), "Esc", "row")
        self.go_on = KeyButton(_("补记"), kind="row")
        self.receipt = KeyButton(_("补打回执"), kind="row")
        self.case = KeyButton(_("到矛盾调解"), kind="row")
        self.correct = KeyButton(_("更正"), kind="row")
        self.cancel = KeyButton(_("作废"), kind="row")
        self.after = AfterPart(context)
        self.strip = AttachmentStrip(around=self)
        self.papers = Collector(context, self.strip, self)
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.go_on.clicked.connect(self._on_continue)
        self.receipt.clicked.connect(self._on_receipt)
        self.case.clicked.connect(self._on_case)
        self.correct.clicked.connect(self._on_correct)
        self.cancel.clicked.connect(self._on_void)
        self.after.done.connect(self._on_visit)

    def load(self) -> None:
        """Ask again for the visit in view."""
        if self._visit is not None:
            self.show_visit(self._visit.id)

    def leave(self) -> None:
        """Let go of the visit; the next one shown takes the focus."""
        self._visit = None

    def show_visit(self, visit_id: str) -> None:
        """Ask for one visit and show it; nothing can be done to it before it is read."""
        if self._visit is None or self._visit.id != visit_id:
            self._visit = None
            self._verbs.setEnabled(False)
            self.after.setEnabled(False)
        visits = self._context.services.visits
        self._context.tasks.run(
            lambda: visits.sheet(visit_id),
            done=self._on_found,
            owner=self,
            topic="record",
        )

    def _lay_out(self) -> None:
        self._verbs = QWidget()
        flow = FlowLayout(self._verbs, gap=8)
        for button in (self.go_on, self.receipt, self.case, self.correct, self.cancel):
            flow.addWidget(button)
        verbs = row(self.back, gap=8)
        verbs.addWidget(self._verbs, 1)
        # Where there are no verbs, the way back stays as wide as it is.
        verbs.addStretch(0)
        holder = QWidget()
        self._inside = QVBoxLayout(holder)
        self._inside.setContentsMargins(0, 0, 8, 0)
        self._inside.addWidget(self._words)
        self._inside.addWidget(self.strip)
        self._inside.addWidget(self.after)
        self._inside.addStretch(1)
        self._card.add(row(self._dots, self.chip, None))
        self._card.add(verbs)
        self._card.add(self.why)
        self._card.add(scrolled(holder), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._card)

    def _on_found(self, sheet: VisitSheet) -> None:
        is_another = self._visit is None or self._visit.id != sheet.visit.id
        self._show(sheet)
        if is_another:
            self.back.setFocus()

    def _show(self, sheet: VisitSheet) -> None:
        visit = self._visit = sheet.visit
        self._verbs.setEnabled(True)
        self.after.setEnabled(True)
        self._card.set_title(f"{visit.number}　{visit.name}　{visit.subject}")
        self._card.set_aside(labels.VISIT_STATE[visit.state])
        self._dots.show_lights(visit.lights)
        self.chip.follow("visit", visit.id)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 4, 0, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for at, (name, words) in enumerate(lines_of(sheet)):
            grid.addWidget(label(name, "label"), at, 0)
            grid.addWidget(label(words, wrap=True), at, 1)
        self._inside.replaceWidget(self._words, fresh)
        self._words.hide()
        self._words.deleteLater()
        self._words = fresh
        finished = visit.state == "finished"
        self.go_on.setVisible(not finished)
        self.correct.setVisible(finished)
        self.case.setVisible(visit.outcome == "mediation" and bool(visit.linked_number))
        theirs = bool(visit.station)
        for part in (self._verbs, self.strip, self.after):
            part.setVisible(not theirs)
        self.why.setVisible(theirs)
        self.papers.set_target("visit", "" if theirs else visit.id, sheet=visit.id)
        if not theirs:
            self.after.show_visit(visit)

    def _on_visit(self, _visit: Visit) -> None:
        self.load()

    def _on_continue(self) -> None:
        if self._visit is not None:
            self.continued.emit(self._visit.id)

    def _on_receipt(self) -> None:
        if self._visit is not None:
            self._context.navigator.show("paper", f"receipt:{self._visit.id}")

    def _on_case(self) -> None:
        if self._visit is not None:
            self._context.navigator.show("mediation", NUMBER + self._visit.linked_number)

    def _on_correct(self) -> None:
        visit, visits = self._visit, self._context.services.visits
        if visit is None:
            return

        def reopen(reason: str) -> None:
            self._context.tasks.run(
                lambda: visits.reopen(visit.id, reason), done=self._on_reopened, owner=self, lane="write"
            )

        self._context.notices.ask_text(_("为什么要更正？（会记入审计）"), reopen)

    def _on_reopened(self, done: Done[Visit]) -> None:
        # Late, another one is in view: it stays, and the one opened again stands among the tabs.
        if self._is_in_view(done.value.id):
            self.continued.emit(done.value.id)

    def _on_void(self) -> None:
        visit, visits = self._visit, self._context.services.visits
        if visit is None:
            return

        def void(reason: str) -> None:
            self._context.tasks.run(
                lambda: visits.void(visit.id, reason),
                done=lambda _done: self._on_voided(visit.id),
                owner=self,
                lane="write",
            )

        self._context.notices.ask_text(_("为什么要作废？号码不会再用（会记入审计）"), void)

    def _on_voided(self, visit_id: str) -> None:
        self._context.notices.info(_("已作废。"))
        if self._is_in_view(visit_id):
            self._visit = None
            self.left.emit()

    def _is_in_view(self, visit_id: str) -> bool:
        return self._visit is not None and self._visit.id == visit_id


def _outcome(visit: Visit, form: VisitForm) -> str:
    parts = [visit.outcome_label, labels.LEVEL.get(form.level, ""), form.unit, form.answer_text]
    if visit.outcome == "guided":
        parts += [form.guide_to, form.guide_reason]
    # What is guided has 引导 for its level too.
    return " · ".join(dict.fromkeys(filter(None, [*parts, visit.linked_number])))


def _headcount(form: VisitForm) -> str:
    count = _("{n} 人").format(n=form.headcount) if form.headcount > 1 else ""
    others = _("同行代表 {names}").format(names="、".join(form.companions)) if form.companions else ""
    return " · ".join(filter(None, (count, others)))


def _report(form: VisitForm) -> str:
    kind = labels.REPORT_KIND.get(form.report_kind, "")
    to = _("向{who}报告").format(who=form.report_recipient) if form.report_recipient else ""
    return " · ".join(filter(None, (kind, to)))


def _consent(form: VisitForm) -> str:
    ticks = (
        (form.notice_told, _("已告知")),
        (form.phone_ok, _("同意电话回访")),
        (form.contact_ok, _("同意承办单位联系")),
    )
    return " · ".join(words for on, words in ticks if on)


def _said(said: After) -> str:
    day = f"{said.at:%Y-%m-%d %H:%M}" if said.at is not None else ""
    by = _("（{name}）").format(name=said.by) if said.by else ""
    return " · ".join(filter(None, (day, said.words))) + by
