"""What of the page is imported only when it is wanted, so that the list comes into view at once.

Off the Qt thread: together it takes five times as long as the list. Each may be called more than once.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from desk.services.kit import Services
    from desk.ui.interest_tool import InterestTool
    from desk.ui.pages.mediation.case import Case
    from desk.ui.pages.mediation.figures_view import FiguresView
    from desk.ui.pages.mediation.small_case import SmallCase

NEEDS: Final = ("case_papers", "consultation")
"""The late services (services/kit.py) that an open case and what mediators declare ask on the Qt thread."""


def case() -> "type[Case]":
    """Return a case with its seven tabs."""
    from desk.ui.pages.mediation.case import Case

    return Case


def small_case() -> "type[SmallCase]":
    """Return the one page of a small oral case."""
    from desk.ui.pages.mediation.small_case import SmallCase

    return SmallCase


def figures() -> "type[FiguresView]":
    """Return the sums."""
    from desk.ui.pages.mediation.figures_view import FiguresView

    return FiguresView


def interests(services: "Services") -> "type[InterestTool]":
    """Return what mediators declare, its services ready."""
    from desk.ui.interest_tool import InterestTool

    services.ready(NEEDS)
    return InterestTool


def cases(services: "Services") -> None:
    """Import what an open dispute is made of, and get its services ready."""
    case()
    small_case()
    services.ready(NEEDS)
