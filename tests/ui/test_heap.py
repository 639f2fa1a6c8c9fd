"""What was freed at the end of the heap goes back to the system, also after a large block was freed."""

import subprocess
import sys

import pytest

from desk.ui import heap

# Blocks that the heap itself holds, not pages of their own: below 128 KB. `sbrk(0)` is where the heap ends.
_PROGRAM = """
import ctypes, sys
from desk.ui import heap

if "gives" in sys.argv and not heap.give_back():
    sys.exit("this C library has no mallopt")
sbrk = ctypes.CDLL(None).sbrk
sbrk.restype = ctypes.c_void_p
picture = bytearray(8_000_000)
del picture
before = sbrk(0)
many = [bytes(100_000) for _n in range(60)]
grown = sbrk(0) - before
many.clear()
print(grown, sbrk(0) - before)
"""


def heap_of(*arguments: str) -> tuple[int, int]:
    """Return by how many bytes 6 MB in small blocks made a program's heap longer, and what was left."""
    command = [sys.executable, "-c", _PROGRAM, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    grown, left = map(int, done.stdout.split())
    return grown, left


@pytest.mark.parametrize(("arguments", "kept"), [((), True), (("gives",), False)])
def test_after_a_large_block_the_heap_keeps_what_is_free_unless_told(
    arguments: tuple[str, ...], kept: bool
) -> None:
    grown, left = heap_of(*arguments)
    assert grown > 4_000_000
    assert (left > 4_000_000) is kept


def test_another_system_has_no_such_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert heap.give_back() is False
