"""Settings of this PC: its letter in numbers, where its data are, and whether they are whole."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desk import paths
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import label, row
from desk.ui.parts.veil import BusyVeil

if TYPE_CHECKING:
    from desk.services.station import Station
    from desk.services.verify import Report


class DeviceSection(Section):
    """Letter, data folder, and the check of the whole store."""

    title = "本机"
    words = "每台电脑有一个字母，印在它给出的编号里（如 LF2026-A0312 的 A），几台电脑断网也不会重号。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._letter = label("", "strong")
        self._keyring = label("", wrap=True)
        self._report = label("", wrap=True)
        check = QPushButton(_("核验数据"))
        check.clicked.connect(self._on_check)
        self._veil = BusyVeil(self)
        self.box.addWidget(self._letter)
        self.box.addWidget(label(_("数据文件夹：{path}").format(path=paths.data_folder()), wrap=True))
        self.box.addWidget(label(_("没有连县级平台，这里只有这一台电脑。"), "soft", wrap=True))
        self.box.addWidget(self._keyring)
        self.box.addWidget(
            label(_("核验检查加密、完整性、操作记录链和每一行的来历，大约一分钟。"), "soft", wrap=True)
        )
        self.box.addLayout(row(check, None))
        self.box.addWidget(self._report)
        self.box.addStretch(1)

    def load(self) -> None:
        """Ask for the letter, and whether the passwords hang on a keyring."""
        services, run = self.context.services, self.context.tasks.run
        run(services.station.get, done=self._show, owner=self, topic="letter")
        run(services.users.keyring_note, done=self._show_keyring, owner=self, topic="keyring")

    def _show(self, station: "Station") -> None:
        self._letter.setText(_("本机字母：{letter}").format(letter=station.device_letter))

    def _show_keyring(self, note: str) -> None:
        self._keyring.setText(note or _("密码由系统密钥环加固，硬盘拿到别的电脑上打不开。"))

    def _on_check(self) -> None:
        self._veil.cover(_("正在核验…"))
        self.context.tasks.run(
            self.context.services.verify.run,
            done=self._on_report,
            failed=self.refused,
            ended=self._veil.lift,
            owner=self,
            lane="free",
        )

    def _on_report(self, report: "Report") -> None:
        self._report.setText("\n".join(report.lines))
