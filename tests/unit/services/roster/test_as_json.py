"""`desk roster FILE`."""

import json
from pathlib import Path

import pytest

from desk.errors import InputProblem
from desk.services.roster.as_json import roster_as_json

REAL = Path(__file__).parents[3] / "real"


def test_the_shape_of_a_row() -> None:
    answer = json.loads(roster_as_json(REAL / "代表花名册-示例镇.xlsx"))
    assert len(answer["rows"]) == 67
    assert answer["rows"][2] == {
        "line": 6,
        "name": "宋思",
        "levels": ["县"],
        "constituency": "第1选区",
        "post": "镇中心卫生院 主治医师",
        "phone": "13738011474",
        "departed": False,
        "doubts": [],
    }
    assert answer["rows"][3]["doubts"][0].startswith("姓名：与第 39 行同名")
    assert [line["line"] for line in answer["skipped"]] == [75, 76]
    assert answer["notes"] == []


def test_a_table_without_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "物资.csv"
    path.write_text("品名,数量\n椅子,3\n", "utf-8")
    with pytest.raises(InputProblem, match="姓名"):
        roster_as_json(path)
