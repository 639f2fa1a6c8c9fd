"""The wizard of the first start: five short pages, the last one after the store has been made."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk.errors import Problem
from desk.services.login_values import FirstStart
from desk.text import _
from desk.ui import style
from desk.ui.notices import Notices
from desk.ui.pages.setup.backup import BackupStep
from desk.ui.pages.setup.notice import NoticeStep
from desk.ui.pages.setup.person import PersonStep
from desk.ui.pages.setup.recovery import RecoveryStep, Sheet, ShowPaper
from desk.ui.pages.setup.station import StationStep
from desk.ui.pages.setup.step import Step
from desk.ui.parts.banner import Banner
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.columns import scrolled
from desk.ui.tasks import Tasks

if TYPE_CHECKING:
    from desk.services.login import Login

_PAGES = 5


class SetupPage(QWidget):
    """Goes through the pages and makes the station.

    Signals:
        opened: the store is made; carries what the login service returned. The recovery page follows.
        finished: the recovery sheet is acknowledged.
        restore_wanted: there is a backup, of this PC or another one.
        join_wanted: the station has a PC already, and this is to be another one.
    """

    opened = Signal(object)
    finished = Signal()
    restore_wanted = Signal()
    join_wanted = Signal()

    _progressed = Signal(str)

    def __init__(self, login: "Login", tasks: Tasks, notices: Notices, keyring_note: str = "") -> None:
        """Args: `keyring_note` says what it means that this PC has no keyring, "" if it has one."""
        super().__init__()
        self.setProperty("role", "ground")
        self._login = login
        self._tasks = tasks
        self._notices = notices
        self._keyring_note = keyring_note
        self._at = 0

    def build(self) -> Iterator[None]:
        """Build the pages in slices; nothing else is asked of the wizard before."""
        self.station = StationStep()
        yield
        self.person = PersonStep(self._keyring_note)
        yield
        self.notice = NoticeStep(self.station, self._tasks)
        yield
        self.backup = BackupStep(self._notices)
        self.recovery = RecoveryStep(self._tasks, self._notices)
        yield
        self._steps: tuple[Step, ...] = (self.station, self.person, self.notice, self.backup, self.recovery)
        self._stack = QStackedWidget()
        for step in self._steps:
            # Each scrolls by itself: a short page needs no bar because another one is long.
            self._stack.addWidget(scrolled(step))
            yield
        self._tie()
        yield
        self._lay_out()
        self._go(0)

    def _tie(self) -> None:
        self.banner = Banner()
        self.next = QPushButton()
        self.next.setProperty("kind", "main")
        self.next.clicked.connect(self._on_next)
        self.previous = QPushButton(_("上一步"))
        self.previous.clicked.connect(lambda: self._go(self._at - 1))
        self.restore = QPushButton(_("已有备份，从备份恢复…"))
        self.restore.setProperty("kind", "link")
        self.restore.clicked.connect(self.restore_wanted)
        self.join = QPushButton(_("加入已有的站…"))
        self.join.setProperty("kind", "link")
        self.join.clicked.connect(self.join_wanted)
        self._line = label("", "problem", wrap=True)
        self._progressed.connect(self._on_progress)
        self.recovery.acknowledged.connect(self.next.setEnabled)
        self.notice.proposed.connect(self._let_go_on)

    def show_recovery(self, code: str, sheet: Sheet, show: ShowPaper) -> None:
        """Show the last page with the code of the store just made and the ways to put it on paper."""
        self.recovery.show_code(code, sheet, show)
        self._go(_PAGES - 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus on the first field; before the page was shown it could not have it."""
        super().showEvent(event)
        self._steps[self._at].begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter from any line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.next.isEnabled():
            self._on_next()
        else:
            super().keyPressEvent(event)

    def _go(self, at: int) -> None:
        self._at = at
        step = self._steps[at]
        self._stack.setCurrentIndex(at)
        self.banner.show_words(
            "\n".join(f"{'●' if n == at else '○'} {each.title}" for n, each in enumerate(self._steps))
        )
        last_before_store = at == _PAGES - 2
        self.next.setText(
            _("进入接待台") if at == _PAGES - 1 else _("建站") if last_before_store else _("下一步")
        )
        self._let_go_on()
        self.previous.setVisible(0 < at < _PAGES - 1)
        for link in (self.restore, self.join):
            link.setVisible(at == 0)
        self._line.setText("")
        step.begin()

    def _let_go_on(self) -> None:
        waits = self._steps[self._at] is self.notice and not self.notice.is_there
        self.next.setEnabled(self._at < _PAGES - 1 and not waits)

    def _on_next(self) -> None:
        step = self._steps[self._at]
        if not step.is_good():
            return
        if step is self.station:
            self.banner.show_station(self.station.name.value())
        if step is self.recovery:
            self.finished.emit()
        elif step is self.backup:
            self._make()
        else:
            self._go(self._at + 1)

    def _make(self) -> None:
        setup, login = self._values(), self._login
        for button in (self.next, self.previous):
            button.setEnabled(False)
        self._tasks.run(
            lambda: login.first_start(setup, self._progressed.emit),
            done=self.opened.emit,
            failed=self._on_refused,
            owner=self,
            lane="free",
        )

    def _values(self) -> FirstStart:
        return FirstStart(
            station_name=self.station.name.value(),
            station_code=self.station.code.value(),
            level=self.station.level.value(),
            area=self.station.area.value(),
            phone=self.station.phone.value(),
            user_name=self.person.name.value(),
            password=self.person.password.text(),
            pin=self.person.pin.value(),
            notice_text=self.notice.text.value(),
            backup_folder=self.backup.folder.value(),
        )

    def _on_progress(self, sentence: str) -> None:
        self._say(sentence + "…", "small")

    def _on_refused(self, problem: Problem) -> None:
        for button in (self.next, self.previous):
            button.setEnabled(True)
        for at, step in enumerate(self._steps):
            if problem.field in step.rows:
                self._go(at)
                step.rows[problem.field].set_problem(problem.sentence)
                step.rows[problem.field].field.setFocus()
                return
        self._say("\n".join(part for part in (problem.sentence, problem.way_out) if part), "problem")

    def _say(self, text: str, role: str) -> None:
        self._line.setText(text)
        self._line.setProperty("role", role)
        style.repolish(self._line)

    def _lay_out(self) -> None:
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(34, 30, 34, 24)
        inside.setSpacing(12)
        # The fields scroll where large text needs it; the way on stays in view.
        inside.addWidget(self._stack, 1)
        inside.addWidget(self._line)
        inside.addLayout(row(self.join, self.restore, self.previous, None, self.next))
        card = QFrame()
        card.setProperty("role", "sign_on")
        card.setMinimumSize(880, 660)
        card.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        halves = QHBoxLayout(card)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        halves.addWidget(self.banner, 2)
        halves.addWidget(right, 3)
        whole = QWidget()
        whole.setLayout(column(None, row(None, card, None), None, margin=8))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(whole)
