"""A white card with a heading, a word beside it, and whatever it holds."""

from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.ui.parts.boxes import label, row


class Card(QFrame):
    """A framed piece of a page. Without a title it is only the frame."""

    def __init__(self, title: str = "", aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._heading = label(title, "heading")
        self._aside = label(aside, "label")
        self.head = row(self._heading, None, self._aside, gap=8)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(10)
        self.body.addLayout(self.head)
        self._heading.setVisible(bool(title))
        self._aside.setVisible(bool(aside))

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or layout under what is already there."""
        if isinstance(item, QLayout):
            self.body.addLayout(item, stretch)
        else:
            self.body.addWidget(item, stretch)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._heading.setText(title)
        self._heading.setVisible(bool(title))

    def set_aside(self, text: str) -> None:
        """Change the small word on the right of the heading."""
        self._aside.setText(text)
        self._aside.setVisible(bool(text))
