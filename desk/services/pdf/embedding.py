"""The font class that embeds true subsets; imports reportlab, so fonts.py brings it in on first use."""

import copy
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

rl_config.useA85 = 0  # binary page streams: a fifth smaller, and no encoder written in Python

_PER_BLOCK = 100  # Adobe Technical Note 5411: at most 100 pairs in one bfchar block.


class _DocumentFace(TTFontFace):
    """A parsed face as one document sees it: with its own read position, and cheap to take glyphs from."""

    def __init__(self, parsed: TTFontFace) -> None:
        """Share everything `parsed` knows; two threads may then write two documents at once."""
        self.__dict__.update(parsed.__dict__)

    def get_table(self, tag: str) -> Any:
        """Return a table; the outlines (10 to 25 MB) are not copied just to take some glyphs out of them."""
        if tag == "glyf":
            return _Outlines(self.__dict__["_ttf_data"], self.get_table_pos(tag)[0])
        parser: Any = super()
        return parser.get_table(tag)


class _Outlines:
    """The glyph table, cut where it lies in the file's bytes."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


class EmbeddedFont(TTFont):
    """A face whose subset carries a true ToUnicode map, so that every name can be selected and searched."""

    def addObjects(self, doc: Any) -> None:
        """Write the subsets of this face into the document (reportlab calls this when it saves).

        WORKAROUND reportlab 5.1.0 makeToUnicodeCMap: code points beyond U+FFFF are written as five hex
        digits, so that 𬱖 is extracted as another character. The map is written again with UTF-16 surrogates.
        """
        subsets = self.state[doc].subsets
        own = copy.copy(self)
        own.face = _DocumentFace(self.face)
        TTFont.addObjects(own, doc)
        written = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(subsets):
            entry = written[f"{doc.fontMapping[self.fontName][1:]}+{number}"]
            doc.idToObject[entry.ToUnicode.name].content = to_unicode_map(entry.BaseFont, subset)


def to_unicode_map(name: str, subset: list[int]) -> str:
    """Return the PDF ToUnicode map of one subset: place in the subset -> UTF-16BE of its code point."""
    pairs = [
        f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for place, code in enumerate(subset)
    ]
    blocks = [pairs[start : start + _PER_BLOCK] for start in range(0, len(pairs), _PER_BLOCK)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *body,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
