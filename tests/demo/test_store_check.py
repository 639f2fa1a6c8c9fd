"""A store that lacks what the demo made is told; the good case is played in tests/e2e/test_demo.py."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.demo import folder, store_check
from desk.demo.record import Record, VisitMade
from desk.demo.setting_up import PASSWORD
from desk.errors import Problem
from tests.sign_on import SETUP, MemorySecrets, cheap_login


def test_a_visit_that_is_not_there_is_told(tmp_path: Path) -> None:
    setup = replace(SETUP, password=PASSWORD)
    cheap_login(tmp_path / folder.DATA, MemorySecrets(works=False)).first_start(setup).store.close()
    record = Record(tmp_path, visits=[VisitMade("来过的人", "LF2026-A0001")])
    with pytest.raises(Problem, match="LF2026-A0001"):
        store_check.read_back(record)
