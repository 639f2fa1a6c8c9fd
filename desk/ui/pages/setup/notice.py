"""Page 3 of the wizard: what visitors are told about their data (PI-)."""

from PySide6.QtCore import Signal

from desk import clock
from desk.rules import local_rules
from desk.services import profile as profiles
from desk.text import _
from desk.ui.pages.setup.station import StationStep
from desk.ui.pages.setup.step import Step
from desk.ui.parts.fields import LongField
from desk.ui.parts.form_row import FormRow
from desk.ui.tasks import Tasks


class NoticeStep(Step):
    """The notice, proposed from the profile with the station's own name and phone filled in.

    Signals:
        proposed: the text is there to be read; before that nobody may go on.
    """

    proposed = Signal()

    def __init__(self, station: StationStep, tasks: Tasks) -> None:
        super().__init__(_("告知文本"), _("接待时告诉来访人怎样使用他的信息。可以按本地要求修改。"))
        self._station = station
        self._tasks = tasks
        self._proposed = ""
        self.text = LongField(_("告知文本"), limit=4000, lines=10)
        self.place([("notice_text", FormRow(_("告知文本"), self.text, needed=True))])

    def begin(self) -> None:
        """Propose the text, unless somebody has changed it."""
        super().begin()
        name, phone, today = self._station.name.value(), self._station.phone.value(), clock.today()
        self._tasks.run(
            lambda: local_rules.notice_text(profiles.load_default(), today, station=name, phone=phone),
            done=self._propose,
            owner=self,
        )

    @property
    def is_there(self) -> bool:
        """Whether a text has been proposed."""
        return bool(self._proposed)

    def is_good(self) -> bool:
        """There must be a text."""
        good = bool(self.text.value())
        self.rows["notice_text"].set_problem("" if good else _("告知文本不能为空"))
        return good

    def _propose(self, text: str) -> None:
        if self.text.value() in ("", self._proposed):
            self._proposed = text.strip()
            self.text.set_text(text)
        self.proposed.emit()
