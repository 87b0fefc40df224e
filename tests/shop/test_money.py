from datetime import date

import pytest

from shop.dates import date_label
from shop.money import amount, minor_units, price_label


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "label"),
    [
        (399, "USD", "en", "$3.99"),
        (399, "USD", "zh", "US$3.99"),
        (123_450, "CNY", "zh", "¥1,234.50"),
        (399, "JPY", "en", "¥399"),
    ],
)
def test_prices_read_as_people_of_the_locale_write_them(
    minor: int, currency: str, locale: str, label: str
) -> None:
    assert price_label(minor, currency, locale) == label


@pytest.mark.parametrize(
    ("minor", "currency", "major"), [(399, "USD", 3.99), (399, "JPY", 399.0), (1, "USD", 0.01)]
)
def test_amounts_go_there_and_back(minor: int, currency: str, major: float) -> None:
    assert amount(minor, currency) == major
    assert minor_units(major, currency) == minor


def test_amounts_that_floats_cannot_hold_are_rounded_not_cut() -> None:
    assert minor_units(19.99, "USD") == 1999
    assert minor_units("1.005", "USD") == 100


def test_dates_show_the_year_only_when_it_is_another() -> None:
    today = date(2026, 3, 2)
    assert date_label(date(2026, 3, 4), "en", today) == "Wed, Mar 4"
    assert date_label(date(2025, 12, 30), "en", today) == "Tue, Dec 30, 2025"
    assert date_label(date(2026, 3, 4), "zh", today) == "3月4日周三"
