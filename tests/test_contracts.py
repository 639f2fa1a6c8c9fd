"""Every import contract of pyproject.toml is broken by a bad import, so none of them is asleep."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BAD = {
    "desk/drawer/__init__.py": "",
    "desk/rules/bad.py": "import PySide6.QtCore\nimport sqlalchemy\nimport reportlab\n",
    "desk/ui/bad.py": "from desk.models import base\nfrom desk.hub import merge\n",
    "desk/hub/bad.py": "from desk.models import base\n",
    "desk/services/bad.py": "import fastapi\nimport httpx\n",
    "desk/ui/pages/one/__init__.py": "",
    "desk/ui/pages/one/page.py": "from desk.ui.pages.two import page\n",
    "desk/ui/pages/two/__init__.py": "",
    "desk/ui/pages/two/page.py": "",
    "desk/wire/left/__init__.py": "",
    "desk/wire/left/bad.py": "from desk.wire.right import bad\n",
    "desk/wire/right/__init__.py": "",
    "desk/wire/right/bad.py": "def circle():\n    from desk.wire.left import bad\n",
}


def test_each_contract_catches_a_bad_import(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "desk", tmp_path / "desk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in BAD.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    answer = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tmp_path,
        env=dict(os.environ, PYTHONPATH=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    broken = set(re.findall(r"^(.+) BROKEN", answer.stdout, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert broken == {each["name"] for each in project["tool"]["importlinter"]["contracts"]}, answer.stdout
