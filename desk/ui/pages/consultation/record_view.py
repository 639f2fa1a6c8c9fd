"""One ended consultation to read, with what may still be done: print, rate, correct, make void."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk.rules import consultation_codes as codes
from desk.rules.consultation_states import ENDED
from desk.rules.labels import RATING, SEX
from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import Consultation
from desk.services.outcome import Done
from desk.text import _
from desk.ui.attachments.collector import Collector
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.conflict_marks import ConflictChip
from desk.ui.context import Context
from desk.ui.parts.boxes import label, row, swap
from desk.ui.parts.card import Card
from desk.ui.parts.chips import Chips
from desk.ui.parts.columns import scrolled
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.key_hint import KeyButton


@dataclass(frozen=True)
class Reading:
    """What is shown: the card, the form for who may read it, how its citations read and what they say.

    `words` are those of each article in the version that was cited, "" where the station imported none.
    """

    card: Consultation
    form: ConsultationForm | None
    citations: tuple[str, ...]
    words: tuple[str, ...] = ()


class RecordView(QWidget):
    """Read-only words and the verbs that fit.

    Signals:
        left: back to the list.
        continued: it is not ended, or was opened again; the consultation's id.
    """

    left = Signal()
    continued = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._card: Consultation | None = None
        self._frame = Card(" ")
        self.chip = ConflictChip(context)
        self.back = KeyButton(_("返回列表"), "Esc", "row")
        self.sheet = KeyButton(_("打印登记表"), "Ctrl P", "row")
        self.correct = KeyButton(_("更正"), kind="row")
        self.cancel = KeyButton(_("作废"), kind="row")
        self.rating = Chips(_("评价"), list(RATING.items()))
        self._words = QWidget()
        self.strip = AttachmentStrip(around=self)
        self.papers = Collector(context, self.strip, self)
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.sheet.clicked.connect(self.print)
        self.correct.clicked.connect(self._on_correct)
        self.cancel.clicked.connect(self._on_void)
        self.rating.chosen.connect(self._on_rate)

    def load(self) -> None:
        """Ask again for what is in view."""
        if self._card is not None:
            self.show_record(self._card.id)

    def show_record(self, consultation_id: str) -> None:
        """Ask for one and show it, or go on with it if it is not ended; no verb before it is read."""
        if self._card is None or self._card.id != consultation_id:
            self._card = None
            self._verbs.setEnabled(False)
            self.rating.setEnabled(False)
        services = self._context.services.consultation

        def work() -> Reading:
            card = services.consultations.get(consultation_id)
            if not card.readable:
                return Reading(card, None, ())
            form = services.consultations.form(consultation_id)
            cited = tuple(services.advice.citation_text(each) for each in form.citations)
            return Reading(card, form, cited, services.library.words_of(form.citations))

        self._context.tasks.run(work, done=self._on_found, owner=self, topic="record")

    def print(self) -> None:
        """Show the sheet as it will be printed."""
        if self._card is not None:
            self._context.navigator.show("paper", f"consultation:{self._card.id}")

    def _lay_out(self) -> None:
        self._verbs = QWidget()
        flow = FlowLayout(self._verbs, gap=8)
        verbs = row(self.back, gap=8)
        verbs.addWidget(self._verbs, 1)
        for button in (self.sheet, self.correct, self.cancel):
            flow.addWidget(button)
        holder = QWidget()
        self._inside = QVBoxLayout(holder)
        self._inside.setContentsMargins(0, 0, 8, 0)
        self._inside.addWidget(self._words)
        self._inside.addWidget(self.strip)
        self._inside.addStretch(1)
        self._frame.add(row(self.chip, None))
        self._frame.add(verbs)
        asked = row(label(_("咨询人评价"), "label"), gap=10)
        asked.addWidget(self.rating, 1)
        self._frame.add(asked)
        self._frame.add(scrolled(holder), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._frame)

    def _on_found(self, found: Reading) -> None:
        card = found.card
        if card.state not in ENDED:
            self.continued.emit(card.id)
            return
        is_another = self._card is None or self._card.id != card.id
        self._card = card
        self._verbs.setEnabled(True)
        self.rating.setEnabled(True)
        self._frame.set_title(" ".join(part for part in (card.number, card.name) if part))
        self._frame.set_aside(card.state_label)
        self.chip.follow("consultation", card.id)
        self._show(lines_of(found))
        for button in (self.sheet, self.correct):
            button.setVisible(card.readable)
        self.cancel.setVisible("void" in card.verbs)
        self.strip.setVisible(card.readable)
        self.papers.set_target("consultation", card.id if card.readable else "", sheet=card.id)
        self.rating.set_value(card.rating)
        if is_another:
            self.back.setFocus()

    def _show(self, lines: list[tuple[str, str]]) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 4, 0, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for at, (name, words) in enumerate(lines):
            grid.addWidget(label(name, "label"), at, 0)
            grid.addWidget(label(words, wrap=True), at, 1)
        self._words = swap(self._inside, self._words, fresh)
        fresh.show()

    def _on_rate(self, value: str) -> None:
        card, desk = self._card, self._context.services.consultation.consultations
        if card is not None and value != card.rating:
            self._context.tasks.run(
                lambda: desk.rate(card.id, value), done=self._on_done, owner=self, lane="write"
            )

    def _on_done(self, _done: Done[Consultation]) -> None:
        self.load()

    def _on_correct(self) -> None:
        card, desk = self._card, self._context.services.consultation.consultations
        if card is None:
            return

        def reopen(reason: str) -> None:
            self._context.tasks.run(
                lambda: desk.reopen(card.id, reason),
                done=self._on_reopened,
                owner=self,
                lane="write",
            )

        self._context.notices.ask_text(_("为什么要更正？（会记入审计）"), reopen)

    def _on_reopened(self, done: Done[Consultation]) -> None:
        # Late, another one is in view: it stays, and the one opened again is found in the list.
        if self._is_in_view(done.value.id):
            self.continued.emit(done.value.id)

    def _on_void(self) -> None:
        card, desk = self._card, self._context.services.consultation.consultations
        if card is None:
            return

        def void(reason: str) -> None:
            self._context.tasks.run(
                lambda: desk.void(card.id, reason),
                done=lambda _done: self._on_voided(card.id),
                owner=self,
                lane="write",
            )

        self._context.notices.ask_text(_("为什么要作废？号码不会再用（会记入审计）"), void)

    def _on_voided(self, consultation_id: str) -> None:
        self._context.notices.info(_("已作废。"))
        if self._is_in_view(consultation_id):
            self._card = None
            self.left.emit()

    def _is_in_view(self, consultation_id: str) -> bool:
        return self._card is not None and self._card.id == consultation_id


def lines_of(found: Reading) -> list[tuple[str, str]]:
    """Return (label, words) for what the record holds, empty ones left out; no words without the right."""
    card, form = found.card, found.form
    lines = [
        (_("时间"), f"{card.consulted_at:%Y-%m-%d %H:%M}" if card.consulted_at is not None else ""),
        (_("来自来访"), card.visit_number),
        (_("登记人"), card.registrar),
        (_("解答人"), card.adviser_name),
    ]
    if form is None:
        lines.append((_("内容"), _("咨询的内容只给解答人和站长看。")))
        return [(name, words) for name, words in lines if words]
    sex = SEX.get(form.sex, "") if form.sex != "0" else ""
    lines += [
        (_("方式"), card.channel_label),
        (_("性别"), sex),
        (_("年龄"), str(form.age) if form.age else ""),
        (_("怎样联系"), card.safe_contact),
        (_("电话"), form.phone),
        (_("住址"), form.address),
        (_("人员类别"), "、".join(codes.PERSON_CLASS[code] for code in form.person_class)),
        (_("对方当事人"), "、".join(each.name for each in form.opponents) or _("没有对方当事人")),
        (_("利益冲突检查"), card.conflict.label),
        (_("类别"), card.category_label),
        (_("已走程序"), "、".join(codes.PROCEDURE[code] for code in form.procedures)),
        (_("咨询事项"), form.question),
        (_("解答意见"), form.answer),
        (_("法律依据"), "\n".join(found.citations)),
        (_("条文原文"), _full_texts(found)),
        (_("处理"), " · ".join(filter(None, (card.disposition_label, form.referred_to)))),
        (_("说明"), form.disposition_note),
        (_("人民调解"), card.mediation_number),
        (_("执业证号"), form.licence_no),
    ]
    return [(name, words) for name, words in lines if words]


def _full_texts(found: Reading) -> str:
    """Return what the cited articles say, each under how it is cited; "" where no words were imported."""
    pairs = zip(found.citations, found.words, strict=False)
    return "\n".join(f"{cited}\n{words}" for cited, words in pairs if words)
