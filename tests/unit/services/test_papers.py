"""Every paper from a real store: by rights, masked, its codes read back (issue A, section 5)."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem, PaperProblem
from desk.models.audit import Audit
from desk.models.deputy import Deputy
from desk.models.receipt import Receipt
from desk.models.store import Store
from desk.services.pdf import decode, thermal
from desk.services.receipts import Verdict
from tests import factories
from tests.fakes import FakeClock
from tests.paper_desk import PaperDesk, add_visit, desk, set_up
from tests.paper_samples import MISSING, fonts, texts

MONDAY = date(2026, 11, 23)


@pytest.fixture
def here(store: Store, fake_clock: FakeClock) -> PaperDesk:
    """A clerk at a desk that is set up."""
    set_up(store)
    return desk(store)


def test_a_receipt_is_drawn_masked_and_its_code_is_true(here: PaperDesk, tmp_path: Path) -> None:
    visit_id, _matter = add_visit(here.store, name_told="王𬱖", phone_told="13800006621")
    done = here.papers.receipt(visit_id)
    paper = done.value
    front, stub = texts(paper.pdf)
    assert "王*（1人）" in front
    assert "𬱖" not in front + stub
    assert "13800006621" not in front + stub
    assert (paper.pages, paper.number, paper.record_id) == (2, "LF2026-A0001", visit_id)
    assert done.changed == {"receipt", "visit"}
    (found,) = decode.codes(paper.pdf, dpi=300)
    assert (found.text,) == paper.codes
    assert here.receipts.check(found.text).verdict is Verdict.TRUE
    assert all(flags == ["yes", "yes", "yes"] for _name, *flags in fonts(paper.pdf, tmp_path))


def test_looking_again_spends_nothing(here: PaperDesk) -> None:
    visit_id, _matter = add_visit(here.store)
    first = here.papers.receipt(visit_id).value
    again = here.papers.receipt(visit_id)
    assert again.value.codes == first.codes
    assert again.changed == frozenset()
    with here.store.read() as rows:
        assert len(rows.scalars(select(Receipt)).all()) == 1


def test_a_reprint_says_so(here: PaperDesk) -> None:
    visit_id, _matter = add_visit(here.store)
    paper = here.papers.receipt(visit_id).value
    here.print_jobs.printed(here.print_jobs.queue("receipt", paper.record_id, paper.number).value.id)
    again = here.papers.receipt(visit_id).value
    assert again.reprint == 1
    assert "补打第1次" in texts(again.pdf)[0]


@pytest.mark.parametrize(("paper", "dots"), thermal.DOTS.items())
def test_a_roll_brings_two_pictures(here: PaperDesk, paper: str, dots: int) -> None:
    visit_id, _matter = add_visit(here.store)
    made = here.papers.receipt(visit_id, paper).value
    strip, stub = (Image.open(io.BytesIO(image)) for image in made.images)
    assert (strip.width, stub.width) == (dots, dots)
    assert decode.read_picture(strip.convert("L")) == made.codes
    strip.close()
    stub.close()


def test_a_safe_visit_gets_the_plain_slip(here: PaperDesk) -> None:
    """product.md, Safe."""
    visit_id, _matter = add_visit(here.store, safety="domestic_violence", name_told="陈某")
    words = "".join(texts(here.papers.receipt(visit_id).value.pdf))
    assert "0571-00000000" in words
    for secret in ("陈", "路灯", "王某某"):
        assert secret not in words


def test_a_name_no_face_has_stops_the_paper_not_the_visit(here: PaperDesk) -> None:
    visit_id, _matter = add_visit(here.store, name_told=f"{MISSING}某某")
    with pytest.raises(PaperProblem, match="来访人"):
        here.papers.receipt(visit_id)


def test_papers_ask_for_their_right(store: Store, fake_clock: FakeClock) -> None:
    set_up(store)
    visit_id, _matter = add_visit(store)
    mediator, deputy = desk(store, "mediator").papers, desk(store, "deputy").papers
    with pytest.raises(AccessProblem):
        mediator.receipt(visit_id)
    with pytest.raises(AccessProblem):
        mediator.station_board()
    with pytest.raises(AccessProblem):
        deputy.visits_ledger(MONDAY, MONDAY)
    with pytest.raises(AccessProblem):
        deputy.visits_ledger_xlsx(MONDAY, MONDAY)


def test_the_station_board_names_the_station_by_code(here: PaperDesk) -> None:
    paper = here.papers.station_board()
    assert paper.codes == ("JDT1:S:330106004",)
    assert decode.codes(paper.pdf, dpi=75) == (decode.Found(0, "JDT1:S:330106004"),)
    assert "示例镇人大代表联络站" in texts(paper.pdf)[0]


@pytest.mark.parametrize(("layout", "pages"), [("A3", 2), ("A4", 7)])
def test_the_wall_holds_every_deputy_with_a_code(here: PaperDesk, layout: str, pages: int) -> None:
    deputies: list[Deputy] = [factories.deputy(name=f"李某{number}") for number in range(7)]
    with here.store.write("u1") as rows:
        rows.add_all(deputies)
        rows.add_all([factories.mandate(deputy_id=deputy.record_id) for deputy in deputies])
    paper = here.papers.deputy_wall([deputy.record_id for deputy in deputies], layout)
    assert paper.pages == pages
    assert {found.text for found in decode.codes(paper.pdf)} == set(paper.codes)
    assert "13800000001" not in "".join(texts(paper.pdf))
    with pytest.raises(InputProblem):
        here.papers.deputy_wall([])


def test_the_ledger_comes_on_paper_and_as_a_workbook(here: PaperDesk) -> None:
    add_visit(here.store, headcount=3)
    paper = here.papers.visits_ledger(MONDAY, MONDAY)
    assert "合计1批次3人次" in texts(paper.pdf)[0]
    book = openpyxl.load_workbook(io.BytesIO(here.papers.visits_ledger_xlsx(MONDAY, MONDAY)))
    assert book.worksheets[0]["B4"].value == "LF2026-A0001"
    with here.store.read() as rows:
        assert "export" in {entry.action for entry in rows.scalars(select(Audit))}


def test_blank_forms_spend_their_numbers(here: PaperDesk) -> None:
    done = here.papers.blank_forms(3)
    pages = texts(done.value.pdf)
    assert [f"LF2026-A{number:04}" in page for number, page in enumerate(pages, 1)] == [True] * 3
    assert "pad" in done.changed
    with pytest.raises(InputProblem):
        here.papers.blank_forms(0)


def test_recovery_sheet_and_card_carry_the_stations_name(here: PaperDesk) -> None:
    sheet = here.papers.recovery_sheet("K7QX-93MD-TT2P-0WZB-6HJC-R4NE-8YFA-VS5G")
    words = texts(sheet.pdf)[0]
    assert "K7QX-93MD-TT2P-0WZB" in words
    assert "钱某某" in words
    assert "示例镇人大代表联络站" in words
    assert "示例镇人大代表联络站" in texts(here.papers.operation_card().pdf)[0]
