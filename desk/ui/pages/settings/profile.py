"""Settings of the local rules: every row with its source, the county's file, and the station's own values."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton

from desk import clock
from desk.rules.profile import Profile, Row
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.rule_names import rule_name, shown
from desk.ui.pages.settings.section import Section, beside
from desk.ui.parts.boxes import label, row
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.profiles import ProfileOffer


_FLAGS = {"是": True, "否": False}


class ProfileSection(Section):
    """The table of rules, a field for the chosen one, and the import of a file."""

    title = "本地规则"
    words = (
        "期限、颜色、类别、编号等都在这里，写明出处。县里没有规定的标“本地设定”，可以改；"
        "改动从当天起用，已开始计时的按原来的算。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[str, Row] = {}
        self._table = PagedTable(
            _("本地规则"),
            [
                Column(_("规则"), lambda each: rule_name(each.key), 13, strong=True),
                Column(_("值"), lambda each: shown(each.value, each.unit)),
                Column(_("从何时起"), lambda each: f"{each.valid_from:%Y-%m-%d}", 7, soft=True),
                Column(_("出处"), lambda each: each.source, 12, soft=True),
            ],
            key=lambda each: each.key,
        )
        self._table.chosen.connect(self._on_chosen)
        self._version = label("", "label")
        self._value = LineField(_("改为"), limit=2000)
        self._row = FormRow(_("改为"), self._value)
        self._change = QPushButton(_("改为本地设定"))
        self._change.clicked.connect(self._on_change)
        load = QPushButton(_("导入县里的规则文件…"))
        load.clicked.connect(self._on_import)
        self.box.addLayout(row(self._version, None, load))
        self.box.addWidget(self._table, 1)
        self.box.addLayout(beside(self._row, self._change, fills=True))

    def load(self) -> None:
        """Ask for the profile in force."""
        self.context.tasks.run(self.context.services.profiles.current, done=self._show, owner=self)

    def _show(self, profile: Profile) -> None:
        today = clock.today()
        keys = dict.fromkeys(each.key for each in profile.all_rows)
        self._rows = {key: profile.row(key, today) for key in keys}
        self._version.setText(f"{profile.name} {profile.version}")
        self._table.show_rows(tuple(self._rows.values()))

    def _on_chosen(self, key: str) -> None:
        chosen = self._rows[key]
        simple = isinstance(chosen.value, int | str)
        is_number = isinstance(chosen.value, int) and not isinstance(chosen.value, bool)
        self._row.set_problem("")
        self._value.setText(str(chosen.value) if is_number else shown(chosen.value, chosen.unit))
        self._value.setReadOnly(not simple)
        self._change.setEnabled(simple)

    def _on_change(self) -> None:
        chosen = self._rows.get(self._table.key())
        if chosen is None:
            return
        typed: Any = self._value.value()
        if isinstance(chosen.value, bool):
            if typed not in _FLAGS:
                self._row.set_problem(_("这里要填“是”或“否”"))
                return
            typed = _FLAGS[typed]
        elif isinstance(chosen.value, int):
            if not typed.isdecimal():
                self._row.set_problem(_("这里要填数字"))
                return
            typed = int(typed)
        profiles, key = self.context.services.profiles, chosen.key
        self.context.tasks.run(
            lambda: profiles.change(key, typed),
            done=self._on_kept,
            failed=self.refused,
            owner=self,
            lane="write",
        )

    def _on_kept(self, _done: object) -> None:
        self.context.notices.info(_("已改，从今天起用"))
        self.load()

    def _on_import(self) -> None:
        self.context.notices.choose_file(_("选规则文件"), _("规则文件 (*.toml *.json)"), self._offer)

    def _offer(self, path: Path) -> None:
        profiles = self.context.services.profiles

        def look() -> tuple[bytes, Any]:
            data = path.read_bytes()
            return data, profiles.offer(data)

        self.context.tasks.run(look, done=self._on_offer, failed=self.refused, owner=self)

    def _on_offer(self, looked: "tuple[bytes, ProfileOffer]") -> None:
        data, offer = looked
        lines = [
            _("{name} {version}，共改动 {count} 条").format(
                name=offer.name, version=offer.version, count=len(offer.changes)
            )
        ]
        lines += [f"· {rule_name(each.key)}（{_day(each.valid_from)}）" for each in offer.changes[:8]]
        if offer.needs == "fingerprint":
            lines.append(
                _("第一次使用，请打电话给县级工作机构核对指纹：{print}").format(print=offer.fingerprint)
            )
        if offer.needs == "local":
            lines.append(_("这个文件没有县里的签名，只能作为本站设定使用。"))
        self.context.notices.ask("\n".join(lines), _("采用"), _("不采用"), lambda: self._accept(data, offer))

    def _accept(self, data: bytes, offer: "ProfileOffer") -> None:
        profiles = self.context.services.profiles
        self.context.tasks.run(
            lambda: profiles.accept(data, fingerprint=offer.fingerprint, as_local=offer.needs == "local"),
            done=self._on_kept,
            failed=self.refused,
            owner=self,
            lane="write",
        )


def _day(day: date) -> str:
    return _("{day} 起").format(day=f"{day:%Y-%m-%d}")
