"""The statutes while one cites: found by number or words, read in each version here, or typed by name."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QSizePolicy, QWidget

from desk.rules.statutes import Article, Found, Law
from desk.services.consultation.forms import CitationForm
from desk.services.consultation.library import Edition
from desk.text import _
from desk.ui.parts.boxes import label, row, tell
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.key_hint import KeyButton

_WORDS = Qt.ItemDataRole.UserRole + 1
_MOST_FOUND = 180
"""How high the list of what was found asks to be at most, in pixels."""
_LINES = 5
_AROUND = 21
"""How many lines of an article are read without scrolling, and what is around them in pixels."""
_NO_LIMIT = 16777215
"""Qt's own word for a height without a limit."""


class CiteCard(Card):
    """The statutes: type 民法典 188 or 高空抛物, Enter cites; what is not there is typed by name and place.

    Signals:
        typed: what to look for.
        looked_at: the CitationForm of the article in hand; its versions are wanted.
        cited: a CitationForm.
        left: the panel is to be put away.
    """

    typed = Signal(str)
    looked_at = Signal(object)
    cited = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("条文库"), parent=parent)
        self.field = _SearchLine()
        self.found = QListWidget()
        self.found.setAccessibleName(_("找到的条文"))
        self.found.setWordWrap(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._editions: tuple[Edition, ...] = ()
        self.version = Combo()
        self.version.setAccessibleDescription(_("引用哪一版"))
        # Above, not beside: at large text the day and the word behind it take the whole width.
        self._versions = FormRow(_("版本（施行日期）"), self.version)
        self._versions.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._versions.hide()
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName(_("条文全文"))
        self.words.setTabChangesFocus(True)
        self.words.hide()
        self._empty = label(_("没有找到。可以在下面录入名称与条号。"), "label", wrap=True)
        self.law = LineField(_("法律、法规名称"), limit=80, hint=_("名称，如 某市物业管理条例"))
        self.number = LineField(_("条号"), limit=30, hint=_("条、款、项"))
        self.day = DayField(_("施行日期"))
        self.day.setPlaceholderText(_("施行日期"))
        self._problem = label("", "problem", wrap=True)
        self.take = KeyButton(_("录入"), kind="row")
        self.close_button = KeyButton(_("收起"), "Esc", "row")
        self._lay_out()
        self._problem.hide()
        self._empty.hide()
        self.found.setMinimumHeight(_MOST_FOUND)
        self.field.textEdited.connect(self.typed)
        self.field.returnPressed.connect(self._on_enter)
        self.field.downwards.connect(self.found.setFocus)
        self.found.itemActivated.connect(self._on_item)
        self.found.currentItemChanged.connect(lambda item, _before: self._on_current(item))
        self.version.activated.connect(lambda _index: self._show_edition())
        self.take.clicked.connect(self._on_own)
        self.number.returnPressed.connect(self._on_own)
        self.day.returnPressed.connect(self._on_own)
        self.close_button.clicked.connect(self.left)

    def _lay_out(self) -> None:
        self.add(self.field)
        self.add(self.found, 1)
        self.add(self._versions)
        self.add(self.words)
        self.add(self._empty)
        own = row(gap=6)
        own.addWidget(self.number, 1)
        own.addWidget(self.day, 1)
        self.add(self.law)
        self.add(own)
        self.add(row(self.take, None, self.close_button))
        self.add(self._problem)

    def show_found(self, hits: Sequence[Found]) -> None:
        """Show what was found, the first ready to be cited."""
        self.found.clear()
        for hit in hits:
            if hit.article is None:
                continue
            subject = f"　{hit.article.subject}" if hit.article.subject else ""
            item = QListWidgetItem(f"{hit.law.short} {hit.article.number}{subject}")
            item.setToolTip(f"{hit.law.name}（{hit.law.version}）")
            item.setData(Qt.ItemDataRole.UserRole, _cited(hit.law, hit.article))
            item.setData(_WORDS, hit.article.words)
            self.found.addItem(item)
        self.found.setCurrentRow(0 if self.found.count() else -1)
        self._empty.setVisible(self.found.count() == 0 and bool(self.field.value()))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break what was found anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the room that what was found does not need to its words: at large text there is little."""
        first, last = self.found.item(0), self.found.item(self.found.count() - 1)
        # As they are broken at this width, which no hint of their size knows.
        top = self.found.visualItemRect(first).top() if first is not None else 0
        bottom = self.found.visualItemRect(last).bottom() if last is not None else 0
        needed = bottom - top + 1 + 2 * self.found.frameWidth() + 2
        short = first is not None and needed < _MOST_FOUND
        self.found.setMinimumHeight(needed if short else _MOST_FOUND)
        self.found.setMaximumHeight(needed if short else _NO_LIMIT)
        line = ceil(QFontMetricsF(self.words.font()).lineSpacing())
        self.words.setFixedHeight(line * _LINES + _AROUND)

    def show_editions(self, cited: CitationForm, editions: Sequence[Edition]) -> None:
        """Offer the versions of the article in hand, the one that was found chosen; nothing for another."""
        item = self.found.currentItem()
        if item is None or item.data(Qt.ItemDataRole.UserRole) != cited:
            return
        self._editions = tuple(editions)
        codes = [(str(place), _edition_words(each)) for place, each in enumerate(editions)]
        self.version.set_choices(codes)
        found = [place for place, each in enumerate(editions) if each.cited.version_on == cited.version_on]
        self.version.set_value(str(found[0]) if found else "0")
        self._versions.setVisible(len(editions) > 1)
        self._show_edition()

    def _on_current(self, item: QListWidgetItem | None) -> None:
        """Show the full text of the article in hand as far as it is known, and ask for its versions."""
        self._editions = ()
        self._versions.hide()
        self._show_words(item.data(_WORDS) if item is not None else "")
        if item is not None:
            self.looked_at.emit(item.data(Qt.ItemDataRole.UserRole))

    def _edition(self) -> Edition | None:
        return self._editions[int(self.version.value())] if self._editions else None

    def _show_edition(self) -> None:
        edition = self._edition()
        if edition is not None:
            self._show_words(edition.words)

    def _show_words(self, words: str) -> None:
        self.words.setPlainText(words)
        self.words.setVisible(bool(words))

    def _on_enter(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            self._on_item(item)

    def _on_item(self, item: QListWidgetItem) -> None:
        edition = self._edition() if item is self.found.currentItem() else None
        self.cited.emit(edition.cited if edition is not None else item.data(Qt.ItemDataRole.UserRole))

    def taken(self, cited: CitationForm) -> None:
        """Empty what was typed once it is cited; what was refused, or typed since, stays."""
        if cited == self._own():
            for field in (self.law, self.number, self.day):
                field.clear()

    def _own(self) -> CitationForm:
        return CitationForm(title=self.law.value(), article=self.number.value(), version_on=self.day.day())

    def _on_own(self) -> None:
        problem = day_problem(self.day.text())
        tell(self._problem, problem)
        if problem:
            self.day.setFocus()
        elif self.law.value():
            self.cited.emit(self._own())


class _SearchLine(LineField):
    """The line that searches; Down goes to what was found.

    Signals:
        downwards: Down was pressed.
    """

    downwards = Signal()

    def __init__(self) -> None:
        super().__init__(_("找条文"), limit=60, hint=_("如 民法典 188、高空抛物"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the line downwards."""
        if event.key() == Qt.Key.Key_Down:
            self.downwards.emit()
        else:
            super().keyPressEvent(event)


def _cited(law: Law, article: Article) -> CitationForm:
    """Return how an article that was found is cited: in the version it was found in."""
    return CitationForm(law.code, law.name, article.number.key, law.version_on)


def _edition_words(each: Edition) -> str:
    words = each.label.removesuffix(_("施行"))
    return _("{version}（最新）").format(version=words) if each.is_newest else words
