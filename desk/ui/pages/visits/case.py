"""One open visit as it is worked on: number first, words later, draft on disk, finish, rating."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from desk import clock
from desk.rules.attachments import PAD
from desk.services.drafts import Draft
from desk.services.visit_frame import Frame
from desk.services.visit_values import Visit, VisitForm
from desk.text import _
from desk.ui.attachments.collector import Collector
from desk.ui.conflict_marks import ConflictChip
from desk.ui.context import Context
from desk.ui.pages.visits.case_verbs import CaseVerbs, lights_of
from desk.ui.pages.visits.case_view import CaseView
from desk.ui.pages.visits.follow import follow
from desk.ui.pages.visits.form_pairs import base_of, base_pairs, from_pairs, ticks_to_pairs, to_pairs
from desk.ui.pages.visits.lookups import Lookups
from desk.ui.pages.visits.receivers import Deputies
from desk.ui.pages.visits.visitor_rating import VisitorRating
from desk.ui.parts.draft_keeper import DraftKeeper
from desk.ui.parts.fields import LineField, dotted

_SHORT = 7


@dataclass(frozen=True)
class Choices:
    """What every form offers today: the profile's frame, the station's name, the deputies."""

    frame: Frame
    station: str
    deputies: Deputies


class Case(QObject):
    """A tab: a new form, or a visit that waits or is being received.

    Signals:
        renamed: the words of its tab changed.
        closed: it is done with, or was given up.
    """

    renamed = Signal()
    closed = Signal()

    def __init__(self, context: Context, key: str, choices: Choices, view: CaseView, parent: QObject) -> None:
        """Args: `key` names tab and draft; `view` is a fresh one, made in a quiet moment."""
        super().__init__(parent)
        self.key = key
        self.view = view
        self.verbs = CaseVerbs(context, self.view.values, self)
        self.keeper = DraftKeeper(context, key, self._draft, self)
        self.rating = VisitorRating(self.view, choices.station, self)
        self.papers = Collector(context, view.papers, self)
        self._context = context
        self.quiet = True
        # What came back from its draft holds words that only the draft has, though nobody typed any now.
        self.restored = False
        self._lookups = Lookups(context, self.view, lambda: self.visit_id, self)
        self.follower = follow(context, self)
        self.set_choices(choices)
        self._connect()

    @property
    def visit_id(self) -> str:
        """The visit's id, "" as long as there is no number."""
        return self.verbs.visit.id if self.verbs.visit is not None else ""

    def start(self, form: VisitForm, visit: Visit | None = None, *, draft: Draft | None = None) -> None:
        """Show a form, new or as the record says, with the focus where it was or where to begin.

        A draft is laid over it field by field.
        """
        self.quiet = True
        self.restored = draft is not None
        if draft is not None and draft.saved_at is not None:
            self.view.head.set_written(draft.saved_at.date())
        self.verbs.visit = visit
        typed = from_pairs(draft.fields) if draft is not None else None
        base = base_of(draft.fields) if draft is not None and visit is not None else None
        self.follower.begin(form, typed, base)
        self.quiet = False
        self._show()
        self._lookups.start()
        cursor = draft.cursor_field if draft is not None else ""
        self.view.go_to(cursor or ("statement" if visit is not None else "name"))

    def set_choices(self, choices: Choices) -> None:
        """Offer what the profile and the roster offer now."""
        quiet, self.quiet = self.quiet, True
        self.view.set_frame(choices.frame, choices.deputies)
        self.quiet = quiet

    def bring_on_duty(self, deputy_id: str) -> None:
        """Bring a deputy on duty by the clerk's word, then tick who has come."""
        duty, field = self._context.services.duty, self.view.who.received_by
        self._context.tasks.run(
            lambda: duty.start(deputy_id, vouched=True),
            done=lambda _done: field.choose(deputy_id),
            owner=self,
            lane="write",
        )

    def words(self) -> str:
        """Return what the tab says: who, and what about or what is still to do."""
        form, visit = self.view.values(), self.verbs.visit
        who = form.name or (_("不愿透露") if form.anonymous else _("新来访"))
        if form.headcount > 1:
            who = _("{who} 等 {n} 人").format(who=who, n=form.headcount)
        if visit is not None and visit.state == "waiting":
            return _("{who} · 等候").format(who=who)
        if visit is not None and not form.statement:
            return _("{who} · 待补记").format(who=who)
        return f"{who} · {dotted(form.subject, _SHORT)}" if form.subject else who

    def leave(self, *, to_record: bool = True) -> None:
        """Put what was typed where it is safe; a numbered visit's words into its record too."""
        self._lookups.stop()
        self.keeper.save()
        if to_record and self.keeper.dirty and self.visit_id:
            self.verbs.save()

    def stop(self) -> None:
        """Look up and ask no more: the tab is closing."""
        self._lookups.stop()
        self.verbs.forget()
        self.quiet = True
        self.rating.stop()
        self.papers.stop()

    def _connect(self) -> None:
        view, verbs = self.view, self.verbs
        view.binder.edited.connect(self._on_edited)
        view.binder.entered.connect(self._on_enter)
        view.rail.pressed.connect(verbs.tick)
        view.reveal_wanted.connect(verbs.reveal)
        view.side.opened.connect(lambda visit_id: self._context.navigator.show("visits", visit_id))
        view.who.received_by.duty_wanted.connect(self.bring_on_duty)
        self._lookups.linked.connect(self.keeper.touch)
        # The number first: what is added hangs on a visit.
        self.papers.target_wanted.connect(verbs.open)
        verbs.updated.connect(self._on_updated)
        verbs.numbered.connect(self._on_numbered)
        verbs.lacking.connect(view.mark)
        verbs.has_place = view.has_place
        self.follower.gone.connect(self.closed)
        verbs.sending = self.keeper.sent
        verbs.cover, verbs.uncover = self.rating.cover, self.rating.uncover
        verbs.saved.connect(self._on_saved)
        verbs.finished.connect(self.keeper.drop)
        verbs.finished.connect(self.rating.ask)
        verbs.rated.connect(self.closed)
        self.rating.answered.connect(self._on_answered)
        verbs.voided.connect(self._close)
        # A draft would keep the protected words on this PC.
        verbs.hidden.connect(self._close)
        verbs.revealed.connect(view.who.show_clear)
        head = view.head
        self.chip = ConflictChip(self._context)
        head.hang(self.chip)
        head.drop.clicked.connect(self._on_drop)
        head.wait.clicked.connect(lambda: verbs.open(wait=True))
        head.open.clicked.connect(lambda: verbs.open(wait=False))
        head.receive.clicked.connect(verbs.receive)
        head.finish.clicked.connect(verbs.finish)
        head.receipt.clicked.connect(self._on_receipt)
        for keys, verb in (
            ("Ctrl+Return", verbs.forward),
            ("Ctrl+Enter", verbs.forward),
            ("Ctrl+P", self._on_receipt),
            ("Ctrl+S", self.leave),
            ("Alt+1", lambda: self.verbs.tick("smile")),
            ("Alt+4", lambda: self.verbs.tick("comfort")),
        ):
            QShortcut(QKeySequence(keys), self.view, verb)

    def _draft(self) -> Draft:
        return Draft(
            id=self.key,
            kind="visit",
            record_id=self.visit_id,
            fields=(
                *to_pairs(self.verbs.began.typed(self.view.values())),
                *(base_pairs(self.verbs.began.base) if self.visit_id else ()),
                *ticks_to_pairs(self.verbs.ticked),
            ),
            cursor_field=self.view.focused(),
            saved_at=clock.now(),
        )

    def _show(self) -> None:
        visit = self.verbs.visit
        self.view.head.show_visit(visit)
        self.chip.follow("visit", self.visit_id)
        # What comes with a form from paper is first of all that paper.
        self.papers.set_target("visit", self.visit_id, slot=PAD if self.view.values().backfilled else "")
        self.view.rail.show_lights(lights_of(self.verbs.visit, self.verbs.ticked))
        self.view.head.say_state(self.verbs.visit, dirty=self.keeper.dirty)
        self.renamed.emit()

    def _on_updated(self) -> None:
        self._show()
        if self.verbs.visit is None:
            # Ticks before the number live in the draft.
            self.keeper.touch()

    def _on_edited(self, name: str) -> None:
        if self.quiet:
            return
        self.view.binder.fields[name].say("")
        was_clean = not self.keeper.dirty
        self.keeper.touch()
        self._lookups.mind(name)
        self.view.head.set_written(clock.today())
        if was_clean or self.verbs.visit is None:
            self.view.head.say_state(self.verbs.visit, dirty=self.keeper.dirty)
        if name in {"name", "anonymous", "headcount", "subject", "statement"}:
            self.renamed.emit()

    def _on_enter(self, name: str) -> None:
        form = self.view.values()
        if self.verbs.visit is None and (form.name or form.anonymous) and form.subject:
            self.verbs.open()
        else:
            # As on paper: the next line.
            field = self.view.binder.fields[name].widget
            if isinstance(field, LineField):
                field.focusNextChild()

    def _on_numbered(self) -> None:
        self.keeper.touch()
        if self.verbs.visit is not None:
            number = self.verbs.visit.number
            words = (
                _("已给号 {number}，可以打印回执（Ctrl P）。") if number else _("已登记等候，接待时给号。")
            )
            self._context.notices.info(words.format(number=number))
        if self.view.focused() in {"name", "subject", ""}:
            self.view.go_to("statement")

    def _on_saved(self) -> None:
        self.keeper.settle()
        self.view.head.say_state(self.verbs.visit, dirty=self.keeper.dirty)

    def _on_receipt(self) -> None:
        visit = self.verbs.visit
        if visit is not None:
            if visit.number:
                self._context.navigator.show("paper", f"receipt:{visit.id}")
        else:
            self.verbs.open(then=self._on_receipt)

    def _on_drop(self) -> None:
        if self.verbs.visit is not None:
            self._context.notices.ask_text(_("为什么作废这次等候？（会记入审计）"), self.verbs.void)
            return
        typed = self.keeper.dirty or self.restored
        if not typed or to_pairs(self.view.values()) == to_pairs(VisitForm()):
            self._close()
        else:
            self._context.notices.ask(
                _("这张表还没有给号，写的字会丢掉。"), _("不登记了"), _("留着"), self._close
            )

    def _close(self) -> None:
        self.keeper.drop()
        self.closed.emit()

    def _on_answered(self, value: str, reason: str) -> None:
        if value:
            self.verbs.rate(value, reason)
        else:
            self.closed.emit()
