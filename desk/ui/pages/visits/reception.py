"""The open visits as tabs over the form: several at once, every half-typed word kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk import ids
from desk.services.drafts import Draft, newest_of
from desk.services.visit_values import Visit, VisitForm
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.visits.case import Case, Choices
from desk.ui.pages.visits.form_pairs import from_pairs, ticks_from_pairs
from desk.ui.pages.visits.receivers import Deputies
from desk.ui.pages.visits.spare_view import SpareView
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.fields import dotted
from desk.ui.parts.one_in_view import OneInView
from desk.ui.parts.tabs import TabStrip

_ONCE = Qt.ConnectionType.SingleShotConnection

if TYPE_CHECKING:
    from desk.services.kit import Services


@dataclass(frozen=True)
class Opening:
    """What the page needs before the first form: choices, drafts on disk, visits not finished."""

    choices: Choices
    drafts: tuple[Draft, ...]
    visits: tuple[Visit, ...]


@dataclass
class _Tab:
    """A tab; its widgets are built when it is first looked at."""

    words: str
    visit_id: str = ""
    draft: Draft | None = None
    case: Case | None = None


class Reception(QWidget):
    """Tabs and the form below. `tabs` is laid out by the page.

    Signals:
        emptied: the last open visit has been closed.
        ready: choices, drafts and open visits are there for the first time.
    """

    emptied = Signal()
    ready = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = TabStrip(_("正在接待"), _("＋ 新来访 F2"))
        self._context = context
        self._choices: Choices | None = None
        self._open: dict[str, _Tab] = {}
        self._wishes: list[tuple[str, VisitForm | None]] = []
        # The visit asked for last and still looked for: what is found after something else was asked for
        # comes into no view.
        self._awaited = ""
        self._stack = OneInView()
        self._spare = SpareView(self._stack, context.tasks)
        empty = EmptyState(
            _("现在没有人在接待"),
            _("来了人按 F2：填姓名和一句事由，回车就有号，其余的话可以后补。"),
            _("新来访"),
            "F2",
        )
        if empty.button is not None:
            empty.button.clicked.connect(lambda _on: self.start_new())
        self._empty = empty
        self._stack.addWidget(empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.tabs.selected.connect(self._on_selected)
        self.tabs.invited.connect(self.start_new)

    def load(self) -> None:
        """Ask for choices, drafts and open visits."""
        services = self._context.services
        self._context.tasks.run(lambda: _gather(services), done=self._on_opening, owner=self)

    def start_new(self, form: VisitForm | None = None) -> None:
        """Open an empty tab (or one filled as `form`), as soon as the choices are there."""
        if self._choices is None:
            self._wishes.append(("", form))
            return
        key, self._awaited = ids.new_id(), ""
        on_duty = tuple(deputy_id for deputy_id, _words in self._choices.deputies.on_duty)
        tab = _Tab(_("新来访"))
        self._open[key] = tab
        tab.case = self._build(key, self._choices)
        # In view at once: a key pressed right after F2 belongs to the new form, not to the one before.
        self._show(key)
        tab.case.start(form or VisitForm(receiver_ids=on_duty))

    def open_visit(self, visit_id: str, *, behind: bool = False) -> None:
        """Show the tab of an open visit, adding one if there is none yet; `behind` adds it out of view."""
        if self._choices is None:
            self._wishes.insert(0 if behind else len(self._wishes), (visit_id, None))
            return
        key = self._key_of(visit_id)
        if not behind:
            self._awaited = "" if key else visit_id
        if key:
            if not behind:
                self._show(key)
            return
        drafts = self._context.services.drafts

        def add(draft: Draft | None) -> None:
            self._add(visit_id, _("来访"), draft)
            self._show(self._key_of(visit_id) if self._awaited == visit_id else self.tabs.current())

        # One that had ended is offered its draft again, which was none to go on with at the first load. Each
        # for itself: of two opened at once both have their tab.
        self._context.tasks.run(
            lambda: newest_of(drafts.load_all(), visit_id), done=add, owner=self, topic=f"open {visit_id}"
        )

    def has(self, visit_id: str) -> bool:
        """Tell whether a visit stands here as a tab."""
        return bool(self._key_of(visit_id))

    def next(self) -> None:
        """Go round the open ones; without any, start one."""
        if self._open:
            self.tabs.next()
        else:
            self.start_new()

    def leave(self, *, to_record: bool = True) -> None:
        """Put the words of the tab in view where they are safe, `to_record` or in the draft only."""
        tab = self._open.get(self.tabs.current())
        if tab is not None and tab.case is not None:
            tab.case.leave(to_record=to_record)

    def refresh(self) -> None:
        """Ask again for the visit in view: it was changed elsewhere, or is of another day by now."""
        tab = self._open.get(self.tabs.current())
        if tab is not None and tab.case is not None and tab.case.view.isVisible():
            tab.case.follower.refresh()
            tab.case.view.head.begin_day()

    def _on_opening(self, opening: Opening) -> None:
        if self._choices is not None:
            self._receive(opening)
            return
        # The first form is built in turns of the loop of their own, so that keys and clicks get through.
        self._spare.ready.connect(lambda: self._receive(opening), _ONCE)
        self._spare.prepare()

    def _receive(self, opening: Opening) -> None:
        first, changed = self._choices is None, self._choices != opening.choices
        self._choices = opening.choices
        for tab in self._open.values():
            # The lists of a form take some hundred lines: filled again only where they differ.
            if changed and tab.case is not None:
                tab.case.set_choices(opening.choices)
        if first:
            # What was half typed, in the order it comes: oldest first.
            self._open |= {draft.id: _restored(draft) for draft in opening.drafts}
        self._match(opening.visits, opening.drafts)
        if first:
            self.ready.emit()
        wishes, self._wishes = self._wishes, []
        current = self.tabs.current()
        if not wishes:
            newest = opening.drafts[-1] if first and opening.drafts else None
            self._show(newest.id if newest is not None else current)
        for visit_id, form in wishes:
            if visit_id:
                self.open_visit(visit_id)
            else:
                self.start_new(form)

    def _match(self, visits: tuple[Visit, ...], drafts: tuple[Draft, ...]) -> None:
        """Add a tab for each open visit that has none; close those finished elsewhere."""
        for visit in visits:
            self._add(visit.id, _visit_words(visit), newest_of(drafts, visit.id))
        known = {visit.id for visit in visits}
        for key, tab in list(self._open.items()):
            visit_id = tab.case.visit_id if tab.case is not None else tab.visit_id
            is_idle = tab.case is None or not (
                tab.case.keeper.dirty or tab.case.rating.window or tab.case.verbs.busy
            )
            if visit_id and visit_id not in known and is_idle and tab.draft is None:
                self._remove(key)

    def _add(self, visit_id: str, words: str, draft: Draft | None) -> None:
        if not self._key_of(visit_id):
            self._open[draft.id if draft is not None else visit_id] = _Tab(words, visit_id, draft)

    def _key_of(self, visit_id: str) -> str:
        for key, tab in self._open.items():
            if visit_id and visit_id == (tab.case.visit_id if tab.case is not None else tab.visit_id):
                return key
        return ""

    def _show(self, key: str) -> None:
        """Bring a tab into view, building its widgets on first sight."""
        if key not in self._open:
            key = next(iter(self._open), "")
        self.tabs.set_tabs([(each, tab.words) for each, tab in self._open.items()], key)
        self._context.live.badge("visits", len(self._open))
        if not key:
            self._stack.setCurrentWidget(self._empty)
            return
        tab = self._open[key]
        if tab.case is None and self._choices is not None:
            tab.case = self._build(key, self._choices)
            self._fill(tab, tab.case)
        if tab.case is not None and not _is_shown(self._stack, tab):
            self._stack.setCurrentWidget(tab.case.view)
            cursor = tab.case.view.focusWidget()
            if cursor is not None:
                cursor.setFocus(Qt.FocusReason.OtherFocusReason)
            # While it was out of view it heard of no change.
            tab.case.follower.refresh()

    def _on_selected(self, key: str) -> None:
        self._awaited = ""
        shown = next((tab for tab in self._open.values() if _is_shown(self._stack, tab)), None)
        if shown is not None and shown.case is not None:
            shown.case.leave()
        self._show(key)

    def _build(self, key: str, choices: Choices) -> Case:
        case = Case(self._context, key, choices, self._spare.take(), self)
        case.renamed.connect(lambda: self._on_renamed(key, case.words()))
        case.closed.connect(lambda: self._on_closed(key))
        return case

    def _fill(self, tab: _Tab, case: Case) -> None:
        visit_id, draft, visits = tab.visit_id, tab.draft, self._context.services.visits
        tab.draft = None
        if not visit_id:
            if draft is not None:
                case.verbs.ticked = ticks_from_pairs(draft.fields)
                case.start(from_pairs(draft.fields), draft=draft)
            return

        def show(found: tuple[Visit, VisitForm]) -> None:
            visit, form = found
            case.start(form, visit, draft=draft)
            if draft is not None:
                case.keeper.dirty = True

        self._context.tasks.run(
            lambda: (visits.get(visit_id), visits.form(visit_id)), done=show, owner=case, topic="fill"
        )

    def _on_renamed(self, key: str, words: str) -> None:
        if key in self._open:
            self._open[key].words = words
        self.tabs.set_words(key, words)

    def _on_closed(self, key: str) -> None:
        # It may be done with while another one is in view, which stays there.
        current = self.tabs.current()
        self._remove(key)
        self._show(current)
        if not self._open:
            self.emptied.emit()

    def _remove(self, key: str) -> None:
        tab = self._open.pop(key, None)
        if tab is not None and tab.case is not None:
            tab.case.stop()
            self._stack.removeWidget(tab.case.view)
            tab.case.view.deleteLater()
            tab.case.deleteLater()


def _restored(draft: Draft) -> _Tab:
    form = from_pairs(draft.fields)
    words = form.name or (_("不愿透露") if form.anonymous else _("新来访"))
    return _Tab(words, draft.record_id, draft)


def _is_shown(stack: QStackedWidget, tab: _Tab) -> bool:
    return tab.case is not None and stack.currentWidget() is tab.case.view


def _gather(services: "Services") -> Opening:
    """Read what the page needs; runs in the background."""
    on_duty = tuple((each.deputy_id, _named(each.name, each.levels_text)) for each in services.duty.current())
    everybody = [
        (each.state, (each.id, _named(each.name, each.levels_text))) for each in services.deputies.list()
    ]
    in_office = tuple(each for state, each in everybody if state == "active")
    departed = tuple(each for state, each in everybody if state != "active")
    choices = Choices(
        services.visits.frame(), services.station.get().name, Deputies(on_duty, in_office, departed)
    )
    return Opening(choices, services.drafts.load_all(), services.today.get().open)


def _named(name: str, levels: str) -> str:
    return f"{name}（{levels}）" if levels else name


def _visit_words(visit: Visit) -> str:
    who = (
        visit.name if visit.headcount < 2 else _("{who} 等 {n} 人").format(who=visit.name, n=visit.headcount)
    )
    state = (
        _("等候")
        if visit.state == "waiting"
        else _("待补记")
        if visit.incomplete
        else dotted(visit.subject, 7)
    )
    return f"{who} · {state}"
