"""Pages as pictures, one caller at a time."""

from concurrent.futures import ThreadPoolExecutor

from desk.services.pdf import receipt, render
from tests.paper_samples import RECEIPT


def test_pages_are_rendered_at_the_resolution_asked_for() -> None:
    pdf = receipt.draw(RECEIPT)
    assert render.page_count(pdf) == 2
    colour, _stub = render.pages(pdf, 75)
    assert colour.mode == "RGB"
    assert abs(colour.width - 210 / 25.4 * 75) <= 1
    assert render.page(pdf, 1, 75, grey=True).mode == "L"


def test_a_page_has_its_size_in_millimetres() -> None:
    width, height = render.page_size(receipt.draw(RECEIPT), 1)
    assert (round(width), round(height)) == (210, 148)


def test_two_threads_may_ask_at_once() -> None:
    pdf = receipt.draw(RECEIPT)
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda number: render.page(pdf, number % 2, 60), range(12)))
    assert len({picture.tobytes() for picture in pictures}) == 2
