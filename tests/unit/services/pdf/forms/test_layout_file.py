"""Layout files: every shipped one is sound, and a bad one is refused with the row and the reason."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from desk import paths
from desk.errors import PaperProblem
from desk.services.pdf.consultation.values import ConsultationSheet
from desk.services.pdf.forms import layout_file
from desk.services.pdf.mediation import dossier_values, record_values, values

FOLDER = paths.resources() / "forms"
CLASSES: dict[str, type] = {
    "f01": values.Application,
    "f02": values.Registration,
    "f03": values.RightsNotice,
    "f04": values.Authorisation,
    "f05": record_values.InquiryRecord,
    "f06": record_values.SittingRecord,
    "f07": values.AgreementPaper,
    "f08": values.AgreementPaper,
    "f09": record_values.FollowUpRecord,
    "f10": values.ConfirmationApplication,
    "f10_proof": values.CommitteeProof,
    "f11": dossier_values.ClosingReport,
    "f12": values.EndNotice,
    "f12_referral": values.ReferralLetter,
    "f13": dossier_values.Cover,
    "f13_back": dossier_values.BackCover,
    "f13_contents": dossier_values.Contents,
    "f13_note": dossier_values.DossierNote,
    "f40": ConsultationSheet,
}
ROW: dict[str, Any] = {"kind": "text", "text": "甲"}
GOOD: dict[str, Any] = {"form": "F-01", "title": "书", "paging": "of", "source": "本地设定", "row": [ROW]}


def test_every_form_has_a_layout_and_every_layout_a_paper() -> None:
    assert {file.stem for file in FOLDER.glob("*.toml")} == set(CLASSES)


@pytest.mark.parametrize("form", CLASSES)
def test_the_keys_of_a_layout_are_fields_of_its_paper(form: str) -> None:
    paper = CLASSES[form]
    known = {each.name for each in fields(paper)} | {name for name in dir(paper) if name[0] != "_"}
    inner = {name for kind in (values.PartyBlock, dossier_values.ContentsEntry) for name in dir(kind)}
    inner |= {
        each.name for kind in (values.PartyBlock, dossier_values.ContentsEntry) for each in fields(kind)
    }
    layout = layout_file.shipped(form)
    assert layout.form == f"F-{form[1:3]}"
    for row in layout.rows:
        wanted = row.keys | {row.when, row.unless} - {""}
        assert wanted <= (known | inner if row.each else known), row
        assert {row.each, row.seal, row.date, *(sign.names for sign in row.signs)} - {""} <= known


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"colour": "red"}, "不认识的项目“colour”"),
        ({"title": ""}, "没有写“title”"),
        ({"source": None}, "没有写“source”"),
        ({"paging": "roman"}, "页码方式“roman”"),
        ({"size": 40}, "字号“40”"),
        ({"size": True}, "字号"),
        ({"row": []}, "没有任何一行"),
        ({"row": [3]}, "第 1 行不是表格"),
        ({"row": [ROW, {"kind": "picture"}]}, "第 2 行的种类“picture”"),
        ({"row": [{"kind": "text"}]}, "第 1 行没有写“text”"),
        ({"row": [{"kind": "text", "text": 3}]}, "“text”写法不对"),
        ({"row": [{"kind": "field", "label": "甲", "key": "a", "value": "colour"}]}, "取值种类“colour”"),
        ({"row": [{"kind": "field", "label": "甲", "key": "a", "lines": 1.5}]}, "“lines”写法不对"),
        ({"row": [{"kind": "cells", "cells": 3}]}, "“cells”应是列表"),
        ({"row": [{"kind": "cells", "cells": [3]}]}, "第 1 行不是表格"),
        ({"row": [{"kind": "cells", "cells": [{}]}]}, "既没有栏目名也没有内容"),
        ({"row": [{"kind": "cells", "cells": [{"label": "甲", "share": 0}]}]}, "宽度要大于 0"),
        ({"row": [{"kind": "cells", "cells": [{"label": "甲", "kind": "choice"}]}]}, "“甲”选项不对"),
        ({"row": [{"kind": "cells", "cells": [{"label": "甲", "align": "up"}]}]}, "对齐“up”"),
        ({"row": [{"kind": "cells", "cells": [{"label": "甲", "colour": 1}]}]}, "不认识的项目“colour”"),
        (
            {"row": [{"kind": "cells", "cells": [{"label": "甲", "kind": "choice", "options": [1]}]}]},
            "写法不对",
        ),
        ({"row": [{"kind": "signs", "signs": [{"dated": True}]}]}, "签名没有写“label”"),
        ({"row": [{"kind": "part", "text": "party_cells", "each": "parties"}]}, "不能再用别的样式"),
    ],
)
def test_a_bad_layout_is_refused_with_its_reason(change: dict[str, Any], reason: str) -> None:
    content = {key: value for key, value in (GOOD | change).items() if value is not None}
    with pytest.raises(PaperProblem) as caught:
        layout_file.from_content(content, "f01.toml")
    assert reason in caught.value.sentence
    assert "f01.toml" in caught.value.sentence


def test_a_sound_layout_is_read() -> None:
    layout = layout_file.from_content(GOOD | {"size": 11}, "f01.toml")
    assert (layout.title, layout.size, len(layout.rows)) == ("书", 11.0, 1)


def test_a_file_that_is_absent_or_no_toml_is_told(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("form = ", encoding="utf-8")
    for file in (bad, tmp_path / "absent.toml"):
        with pytest.raises(PaperProblem, match="读不出来"):
            layout_file.read(file)
