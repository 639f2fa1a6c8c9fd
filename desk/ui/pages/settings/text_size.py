"""Settings of the text size of this PC."""

from PySide6.QtWidgets import QApplication

from desk.settings import TEXT_SIZE
from desk.text import _
from desk.ui import style
from desk.ui.context import Context
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import label
from desk.ui.parts.chips import Chips


class TextSizeSection(Section):
    """100, 125 or 150 per cent; seen at once."""

    title = "文字大小"
    words = "选中立刻看到效果。长者使用建议 150 %。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._chips = Chips(_("文字大小"), [(str(percent), f"{percent} %") for percent in style.PERCENTS])
        self._chips.chosen.connect(self._on_chosen)
        self.box.addWidget(self._chips)
        self.box.addWidget(
            label(_("一张笑脸，一杯热茶，一份记录，一句安慰，一个反馈，一个满意。"), wrap=True)
        )
        self.box.addStretch(1)

    def load(self) -> None:
        """Show the size in use."""
        self._chips.set_value(str(style.current().percent))

    def _on_chosen(self, percent: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            style.apply(app, int(percent))
        settings = self.context.services.settings
        self.context.tasks.run(lambda: settings.set(TEXT_SIZE, percent), owner=self, lane="write")
