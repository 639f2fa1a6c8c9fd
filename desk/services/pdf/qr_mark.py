"""The square code on papers: module matrix in, one vector path out (domain.md 7.5, QR rules)."""

from functools import lru_cache

from desk.errors import PaperProblem
from desk.text import _

QUIET = 4  # modules of white on every side
SMALLEST_MODULE = 0.5  # mm
_MASK = 3  # fixed: weighing all eight masks costs six times the rest, and scanners read each alike

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=64)
def matrix(text: str) -> Matrix:
    """Return the modules of the code for `text` at error level Q, without the quiet zone; True is black.

    Raises PaperProblem when the text is too long for any code.
    """
    import qrcode
    from qrcode.constants import ERROR_CORRECT_Q

    mark = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=_MASK)
    mark.add_data(text)
    try:
        mark.make(fit=True)
    except ValueError as error:
        raise PaperProblem(_("二维码内容太长，印不下。"), way_out=_("请检查设置里的网址前缀。")) from error
    return tuple(tuple(bool(cell) for cell in row) for row in mark.get_matrix())


def side(text: str, module: float = SMALLEST_MODULE) -> float:
    """Return the printed side in mm, quiet zone included, at `module` mm a module."""
    return (len(matrix(text)) + 2 * QUIET) * module


def row_runs(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return the black parts as (column, row, length) runs, counted from the top left module."""
    found: list[tuple[int, int, int]] = []
    for row_number, row in enumerate(matrix(text)):
        column = 0
        while column < len(row):
            length = 0
            while column + length < len(row) and row[column + length]:
                length += 1
            if length:
                found.append((column, row_number, length))
            column += length or 1
    return tuple(found)
