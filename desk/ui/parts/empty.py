"""What a list shows when there is nothing: a sentence, what to do, and a button that does it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.key_hint import KeyButton


class EmptyState(QWidget):
    """Says that there is nothing yet and how to begin; `button` is None without an action."""

    def __init__(
        self, sentence: str, advice: str = "", action: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        words = label(sentence, "strong", wrap=True)
        hint = label(advice, "label", wrap=True)
        for text in (words, hint):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = KeyButton(action, key) if action else None
        box = column(None, words, hint, gap=6)
        if self.button is not None:
            box.addLayout(row(None, self.button, None))
        box.addStretch(1)
        box.setContentsMargins(12, 18, 12, 18)
        self.setLayout(box)
        # Only now: shown without a parent it would be a window of its own and take the focus away.
        hint.setVisible(bool(advice))
