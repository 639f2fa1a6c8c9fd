"""Settings of this PC: its letter in numbers, where its data are, and whether they are whole."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desk import paths
from desk.settings import CAMERA_FOLDER
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import label, row, rule
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
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
        self._camera = LineField(_("相机或高拍仪的文件夹"), limit=300, hint=_("还没有选"))
        self._camera.setReadOnly(True)
        check = QPushButton(_("核验数据"))
        check.clicked.connect(self._on_check)
        self._veil = BusyVeil(self)
        self.box.addWidget(self._letter)
        self.box.addWidget(label(_("数据文件夹：{path}").format(path=paths.data_folder()), wrap=True))
        self.box.addWidget(
            label(_("站里其他电脑的记录经县级平台过来，见“县级平台”一项。"), "soft", wrap=True)
        )
        self.box.addWidget(self._keyring)
        self.box.addWidget(
            label(_("核验检查加密、完整性、操作记录链和每一行的来历，大约一分钟。"), "soft", wrap=True)
        )
        self.box.addLayout(row(check, None))
        self.box.addWidget(self._report)
        self.box.addWidget(rule())
        self.box.addWidget(FormRow(_("相机或高拍仪的文件夹"), self._camera))
        choose, clear = QPushButton(_("选文件夹…")), QPushButton(_("不用了"))
        choose.clicked.connect(self._on_choose)
        clear.clicked.connect(lambda: self._keep_camera(""))
        self.box.addLayout(row(choose, clear, None))
        self.box.addWidget(
            label(
                _("这个文件夹里有了新照片，登记来访时会问要不要收进来；原图没有加密，收好后可以删。"),
                "soft",
                wrap=True,
            )
        )
        self.box.addStretch(1)

    def load(self) -> None:
        """Ask for the letter, and whether the passwords hang on a keyring."""
        services, run = self.context.services, self.context.tasks.run
        run(services.station.get, done=self._show, owner=self, topic="letter")
        run(
            lambda: services.settings.get(CAMERA_FOLDER),
            done=self._camera.setText,
            owner=self,
            topic="camera",
        )
        run(services.users.keyring_note, done=self._show_keyring, owner=self, topic="keyring")

    def _show(self, station: "Station") -> None:
        self._letter.setText(_("本机字母：{letter}").format(letter=station.device_letter))

    def _show_keyring(self, note: str) -> None:
        self._keyring.setText(note or _("密码由系统密钥环加固，硬盘拿到别的电脑上打不开。"))

    def _on_choose(self) -> None:
        self.context.notices.choose_folder(
            _("选相机或高拍仪存照片的文件夹"), lambda folder: self._keep_camera(str(folder))
        )

    def _keep_camera(self, folder: str) -> None:
        settings = self.context.services.settings
        self.context.tasks.run(
            lambda: settings.set(CAMERA_FOLDER, folder),
            done=lambda _done: self.load(),
            owner=self,
            lane="write",
        )

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
