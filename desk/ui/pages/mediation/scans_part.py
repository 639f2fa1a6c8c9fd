"""The scans of a dossier: which row new ones lie in, and which paper's signed pages they are (§3.6)."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.rules.mediation_labels import DOSSIER_ROW
from desk.services.mediation.values import CaseCard, DossierRow
from desk.text import _
from desk.ui.attachments.collector import Collector
from desk.ui.attachments.kinds import Kinds
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.context import Context
from desk.ui.parts.boxes import label, row
from desk.ui.parts.combo import Combo

if TYPE_CHECKING:
    from desk.services.mediation.papers import Filing

_LOOSE = DossierRow("evidence", DOSSIER_ROW["evidence"], "if_any", present=False, sentence="")
_WIDE = 16  # characters of a paper's name that the choice has room for


class ScansPart(QWidget):
    """What hangs on the case, and above it where the next scan goes."""

    def __init__(self, context: Context, around: QWidget) -> None:
        """Args: `around` is what files may be dropped on."""
        super().__init__()
        self._context = context
        self._card: CaseCard | None = None
        self._row = _LOOSE
        self._filings: dict[str, list[tuple[str, str]]] = {}
        self.strip = AttachmentStrip(around=around)
        self.scans = Collector(context, self.strip, self)
        self.words = label("", "label", wrap=True)
        self.paper = Combo()
        self.paper.setMinimumContentsLength(_WIDE)
        self.paper.setAccessibleDescription(_("这份扫描件是"))
        self._choice = QWidget()
        self._choice.setLayout(row(label(_("这份扫描件是"), "label"), self.paper, None, gap=8))
        self._choice.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.words)
        box.addWidget(self._choice)
        box.addWidget(self.strip)
        self.paper.activated.connect(lambda _at: self._aim())

    def stop(self) -> None:
        """Let no more be added, and say what was not."""
        self.scans.stop()

    def show_case(self, card: CaseCard, chosen: DossierRow | None) -> None:
        """Show the scans of a case, new ones going to the row that is chosen; ask which papers it has now."""
        services, self._card = self._context.services, card
        self.show_row(chosen)
        self._context.tasks.run(
            lambda: services.case_papers.filings(card.id), done=partial(self._on_filings, card.id), owner=self
        )

    def show_row(self, chosen: DossierRow | None) -> None:
        """Let new scans belong to the row that is chosen."""
        before, self._row = self._row, chosen or _LOOSE
        is_other = (before.key, before.label) != (self._row.key, self._row.label)
        self.words.setText(_("扫描件加到：{row}（在目录里选别的一行就换）").format(row=self._row.label))
        self._offer(afresh=is_other)

    def _on_filings(self, case_id: str, filings: "Sequence[Filing]") -> None:
        if self._card is None or case_id != self._card.id:
            return
        self._filings = {}
        for each in filings:
            self._filings.setdefault(each.row, []).append((each.code, each.label))
        drawn = set(self._filings)
        for line in self._card.dossier.rows:
            # Of an identity paper there is no drawn one: a scan belongs to the party.
            if line.party_id and line.key not in drawn:
                self._filings.setdefault(line.key, []).append((line.party_id, line.label))
        slots = [(code, _(words)) for code, words in DOSSIER_ROW.items()]
        self.scans.set_kinds(Kinds(slots, self._filings))
        self._offer(afresh=False)

    def _offer(self, *, afresh: bool) -> None:
        """Offer the papers of the row; of one there is nothing to choose."""
        papers = [] if self._row.party_id else self._filings.get(self._row.key, [])
        self.paper.set_choices([("", _("还没说明是哪一份（打印的文书也留着）")), *papers])
        if afresh:
            self.paper.set_value("")
        self._choice.setVisible(len(papers) > 1)
        self._aim()

    def _aim(self) -> None:
        if self._card is None:
            return
        papers = self._filings.get(self._row.key, [])
        party_id = self._row.party_id or (papers[0][0] if len(papers) == 1 else self.paper.value())
        self.scans.set_target("mediation", self._card.id, slot=self._row.key, party_id=party_id)
