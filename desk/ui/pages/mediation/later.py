"""What of the page is imported only when it is wanted, so that the list comes into view at once.

Off the Qt thread: together it takes five times as long as the list. Each may be called more than once.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk.ui.interest_tool import InterestTool
    from desk.ui.pages.mediation.case import Case
    from desk.ui.pages.mediation.figures_view import FiguresView
    from desk.ui.pages.mediation.small_case import SmallCase


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


def interests() -> "type[InterestTool]":
    """Return what mediators declare."""
    from desk.ui.interest_tool import InterestTool

    return InterestTool


def cases() -> None:
    """Import what an open dispute is made of."""
    case()
    small_case()
