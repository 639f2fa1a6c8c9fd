"""What is slow to import: ahead of its use, off the Qt thread while a person types, or only when asked for.

Each may be called more than once.
"""

import gc
import importlib

from desk.ui.register import load_page


def wizard() -> None:
    """Import the pages of the first start."""
    importlib.import_module("desk.ui.pages.setup.page")


def desk() -> None:
    """Import what opens the store, the window and its first page."""
    from desk.services import kit

    kit.prepare()
    importlib.import_module("desk.ui.window")
    load_page("today")
    # What is there by now stays. Looking through it for what can go stops every thread, 100 ms at a time.
    gc.freeze()


def initials(name: str) -> tuple[str, ...]:
    """Return the initials of a name; the dictionary of readings takes 0.2 s to load, so only when asked."""
    from desk.rules.pinyin import readings

    return readings(name).initials
