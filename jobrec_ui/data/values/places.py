"""Takes a place apart that stands in one cell: "Leeds, UK", "Austin, TX, USA", "Lyon (Rhône), France"."""

import functools
import re
from dataclasses import dataclass

from babel import Locale

from jobrec_ui.data.values.words import meanings

_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl")
_MORE_COUNTRIES = {
    "uk", "u.k.", "usa", "u.s.a.", "u.s.", "us", "uae", "england", "scotland", "wales", "northern ireland",
    "great britain", "czech republic", "holland", "korea", "russia", "vietnam",
}  # fmt: skip
# The states of the USA, Canada, Australia and the commonest of Brazil and Italy, by the codes that stand after cities.
_STATES = {
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la", "me",
    "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or", "pa",
    "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "dc", "ab", "bc", "mb", "nb", "nl", "ns",
    "on", "pe", "qc", "sk", "nsw", "vic", "qld", "act", "tas", "sp", "rj", "mg", "rs", "pr", "ba",
}  # fmt: skip
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_DIGIT = re.compile(r"\d")
_MARKS = re.compile(r"\s*[,/·•]\s*|\s+[-–—]\s+|\s*\(\s*|\s*\)\s*")
_POSTAL_CODE = re.compile(r"\b(?:[a-z]{0,2}-?\d{4,6}(?:-\d{3,4})?|[a-z]{1,2}\d[a-z\d]? \d[a-z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A place in parts, each None where it is not said."""

    city: str | None
    region: str | None
    country: str | None


@functools.lru_cache(maxsize=65536)
def split_place(text: str) -> Place:
    """The parts of a place, the first of several. What is no country and no region is the city; no street is."""
    first = _SEVERAL.split(text.strip())[0]
    parts = [part.strip() for part in _MARKS.split(_POSTAL_CODE.sub(" ", first)) if part.strip()]
    parts = [part for part in parts if not _says_where(part)]
    parts = [part for part in parts if not _DIGIT.search(part)] or parts
    country = parts.pop() if parts and _is_country(parts[-1], alone=len(parts) == 1) else None
    region = parts.pop() if len(parts) > 1 else None
    return Place(parts[-1] if parts else None, region, country)


def _says_where(part: str) -> bool:
    """Whether it says how the work is done rather than where."""
    return meanings().get(part.casefold(), "") in ("remote", "hybrid", "on site", "unknown")


def _is_country(part: str, *, alone: bool) -> bool:
    plain = part.casefold().rstrip(".")
    # "Austin, CA" and "Berlin, DE": where a code is a state's too, a state it is; a lone code is no country.
    if len(plain) == 2 and (alone or (plain in _STATES and plain not in ("de",))):
        return False
    return plain in _countries()


@functools.cache
def _countries() -> frozenset[str]:
    """The countries by their names in all languages, and by their codes."""
    names = set(_MORE_COUNTRIES)
    for language in _LANGUAGES:
        territories = {str(code): str(name) for code, name in Locale(language).territories.items()}
        names |= {name.casefold() for code, name in territories.items() if len(code) == 2 and code.isalpha()}
        names |= {code.casefold() for code in territories if len(code) == 2 and code.isalpha()}
    return frozenset(names)
