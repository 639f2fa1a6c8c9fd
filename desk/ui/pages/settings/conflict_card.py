"""One open conflict: both values side by side, what they began from, the ways to close it, and the result.

Sentences that differ are bold and underlined, so that they are told without colour. A way only shows what
will stand; it is settled by a second press.
"""

from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desk.rules.sentence_marks import Pieces
from desk.services.tray.values import Clear, Kind, Question, Side, Way
from desk.text import _
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.fields import LongField
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.key_hint import KeyButton

_WAYS: tuple[Way, ...] = ("theirs", "mine", "both", "third")


def way_words(way: Way, kind: Kind) -> str:
    """Return what the button of a way says."""
    if kind == "state":
        return _("知道了，按现在的状态")
    if kind == "number":
        return _("知道了，两个编号都留着")
    if kind == "void":
        return _("作废这条记录") if way == "mine" else _("记录保持有效")
    words = {
        "theirs": _("保留现在的"),
        "mine": _("改用没用上的"),
        "both": _("两份都留"),
        "third": _("另写一份"),
    }
    return words[way]


def signed(side: Side) -> str:
    """Say who wrote a value and when, as far as it is known."""
    who = _("{who}（本人）").format(who=side.who) if side.is_me and side.who else side.who
    return " · ".join(filter(None, (who, when(side.at))))


def when(at: datetime | None) -> str:
    """Return day and time, "" where nobody knows."""
    return f"{at:%Y-%m-%d %H:%M}" if at is not None else ""


class SideFrame(QFrame):
    """One of the two values under its heading, as one text with the differing sentences marked."""

    def __init__(self, heading: str, *, stands: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        if stands:
            self.setProperty("tone", "stands")
        self._heading = heading
        self._who = label("", "soft", wrap=True)
        self.words = label("", wrap=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setLayout(column(label(heading, "strong"), self._who, self.words, None, gap=4, margin=10))

    def show_side(self, side: Side) -> None:
        """Show a value with its writer."""
        more = _("冲突以后又改过") if side.edited else ""
        self._who.setText(" · ".join(filter(None, (signed(side), more))))
        self._who.setVisible(bool(self._who.text()))
        self._say(side.text, _marked(side.pieces) if side.pieces else _plain(side.text), side.pieces)

    def show_text(self, text: str) -> None:
        """Show a value in clear."""
        self._say(text, _plain(text), ())

    def _say(self, text: str, rich: str, pieces: Pieces) -> None:
        self.words.setText(rich)
        different = "".join(each.text for each in pieces if each.differs)
        told = _("{heading}：{text}").format(heading=self._heading, text=text)
        self.words.setAccessibleName(
            _("{told}。不同的句子：{different}").format(told=told, different=different) if different else told
        )


class ConflictCard(QWidget):
    """Shows one question and asks for a decision.

    Signals:
        looked: the result of a way is to be shown; way and typed text.
        settled: the way just shown is to stand; way and typed text.
        revealed: the starred values are wanted in clear.
        opened: the record is to be shown.
        unfolded: a widget that has just got its place below the texts.
    """

    looked = Signal(str, str)
    settled = Signal(str, str)
    revealed = Signal()
    opened = Signal()
    unfolded = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: Way = "theirs"
        self._kind: Kind = "value"
        self._title = label("", "heading", wrap=True)
        self._sentence = label("", wrap=True)
        self.theirs = SideFrame(_("现在的内容"), stands=True)
        self.mine = SideFrame(_("没有用上的改动"), stands=False)
        self._before = label("", "soft", wrap=True)
        self.reveal = KeyButton(_("显示号码"), kind="row")
        self.open = KeyButton(_("打开记录"), kind="row")
        self.ways = {way: KeyButton(way_words(way, "value"), f"Alt {at}") for at, way in enumerate(_WAYS, 1)}
        self.text = LongField(_("另写一份"), limit=20_000)
        self.show_third = KeyButton(_("看结果"), kind="row")
        self._result = label("", wrap=True)
        self.settle, self.again = KeyButton(_("就这样定"), kind="main"), KeyButton(_("再想想"))
        self._note = label(_("这一处只有能改这一项的人可以定。"), "soft", wrap=True)
        self._third, self._preview = QWidget(), QFrame()
        self._lay_out()
        self._connect()

    def show_question(self, asked: Question) -> None:
        """Show a question; what was begun for another one is put away."""
        self._kind = asked.kind
        self._title.setText(asked.title)
        self._sentence.setText(asked.sentence)
        self._sentence.setVisible(bool(asked.sentence))
        self.theirs.show_side(asked.theirs)
        self.mine.show_side(asked.mine)
        self._show_before(asked.before)
        self.reveal.setVisible(asked.starred)
        for at, (way, button) in enumerate(self.ways.items(), 1):
            words = way_words(way, asked.kind)
            button.setText(words)
            # New words take the key away.
            button.setShortcut(f"Alt+{at}")
            button.setAccessibleName(words)
            button.setVisible(way in asked.ways and asked.may_close)
        self._note.setVisible(not asked.may_close)
        self.text.set_text(asked.theirs.text)
        self._put_away()

    def show_clear(self, clear: Clear) -> None:
        """Show the starred values in clear."""
        self.theirs.show_text(clear.theirs)
        self.mine.show_text(clear.mine)
        self._show_before(clear.before)

    def show_result(self, text: str) -> None:
        """Show what will stand, to be settled or left."""
        self._result.setText(_("定下以后是：\n{text}").format(text=text))
        self._preview.show()
        self.settle.setFocus()
        self.unfolded.emit(self.settle)

    def refuse(self, sentence: str) -> None:
        """Say at the text why it cannot stand."""
        self.text.set_wrong(True)
        self._result.setText(sentence)

    def first_way(self) -> None:
        """Take the keyboard to the first way that is open."""
        for button in self.ways.values():
            if not button.isHidden():
                button.setFocus()
                return
        self.open.setFocus()

    def _lay_out(self) -> None:
        sides = QGridLayout()
        sides.setSpacing(10)
        sides.addWidget(self.theirs, 0, 0)
        sides.addWidget(self.mine, 0, 1)
        for at in (0, 1):
            sides.setColumnStretch(at, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        for button in self.ways.values():
            flow.addWidget(button)
        more = QWidget()
        aside = FlowLayout(more, gap=8)
        for button in (self.reveal, self.open):
            aside.addWidget(button)
        self._third.setLayout(column(self.text, row(self.show_third, None), gap=6))
        self._preview.setProperty("role", "side")
        self._preview.setLayout(column(self._result, row(self.settle, self.again, None), gap=8, margin=10))
        parts = (self._title, self._sentence, sides, self._before, more, self._note)
        self.setLayout(column(*parts, buttons, self._third, self._preview, None))

    def _connect(self) -> None:
        for way, button in self.ways.items():
            button.clicked.connect(lambda _on=False, chosen=way: self._on_way(chosen))
        self.show_third.clicked.connect(lambda: self.looked.emit("third", self.text.value()))
        self.settle.clicked.connect(self._on_settle)
        self.again.clicked.connect(self._put_away)
        self.again.clicked.connect(self.first_way)
        self.reveal.clicked.connect(self.revealed)
        self.open.clicked.connect(self.opened)

    def _on_way(self, way: Way) -> None:
        self._put_away()
        self._way = way
        if way == "third":
            self._third.show()
            self.text.setFocus()
            self.unfolded.emit(self.show_third)
        else:
            self.looked.emit(way, "")

    def _on_settle(self) -> None:
        self.settled.emit(self._way, self.text.value() if self._way == "third" else "")

    def _put_away(self) -> None:
        self._preview.hide()
        self._third.hide()
        self.text.set_wrong(False)

    def _show_before(self, before: str | None) -> None:
        told = _("本机不知道") if before is None else before
        self._before.setText(_("两边改之前：{before}").format(before=told))
        self._before.setVisible(self._kind not in ("void", "number"))


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _marked(pieces: Pieces) -> str:
    return "".join(
        f"<b><u>{_plain(each.text)}</u></b>" if each.differs else _plain(each.text) for each in pieces
    )
