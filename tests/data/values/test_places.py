"""Places in one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.data.values.places import Place, split_place


@pytest.mark.parametrize(
    ("text", "city", "region", "country"),
    [
        ("Leeds", "Leeds", None, None),
        ("Leeds, UK", "Leeds", None, "UK"),
        ("Austin, TX", "Austin", "TX", None),
        ("Austin, TX, USA", "Austin", "TX", "USA"),
        ("Austin, Texas, United States", "Austin", "Texas", "United States"),
        ("San Francisco, CA", "San Francisco", "CA", None),
        ("Berlin, DE", "Berlin", None, "DE"),
        ("80331 München, Deutschland", "München", None, "Deutschland"),
        ("Lyon (Rhône), France", "Lyon", "Rhône", "France"),
        ("Kraków, małopolskie, Polska", "Kraków", "małopolskie", "Polska"),
        ("São Paulo - SP", "São Paulo", "SP", None),
        ("Remote, Germany", None, None, "Germany"),
        ("Hybrid - London", "London", None, None),
        ("Germany", None, None, "Germany"),
        ("Remote", None, None, None),
        ("12 High Street, York, England", "York", None, "England"),
        ("London SW1A 1AA, UK", "London", None, "UK"),
        ("Leeds, UK; York, UK", "Leeds", None, "UK"),
        ("Stratford-upon-Avon", "Stratford-upon-Avon", None, None),
        ("", None, None, None),
    ],
)
def test_places(text, city, region, country):
    assert split_place(text) == Place(city, region, country)


@given(st.text(max_size=40))
def test_no_text_is_too_odd(text):
    found = split_place(text)
    for part in (found.city, found.region, found.country):
        assert part is None or (part and part in text.strip() and part == part.strip())
