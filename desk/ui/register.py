"""The pages of the window and the window of a paper, each imported only when it is first shown."""

import importlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.page import Page, PageSpec

if TYPE_CHECKING:
    from desk.services.kit import Services
    from desk.services.papers import Paper


May = Callable[[str, str], bool]
"""Tells whether the roles of the user let them do a verb to a group of records."""

_CASES = {"mediation": "mediation", "consultation": "consultation"}

# Which of the services that come late (services/kit.py) a page asks on the Qt thread.
_NEEDS = {
    "mediation": ("mediation",),  # an open case needs more: its later.py
    "consultation": ("consultation",),
    "deputies": ("roster",),
    "boards": ("papers",),
    "settings": ("papers", "audit_log"),
    "paper": ("papers",),
    "old_ledger": ("old_ledger",),
}


def page_specs(may: May = lambda _verb, _group: True) -> list[PageSpec]:
    """Return the pages that work, in the order of the rail; each is imported when it is first shown.

    Pages of cases are for those who `may` read or write them. Who may look at visits and write none is at a
    desk of the county: its pages show the records of all stations, and nothing is received or printed there.
    Who holds but an administrator's post (SEC-11) has the settings, and no page with words of anybody.
    """
    if may("read", "visit") and not may("write", "visit"):
        return _looking(may)
    if not may("read", "visit") and not may("read", "duty") and may("read", "statistics"):
        # An auditor of the county: the audit and the figures, no words of anybody.
        return [spec for spec in _looking(may) if spec.key in ("today", "settings")]
    if not may("read", "visit") and not may("read", "duty"):
        return [spec for spec in _looking(may) if spec.key == "settings"]
    return [
        spec
        for spec in _all(may)
        if spec.key not in _CASES or any(may(verb, _CASES[spec.key]) for verb in ("read", "write"))
    ]


def _looking(may: May) -> list[PageSpec]:
    return [
        PageSpec("today", _("今日"), "Ctrl+1", "today", _today_to_look, receives=False),
        PageSpec("visits", _("各站来访"), "F2", "visits", _visits_to_look),
        PageSpec("deputies", _("各站代表"), "F7", "deputies", _deputies_to_look),
        PageSpec(
            "settings", _("设置"), "", "settings", partial(_settings, may=may), at_foot=True, receives=False
        ),
    ]


def _all(may: May) -> list[PageSpec]:
    return [
        PageSpec("today", _("今日"), "Ctrl+1", "today", _today),
        PageSpec("visits", _("来访接待"), "F2", "visits", _visits),
        PageSpec("mediation", _("矛盾调解"), "F3", "mediation", _mediation),
        PageSpec("consultation", _("法律咨询"), "F4", "consultation", _consultation),
        PageSpec("deputies", _("代表值班"), "F7", "deputies", _deputies),
        PageSpec("boards", _("公示牌"), "F8", "boards", _boards),
        PageSpec("settings", _("设置"), "", "settings", partial(_settings, may=may), at_foot=True),
        PageSpec("paper", _("打印"), "", "", _paper, on_rail=False),
        PageSpec("old_ledger", _("旧台账"), "", "", _old_ledger, on_rail=False),
        PageSpec("check_receipt", _("核对回执"), "", "", _check_receipt, on_rail=False),
    ]


def show_paper(context: Context, paper: "Paper", over: QWidget) -> None:
    """Open a window that shows a paper, prints and saves it, where no main window is yet: the wizard."""
    from desk.ui.preview import window

    window.show_paper(paper, context, over)


def load_page(key: str, services: "Services | None" = None) -> None:
    """Import a page and get its services ready, off the Qt thread: building it then finds all that done."""
    importlib.import_module(f"desk.ui.pages.{key}.page")
    if key == "settings":
        importlib.import_module("desk.ui.pages.settings.sections")
    if services is not None:
        services.ready(_NEEDS.get(key, ()))


def _today(context: Context) -> Page:
    from desk.ui.pages.today.page import TodayPage

    return TodayPage(context)


def _visits(context: Context) -> Page:
    from desk.ui.pages.visits.page import VisitsPage

    return VisitsPage(context)


def _today_to_look(context: Context) -> Page:
    from desk.ui.pages.today.page import TodayPage

    return TodayPage(context, receives=False)


def _visits_to_look(context: Context) -> Page:
    from desk.ui.pages.visits.looking import LookingPage

    return LookingPage(context)


def _deputies_to_look(context: Context) -> Page:
    from desk.ui.pages.deputies.looking import LookingPage

    return LookingPage(context)


def _mediation(context: Context) -> Page:
    from desk.ui.pages.mediation.page import MediationPage

    return MediationPage(context)


def _consultation(context: Context) -> Page:
    from desk.ui.pages.consultation.page import ConsultationPage

    return ConsultationPage(context)


def _deputies(context: Context) -> Page:
    from desk.ui.pages.deputies.page import DeputiesPage

    return DeputiesPage(context)


def _boards(context: Context) -> Page:
    from desk.ui.pages.boards.page import BoardsPage

    return BoardsPage(context)


def _paper(context: Context) -> Page:
    from desk.ui.pages.paper.page import PaperPage

    return PaperPage(context)


def _old_ledger(context: Context) -> Page:
    from desk.ui.pages.old_ledger.page import OldLedgerPage

    return OldLedgerPage(context)


def _check_receipt(context: Context) -> Page:
    from desk.ui.pages.check_receipt.page import CheckReceiptPage

    return CheckReceiptPage(context)


def _settings(context: Context, *, may: May) -> Page:
    from desk.ui.pages.settings.page import SettingsPage
    from desk.ui.pages.settings.sections import ALL

    return SettingsPage(context, [each for each in ALL if not each.group or may("read", each.group)])
