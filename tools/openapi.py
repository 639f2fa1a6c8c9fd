"""Write docs/openapi.json, the hub's description of its routes, from the application itself."""

import json
from pathlib import Path

from desk.hub.main import create_app

TARGET = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"


def described() -> str:
    """Return the description as the file holds it."""
    said = create_app("", 1).openapi()
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(described(), encoding="utf-8")
