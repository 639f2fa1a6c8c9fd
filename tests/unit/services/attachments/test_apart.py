"""The way between the processes, and the other process itself."""

import io

import pytest
from PIL import Image

from desk.errors import InputProblem
from desk.services import child
from desk.services.attachments import apart, refusals
from desk.services.attachments.apart import Answer, Errand, ask, dumped, loaded, refused
from tests.unit.services.attachments import samples


def test_an_answer_comes_through_whole() -> None:
    answer = Answer("jpeg", 3, 4, 1, b"\x00bytes", b"small")
    assert loaded(dumped(answer)) == answer


def test_a_refusal_comes_through_with_its_way_out() -> None:
    with pytest.raises(InputProblem) as caught:
        loaded(refused(refusals.locked()))
    wanted = refusals.locked()
    told = caught.value
    assert (told.sentence, told.way_out, told.field) == (wanted.sentence, wanted.way_out, wanted.field)


def test_an_errand_names_nobody() -> None:
    errand = Errand("take", "jpeg", pixels=5, side=6)
    assert Errand.from_json(errand.as_json()) == errand
    assert errand.as_json().isascii()


def test_the_other_process_takes_a_photo_in() -> None:
    data = (samples.PHOTOS / "exif-rotated.jpg").read_bytes()
    answer = ask(Errand("take", "jpeg", pixels=10**8, side=400, quality=80), data)
    assert (answer.kind, answer.width, answer.height) == ("jpeg", 300, 400)
    assert Image.open(io.BytesIO(answer.content)).size == (300, 400)


def test_the_other_process_draws_a_page() -> None:
    answer = ask(Errand("page", "pdf", number=1, longest=500), samples.pdf(2))
    drawn = Image.open(io.BytesIO(answer.content))
    assert (drawn.format, max(drawn.size)) == ("PNG", 500)


def test_a_refusal_of_the_other_process_is_heard() -> None:
    with pytest.raises(InputProblem, match="PDF 文件不完整"):
        ask(Errand("take", "pdf", pages=9), b"%PDF-1.7 nothing")


def test_a_file_that_brings_the_reader_down_is_only_a_damaged_file() -> None:
    with pytest.raises(InputProblem, match="损坏"):
        # There is no page -5: the process ends with an error nobody foresaw, as it would with a crash.
        ask(Errand("page", "pdf", number=-5, longest=100), samples.pdf(2))


def test_a_reader_that_does_not_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # A stand-in, because the real one would take a minute.
    def never(*_arguments: object, **_options: object) -> None:
        raise child.TookTooLong

    monkeypatch.setattr(apart.child, "run", never)
    with pytest.raises(InputProblem, match="太久"):
        ask(Errand("take", "jpeg"), b"")
