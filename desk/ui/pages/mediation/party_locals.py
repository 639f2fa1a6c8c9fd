"""本地栏目 of one party (F-03) and of its agents (F-04): each has its own paper, and so its own words."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.rules.local_fields import LocalField
from desk.services.mediation.people_values import PartyView
from desk.ui.context import Context
from desk.ui.local_fields import LocalFields

Place = tuple[str, str]
"""Noun and id of a party or an agent."""


class PartyLocals(QWidget):
    """The fields a county added to the papers of one party; not shown where there are none.

    Signals:
        touched: something was typed that no record has yet.
    """

    touched = Signal()

    def __init__(self, offered: Mapping[str, Sequence[LocalField]], parent: QWidget | None = None) -> None:
        """Args: `offered` are the added fields by the noun they belong to."""
        super().__init__(parent)
        self._offered = offered
        self._cards: dict[Place, LocalFields] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.hide()

    def card(self, noun: str, record_id: str) -> LocalFields:
        """Return the fields of the party or of one agent."""
        return self._cards[noun, record_id]

    def show_view(self, view: PartyView, context: Context) -> None:
        """Show the fields of a party that is in the record, and of its agents."""
        wanted: dict[Place, str] = {}
        if self._offered.get("party"):
            wanted["party", view.id] = view.name
        if self._offered.get("agent"):
            wanted |= {("agent", each.id): each.name for each in view.agents}
        for place in [place for place in self._cards if place not in wanted]:
            gone = self._cards.pop(place)
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, name in wanted.items():
            if place not in self._cards:
                self._cards[place] = self._made(place[0], context)
            self._cards[place].name_after(name)
            self._cards[place].show_record(place[1])
        self.setVisible(bool(wanted))

    def typed(self) -> dict[Place, str]:
        """Return what is typed and in no record yet, for a draft."""
        return {place: text for place, card in self._cards.items() if (text := card.typed())}

    def restore(self, texts: Mapping[Place, str]) -> None:
        """Show again what was half typed."""
        for place, card in self._cards.items():
            if place in texts:
                card.restore(texts[place])

    def _made(self, noun: str, context: Context) -> LocalFields:
        made = LocalFields(noun, bare=True)
        made.settle_in(context)
        made.touched.connect(self.touched)
        self._box.addWidget(made)
        return made
