"""卷宗: its rows in their order, what is missing, the papers to print, archive and grade (§3.6, F-13)."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk.services.mediation.forms import ArchiveForm, CaseForm
from desk.services.mediation.values import CaseCard, CaseFrame, DossierRow
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation.case_side import HAVE, LACK
from desk.ui.pages.mediation.fields import Fields, Ticks
from desk.ui.pages.mediation.form_text import from_text, to_text
from desk.ui.pages.mediation.scans_part import ScansPart
from desk.ui.pages.mediation.tab_part import TabPart
from desk.ui.parts.boxes import GAP, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.table import Column, PagedTable
from desk.ui.parts.writer import Gap
from desk.ui.preview.job_list import JobList

_TEXT = "dossier"
_ENDED = ("performed", "followed_up", "refused", "terminated", "referred_out", "rejected")
_COVERS = ("cover", "contents", "back_cover")
_ONLY_SCANNED = ("identity", "authority")
_NEED = {"must": "必须", "expected": "应有", "if_any": "按需"}


class DossierTab(TabPart):
    """The list, and below it what the cover says and what the case kept from happening."""

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.fields = Fields(self)
        self._base = ArchiveForm()
        self._kept: tuple[str, str, tuple[str, ...], str] = ("", "", (), "")
        self.list = PagedTable(_("卷宗目录"), _columns(), key=_key)
        self.due = KeyButton(_("打印待印文书"), "Ctrl P")
        self.bound = KeyButton(_("打印整本卷宗"))
        self.archive = KeyButton(_("归档"), "Ctrl Enter", "main")
        self.grade = Combo([("", _("未评")), *((each.code, each.label) for each in frame.choices["grade"])])
        self.grade.setAccessibleDescription(_("案卷等次"))
        self.grade.setEnabled(frame.may_grade)
        self.prevented = Ticks(
            _("防止激化"), [(each.code, each.label) for each in frame.choices["prevented"]]
        )
        self.people = LineField(_("防止激化涉及的人数"), limit=4, hint=_("人数"), digits=True)
        self.prevent = QPushButton(_("登记"))
        self.prevent.setProperty("kind", "row")
        self.prevent.setAccessibleName(_("登记防止激化"))
        self.report = QPushButton(_("已向委托机关反馈"))
        self.remedies = QPushButton(_("已告知其他途径"))
        for button in (self.report, self.remedies):
            button.setProperty("kind", "row")
        self._context: Context | None = None
        self.scans: ScansPart | None = None
        self.jobs: JobList | None = None
        self._people_problem = label("", "problem", wrap=True)
        self._people_problem.hide()

    def rest(self) -> Iterator[None]:
        """Build the cards, one by one."""
        yield from self._lay_out()
        self._connect()

    def settle_in(self, context: Context) -> None:
        """Let scans be added to the rows."""
        self._context, self.scans = context, ScansPart(context, self)
        self._card.add(self.scans)
        self.jobs = JobList(context, headed=False)
        self._printed.add(self.jobs)

    def stop(self) -> None:
        """Let no more scans be added, and say which were not."""
        if self.scans is not None:
            self.scans.stop()

    def show_card(self, card: CaseCard, form: CaseForm) -> None:
        """Show the dossier; what is half typed stays."""
        super().show_card(card, form)
        self._card.set_aside(card.dossier.summary)
        self.list.show_rows(card.dossier.rows)
        self.list.fit_height(20)
        if self.scans is not None:
            self.scans.show_case(card, self._chosen())
        if self.jobs is not None and self._context is not None:
            services = self._context.services
            self.jobs.show_found(lambda: services.case_papers.jobs(card.id))
        if not self.dirty:
            mediator = next((each.name for each in card.mediators if each.role == "mediator"), "")
            self._base = ArchiveForm(
                card.keeping, card.filed_by or mediator, card.checked_by, card.dossier_note
            )
            self.fields.paint(self._base)
        self._filing.setVisible(card.state in _ENDED or card.state == "archived")
        self.fields.set_open(on=card.state in _ENDED)
        self.archive.setVisible(card.state in _ENDED)
        self._graded.setVisible(card.state == "archived")
        proposed = _("按材料建议：{grade}").format(grade=card.grade_proposed)
        who = "" if self.frame.may_grade else _("　等次由站长评定。")
        if card.own_grade:
            who = _("　由{who}评定，{who}就是本案调解员，年度清单上注明“自评”。").format(who=card.graded_by)
        self._proposed.setText(f"{proposed}{who}")
        self._show_kept(card)
        referred = bool(card.referrer or card.referral_letter)
        self.report.setVisible(referred and card.referred_back_on is None and card.result != "pending")
        told = card.end.remedies_told_on is not None
        self.remedies.setVisible(card.end.way in {"refused", "terminated"} and not told)

    def _show_kept(self, card: CaseCard) -> None:
        """Show what has buttons of its own; what a person chose and has not written yet stays."""
        people = str(card.prevented_people) if card.prevented_people else ""
        kept, self._kept = self._kept, (card.id, card.grade, card.prevented, people)
        same = kept[0] == card.id
        if not same or self.grade.value() == kept[1]:
            self.grade.set_value(card.grade)
        if not same or (self.prevented.value(), self.people.value()) == kept[2:]:
            self.prevented.set_value(card.prevented)
            self.people.setText(people)

    def finish(self) -> bool:
        """Archive the dossier."""
        if self.archive.isHidden() or self.card is None:
            return False
        form, case_id = self.fields.read_into(self._base), self.card.id
        self.dirty = False
        self.asked.emit(
            lambda services: services.mediation.endings.archive(case_id, form), _("已归档，案卷不再改动。")
        )
        return True

    def typed(self) -> dict[str, str]:
        """Return what the cover is to say."""
        return {_TEXT: to_text(self.fields.read_into(self._base))} if self.dirty else {}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show what was half typed."""
        if _TEXT in texts:
            self.fields.paint(from_text(ArchiveForm, texts[_TEXT]))
            self.dirty = True

    def saved(self) -> None:
        """Keep what is half typed: it is written when the dossier is archived."""

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields."""
        return self.fields.mark(gaps) if not self._filing.isHidden() else ""

    def go_to(self, name: str) -> bool:
        """Put the focus into a field, or choose a row of the list and, where a scan is wanted, go to add it.

        Covers wait for the keeping term and whoever files.
        """
        filing = not self._filing.isHidden()
        if filing and self.fields.go_to("keeping" if name in _COVERS else name):
            return True
        rows = self.card.dossier.rows if self.card is not None else ()
        found = sorted((each for each in rows if each.key == name), key=lambda each: each.present)
        if found:
            self.list.choose(_key(found[0]))
        if self.scans is not None and found and (found[0].present or name in _ONLY_SCANNED):
            self.scans.strip.add.setFocus()
        else:
            self.list.setFocus()
        return True

    def focused(self) -> str:
        """Return the field with the focus."""
        return self.fields.focused(self.focusWidget())

    def _lay_out(self) -> Iterator[None]:
        fields, choices = self.fields, self.frame.choices
        self._card = Card(_("卷宗目录"))
        self._card.add(self.list)
        self._card.add(row(self.due, self.bound, self.report, self.remedies, None, gap=8))
        yield
        self._filing = Card(_("立卷归档"))
        line = row(gap=GAP)
        line.addWidget(fields.pick("keeping", _("保管期限"), choices["keeping"], needed=True), 2)
        line.addWidget(fields.text("filed_by", _("立卷人"), needed=True, limit=60), 2)
        line.addWidget(fields.text("checked_by", _("检查人"), limit=60), 2)
        self._filing.add(line)
        yield
        self._filing.add(fields.long("note", _("卷宗情况说明（缺什么、为什么）"), lines=2))
        self._filing.add(row(None, self.archive))
        self._graded = QWidget()
        self._proposed = label("", "label", wrap=True)
        grades = row(label(_("案卷等次"), "label"), self.grade, gap=8)
        grades.addWidget(self._proposed, 1)
        self._graded.setLayout(grades)
        self._filing.add(self._graded)
        yield
        kept = Card(_("防止激化（统计用）"))
        kept.add(self.prevented)
        kept.add(row(label(_("涉及人数"), "label"), self.people, self.prevent, None, gap=10))
        kept.add(self._people_problem)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        self._printed = Card(_("打印记录"))
        for card in (self._card, self._filing, kept, self._printed):
            box.addWidget(card)
        box.addStretch(1)

    def _chosen(self) -> DossierRow | None:
        rows = self.card.dossier.rows if self.card is not None else ()
        return next((each for each in rows if _key(each) == self.list.key()), None)

    def _on_row(self) -> None:
        """Let new scans belong to the row that is chosen."""
        if self.scans is not None:
            self.scans.show_row(self._chosen())

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _key: self._on_row())
        self.fields.touched.connect(lambda _name: self.touch())
        self.archive.clicked.connect(self.finish)
        self.due.clicked.connect(lambda: self.paper_wanted.emit("due"))
        self.bound.clicked.connect(lambda: self.paper_wanted.emit("dossier"))
        self.grade.activated.connect(lambda _index: self._on_grade())
        self.prevent.clicked.connect(self._on_prevent)
        self.report.clicked.connect(lambda: self._end("report_back"))
        self.remedies.clicked.connect(lambda: self._end("tell_remedies"))

    def _end(self, verb: str) -> None:
        if self.card is not None:
            case_id = self.card.id
            self.asked.emit(
                lambda services: getattr(services.mediation.endings, verb)(case_id), _("已登记。")
            )

    def _on_grade(self) -> None:
        if self.card is not None and self.grade.value():
            case_id, grade = self.card.id, self.grade.value()
            self.asked.emit(lambda services: services.mediation.endings.grade(case_id, grade), "")

    def _on_prevent(self) -> None:
        if self.card is not None:
            case_id, codes = self.card.id, self.prevented.value()
            typed = self.people.value()
            readable = not typed or typed.isdecimal()
            self._people_problem.setText("" if readable else _("涉及人数要填数字。"))
            self._people_problem.setVisible(not readable)
            if not readable:
                self.people.setFocus()
                return
            people = int(typed or 0)
            self.asked.emit(
                lambda services: services.mediation.endings.prevent(case_id, codes, people), _("已登记。")
            )


def _key(each: DossierRow) -> str:
    return f"{each.key}:{each.label}"


def _columns() -> Sequence[Column]:
    return [
        Column("", lambda each: HAVE if each.present else LACK if each.need == "must" else "", 2),
        Column(_("材料"), lambda each: each.label, strong=True),
        Column(_("要求"), lambda each: _(_NEED[each.need]), 4, soft=True),
        Column(_("情况"), _state, 8, tone=_tone),
    ]


def _state(each: DossierRow) -> str:
    if each.present:
        return _("已有")
    return _("缺") if each.need == "must" else _("没有")


def _tone(each: DossierRow) -> str:
    if each.present:
        return "green"
    return "red" if each.need == "must" else ""
