"""One small oral case as it is worked on: draft on disk, finish in one step, or go the long way."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desk import clock
from desk.services.drafts import Draft
from desk.services.mediation.forms import AgreementForm, CaseForm, SmallCaseForm
from desk.services.mediation.values import CaseCard, CaseFrame
from desk.services.outcome import Done
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation.agreement_tab import AGREEMENT
from desk.ui.pages.mediation.begun_part import began_with
from desk.ui.pages.mediation.fields import Fields
from desk.ui.pages.mediation.form_text import SMALL, base_of, from_text, to_text, with_base
from desk.ui.pages.mediation.small_view import SmallView, fresh
from desk.ui.parts.beginning import Beginning
from desk.ui.parts.draft_keeper import DraftKeeper
from desk.ui.parts.follower import Follower, unfollowed
from desk.ui.parts.veil import BusyVeil
from desk.ui.parts.writer import Gap, Writer

_SHORT = 8


class SmallCase(QObject):
    """A tab with the one page.

    Signals:
        renamed: the words of its tab changed.
        closed: it was given up.
        settled: it has become a case, which is shown in its place; the id.
        print_wanted: the papers of the case that is being shown next are to be printed.
    """

    renamed = Signal()
    closed = Signal()
    settled = Signal(str)
    print_wanted = Signal()

    def __init__(
        self, context: Context, key: str, frame: CaseFrame, parent: QObject, *, case_id: str = ""
    ) -> None:
        """Args: `key` names tab and draft; `case_id` is a case that is registered already, "" for none."""
        super().__init__(parent)
        self.key = key
        self.case_id = case_id
        self.view = SmallView(context, frame)
        self.keeper = DraftKeeper(context, key, self._draft, self)
        self._context = context
        self._frame = frame
        self._print_next = False
        self.carried: dict[str, str] = {}
        self._writer = Writer(context, self.view.mark, self)
        self.began = Beginning(CaseForm())

    def build(self) -> Iterator[None]:
        """Build the page in slices; nothing else is asked of it before."""
        view = self.view
        yield from view.build()
        view.full.setVisible(True)
        view.settle.setEnabled(self._frame.may_decide)
        self._veil = BusyVeil(view)
        self._writer.refused.connect(self._veil.lift)
        self._writer.free.connect(lambda _well: self._veil.lift())
        view.parties.recorded = partial(began_with, self.began)
        # The page fills in what is never asked, so all that stands on it counts as typed.
        whole = unfollowed(lambda: view.value().case, lambda case: _show(view, case))
        follower = Follower(self._context, view.overtaken, self.began, whole, self)
        follower.answered.connect(self._on_touched)
        self._writer.overtaken = follower.ask
        view.touched.connect(self._on_touched)
        view.settle.clicked.connect(self.settle)
        view.full.clicked.connect(self.go_the_long_way)
        view.give_up.clicked.connect(self._on_give_up)
        for keys, verb in (
            ("Ctrl+Return", self.settle if self._frame.may_decide else self.go_the_long_way),
            ("Ctrl+Enter", self.settle if self._frame.may_decide else self.go_the_long_way),
            ("Ctrl+S", self._on_save),
            ("Ctrl+P", self._on_print),
        ):
            QShortcut(QKeySequence(keys), view, verb)
        self._say_state()

    @property
    def widget(self) -> QWidget:
        """What stands on the page."""
        return self.view

    @property
    def dirty(self) -> bool:
        """Whether something was typed that no record has."""
        return self.keeper.dirty

    def filling(self, draft: Draft | None) -> Iterator[None]:
        """Fill in what was half typed, or a new form, step by step; `begin` comes afterwards."""
        texts = dict(draft.fields) if draft is not None else {}
        text = texts.get(SMALL, "")
        base = base_of(CaseForm, texts, SMALL)
        if base is not None:
            self.began.show(base, base)
        yield from self.view.filling(from_text(SmallCaseForm, text) if text else fresh(self._frame))

    def begin(self, draft: Draft | None = None) -> None:
        """Put the focus where it was, or where to begin."""
        self.keeper.dirty = draft is not None
        self.view.go_to(draft.cursor_field if draft is not None and draft.cursor_field else "party.0")
        self.renamed.emit()

    def words(self) -> str:
        """Return what the tab says."""
        form = self.view.value()
        names = [each.name for each in form.case.parties if each.name]
        return _("{who} · 一页").format(who="、".join(names)[:_SHORT]) if names else _("新纠纷")

    def leave(self) -> None:
        """Put what was typed on disk."""
        self.view.matcher.stop()
        self.keeper.save()

    def stop(self) -> None:
        """Ask no more: the tab is closing."""
        self.view.matcher.stop()

    def settle(self, *, then_print: bool = False) -> None:
        """Do the case in one step: registered, accepted, agreed, numbered; its papers if wanted."""
        self._print_next = then_print
        cases, case_id = self._context.services.mediation.cases, self.case_id
        base = self.began.base if case_id else None
        if self._readable() and self._frame.may_decide:
            # Before it is read: the page makes way for the case, and a later word would stand nowhere.
            self._veil.cover(_("正在达成协议…"))
            form = self.view.value()
            self._writer.run(
                lambda: cases.settle(form, case_id, base),
                partial(self._on_written, _("已达成口头协议：{number}。")),
                again=partial(self.settle, then_print=then_print),
            )

    def go_the_long_way(self) -> None:
        """Register the dispute as it stands and open its tabs."""
        cases, case_id = self._context.services.mediation.cases, self.case_id
        base = self.began.base if case_id else None
        if self._readable():
            self._veil.cover(_("正在登记…"))
            form = self.view.value()
            self.carried = _words_of(form.agreement)
            work = (
                (lambda: cases.save(case_id, form.case, base))
                if case_id
                else (lambda: cases.register(form.case))
            )
            self._print_next = False
            done = partial(self._on_written, _("已登记：{number}。"))
            self._writer.run(work, done, again=self.go_the_long_way)

    def _on_print(self) -> None:
        """Finish the case, then show the papers of the light set to be printed."""
        self.settle(then_print=True)

    def _draft(self) -> Draft:
        return Draft(
            id=self.key,
            kind="mediation",
            record_id=self.case_id,
            fields=with_base(SMALL, self.view.value(), self.began.base if self.case_id else None),
            cursor_field=self.view.focused(),
            saved_at=clock.now(),
        )

    def _readable(self) -> bool:
        gaps: list[Gap] = [*self.view.fields.unreadable()]
        for line in (*self.view.parties.lines, *self.view.terms.lines):
            fields: Fields = line.fields  # type: ignore[attr-defined]  # both kinds of line have fields
            if unread := fields.unreadable():
                fields.mark(unread)
                gaps += [("due" if name == "due_on" else name, sentence) for name, sentence in unread]
        gaps += [*self.view.parties.refuse_emptied("name"), *self.view.terms.refuse_emptied("text")]
        if gaps:
            self.view.mark(gaps)
        return not gaps

    def _on_touched(self) -> None:
        self.keeper.touch()
        self._say_state()
        self.renamed.emit()

    def _say_state(self) -> None:
        if not self._frame.committees:
            self.view.state.setText(_("还没有调委会：可以先登记，受理前请站长在设置里登记调委会。"))
        elif not self._frame.may_decide:
            self.view.state.setText(_("您可以登记，由调解员受理和调解。"))
        else:
            self.view.state.setText(_("草稿已保存") if self.keeper.dirty else "")

    def _on_save(self) -> None:
        self.keeper.save()
        self._context.notices.info(_("草稿已保存，关机也不会丢。"))

    def _on_written(self, said: str, done: Done[CaseCard]) -> None:
        self.keeper.drop()
        self._context.notices.info(said.format(number=done.value.case_no or done.value.number))
        if self._print_next:
            self.print_wanted.emit()
        self.settled.emit(done.value.id)

    def _on_give_up(self) -> None:
        if not self.keeper.dirty:
            self._close()
        else:
            self._context.notices.ask(
                _("这一页还没有登记，写的字会丢掉。"), _("不登记了"), _("留着"), self._close
            )

    def _close(self) -> None:
        self.keeper.drop()
        self.closed.emit()


def _show(view: SmallView, case: CaseForm) -> None:
    for _step in view.filling(replace(view.value(), case=case)):
        pass


def _words_of(agreement: AgreementForm) -> dict[str, str]:
    """Return what was agreed already, for the draft of the case: nothing typed is lost by the longer way."""
    words = agreement.issues or agreement.responsibilities or agreement.terms
    typed = words or agreement.written_asked or agreement.local
    return {AGREEMENT: to_text(replace(agreement, form="written"))} if typed else {}
