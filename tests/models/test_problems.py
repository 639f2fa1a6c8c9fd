import pytest
import sqlcipher3.dbapi2 as sqlcipher

from desk.errors import StoreProblem
from desk.models import problems


class _Failure(sqlcipher.DatabaseError):  # type: ignore[misc] - the driver has no types
    def __init__(self, code: int) -> None:
        super().__init__("failed")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        (13, "full", "磁盘已满"),
        (10, "disk", "磁盘读写出错"),
        (10 | 4 << 8, "disk", "磁盘读写出错"),
        (8, "readonly", "不能写入"),
        (5, "busy", "占用"),
        (26, "key", "密钥不符"),
        (11, "damaged", "已损坏"),
        (14, "missing", "没有找到"),
    ],
)
def test_each_failure_has_a_sentence_and_a_way_out(code: int, reason: str, said: str) -> None:
    problem = problems.explain(_Failure(code))
    assert problem is not None
    assert problem.field == reason
    assert said in problem.sentence
    assert problem.way_out


def test_a_failed_backup_has_no_code_but_words() -> None:
    problem = problems.explain(sqlcipher.OperationalError("database or disk is full"))
    assert problem is not None
    assert problem.field == "full"


def test_a_bug_flies_as_it_is() -> None:
    assert problems.explain(_Failure(1)) is None
    with pytest.raises(_Failure), problems.explained():
        raise _Failure(1)
    with pytest.raises(StoreProblem), problems.explained():
        raise _Failure(13)
