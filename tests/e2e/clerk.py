"""A clerk who receives visitors for ever in the real window, and says what the desk has told; to be killed.

It writes one JSON line for each thing the desk acknowledged: what came back at the start, a draft on disk, a
draft about to be dropped, a visit as a verb returned it.
"""

import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk.services.drafts import Draft, Drafts
from desk.services.outcome import Done
from desk.services.visit_values import Visit, VisitForm
from desk.services.visits import Visits
from desk.ui.context import Context
from desk.ui.live import Live
from desk.ui.navigator import NEW, Navigator
from desk.ui.page import PageSpec
from desk.ui.pages.today.page import TodayPage
from desk.ui.pages.visits.case import Case
from desk.ui.pages.visits.form_pairs import to_pairs
from desk.ui.pages.visits.page import VisitsPage
from desk.ui.tasks import Tasks
from desk.ui.window import MainWindow
from tests.e2e import station
from tests.fakes import RecordingNotices
from tests.ui.pages.hands import cases, commit, field, fill
from tests.ui.stage import FakeGate

Condition = Callable[[], bool]
_WORDS = {
    "statement": "一下雨楼门口就积二十来公分水，老人出不了门。",
    "request": "查清管网归谁管，尽快疏通。",
    "answer_text": "已请社区物业当天疏通。",
}


def tell(what: str, **values: object) -> None:
    """Say what was acknowledged; it is out before the next thing happens."""
    sys.stdout.write(json.dumps({"what": what, **values}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class TellingDrafts(Drafts):
    """Says each draft that is on disk, and each that may be gone from now on."""

    kept: frozenset[str] = frozenset()

    def save(self, draft: Draft) -> Any:
        """Save, then say so."""
        at = super().save(draft)
        self.kept |= {draft.id}
        tell(
            "draft", id=draft.id, visit=draft.record_id, fields=dict(draft.fields), cursor=draft.cursor_field
        )
        return at

    def drop(self, draft_id: str) -> None:
        """Say so, then drop."""
        tell("drop", id=draft_id)
        self.kept -= {draft_id}
        super().drop(draft_id)


class TellingVisits(Visits):
    """Says each visit as its verb returned it."""

    def open(self, form: VisitForm) -> Done[Visit]:
        """Give a number, then say it."""
        return _told(super().open(form), form)

    def save(self, visit_id: str, form: VisitForm, base: VisitForm | None = None) -> Done[Visit]:
        """Save, then say so."""
        return _told(super().save(visit_id, form, base), form)

    def finish(self, visit_id: str, form: VisitForm, base: VisitForm | None = None) -> Done[Visit]:
        """Finish, then say so."""
        return _told(super().finish(visit_id, form, base), form)


def _told(done: Done[Visit], form: VisitForm) -> Done[Visit]:
    visit = done.value
    tell("visit", id=visit.id, number=visit.number, state=visit.state, statement=form.statement)
    return done


def morning(window: MainWindow) -> Iterator[Condition]:
    """Receive one visitor after the other; yields what has to be waited for."""
    window.show_page("visits")
    back = window._context.services.drafts.load_all()
    if back:
        yield lambda: _shows(window, back[-1])
        case = cases(window)[-1]
        # What the draft would say now: a time of the record has no field, and stands in it all the same.
        shown = to_pairs(case.verbs.began.typed(case.view.values()))
        tell("back", id=case.key, fields=dict(shown), cursor=case.view.focused())
    tell("ready")
    for n in count():
        yield from reception(window, n)


def _shows(window: MainWindow, draft: Draft) -> bool:
    found = [case for case in cases(window) if case.key == draft.id and case.visit_id == draft.record_id]
    return bool(found) and bool(found[0].view.focused())


def reception(window: MainWindow, n: int) -> Iterator[Condition]:
    """Number first, words later; every third stays open, as when the telephone rings."""
    before, drafts = len(cases(window)), window._context.services.drafts
    assert isinstance(drafts, TellingDrafts)
    window.show_page("visits", NEW)
    yield lambda: len(cases(window)) > before
    case = cases(window)[-1]
    yield from typed(case, "name", "陈某某")
    yield from typed(case, "subject", "小区雨后积水")
    QTest.keyClick(field(case, "subject"), Qt.Key.Key_Return)
    yield lambda: bool(case.visit_id) and not case.verbs.busy
    fill(case, category="urban/排水", outcome="answered", notice_told=True)
    for name, words in _WORDS.items():
        yield from typed(case, name, words)
        # The clerk listens for a moment: however quick the machine is, a draft stands before the record does.
        yield lambda: case.key in drafts.kept
    if n % 3 == 2:
        return
    case.leave()
    yield lambda: not case.verbs.busy
    case.verbs.finish()
    yield lambda: case.rating.window is not None
    QTest.keyClick(case.rating.window, Qt.Key.Key_1)
    yield lambda: case not in cases(window)


def typed(case: Case, name: str, words: str) -> Iterator[Condition]:
    """Type into a field, one character a turn of the loop."""
    case.view.go_to(name)
    for character in words:
        commit(field(case, name), character)
        yield lambda: True


def serve(line: Connection, data: str, secrets: str) -> None:
    """Open the window on the station and work until killed; what is told goes into the line."""
    sys.stdout = os.fdopen(os.dup(line.fileno()), "w", encoding="utf-8")
    warnings.simplefilter("error")
    app = QApplication(["desk"])
    here = station.enter(Path(data), station.FileSecrets(Path(secrets)))
    store, session, services = here.opened.store, here.opened.session, here.services
    visits = TellingVisits(store, session, services.profiles, services.numbers, services.receipts)
    services = replace(services, drafts=TellingDrafts(store, session), visits=visits)
    notices, live = RecordingNotices(), Live()
    context = Context(services, Tasks(notices, live), notices, Navigator(), live)
    pages = [
        PageSpec("today", "今日", "Ctrl+1", "today", TodayPage),
        PageSpec("visits", "来访接待", "F2", "visits", VisitsPage),
    ]
    window = MainWindow(context, pages, gate=FakeGate())
    window.show()
    window.start()
    work = morning(window)
    waiting: list[Condition] = [lambda: True]

    def go_on() -> None:
        for kind, text in notices.said:
            if kind in {"fail", "crash"}:
                tell("trouble", text=text)
        notices.said.clear()
        if waiting[0]():
            waiting[0] = next(work)

    timer = QTimer()
    timer.timeout.connect(go_on)
    timer.start(4)
    app.exec()
