"""Pages ask for other pages here; the window answers. So no page knows another."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

# What the record id of the pages "visits" and "mediation" may say instead of an id.
NEW = "new"
NEXT = "next"
LIST = "list"
SWITCH = "switch"
PERSON = "person:"
NUMBER = "number:"

_PAGE_OF_NOUN = {
    "visit": ("visits", ""),
    "matter": ("visits", ""),
    "receipt": ("visits", ""),
    "person": ("visits", PERSON),
    "deputy": ("deputies", ""),
    "mediation": ("mediation", ""),
    "party": ("mediation", ""),
    "consultation": ("consultation", ""),
}


class Navigator(QObject):
    """Carries wishes to see a page.

    Signals:
        wanted: page key and record id ("" for the page itself).
        back_wanted: the page before this one.
        join_wanted: the way into a station that has PCs already, with what was typed (code, address, pin).
    """

    wanted = Signal(str, str)
    back_wanted = Signal()
    join_wanted = Signal(dict)

    def show(self, page: str, record_id: str = "") -> None:
        """Ask for a page ("today", "visits", "mediation"…) and a record on it.

        The page "visits" also takes `NEW` (start a visit), `NEXT` (go round the open ones), `LIST`,
        `SWITCH` (from the list to the open ones and back)
        and `PERSON` + id (what is known of a person); the page "mediation" takes `NEW`, `NEXT`
        and `NUMBER` + the number of a case, as a visit knows it.
        """
        self.wanted.emit(page, record_id)

    def open(self, noun: str, record_id: str) -> None:
        """Ask for the page that shows a record of this noun, as search finds it."""
        page, prefix = _PAGE_OF_NOUN.get(noun, ("today", ""))
        self.show(page, prefix + record_id)

    def join(self, typed: Mapping[str, str]) -> None:
        """Ask to leave this desk, which was only set up, and to join the station of a code."""
        self.join_wanted.emit(dict(typed))

    def back(self) -> None:
        """Ask for the page seen before."""
        self.back_wanted.emit()
