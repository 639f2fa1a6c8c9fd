"""What stands beside the consultations: joint reception days, declared interests, the library's imports."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.interest_tool import InterestTool
from desk.ui.pages.consultation.joint_tool import JointTool
from desk.ui.pages.consultation.library_tool import LibraryTool
from desk.ui.parts.boxes import row
from desk.ui.parts.key_hint import KeyButton


class Tools(QWidget):
    """One tool at a time, and the way back to the list.

    Signals:
        left: back to the list.
    """

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = KeyButton(_("返回列表"), "Esc", "row")
        self.interests, self.library, self.joint = (
            InterestTool(context),
            LibraryTool(context),
            JointTool(context),
        )
        self._stack = QStackedWidget()
        self._tools: dict[str, InterestTool | LibraryTool | JointTool] = {
            "interests": self.interests,
            "library": self.library,
            "joint_days": self.joint,
        }
        for tool in self._tools.values():
            self._stack.addWidget(tool)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row(self.back, None))
        box.addWidget(self._stack, 1)
        self.back.clicked.connect(self.left)

    def show_tool(self, which: str) -> None:
        """Show a tool and ask for what it holds."""
        tool = self._tools[which]
        self._stack.setCurrentWidget(tool)
        tool.load()
        tool.setFocus()
