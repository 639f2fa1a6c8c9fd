"""Values of a ledger as the paper prints them."""

import pytest

from desk.services.pdf.ledger_values import Rate, Sum, TenThousands, Value, shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("钱某", "钱某"),
        (0, "0"),
        (Sum(260_005), "2,600.05"),
        (Sum(0), "0.00"),
        (TenThousands(290_000), "0.29"),
        (TenThousands(123_456_700), "123.4567"),
        # product.md, Honest: a rate always shows numerator and denominator.
        (Rate(2, 3), "66.7%\n2/3"),
        (Rate(0, 0), "—"),
    ],
)
def test_each_kind_of_value(value: Value, words: str) -> None:
    assert shown(value) == words
