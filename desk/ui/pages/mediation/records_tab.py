"""A tab of numbered records, such as 调查 and 调解过程: a list above, the form of one below."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk.rules.mediation_states import OPEN_TO_REGISTRAR, TAKEN
from desk.services.mediation.forms import CaseForm
from desk.services.mediation.values import CaseCard, CaseFrame
from desk.text import _
from desk.ui.pages.mediation.begun_part import BegunPart
from desk.ui.pages.mediation.fields import Fields
from desk.ui.pages.mediation.form_text import from_text, restored, with_base
from desk.ui.pages.mediation.local_lines import added
from desk.ui.pages.mediation.tab_part import FormPart, Work
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.boxes import label, row
from desk.ui.parts.card import Card
from desk.ui.parts.columns import reveal
from desk.ui.parts.cursor import put_cursor
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.table import Column, PagedTable
from desk.ui.parts.writer import Gap

Record = TypeVar("Record")

_ID = "id"


class RecordKind(BegunPart[Any], FormPart, Generic[Record]):
    """What a record is called, how it is shown, written, saved and made void."""

    text_name = ""
    noun = ""
    words = ""
    kind: type[Any]

    def columns(self) -> Sequence[Column]:
        """Return the columns of the list."""
        raise NotImplementedError

    def lay_out(self, card: Card) -> Iterator[None]:
        """Build the form into its card, in slices."""
        raise NotImplementedError

    def records(self, card: CaseCard) -> Sequence[Any]:
        """Return the records of the case."""
        raise NotImplementedError

    def form_of(self, record: Any) -> Any:
        """Return a record as it was typed."""
        raise NotImplementedError

    def fresh(self, card: CaseCard) -> Any:
        """Return the form of a new record."""
        raise NotImplementedError

    def put(self, case_id: str, form: Any, record_id: str, base: Any) -> Work:
        """Return how a record is saved; `base` is the form as it was read, None for a new one."""
        raise NotImplementedError

    def take_away(self, case_id: str, record_id: str, reason: str) -> Work:
        """Return how a record is made void."""
        raise NotImplementedError

    def now(self) -> Any:
        """Return the form as it stands."""
        return self.fields.read_into(self.began.base)

    def paint(self, form: Any) -> None:
        """Show a form."""
        self.fields.paint(form)


class RecordsTab(RecordKind[Record]):
    """The list and the form of one kind of record."""

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(frame, parent)
        self.fields = Fields(self)
        self.forms = (self.fields,)
        self._record_id = ""
        self._known: set[str] = set()
        self.began: Beginning[Any] = Beginning(self.kind())
        self.table = PagedTable(_(self.words), self.columns())
        self.new = KeyButton(_("＋ 一次{what}").format(what=_(self.words)), kind="row")
        self.drop = QPushButton(_("作废这次记录"))
        self.drop.setProperty("kind", "link")
        self.keep = KeyButton(_("保存这次记录"), "Ctrl Enter", "main")
        self.cancel = KeyButton(_("收起"))
        self._none = label("", "soft", wrap=True)
        self.list_card = Card(_(self.words))
        self.list_card.add(self._none)
        self.list_card.add(self.table)
        self.list_card.add(row(self.new, None))
        self.form_card = Card(" ")
        self.form_card.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.list_card)
        box.addWidget(self.form_card)
        box.addStretch(1)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda _index: self._open(self.table.key()))
        self.new.clicked.connect(lambda: self.begin(""))
        self.keep.clicked.connect(self.finish)
        self.cancel.clicked.connect(self._fold)
        self.drop.clicked.connect(self._on_drop)
        self.fields.touched.connect(lambda _name: self.touch())

    def rest(self) -> Iterator[None]:
        """Build the form of one record, row by row."""
        yield from self.lay_out(self.form_card)
        yield
        self.form_card.add(added(self.fields, self.frame.local.get(self.noun, ())))
        self.form_card.add(row(self.drop, None, self.cancel, self.keep, gap=8))

    def show_card(self, card: CaseCard, form: CaseForm) -> None:
        """Show the records; what is half typed stays."""
        super().show_card(card, form)
        records = self.records(card)
        self.table.show_rows(records)
        if self._record_id and not self.dirty:
            found = self.stands(card, form)
            if found is None:
                # It was made void.
                self._close()
            elif found != self.began.base:
                # It was changed elsewhere.
                self.paint(found)
                self.began.show(found, self.now())
        self.table.fit_height(6)
        self.table.setVisible(bool(records))
        self._none.setVisible(not records)
        waits = (
            _("受理以后，在这里记{what}。") if card.state in OPEN_TO_REGISTRAR else _("还没有{what}记录。")
        )
        self._none.setText(waits.format(what=_(self.words)))
        self.new.setVisible(card.state in TAKEN)

    def begin(self, verb: str) -> None:  # noqa: ARG002 - one form for every way here
        """Open the form of a new record, unless one is half typed."""
        if self.card is not None and not self.dirty:
            self._show(self.fresh(self.card), "")

    def stands(self, card: CaseCard, form: CaseForm) -> Any:  # noqa: ARG002 - the card has the records
        """Return the record that is open as it was typed, None for a new one."""
        found = next((each for each in self.records(card) if each.id == self._record_id), None)
        return self.form_of(found) if found is not None else None

    def finish(self) -> bool:
        """Save the record that is open, by way of the case: what is typed elsewhere is saved with it."""
        if self.form_card.isHidden():
            return False
        self.dirty = True
        self.asked.emit(_nothing, "")
        return True

    def save(self) -> Work | None:
        """Return how to save the record that is open."""
        if self.card is None or self.form_card.isHidden():
            return None
        form, base = self.began.typed(self.now()), self.began.base if self._record_id else None
        return self.put(self.card.id, form, self._record_id, base)

    def sending(self) -> None:
        """Remember which records there are while another one is on its way."""
        self._known = {each.id for each in self.records(self.card)} if self.card is not None else set()
        super().sending()

    def overtaken(self, card: CaseCard, form: CaseForm) -> None:
        """Leave the form open for what was typed meanwhile; it is one of the list now."""
        new = [each for each in self.records(card) if each.id not in self._known]
        # Another desk's record may have come at the same time.
        mine = [each for each in new if self.began.is_sent(self.form_of(each))] or new
        self._record_id = self._record_id or (mine[-1].id if mine else "")
        super().overtaken(card, form)

    def saved(self) -> None:
        """Close the form: the record is in the list."""
        if self.dirty:
            self.dirty = False
            self._close()

    def typed(self) -> dict[str, str]:
        """Return the record that is open if something was changed."""
        if not self.dirty:
            return {}
        texts = with_base(self.text_name, self.began.typed(self.now()), self.began.base)
        return {**texts, f"{self.text_name}.{_ID}": self._record_id}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Show what was half typed."""
        if self.text_name in texts:
            record_id = texts.get(f"{self.text_name}.{_ID}", "")
            found = [each for each in self.records(self.card) if each.id == record_id] if self.card else []
            typed = from_text(self.kind, texts[self.text_name])
            if found:
                self.began.show(self.form_of(found[0]), self.form_of(found[0]))
                typed = restored(self.began, self.kind, texts, self.text_name)
            base = self.began.base if found else typed
            self._show(typed, record_id)
            self.began.show(base, base)
            self.dirty = True

    def mark(self, gaps: list[Gap]) -> str:
        """Say what is missing beside the fields of the form that is open."""
        return "" if self.form_card.isHidden() else self.fields.mark(gaps)

    def unreadable(self) -> list[Gap]:
        """Return times that cannot be read."""
        return [] if self.form_card.isHidden() else self.fields.unreadable()

    def go_to(self, name: str) -> bool:
        """Put the focus into a field of the form, or on the button that opens one."""
        if self.form_card.isHidden():
            put_cursor(self.new)
            return True
        return self.fields.go_to(name)

    def _open(self, record_id: str) -> None:
        if self.card is None or self.dirty:
            return
        found = next((each for each in self.records(self.card) if each.id == record_id), None)
        if found is not None:
            self._show(self.form_of(found), record_id)

    def _show(self, form: Any, record_id: str) -> None:
        self.turned.emit()
        self._record_id = record_id
        self.paint(form)
        self.began.show(form, self.now())
        self.form_card.set_title(
            _("改{what}记录").format(what=_(self.words))
            if record_id
            else _("一次{what}").format(what=_(self.words))
        )
        self.drop.setVisible(bool(record_id))
        self.form_card.show()
        reveal(self.form_card)

    def _fold(self) -> None:
        if self.dirty:
            self.sure_wanted.emit(
                _("这次{what}还有没保存的内容，收起就不留了。").format(what=_(self.words)),
                _("不留了，收起"),
                _("接着写"),
                self._close,
            )
        else:
            self._close()

    def _close(self) -> None:
        self.turned.emit()
        self.dirty = False
        self._record_id = ""
        self.form_card.hide()
        put_cursor(self.new)

    def _on_drop(self) -> None:
        if self.card is not None and self._record_id:
            # The form is closed once the record is gone: who thinks better of it writes on.
            case_id, record_id = self.card.id, self._record_id
            self.reason_wanted.emit(
                _("为什么作废这次记录？（会记入审计）"), lambda why: self.take_away(case_id, record_id, why)
            )


class _Unchanged:
    changed: frozenset[str] = frozenset()


def _nothing(_services: object) -> _Unchanged:
    """Do nothing more: saving was all that was wanted."""
    return _Unchanged()
