"""What is slow to import: ahead of its use, off the Qt thread while a person types, or only when asked for.

Each may be called more than once.
"""

import gc
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from desk.ui.register import load_page

if TYPE_CHECKING:
    from desk.services.kit import Services


def wizard() -> None:
    """Import the pages of the first start."""
    importlib.import_module("desk.ui.pages.setup.page")


def sheet() -> None:
    """Import the window that shows the recovery sheet at the end of the first start."""
    importlib.import_module("desk.ui.preview.window")


def desk() -> None:
    """Import what opens the store, the window and its first page."""
    from desk.services import kit

    kit.prepare()
    importlib.import_module("desk.ui.window")
    load_page("today")
    # What is there by now stays. Looking through it for what can go stops every thread, 100 ms at a time.
    gc.freeze()


def pages(keys: Iterable[str], services: "Services") -> Iterator[Callable[[], None]]:
    """Yield what imports the pages that take longest at first sight, of those that are there, piece by piece.

    First the pages, then what an open dispute and an open consultation are made of.
    """
    there = [key for key in _OFTEN if key in keys]
    for key in there:
        yield partial(load_page, key, services)
    for key in there:
        if key in _MORE:
            yield partial(_MORE[key], services)


def _dispute(services: "Services") -> None:
    from desk.ui.pages.mediation import later

    later.cases(services)


def _consultation(_services: "Services") -> None:
    from desk.ui.pages.consultation import later

    later.sheet()
    later.record()


_OFTEN = ("visits", "mediation", "consultation")
_MORE: Mapping[str, Callable[["Services"], None]] = {"mediation": _dispute, "consultation": _consultation}


def initials(name: str) -> tuple[str, ...]:
    """Return the initials of a name; the dictionary of readings takes 0.2 s to load, so only when asked."""
    from desk.rules.pinyin import readings

    return readings(name).initials
