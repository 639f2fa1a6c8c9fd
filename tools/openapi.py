"""Write docs/openapi.json, the hub's description of its routes, from the application itself."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "openapi.json"


def described() -> str:
    """Return the description as the file holds it."""
    from desk.hub.main import create_app

    said = create_app("", 1).openapi()
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    # The code beside this file, not what is installed from another work tree.
    sys.path.insert(0, str(ROOT))
    TARGET.write_text(described(), encoding="utf-8")
