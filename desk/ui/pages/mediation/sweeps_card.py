"""排查: searches for disputes before they break out, what was found and prevented (§3.8)."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk import clock
from desk.errors import Problem
from desk.services.mediation.forms import SweepForm
from desk.services.mediation.ledgers import LedgerAsk
from desk.services.mediation.people_values import Choice
from desk.services.mediation.statistics_values import SweepRow
from desk.services.outcome import Done
from desk.services.overtaken import Overtaken
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation.fields import Fields
from desk.ui.pages.mediation.ledger_buttons import LedgerButtons, LedgerMaker
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import GAP, column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import reveal
from desk.ui.parts.combo import Combo
from desk.ui.parts.follower import Follower, OpenForm
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.overtaken_bar import OvertakenBar
from desk.ui.parts.table import Column, PagedTable


class SweepsCard(Card):
    """The searches of a year and the form of one."""

    def __init__(self, context: Context, maker: LedgerMaker, parent: QWidget | None = None) -> None:
        super().__init__(_("排查"), parent=parent)
        self._context = context
        self._id = ""
        self._committees: list[Choice] = []
        self._known: dict[str, SweepRow] = {}
        self.fields = Fields(self)
        self.overtaken = OvertakenBar()
        self._began = Beginning(SweepForm())
        self.table = PagedTable(_("排查"), _columns())
        self.year = year_combo(_("排查的年份"))
        self._none = label(_("这一年还没有登记过排查。"), "soft", wrap=True)
        self.new = KeyButton(_("＋ 一次排查"), kind="row")
        self.save = KeyButton(_("保存"), kind="main")
        self.cancel = KeyButton(_("收起"))
        self.drop = QPushButton(_("作废"))
        self.drop.setProperty("kind", "link")
        self._form = QWidget()
        self._form.setLayout(self._fields())
        self.out = LedgerButtons(maker, _("矛盾纠纷排查登记簿"), self._asked)
        for part in (row(self.year, self.new, None, gap=8), self.out, self._form, self._none, self.table):
            self.add(part)
        self._form.hide()
        self.year.activated.connect(lambda _index: self.load())
        self.new.clicked.connect(self._on_new)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self._form.hide)
        self.drop.clicked.connect(self._on_drop)
        self.table.opened.connect(self._on_open)
        # Nothing is read again here: the form is open for a moment.
        open_form = OpenForm(lambda: None, lambda: None, self._read, self.fields.paint, lambda: True, "")
        self._follower = Follower(context, self.overtaken, self._began, open_form, self)

    def set_committees(self, committees: Sequence[Choice]) -> None:
        """Offer the committees."""
        self._committees = list(committees)
        self.fields.offer("committee_id", committees)

    def load(self) -> None:
        """Ask for the searches of the year chosen."""
        sweeps, year = self._context.services.mediation.sweeps, int(self.year.value())
        self._context.tasks.run(lambda: sweeps.list(year), done=self._show, owner=self, topic="sweeps")

    def _fields(self) -> QVBoxLayout:
        fields = self.fields
        first, second, third = row(gap=GAP), row(gap=GAP), row(gap=GAP)
        first.addWidget(fields.pick("committee_id", _("组织排查的调委会"), needed=True), 3)
        first.addWidget(fields.day("swept_on", _("日期"), needed=True), 2)
        first.addWidget(fields.text("place", _("地点、范围"), limit=100), 3)
        for name, words in (("found", _("发现")), ("prevented", _("预防")), ("handled", _("化解"))):
            second.addWidget(fields.count(name, _("{what}（件）").format(what=words)), 1)
        second.addWidget(fields.text("by_names", _("参加的人"), limit=200), 3)
        third.addWidget(fields.text("note", _("说明"), limit=300), 1)
        return column(
            self.overtaken, first, second, third, row(self.drop, None, self.cancel, self.save, gap=8), gap=8
        )

    def _show(self, rows: Sequence[SweepRow]) -> None:
        self._known = {each.id: each for each in rows}
        self.table.show_rows(rows)
        self.table.fit_height(6)
        self.table.setVisible(bool(rows))
        self._none.setVisible(not rows)

    def _asked(self) -> LedgerAsk:
        """Return the ledger of the year chosen; of this year up to now."""
        year, today = int(self.year.value()), clock.today()
        return LedgerAsk("sweeps", date(year, 1, 1), min(date(year, 12, 31), today))

    def _on_new(self) -> None:
        only = self._committees[0].code if len(self._committees) == 1 else ""
        self._open(SweepForm(committee_id=only, swept_on=clock.today()), "")

    def _on_open(self, sweep_id: str) -> None:
        found = self._known.get(sweep_id)
        if found is not None:
            names = SweepForm.__dataclass_fields__
            self._open(SweepForm(**{name: getattr(found, name) for name in names}), sweep_id)

    def _open(self, form: SweepForm, sweep_id: str) -> None:
        self._id = sweep_id
        self._follower.begin(form)
        self.drop.setVisible(bool(sweep_id))
        self._form.show()
        self.fields.go_to("committee_id" if not form.committee_id else "place")
        reveal(self._form)

    def _on_save(self) -> None:
        gaps = self.fields.unreadable()
        if gaps:
            self.fields.mark(gaps)
            return
        sweeps, sweep_id = self._context.services.mediation.sweeps, self._id
        form, base = self._began.typed(self._read()), self._began.base
        self._context.tasks.run(
            lambda: sweeps.save(form, sweep_id, base),
            done=self._on_saved,
            failed=self._on_refused,
            owner=self,
            lane="write",
        )

    def _read(self) -> SweepForm:
        return self.fields.read_into(SweepForm())

    def _on_saved(self, done: Done[SweepRow]) -> None:
        # One written down for another year is shown there, not out of view.
        if done.value.swept_on is not None:
            self.year.set_value(str(done.value.swept_on.year))
        self._on_changed()

    def _on_changed(self) -> None:
        self._form.hide()
        self._context.notices.info(_("排查已登记。"))
        self.load()

    def _on_refused(self, problem: Problem) -> None:
        if isinstance(problem, Overtaken):
            self._follower.ask(problem)
        elif not self.fields.mark([(problem.field, problem.sentence)]):
            self._context.notices.fail(problem)

    def _on_drop(self) -> None:
        sweeps, sweep_id = self._context.services.mediation.sweeps, self._id
        self._context.notices.ask_text(
            _("为什么作废这次排查？"),
            lambda why: self._context.tasks.run(
                lambda: sweeps.drop(sweep_id, why),
                done=lambda _done: self._on_changed(),
                owner=self,
                lane="write",
            ),
        )


def year_combo(name: str) -> Combo:
    """Return a choice of this year and the four before it; the name is for screen readers."""
    combo = Combo()
    offer_years(combo)
    combo.setAccessibleDescription(name)
    # Digits are wider than the letter a combo is measured by; the year stands whole at every text size.
    combo.setMinimumContentsLength(7)
    return combo


def offer_years(combo: Combo) -> None:
    """Offer this year and the four before it, keeping the one chosen."""
    this_year = clock.today().year
    years = [this_year - back for back in range(5)]
    combo.set_choices([(str(year), _("{year} 年").format(year=year)) for year in years])


def _columns() -> Sequence[Column]:
    return [
        Column(_("日期"), lambda each: f"{each.swept_on:%m-%d}" if each.swept_on is not None else "", 4),
        Column(_("调委会"), lambda each: each.committee_name),
        Column(_("地点"), lambda each: each.place, 7, soft=True),
        Column(_("发现"), lambda each: str(each.found), 3),
        Column(_("预防"), lambda each: str(each.prevented), 3),
        Column(_("化解"), lambda each: str(each.handled), 3),
    ]
