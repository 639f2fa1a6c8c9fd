"""What a form looks like, as data: rows of labelled cells, running text, lists, signatures, top to bottom."""

from dataclasses import dataclass, field
from typing import Final

VALUE_KINDS: Final = frozenset(
    {
        "text",
        "longtext",
        "date",
        "han_date",
        "datetime",
        "list",
        "names",
        "money",
        "int",
        "choice",
        "yesno",
        "sign",
        "seal",
    }
)
"""How a value is written: `han_date` in Han digits, `list` numbered, `names` with 、 between them, `money`
(fen) in figures and Han words, `choice` with a box before each option, `sign` and `seal` as room to fill in.
"""

ROW_KINDS: Final = frozenset(
    {"cells", "table", "heading", "text", "centre", "left", "right", "field", "items", "gap", "signs", "part"}
)


@dataclass(frozen=True)
class CellLayout:
    """A labelled value. `share` is its part of a row's width, `label_width` in mm (0: the usual width).

    `options` are the words of a choice; `dated` adds a date to fill in to a signature. In running text
    `share` is how long the line is that is left for a hand (1: eight digits).
    """

    label: str = ""
    key: str = ""
    kind: str = "text"
    share: float = 1.0
    required: bool = False
    options: tuple[str, ...] = ()
    dated: bool = False
    label_width: float = 0.0
    align: str = "left"
    each: str = ""


@dataclass(frozen=True)
class SignLayout:
    """A line of the signature block; `names` is the key of the names it is asked of."""

    label: str
    names: str = ""
    dated: bool = True


@dataclass(frozen=True)
class RowLayout:
    """One row of a form; which of the fields count depends on `kind`.

    `each` repeats a row (and its neighbours of the same `each`) for every item of a list, `only` keeps it for
    items of that kind, `when` and `unless` name a key that must be filled, or empty. `lines` are left blank
    for an empty field; `empty` is printed instead of one.
    """

    kind: str
    text: str = ""
    label: str = ""
    key: str = ""
    value: str = "text"
    level: int = 1
    cells: tuple[CellLayout, ...] = ()
    signs: tuple[SignLayout, ...] = ()
    each: str = ""
    only: str = ""
    when: str = ""
    unless: str = ""
    height: float = 0.0
    lines: int = 2
    empty: str = ""
    required: bool = False
    seal: str = ""
    date: str = ""
    dated: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the values this row shows."""
        return frozenset({self.key, *(cell.key for cell in self.cells)} - {""})


@dataclass(frozen=True)
class FormLayout:
    """One form: its number (F-07), title, how its pages are numbered, where it comes from, and its rows.

    `size` is that of ruled cells in points; a register of many cells is set smaller.
    """

    form: str
    title: str
    paging: str
    source: str
    size: float
    rows: tuple[RowLayout, ...] = field(repr=False)
