"""The wall seen sheet by sheet: a page is drawn only when somebody looks at it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from desk.services.pdf import deputy_wall
from desk.ui.preview.sheets import PdfSheets, SheetSize

if TYPE_CHECKING:
    from desk.services.papers import Papers


class WallSheets:
    """The sheets of a wall of any number of deputies, each drawn by the same service that prints the wall."""

    def __init__(self, papers: "Papers", deputy_ids: Sequence[str], paper: str, code_side: float = 0) -> None:
        """Args: `paper` is "A3" (six to a sheet) or "A4" (one); `code_side` in mm, 0 for the usual one."""
        self._papers = papers
        self._ids = tuple(deputy_ids)
        self._paper = paper
        self._code_side = code_side
        self._layout = deputy_wall.LAYOUTS[paper]
        self._drawn: dict[int, PdfSheets] = {}
        self.count = -(-len(self._ids) // self._layout.per_page)

    def size(self, _number: int) -> SheetSize:
        """Return the size of the layout's paper."""
        return SheetSize(self._layout.size.width, self._layout.size.height)

    def image(self, number: int, dpi: float) -> QImage:
        """Return one sheet. Raises PaperProblem or InputProblem as the wall itself would."""
        if number not in self._drawn:
            each = self._layout.per_page
            ids = self._ids[number * each : (number + 1) * each]
            wall = self._papers.deputy_wall(ids, self._paper, code_side=self._code_side)
            self._drawn[number] = PdfSheets(wall.pdf, 1)
        return self._drawn[number].image(0, dpi)
