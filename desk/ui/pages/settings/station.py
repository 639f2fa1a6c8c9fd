"""Settings of the station: what stands on receipts and boards, and the notice visitors are told."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desk.errors import Problem
from desk.rules.labels import STATION_KIND, STATION_LEVEL
from desk.services.overtaken import Overtaken
from desk.services.station import Station
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import label, row
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField, LongField
from desk.ui.parts.follower import Follower, unfollowed
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.overtaken_bar import OvertakenBar

if TYPE_CHECKING:
    from desk.services.outcome import Done
    from desk.services.station import OtherStation

_LINES = ("name", "code", "area", "address", "phone", "open_hours")


class StationSection(Section):
    """Name, code, kind, level, area, address, phone, hours and notice."""

    title = "站点"
    words = "印在回执、公示牌和台账上。改了名称或电话，新打印的回执才用新的。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown = False
        self.which = Combo()
        self.which.setAccessibleDescription(_("哪个站点"))
        self.which.activated.connect(self._ask)
        self._pick = FormRow(_("哪个站点（县里可以改各站的资料，同步后站点照此显示）"), self.which)
        self._pick.hide()
        self._lines = {
            "name": LineField(_("联络站名称"), limit=60),
            "code": LineField(_("站点编号"), limit=20, digits=True),
            "area": LineField(_("联系范围"), limit=100),
            "address": LineField(_("地址"), limit=100),
            "phone": LineField(_("联系电话"), limit=30, digits=True),
            "open_hours": LineField(_("开放时间"), limit=60, hint=_("如：每周三 9:00–11:30")),
        }
        self._kind = Combo([(code, _(words)) for code, words in STATION_KIND.items()])
        self._level = Combo([(code, _(words)) for code, words in STATION_LEVEL.items()])
        self._notice = LongField(_("告知文本"), limit=4000, lines=6)
        self._locked = frozenset[str]()
        self.overtaken = OvertakenBar()
        self.began = Beginning(Station())
        self.forms = ((self.began, self._value),)
        self._asker = Follower(
            context, self.overtaken, self.began, unfollowed(self._value, self._paint), self
        )
        self.why = label(_("这台电脑只能查看站点的资料，要改请联系站点或县里。"), "soft", wrap=True)
        self.why.hide()
        self.save = save = QPushButton(_("保存"))
        save.setProperty("kind", "main")
        save.clicked.connect(self._on_save)
        for name, field in self._lines.items():
            self.rows[name] = FormRow(field.accessibleName(), field, needed=name == "name")
        of = self.rows
        self.box.addWidget(self._pick)
        self.box.addWidget(self.overtaken)
        self.box.addLayout(row(of["name"], of["code"]))
        self.box.addLayout(row(FormRow(_("类型"), self._kind), FormRow(_("级别"), self._level), of["area"]))
        self.box.addLayout(row(of["address"], of["phone"], of["open_hours"]))
        self.box.addWidget(FormRow(_("告知文本（改动后按今天的日期编版本）"), self._notice), 1)
        self.box.addLayout(row(self.why, None, save))

    def load(self) -> None:
        """Ask for the station; at a desk of the county also which others there are."""
        others = self.context.services.station.others
        self.context.tasks.run(others, done=self._show_others, owner=self, topic="stations")
        self._ask()

    def _show_others(self, others: "tuple[OtherStation, ...]") -> None:
        self.which.set_choices([("", _("本单位")), *((each.id, each.name) for each in others)])
        self._pick.setVisible(bool(others))
        self._locked = frozenset(each.id for each in others if not each.changeable)
        self._lock()

    def _ask(self, _index: int = 0) -> None:
        stations, station_id = self.context.services.station, self.which.value()
        self.context.tasks.run(lambda: stations.get(station_id), done=self._show, owner=self, topic="station")

    def _show(self, station: Station) -> None:
        self._shown = True
        self._asker.begin(station)
        self._lock()

    def _paint(self, station: Station) -> None:
        for name in _LINES:
            self._lines[name].setText(getattr(station, name))
        self._kind.set_value(station.kind)
        self._level.set_value(station.level)
        self._notice.set_text(station.notice_text)

    def _lock(self) -> None:
        """Make the fields of a card that is not this desk's to change read-only, and say why."""
        locked = self.which.value() in self._locked
        for field in self._lines.values():
            field.setReadOnly(locked)
        self._notice.setReadOnly(locked)
        for choice in (self._kind, self._level):
            choice.setEnabled(not locked)
        self.save.setEnabled(not locked)
        self.why.setVisible(locked)

    def _on_save(self) -> None:
        if not self._shown:
            return
        now = self._value()
        changed, base = self.began.typed(now), self.began.base
        self.began.sending(now)
        stations, station_id = self.context.services.station, self.which.value()
        self.context.tasks.run(
            lambda: stations.update(changed, station_id, base),
            done=partial(self._on_saved, station_id),
            failed=partial(self._refused, station_id),
            owner=self,
            lane="write",
        )

    def _value(self) -> Station:
        return replace(
            self.began.base,
            **{name: self._lines[name].value() for name in _LINES},
            kind=self._kind.value(),
            level=self._level.value(),
            notice_text=self._notice.value(),
        )

    def _on_saved(self, station_id: str, done: "Done[Station]") -> None:
        self.context.notices.info(_("站点信息已保存"))
        if station_id == self.which.value():
            self.began.arrived(done.value)

    def _refused(self, station_id: str, problem: Problem) -> None:
        # Of another station than is in view by now nothing is asked over this one: a message says it.
        in_view = station_id == self.which.value()
        if not in_view or not isinstance(problem, Overtaken) or not self._asker.ask(problem):
            self.refused(problem)
