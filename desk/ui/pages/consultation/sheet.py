"""One consultation as it is worked on: number first, check, answer with sources, the end; draft on disk."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from desk import clock, ids
from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import AdviserRow, Consultation, ConsultationFrame
from desk.services.drafts import Draft
from desk.text import _
from desk.ui.attachments.collector import Collector
from desk.ui.conflict_marks import ConflictChip
from desk.ui.context import Context
from desk.ui.pages.consultation.beside import Beside
from desk.ui.pages.consultation.follow import follow
from desk.ui.pages.consultation.form_pairs import (
    base_of,
    base_pairs,
    from_pairs,
    half_typed,
    half_typed_pairs,
    to_pairs,
)
from desk.ui.pages.consultation.judge import Judge
from desk.ui.pages.consultation.sheet_verbs import SheetVerbs
from desk.ui.pages.consultation.sheet_view import SheetView
from desk.ui.parts.draft_keeper import DraftKeeper
from desk.ui.parts.fields import LineField
from desk.ui.parts.veil import BusyVeil

_HINTED = frozenset(
    {"known_on", "happened_on", "interrupted_on", "interrupted_by", "limitation_kind", "topics"}
    | {"still_employed", "real_estate"}
)
_CHECKED = frozenset(
    {"name", "identity_refused", "phone", "id_no", "opponent", "opponent_phone", "opponent_id"}
    | {"no_opponent", "adviser_id"}
)
_AIDED = frozenset({"topics", "person_class", "procedures", "aid_class"})

_LOCAL = "local"
"""The field of a draft that holds what a county added to the form."""


class Sheet(QObject):
    """The consultation in view, new or known.

    Signals:
        closed: it is done with, or was given up.
        ended: it is finished, referred, or answered so far and to be gone on with; the consultation.
    """

    closed = Signal()
    ended = Signal(object)

    def __init__(self, context: Context, view: SheetView, parent: QObject) -> None:
        super().__init__(parent)
        self.view = view
        self.verbs = SheetVerbs(context, view.values, view.binder.unreadable, self)
        self.keeper = DraftKeeper(context, ids.new_id(), self._draft, self)
        self.verbs.begin(self.keeper.key, None)
        self._veil = BusyVeil(view)
        self._context = context
        self._advisers: tuple[AdviserRow, ...] = ()
        self.quiet = True
        self._was_open = False
        self._left: dict[str, str] = {}
        """The drafts of the records that were in view, by their ids."""
        self.beside = Beside(context, view, self)
        self.papers = Collector(context, view.papers, self)
        view.local.settle_in(context)
        self.judge = Judge(context, lambda: self.verbs.card, self)
        self.follower = follow(context, self)
        self._connect()

    @property
    def consultation_id(self) -> str:
        """The id of what is in view, "" as long as there is no number."""
        return self.verbs.card.id if self.verbs.card is not None else ""

    def set_frame(self, frame: ConsultationFrame) -> None:
        """Offer what the profile and the users offer now."""
        quiet, self.quiet = self.quiet, True
        self._advisers = frame.advisers
        self.view.set_frame(frame)
        self.quiet = quiet

    def start(
        self, form: ConsultationForm, card: Consultation | None = None, *, draft: Draft | None = None
    ) -> None:
        """Show a form, new or as the record says, with the cursor where it was or where to begin.

        A draft is laid over it field by field.
        """
        self.quiet = True
        self._left[self.consultation_id] = self.keeper.key
        self.keeper.begin(draft.id if draft is not None else ids.new_id())
        self.verbs.begin(self.keeper.key, card)
        self._was_open = card is not None and card.answer_open
        typed = from_pairs(draft.fields) if draft is not None else None
        base = base_of(draft.fields) if draft is not None and card is not None else None
        self.follower.begin(form, typed, base)
        if draft is not None:
            self.view.binder.show_half_typed(half_typed(draft.fields))
        self.view.side.show_statutes(on=False)
        self.quiet = False
        self.keeper.dirty = draft is not None
        self._show()
        if draft is not None:
            # After its record is the one in view: before, the fields of the one left are still there.
            self.view.local.restore(dict(draft.fields).get(_LOCAL, ""))
        self.beside.start(self.view.values())
        begin = "answer" if card is not None and card.answer_open else "opponent" if card else "name"
        self.view.go_to((draft.cursor_field if draft is not None else "") or begin)

    def leave(self, *, to_record: bool = True, aloud: bool = False) -> None:
        """Put what was typed where it is safe; a numbered one's words into its record too.

        What cannot be read stays in the draft: whoever goes on is not held up, unless it is said `aloud`.
        """
        self.beside.stop()
        self.keeper.save()
        ready = aloud or not self.view.binder.unreadable()
        if to_record and self.keeper.dirty and self.consultation_id and ready and not self.verbs.busy:
            self.verbs.save()

    def _connect(self) -> None:
        view, verbs = self.view, self.verbs
        view.binder.edited.connect(self._on_edited)
        view.binder.entered.connect(self._on_enter)
        view.reveal_wanted.connect(verbs.reveal)
        self.papers.target_wanted.connect(verbs.register)
        verbs.updated.connect(lambda _card: self._show())
        verbs.numbered.connect(self._on_numbered)
        verbs.lacking.connect(view.mark)
        verbs.has_place = view.has_place
        self.follower.read.connect(self._on_judged)
        self.follower.gone.connect(self._close)
        verbs.sending = partial(_send_off, view, self.keeper)
        verbs.cover, verbs.uncover = self._veil.cover, self._veil.lift
        view.local.touched.connect(self.keeper.touch)
        view.local.refused.connect(lambda left: _keep(self.keeper, self.consultation_id, left, self._left))
        verbs.saved.connect(self._on_saved)
        verbs.resumed.connect(self._go_on)
        verbs.late.connect(lambda key, card: self.keeper.settle_left(key, card.id))
        verbs.ended.connect(lambda _card: self.beside.stop())
        verbs.ended.connect(self.ended)
        verbs.revealed.connect(view.who.show_clear)
        bar, head = view.bar, view.head
        self.chip = ConflictChip(self._context)
        head.hang(self.chip)
        bar.check.clicked.connect(verbs.check)
        bar.change.clicked.connect(view.who.open_adviser)
        bar.look.clicked.connect(self.judge.look)
        bar.judge.clicked.connect(self.judge.judge)
        self.judge.judged.connect(self._on_judged)
        bar.sent.connect(self._on_way_out)
        head.drop.clicked.connect(self._on_drop)
        head.resume.clicked.connect(verbs.resume)
        head.mediate.clicked.connect(lambda: self._send("mediation", _("人民调解委员会")))
        head.aid.clicked.connect(lambda: self._send("legal_aid", _("法律援助机构")))
        head.finish.clicked.connect(verbs.finish)
        for keys, verb in (
            ("Ctrl+Return", verbs.finish),
            ("Ctrl+Enter", verbs.finish),
            ("Ctrl+S", lambda: self.leave(aloud=True)),
            ("Ctrl+P", self._on_print),
            ("Alt+C", verbs.check),
            ("Alt+L", lambda: view.side.show_statutes(on=True)),
        ):
            QShortcut(QKeySequence(keys), view, verb)

    def _draft(self) -> Draft:
        return Draft(
            id=self.keeper.key,
            kind="consultation",
            record_id=self.consultation_id,
            fields=(
                *to_pairs(self.verbs.began.typed(self.view.values())),
                *(base_pairs(self.verbs.began.base) if self.consultation_id else ()),
                *half_typed_pairs(self.view.binder.half_typed()),
                (_LOCAL, self.view.local.typed()),
            ),
            cursor_field=self.view.focused(),
            saved_at=clock.now(),
        )

    def _show(self) -> None:
        self.view.show_card(self.verbs.card, dirty=self.keeper.dirty)
        self.chip.follow("consultation", self.verbs.card.id if self.verbs.card is not None else "")
        self.papers.set_target("consultation", self.consultation_id, sheet=self.keeper.key)
        self.view.local.show_record(self.consultation_id)

    def _on_judged(self, card: Consultation) -> None:
        # The judgement may come when somebody else is in view.
        if card.id == self.consultation_id:
            self.verbs.card = card
            self._show()
            self._go_on()

    def _on_edited(self, name: str) -> None:
        if self.quiet or self.beside.quiet:
            return
        if name in self.view.binder.fields:
            self.view.binder.fields[name].say("")
        was_clean = not self.keeper.dirty
        self.keeper.touch()
        if was_clean:
            self.view.head.show_card(self.verbs.card, dirty=True)
        if name == "adviser_id":
            self._fill_licence()
        if name in _CHECKED:
            self.view.bar.offer_check()
            self.beside.mind()
        if name in _HINTED | _AIDED:
            self.view.limit()
            self.beside.mind()

    def _fill_licence(self) -> None:
        """Put in the licence number kept for whoever is to answer."""
        adviser = self.view.binder.fields["adviser_id"].read()
        kept = next((each.licence_no for each in self._advisers if each.user_id == adviser), "")
        if kept:
            self.view.binder.fields["licence_no"].paint(kept)

    def _on_enter(self, name: str) -> None:
        form = self.view.values()
        if self.verbs.card is None and name in ("name", "phone") and (form.name or form.identity_refused):
            self.verbs.register()
            return
        # As on paper: the next line.
        field = self.view.binder.fields[name].widget
        if isinstance(field, LineField):
            field.focusNextChild()

    def _on_numbered(self) -> None:
        if self.verbs.card is not None:
            self._context.notices.info(_("已给号 {number}。").format(number=self.verbs.card.number))
        self.view.go_to("opponent")

    def _on_saved(self) -> None:
        self.keeper.settle()
        self._show()
        self._go_on()

    def _go_on(self) -> None:
        """Go to the answer once the check has opened it: with large text it stands below what is in view."""
        card = self.verbs.card
        was_open, self._was_open = self._was_open, card is not None and card.answer_open
        # What was typed since is not left for it.
        if self._was_open and not was_open and not self.keeper.dirty:
            self.view.go_to("answer" if self.view.binder.fields["question"].read() else "question")

    def _on_way_out(self, way: str) -> None:
        if way == "appointed":
            self.view.set_rest(appointment_at=self.view.bar.appointment())
            self.verbs.appoint()
            return
        to = _("12348 公共法律服务热线") if way == "hotline" else _("其他联络站")
        self._send(way, to, refer=True)

    def _send(self, way: str, to: str, *, refer: bool = False) -> None:
        """Say where somebody is sent. With an answer it ends by 完成; without one it is referred at once."""
        fields = self.view.binder.fields
        fields["disposition"].paint(way)
        self.view.set_rest(disposition=way)
        if not fields["referred_to"].read():
            fields["referred_to"].paint(to)
        self.keeper.touch()
        if refer or not fields["answer"].read():
            self.verbs.refer()
        else:
            self.view.go_to("referred_to")

    def _on_print(self) -> None:
        if self.consultation_id:
            self.leave()
            self._context.navigator.show("paper", f"consultation:{self.consultation_id}")

    def _on_drop(self) -> None:
        if not self.keeper.dirty:
            self._close()
        else:
            self._context.notices.ask(
                _("这张表还没有给号，写的字会丢掉。"), _("不登记了"), _("留着"), self._close
            )

    def _close(self) -> None:
        self.keeper.drop()
        self.closed.emit()


def _send_off(view: SheetView, keeper: DraftKeeper) -> None:
    """Know that the form is on its way into the record, with what a county added to it."""
    view.local.save()
    # As long as words of these stay here, so does the draft: the form alone is not all that was typed.
    if not view.local.holds_back:
        keeper.sent()


def _keep(keeper: DraftKeeper, shown_id: str, refused_id: str, left: Mapping[str, str]) -> None:
    """Keep the draft of a record whose added fields were refused: that of the one in view, or one left."""
    if refused_id == shown_id:
        keeper.touch()
    else:
        keeper.keep(left.get(refused_id, ""))
