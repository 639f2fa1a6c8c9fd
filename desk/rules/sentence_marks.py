"""Which sentences of two texts differ, for texts side by side: 。！？； and a new line end a sentence."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_SENTENCE: Final = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+\Z")

Pieces = tuple["Piece", ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of whole sentences, and whether the other text has it too."""

    text: str
    differs: bool


def sentences(text: str) -> tuple[str, ...]:
    """Cut a text after each 。！？； or new line; put together again they are the text."""
    return tuple(_SENTENCE.findall(text))


def compare(mine: str, theirs: str) -> tuple[Pieces, Pieces]:
    """Return both texts in pieces; sentences that stand in one of them only are marked.

    Neighbours of the same kind are one piece, so that a page draws as few marks as there are differences.
    """
    left, right = sentences(mine), sentences(theirs)
    marks_left: list[bool] = [True] * len(left)
    marks_right: list[bool] = [True] * len(right)
    for block in SequenceMatcher(None, _bare(left), _bare(right), autojunk=False).get_matching_blocks():
        for n in range(block.size):
            marks_left[block.a + n] = marks_right[block.b + n] = False
    return _joined(left, marks_left), _joined(right, marks_right)


def _bare(listed: tuple[str, ...]) -> list[str]:
    # The last sentence of a text often lacks its full stop; it is the same sentence.
    return [each.strip().rstrip("。") for each in listed]


def _joined(listed: tuple[str, ...], marks: list[bool]) -> Pieces:
    pieces: list[Piece] = []
    for text, differs in zip(listed, marks, strict=True):
        if pieces and pieces[-1].differs is differs:
            pieces[-1] = Piece(pieces[-1].text + text, differs)
        else:
            pieces.append(Piece(text, differs))
    return tuple(pieces)
