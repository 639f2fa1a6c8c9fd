"""What every form's test asks: all labels and values on paper, room to sign in one piece, faces embedded."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.errors import PaperProblem
from desk.rules.local_fields import LocalField
from desk.rules.numerals import amount_words, official_date
from desk.services.pdf.forms import layout_file, local_rows
from desk.services.pdf.forms.form import PLAIN, Extras
from tests.paper_samples import MISSING, RARE, fonts, outside, poppler_text, texts

Draw = Callable[..., bytes]
NOTHING: frozenset[str] = frozenset()

_NUMBER = re.compile(r"(—\d+—|第\d+页共\d+页)$")


def words(pdf: bytes) -> str:
    """Return all text of a paper without blanks and without its page numbers."""
    return "".join(_NUMBER.sub("", page) for page in texts(pdf))


def check(form: str, draw: Draw, paper: Any, folder: Path, *, unprinted: frozenset[str] = NOTHING) -> None:
    """Every label of the layout and every value of the paper is found in the selectable text; no ink is lost.

    `unprinted` are the fields this form does not print (domain.md 3.5 has no place for them there).
    """
    pdf = draw(paper)
    found = words(pdf)
    for label in labels(form, paper):
        assert label in found, label
    for value in shown(paper, unprinted):
        assert value in found, value
    assert outside(pdf) == []
    listed = fonts(pdf, folder)
    assert listed
    assert all(font[1:] == ("yes", "yes", "yes") for font in listed)
    assert shown_once(found) in poppler_text(pdf, folder)


def shown_once(found: str) -> str:
    """Return the title as it stands in the text: another reader than ours must find it too."""
    return found[:4]


def check_odd_values(form: str, draw: Draw, paper: Any, name: str) -> None:
    """Field `name`: rare names are printed, nothing breaks when it is empty, a missing glyph is told."""
    assert RARE in words(draw(replace(paper, **{name: RARE})))
    assert outside(draw(replace(paper, **{name: ""}))) == []
    with pytest.raises(PaperProblem, match="U\\+3FFFD"):
        draw(replace(paper, **{name: f"甲{MISSING}乙"}))
    field = LocalField(form, "grid", "所在网格", name)
    text = words(draw(paper, replace(PLAIN, local=((field, "第三网格"),))))
    # Of a form in several parts it stands on one of them only.
    here = local_rows.of_layout(form, (field,)) == (field,)
    assert ("所在网格" in text, "第三网格" in text) == (here, here)


def check_long(draw: Draw, paper: Any, name: str, *, label: str = "", pages: int = 3) -> list[str]:
    """Text of three pages in field `name` flows on and stays inside; return the pages.

    The `label` of a ruled row stands again on each page it goes on to.
    """
    long = "".join(f"第{number}句：双方各自陈述事情的经过和自己的要求。" for number in range(1, 90))
    pdf = draw(replace(paper, **{name: long}))
    found = texts(pdf)
    assert len(found) >= pages
    assert outside(pdf) == []
    text = words(pdf)
    assert long in (text.replace(label, "") if label else text)
    return found


def labels(form: str, paper: Any) -> Iterator[str]:
    """Return the title and every label that this paper must show, blanks left out."""
    layout = layout_file.shipped(form)
    yield layout.title
    for row in layout.rows:
        if row.when or row.unless or (row.each and not getattr(paper, row.each)):
            continue
        yield from (_bare(text) for text in (row.label, row.text) if text and "{" not in text)
        yield from (_bare(sign.label) for sign in row.signs)
        if row.only:
            continue
        for cell in row.cells:
            empty = row.kind == "items" and not cell.required
            if "{" not in cell.label and not empty:
                yield _bare(cell.label)
            yield from (_bare(option) for option in cell.options if not empty)


def shown(value: Any, unprinted: frozenset[str] = NOTHING) -> Iterator[str]:
    """Return every value of a paper in the words it must be printed in, blanks left out."""
    if is_dataclass(value):
        for each in fields(value):
            found = getattr(value, each.name)
            if each.name == "amount" and found is not None:
                yield amount_words(found)
            elif each.name not in {"kind", "amount", *unprinted}:
                yield from shown(found, unprinted)
    elif isinstance(value, tuple):
        for each in value:
            yield from shown(each, unprinted)
    elif isinstance(value, datetime):
        yield official_date(value.date())
        yield f"{value.hour}时{value.minute:02}分"
    elif isinstance(value, date):
        yield official_date(value)
    elif isinstance(value, bool) or value is None:
        return
    else:
        yield from (_bare(line) for line in str(value).splitlines())


def extras(form: str, key: str, label: str, after: str, text: str) -> Extras:
    """Return what a paper has when the county added one field."""
    return Extras(local=((LocalField(form, key, label, after), text),))


def _bare(text: str) -> str:
    return "".join(text.split())
