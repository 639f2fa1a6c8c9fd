"""What the other process answers, asked in this one."""

import pytest

from desk.errors import InputProblem
from desk.services.attachments import native
from desk.services.attachments.apart import Errand, loaded
from tests.unit.services.attachments import samples


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    # The limit of memory is for the process apart, not for the one that runs all tests.
    monkeypatch.setattr(native.child, "limit", lambda: None)


def test_a_refusal_is_an_answer() -> None:
    said = native.answer(Errand("take", "zip"), samples.package("a.txt"))
    with pytest.raises(InputProblem, match="压缩包"):
        loaded(said)


def test_memory_that_is_not_there_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(*_values: object) -> None:
        raise MemoryError

    monkeypatch.setattr(native.documents, "taken_pdf", too_much)
    with pytest.raises(InputProblem, match="已损坏"):
        loaded(native.answer(Errand("take", "pdf"), b""))


def test_words_come_back_as_they_are() -> None:
    assert loaded(native.answer(Errand("take", "text"), b"words")).content == b"words"
