"""What a receipt says (F-53, XF-07): the frozen values its A5 sheet and its thermal strip are drawn from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReceiptRow:
    """One line of the middle part, worded by the profile; `strong` is set in bold before `text`."""

    label: str
    text: str
    strong: str = ""


@dataclass(frozen=True)
class ReceiptPaper:
    """One receipt, ready to draw: names are masked, dates are sentences, nothing is looked up any more.

    `plain` is the safe visit's slip: numbers, station phone, code and `notes` only (product.md, Safe); the
    drawers then leave out everything else, whatever the other fields hold.
    """

    title: str
    station: str
    phone: str
    number: str
    spoken: str
    code: str
    visitor: str = ""
    at_text: str = ""
    rows: tuple[ReceiptRow, ...] = ()
    notes: tuple[str, ...] = ()
    receivers: str = ""
    registrar: str = ""
    issued_text: str = ""
    reprint: int = 0
    plain: bool = False


def short_subject(subject: str, most: int) -> str:
    """Return the subject in at most `most` characters (F-53: 32), the last of them … when it was longer."""
    ready = " ".join(subject.split())
    return ready if len(ready) <= most else ready[: most - 1] + "…"
