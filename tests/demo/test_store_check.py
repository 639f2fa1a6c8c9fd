"""A store that lacks what the demo made is told; the good case is played in tests/e2e/test_demo.py."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk.demo import folder, store_check
from desk.demo.record import CaseMade, ConsultationMade, Record, VisitMade
from desk.demo.setting_up import PASSWORD
from desk.errors import Problem
from tests.sign_on import SETUP, MemorySecrets, cheap_login


@pytest.mark.parametrize(
    ("made", "number"),
    [
        ({"visits": [VisitMade("来过的人", "LF2026-A0001")]}, "LF2026-A0001"),
        ({"cases": [CaseMade("口头", "〔2026〕示例人调字第1号")]}, "人调字第1号"),
        ({"consultations": [ConsultationMade("一方先来", "ZX2026-A0001")]}, "ZX2026-A0001"),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, made: dict[str, Any], number: str) -> None:
    setup = replace(SETUP, password=PASSWORD)
    cheap_login(tmp_path / folder.DATA, MemorySecrets(works=False)).first_start(setup).store.close()
    with pytest.raises(Problem, match=number):
        store_check.read_back(Record(tmp_path, **made))
