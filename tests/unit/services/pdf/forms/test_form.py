"""A new form needs no code: a layout and values are enough; blanks and repeats follow the data."""

from dataclasses import dataclass

import pytest

from desk.services.pdf import official
from desk.services.pdf.faces import SHIPPED
from desk.services.pdf.forms import form, layout_file
from desk.services.pdf.forms.form import PLAIN
from tests.paper_samples import texts


@dataclass(frozen=True)
class _Item:
    name: str
    kind: str = "person"


@dataclass(frozen=True)
class _Paper:
    name: str = ""
    words: str = ""
    items: tuple[_Item, ...] = ()
    signer: str = ""
    names: tuple[str, ...] = ()


def _text(paper: _Paper, *rows: dict[str, object]) -> str:
    content = {"form": "F-99", "title": "样表", "paging": "none", "source": "本地设定", "row": list(rows)}
    layout = layout_file.from_content(content, "f99.toml")
    pdf = official.draw("样表", form.strips(layout, paper, PLAIN), faces=SHIPPED, paging="none")
    return "".join(texts(pdf))


def test_an_empty_required_pair_is_left_to_write_and_an_optional_one_is_left_out() -> None:
    cells = [{"label": "姓名", "key": "name", "required": True}, {"label": "别名", "key": "words"}]
    assert _text(_Paper(), {"kind": "items", "cells": cells}) == "样表姓名：________"


def test_an_empty_field_has_its_words_or_lines_to_write_on() -> None:
    row = {"kind": "field", "label": "备注", "key": "words"}
    assert _text(_Paper(), row) == "样表备注："
    assert _text(_Paper(), row | {"empty": "无"}) == "样表备注：无"


def test_rows_of_one_list_are_repeated_together_and_by_kind() -> None:
    rows = (
        {"kind": "text", "text": "名{name}", "each": "items"},
        {"kind": "text", "text": "人{name}", "each": "items", "only": "person"},
    )
    paper = _Paper(items=(_Item("甲"), _Item("乙", "unit")))
    assert _text(paper, *rows) == "样表名甲人甲名乙"
    assert _text(_Paper(), *rows) == "样表"


def test_conditions() -> None:
    rows = (
        {"kind": "text", "text": "有", "when": "words"},
        {"kind": "text", "text": "没有", "unless": "words"},
    )
    assert _text(_Paper(words="甲"), *rows) == "样表有"
    assert _text(_Paper(), *rows) == "样表没有"


def test_one_name_or_several_may_sign_a_cell() -> None:
    row = {"kind": "cells", "cells": [{"label": "签名", "key": "signer", "kind": "sign", "dated": True}]}
    assert _text(_Paper(signer="甲"), row) == "样表签名年月日"
    several = row | {"cells": [{"label": "签名", "key": "names", "kind": "sign"}]}
    assert _text(_Paper(names=("甲", "乙")), several) == "样表签名甲：乙："
    assert _text(_Paper(names=("", "")), several) == "样表签名"


def test_a_key_the_paper_does_not_have_is_a_bug_and_flies() -> None:
    with pytest.raises(AttributeError):
        _text(_Paper(), {"kind": "field", "label": "甲", "key": "absent"})


def test_a_heading_alone_and_a_subtitle_row() -> None:
    rows = (
        {"kind": "heading", "text": "一、情况", "level": 2},
        {"kind": "cells", "cells": [{"label": "小标题"}]},
        {"kind": "gap", "height": 1},
        {"kind": "centre", "text": "完"},
    )
    assert _text(_Paper(), *rows) == "样表一、情况小标题完"
