"""Amounts: the column decides which sign stands before decimals; what can be two numbers is refused."""

import pytest

from tracker.errors import BadInput
from tracker.exchange.register.figures import Decimals, is_number, read_amount, unit_in_heading
from tracker.exchange.register.sheet import Value


@pytest.mark.parametrize(
    ("value", "decimal", "expected"),
    [
        ("2.195.545,92", None, ("2195545.92", None)),
        ("2,195,545.92", None, ("2195545.92", None)),
        ("1.234", ",", ("1234", None)),
        ("1.234", ".", ("1.234", None)),
        ("1,234", ",", ("1.234", None)),
        ("1,5", None, ("1.5", None)),
        ("1 500 000 FCFA", None, ("1500000", "XOF")),
        ("1'500'000.50 CHF", None, ("1500000.50", "CHF")),
        ("US$ 10,000.00", None, ("10000.00", "USD")),
        ("R$ 1.000.000,00", None, ("1000000.00", "BRL")),
        ("€ 5", None, ("5", "EUR")),
        ("12,34,567.50", None, ("1234567.50", None)),
        ("50 %", None, ("50", "%")),
        ("-12", None, ("-12", None)),
        (1500.75, None, ("1500.75", None)),
        (2500000.0, None, ("2500000", None)),
        (7, None, ("7", None)),
    ],
)
def test_amounts(value: Value, decimal: str | None, expected: tuple[str, str | None]) -> None:
    assert read_amount(value, decimal, "value") == expected


@pytest.mark.parametrize(
    ("value", "decimal"),
    [
        ("1.234", None),
        ("1,234", None),
        ("1.234.56", None),
        ("10000 per year", None),
        ("1.5", ","),
        (True, None),
        ("1e5", None),
    ],
)
def test_what_is_no_one_amount_is_refused(value: Value, decimal: str | None) -> None:
    with pytest.raises(BadInput):
        read_amount(value, decimal, "value")


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        (["1.234", "12,50"], ","),
        (["1,234", "12.50"], "."),
        (["1,234"], None),
        (["12,50", "12.50"], None),
        (["1.234.567"], ","),
        ([12.5, "x", None], None),
    ],
)
def test_the_column_decides(values: list[Value], sign: str | None) -> None:
    found = Decimals()
    for value in values:
        found.add(value)
    assert found.sign == sign


def test_units_and_words() -> None:
    assert unit_in_heading("Amount (USD)") == "USD" and unit_in_heading("Monto en S/.") == "PEN"
    assert unit_in_heading("Amount") is None
    assert is_number("US$ 1,000") and not is_number("10,000 per year") and not is_number("sin fondos")
