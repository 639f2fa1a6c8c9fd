"""The disputes that are open as tabs: several at once, every half-typed word kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk import ids
from desk.services.drafts import Draft, newest_of
from desk.services.mediation.forms import AgreementForm, CaseForm, SmallCaseForm
from desk.services.mediation.values import CaseFrame
from desk.text import _
from desk.ui.context import Context
from desk.ui.pages.mediation import later
from desk.ui.pages.mediation.form_text import SMALL
from desk.ui.parts.cursor import put_cursor
from desk.ui.parts.empty import EmptyState
from desk.ui.turns import dress

if TYPE_CHECKING:
    from desk.services.kit import Services
    from desk.ui.pages.mediation.case import Case
    from desk.ui.pages.mediation.small_case import SmallCase


_FIRST = "accept"
"""The tab a case opens with."""


class Part(Protocol):
    """What stands in a tab: the one page, or the seven tabs of a case. `key` names its draft."""

    key: str
    renamed: SignalInstance
    closed: SignalInstance
    carried: dict[str, str]

    @property
    def widget(self) -> QWidget:
        """What stands on the page."""

    @property
    def dirty(self) -> bool:
        """Whether something was typed that no record has."""

    def words(self) -> str:
        """Return what the tab says."""

    def leave(self) -> None:
        """Put what was typed on disk."""

    def stop(self) -> None:
        """Ask no more."""


@dataclass
class _Tab:
    """A tab; its widgets are built when it is first looked at, and its draft is read then if `seeks`."""

    words: str
    case_id: str = ""
    draft: Draft | None = None
    seeks: bool = False
    part: Part | None = None
    case: "Case | None" = None
    begun: bool = False


class _Coming(EmptyState):
    """Says that a case is coming: a key or a click of that moment must not go to another one."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(_("正在打开…"))
        self._stack = stack
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        stack.addWidget(self)

    def take_place_of(self, part: Part | None) -> None:
        """Come into view if this is; the list stays there until the case comes."""
        if part is not None and self._stack.currentWidget() is part.widget:
            self._stack.setCurrentWidget(self)
            put_cursor(self)


class OpenCases(QObject):
    """Keeps the tabs; the page shows their words and brings `stack` into view.

    Signals:
        changed: tabs came, went or were renamed.
        wanted: a tab is to be brought into view; its key, "" for the list.
    """

    changed = Signal()
    wanted = Signal(str)

    def __init__(self, context: Context, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._context = context
        self._stack = stack
        self._frame: CaseFrame | None = None
        self._open: dict[str, _Tab] = {}
        self._wishes: list[str] = []
        self._in_view = ""
        self._to_print: set[str] = set()
        self._coming = _Coming(stack)

    def set_frame(self, frame: CaseFrame, drafts: tuple[Draft, ...]) -> None:
        """Take what the forms offer; the first time also bring back what was half typed."""
        first, self._frame = self._frame is None, frame
        if first:
            for draft in drafts:
                self._open[draft.id] = _Tab(_("草稿"), draft.record_id, draft)
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            self.open(wish)
        self.changed.emit()

    def tabs(self) -> list[tuple[str, str]]:
        """Return (key, words) of each tab."""
        return [
            (key, tab.part.words() if tab.part is not None else tab.words) for key, tab in self._open.items()
        ]

    def has(self, key: str) -> bool:
        """Tell whether there is such a tab."""
        return key in self._open

    def open(self, case_id: str) -> None:
        """Show the tab of a case, adding one if there is none yet; "" starts a new dispute."""
        if self._frame is None:
            self._wishes.append(case_id)
            return
        key = next((key for key, tab in self._open.items() if case_id and tab.case_id == case_id), "")
        if not key:
            key = case_id or ids.new_id()
            self._open[key] = _Tab(_("案件") if case_id else _("新纠纷"), case_id, seeks=bool(case_id))
        self.wanted.emit(key)

    def bring(self, key: str) -> None:
        """Put a tab's widgets into the stack, built in turns of the loop at first sight."""
        self._in_view = key
        tab = self._open[key]
        if tab.part is not None:
            self._show(key, tab.part)
            if tab.case is not None:
                # While it was out of view it heard of no change.
                tab.case.reader.refresh()
        else:
            for other in self._open.values():
                self._coming.take_place_of(other.part)
            # Read lane: the free one may be busy with a paper for seconds.
            self._context.tasks.run(
                partial(_get_ready, self._context.services, tab.case_id if tab.seeks else ""),
                done=lambda draft: self._build(key, draft),
                owner=self,
                topic=f"build {key}",
            )

    def rest(self) -> None:
        """Know that the list is in view: what is still being built must not come over it."""
        self._in_view = ""

    def leave(self) -> None:
        """Put the words of every tab where they are safe."""
        for tab in self._open.values():
            if tab.part is not None:
                tab.part.leave()

    def refresh(self) -> None:
        """Ask again for the cases in view that changed elsewhere."""
        for tab in self._open.values():
            if tab.case is not None and tab.case.widget.isVisible():
                tab.case.reader.refresh()

    def _build(self, key: str, draft: Draft | None) -> None:
        tab = self._open.get(key)
        if tab is not None and tab.part is None and not tab.begun:
            tab.begun, tab.draft = True, tab.draft or draft
            self._context.tasks.by_turns(self._steps(key, tab), owner=self)

    def _steps(self, key: str, tab: _Tab) -> Iterator[None]:
        assert self._frame is not None, "tabs come after the frame"
        draft = tab.draft
        name = draft.id if draft is not None else key
        if tab.case_id and not (draft is not None and SMALL in dict(draft.fields)):
            case = later.case()(self._context, name, tab.case_id, self._frame, self)
            yield from case.view.build()
            case.small_wanted.connect(lambda: self._to_small(key))
            # Filed it was begun without its draft: that is read now, before a key writes over it.
            case.reopened.connect(lambda: self._begin_anew(key, tab.case_id, seeks=True))
            tab.case = case
            self._keep(key, tab, case)
            case.start(draft)
            if key in self._to_print:
                self._to_print.discard(key)
                case.printer.print_due()
            return
        small = self._small(key, name, tab.case_id, self._frame)
        yield from small.build()
        yield
        self._stack.addWidget(small.widget)
        yield from small.filling(draft)
        yield from dress(small.widget)
        self._keep(key, tab, small)
        small.begin(draft)

    def _keep(self, key: str, tab: _Tab, part: Part) -> None:
        tab.part, tab.draft = part, None
        part.renamed.connect(self.changed)
        part.closed.connect(lambda: self._on_closed(key))
        if self._stack.indexOf(part.widget) < 0:
            self._stack.addWidget(part.widget)
        self._show(key, part)
        self.changed.emit()

    def _show(self, key: str, part: Part) -> None:
        if key != self._in_view:
            return  # somebody went elsewhere while it was built
        self._stack.setCurrentWidget(part.widget)
        put_cursor(part.widget.focusWidget() or part.widget)

    def _to_small(self, key: str) -> None:
        """Put the one page in the place of a case that is registered but not accepted."""
        services, case_id = self._context.services, self._open[key].case_id
        self._context.tasks.run(
            lambda: _small_form(services, case_id),
            done=lambda form: self._start_small(key, form),
            owner=self,
            topic="small",
        )

    def _start_small(self, key: str, form: SmallCaseForm) -> None:
        if self._frame is None or key not in self._open:
            return
        tab = self._open[key]
        name = tab.part.key if tab.part is not None else key
        self._drop_part(tab)
        small = self._small(key, name, tab.case_id, self._frame)
        for _step in small.build():
            pass
        small.began.show(form.case, form.case)
        for _step in small.view.filling(form):
            pass
        self._keep(key, tab, small)
        small.begin()

    def _small(self, key: str, name: str, case_id: str, frame: CaseFrame) -> "SmallCase":
        made = later.small_case()(self._context, name, frame, self, case_id=case_id)
        made.settled.connect(lambda case_id: self._begin_anew(key, case_id))
        # What is due is printed in the case that comes into its place.
        made.print_wanted.connect(lambda: self._to_print.add(key))
        return made

    def _begin_anew(self, key: str, case_id: str, *, seeks: bool = False) -> None:
        """Put the case as it is now in the place of a tab, with what that carried or the draft it `seeks`."""
        tab = self._open[key]
        carried, name = (tab.part.carried, tab.part.key) if tab.part is not None else ({}, key)
        self._drop_part(tab)
        draft = Draft(name, "mediation", case_id, carried, f"{_FIRST}/") if carried else None
        self._open[key] = _Tab(_("案件"), case_id, draft, seeks=seeks)
        self._go_on(key, key)

    def _on_closed(self, key: str) -> None:
        tab = self._open.pop(key, None)
        if tab is not None:
            self._drop_part(tab)
        self._go_on(key, "")

    def _go_on(self, key: str, wanted: str) -> None:
        """Bring what comes after a tab into view, unless another one is there by now, which stays."""
        self.changed.emit()
        if key == self._in_view:
            self.wanted.emit(wanted)

    def _drop_part(self, tab: _Tab) -> None:
        part, tab.part, tab.case = tab.part, None, None
        if part is not None:
            part.stop()
            # The stack would show whichever case stands beside it.
            self._coming.take_place_of(part)
            self._stack.removeWidget(part.widget)
            part.widget.deleteLater()
            if isinstance(part, QObject):
                part.deleteLater()


def _small_form(services: "Services", case_id: str) -> SmallCaseForm:
    """Read a registered case for the one page; runs in the background."""
    case: CaseForm = services.mediation.cases.form(case_id)
    agreement = AgreementForm(form="oral", mode="fixed_date", issues="；".join(case.claims))
    return SmallCaseForm(case=case, agreement=agreement)


def _get_ready(services: "Services", case_id: str) -> Draft | None:
    """Import what a case is made of and read its draft, for one that had ended; runs in the background."""
    later.cases(services)
    return newest_of(services.drafts.load_all("mediation"), case_id) if case_id else None
