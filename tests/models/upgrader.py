"""Upgrades a store by one step; to be killed. `python -m tests.models.upgrader FOLDER`"""

import sys
from pathlib import Path

from desk.models import upgrade
from desk.models.store import FILE
from tests.models.test_upgrade import CHAIN
from tests.stores import KEY

if __name__ == "__main__":
    print("ready", flush=True)
    upgrade.upgrade(Path(sys.argv[1]) / FILE, KEY, CHAIN)
    print("done", flush=True)
