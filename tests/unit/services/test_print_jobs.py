"""The print ledger (issue A, 5): queued, printed, failed, reprinted n, voided; a number spent once."""

from typing import cast

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.audit import Audit
from desk.models.store import Store
from desk.services.print_jobs import Paper, PaperOut, PrintJobs
from desk.services.session import Session, User
from tests.fakes import FakeClock

NUMBER = "LF2026-A0001"


def service(store: Store, role: str = "clerk") -> PrintJobs:
    return PrintJobs(store, Session(User("u1", "钱某某", frozenset({role})), bytes(32)))


def test_a_paper_is_queued_then_printed(store: Store, fake_clock: FakeClock) -> None:
    jobs = service(store)
    done = jobs.queue("receipt", "v1", NUMBER)
    assert (done.value.state, done.value.reprint, done.value.number) == ("queued", 0, NUMBER)
    assert done.changed == {"print_job", "visit"}
    assert jobs.printed(done.value.id).value.state == "printed"
    with store.read() as rows:
        (entry,) = rows.scalars(select(Audit))
    assert (entry.action, entry.noun, entry.target_id) == ("print", "receipt", "v1")


def test_the_next_paper_of_the_number_is_a_reprint(store: Store, fake_clock: FakeClock) -> None:
    jobs = service(store)
    assert jobs.reprints("v1") == 0
    jobs.printed(jobs.queue("receipt", "v1", NUMBER).value.id)
    assert jobs.reprints("v1") == 1
    jobs.saved(jobs.queue("receipt", "v1", NUMBER).value.id)
    assert jobs.reprints("v1") == 2
    assert [job.reprint for job in jobs.of_record("v1")] == [0, 1]
    assert jobs.reprints("v2") == 0


def test_a_failed_print_is_no_reprint(store: Store, fake_clock: FakeClock) -> None:
    """Printer gone: the next try is still the first paper."""
    jobs = service(store)
    failed = jobs.failed(jobs.queue("receipt", "v1", NUMBER).value.id, "打印机没有响应").value
    assert (failed.state, failed.note) == ("failed", "打印机没有响应")
    assert jobs.queue("receipt", "v1", NUMBER).value.reprint == 0


def test_a_paper_queued_before_a_power_cut_counts(store: Store, fake_clock: FakeClock) -> None:
    """Nobody knows whether it came out, so the next one says 补打."""
    jobs = service(store)
    jobs.queue("receipt", "v1", NUMBER)
    assert jobs.queue("receipt", "v1", NUMBER).value.reprint == 1


def test_a_spoilt_paper_is_voided_with_its_reason(store: Store, fake_clock: FakeClock) -> None:
    jobs = service(store)
    job = jobs.printed(jobs.queue("receipt", "v1", NUMBER).value.id).value
    with pytest.raises(InputProblem):
        jobs.voided(job.id, " ")
    assert jobs.voided(job.id, "卡纸撕坏").value.state == "voided"
    assert jobs.reprints("v1") == 1


def test_what_ended_cannot_end_again(store: Store, fake_clock: FakeClock) -> None:
    jobs = service(store)
    job = jobs.failed(jobs.queue("receipt", "v1").value.id, "缺纸").value
    for verb in (jobs.printed, jobs.saved):
        with pytest.raises(InputProblem):
            verb(job.id)
    queued = jobs.queue("receipt", "v1").value
    with pytest.raises(InputProblem):
        jobs.voided(queued.id, "还没打")


def test_each_paper_needs_its_right(store: Store) -> None:
    """SEC-04: a mediator prints no receipts, a deputy no ledgers."""
    with pytest.raises(AccessProblem):
        service(store, "mediator").queue("receipt", "v1")
    with pytest.raises(AccessProblem):
        service(store, "deputy").queue("visits_ledger", "2026")


def test_several_papers_of_a_case_are_one_job_that_names_them(store: Store, fake_clock: FakeClock) -> None:
    """One key prints what is due; each paper counts as printed until the print failed or was torn up."""
    jobs = service(store, "mediator")
    parts = ("f03:p1", "f03:p2", "f02:m1")
    done = jobs.queue("case_papers", "m1", parts=parts)
    assert done.changed == {"print_job", "visit", "mediation"}
    jobs.printed(done.value.id)
    jobs.printed(jobs.queue("f03", "p1").value.id)
    times = {key: out.times for key, out in jobs.papers_out("m1", {"p1", "p2"}).items()}
    assert times == {"f03:p1": 2, "f03:p2": 1, "f02:m1": 1}
    assert jobs.of_record("m1")[0].note == "当事人权利义务告知书、人民调解受理登记表"
    jobs.voided(done.value.id, "卡纸")
    assert jobs.papers_out("m1", {"p1", "p2"}) == {"f03:p1": PaperOut(1)}
    assert jobs.of_record("m1")[0].note == "卡纸"


def test_the_ledger_keeps_the_mark_of_the_words_that_went_out_last(
    store: Store, fake_clock: FakeClock
) -> None:
    jobs = service(store, "mediator")
    jobs.printed(jobs.queue("f06", "s1", parts=("f06:s1:aa",)).value.id)
    fake_clock.forward(minutes=1)
    jobs.printed(jobs.queue("case_papers", "m1", parts=("f06:s1:bb", "f03:p1")).value.id)
    found = jobs.papers_out("m1", {"s1", "p1"})
    assert found == {"f06:s1": PaperOut(2, "bb"), "f03:p1": PaperOut(1)}
    # Whoever reads the ledger reads names.
    assert [job.note for job in jobs.of_records(["s1", "m1"])] == [
        "人民调解记录",
        "人民调解记录、当事人权利义务告知书",
    ]


def test_sec04_a_line_is_seen_and_voided_by_whoever_has_to_do_with_such_papers(
    store: Store, fake_clock: FakeClock
) -> None:
    mediator, clerk, lawyer = (service(store, role) for role in ("mediator", "clerk", "lawyer"))
    job = mediator.printed(mediator.queue("f07", "a1").value.id).value
    assert [each.may_void for each in mediator.of_record("a1")] == [True]
    assert lawyer.of_record("a1") == ()
    with pytest.raises(AccessProblem):
        lawyer.voided(job.id, "印错了")
    receipt = clerk.printed(clerk.queue("receipt", "v1").value.id).value
    with pytest.raises(AccessProblem):
        mediator.voided(receipt.id, "印错了")
    assert mediator.voided(job.id, "印错了").value.state == "voided"
    assert [each.may_void for each in mediator.of_record("a1")] == [False]


def test_papers_of_cases_are_printed_by_who_may_print_cases(store: Store) -> None:
    for paper in ("f01", "f13", "case_papers", "dossier"):
        with pytest.raises(AccessProblem):
            service(store, "lawyer").queue(cast("Paper", paper), "m1")
    with pytest.raises(AccessProblem):
        service(store, "mediator").queue("f40", "c1")
