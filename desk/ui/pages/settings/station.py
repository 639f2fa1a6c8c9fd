"""Settings of the station: what stands on receipts and boards, and the notice visitors are told."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desk.rules.labels import STATION_KIND, STATION_LEVEL
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import row
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField, LongField
from desk.ui.parts.form_row import FormRow

if TYPE_CHECKING:
    from desk.services.station import Station

_LINES = ("name", "code", "area", "address", "phone", "open_hours")


class StationSection(Section):
    """Name, code, kind, level, area, address, phone, hours and notice."""

    title = "站点"
    words = "印在回执、公示牌和台账上。改了名称或电话，新打印的回执才用新的。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._station: Station | None = None
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
        save = QPushButton(_("保存"))
        save.setProperty("kind", "main")
        save.clicked.connect(self._on_save)
        for name, field in self._lines.items():
            self.rows[name] = FormRow(field.accessibleName(), field, needed=name == "name")
        of = self.rows
        self.box.addLayout(row(of["name"], of["code"]))
        self.box.addLayout(row(FormRow(_("类型"), self._kind), FormRow(_("级别"), self._level), of["area"]))
        self.box.addLayout(row(of["address"], of["phone"], of["open_hours"]))
        self.box.addWidget(FormRow(_("告知文本（改动后按今天的日期编版本）"), self._notice), 1)
        self.box.addLayout(row(None, save))

    def load(self) -> None:
        """Ask for the station."""
        self.context.tasks.run(self.context.services.station.get, done=self._show, owner=self)

    def _show(self, station: "Station") -> None:
        self._station = station
        for name in _LINES:
            self._lines[name].setText(getattr(station, name))
        self._kind.set_value(station.kind)
        self._level.set_value(station.level)
        self._notice.set_text(station.notice_text)

    def _on_save(self) -> None:
        if self._station is None:
            return
        typed = {name: self._lines[name].value() for name in _LINES}
        changed = replace(
            self._station,
            **typed,
            kind=self._kind.value(),
            level=self._level.value(),
            notice_text=self._notice.value(),
        )
        stations = self.context.services.station
        self.context.tasks.run(
            lambda: stations.update(changed),
            done=lambda _done: self.context.notices.info(_("站点信息已保存")),
            failed=self.refused,
            owner=self,
            lane="write",
        )
