"""The letters of letters.py as expressions of SQL: what ``{folded column}`` and the like stand for in sql/.

    {folded column}    letters.folded: as texts are searched and compared
    {parted column}    letters.parted: what its words are made of
    {umlauts column}   letters.with_umlauts_spelled: ae for ä, before it is folded

Redshift knows no accents and no normal forms, so that TRANSLATE and REPLACE do it all. A text without accents takes
LOWER alone, and each further part of the table is gone through only for texts that have a letter of it: TRANSLATE
takes longer the more letters it is given, whatever the text.
"""

import functools
import re
from collections.abc import Mapping

from jobrec_ui.warehouse import letters

_PLACEHOLDER = re.compile(
    r"^(?P<indent>[ \t]*)(?P<before>[^\n]*?)\{(?P<form>folded|parted|umlauts) (?P<column>[a-z_]+(\.[a-z_]+)?)\}", re.M
)

_GAP = 8
# Signs that no quoted text of a statement can hold: SQLAlchemy's dialect doubles the percent sign, Redshift reads a
# backslash as an escape.
_BY_NUMBER = re.compile(r"[\t\n\v\f\r%\\']")


def written_out(text: str) -> str:
    """A statement's text with every ``{folded column}`` and the like in it written out."""

    def expression(found: re.Match[str]) -> str:
        lines = _expression(found["form"], found["column"])
        return found["indent"] + found["before"] + lines.replace("\n", "\n" + found["indent"])

    while _PLACEHOLDER.search(text):
        text = _PLACEHOLDER.sub(expression, text)
    return text


@functools.cache
def _expression(form: str, column: str) -> str:
    if form == "umlauts":
        return _replaced(column, letters.UMLAUTS)
    inner = "    " + _indented(_letters(column))
    if form == "folded":
        signs, blanks = _signs(letters.BLANKS_IN_SEARCHES, letters.LEFT_OUT_OF_SEARCHES)
        return f"TRIM(REGEXP_REPLACE(TRANSLATE(\n{inner},\n    {signs},\n    {blanks}\n), ' +', ' '))"
    signs, blanks = _signs(letters.PARTING, "")
    return f"TRANSLATE(\n{inner},\n    CHR(39) || {signs},\n    '{letters.APOSTROPHE}' || {blanks}\n)"


def _letters(column: str) -> str:
    everyday, further, rare = letters.tables()
    as_one_letter = _replaced(column, letters.SHORT_I)
    by_everyday = _translated(column, everyday)
    by_further = _translated(_translated(as_one_letter, further), everyday)
    by_rare = _translated(_translated(_translated(as_one_letter, rare), further), everyday)
    text = (
        "CASE\n"
        f"    WHEN NOT {column} ~ '{_any_of(further.these + rare.these)}'\n"
        f"        THEN {_indented(by_everyday)}\n"
        f"    WHEN NOT {column} ~ '{_any_of(rare.these)}'\n"
        f"        THEN {_indented(by_further)}\n"
        f"    ELSE {_indented(by_rare)}\n"
        "END"
    )
    text = _replaced(text, letters.expansions())
    is_plain = f"OCTET_LENGTH({column}) = LENGTH({column})"
    return f"CASE\n    WHEN {is_plain} THEN LOWER({column})\n    ELSE {_indented(text)}\nEND"


def _any_of(characters: str) -> str:
    """A pattern for any of these, and some between them: what it finds in vain only takes longer."""
    ranges: list[list[str]] = []
    for one in sorted(characters):
        if ranges and ord(one) - ord(ranges[-1][1]) <= _GAP:
            ranges[-1][1] = one
        else:
            ranges.append([one, one])
    return "[" + "".join(first if first == last else f"{first}-{last}" for first, last in ranges) + "]"


def _translated(text: str, part: letters.Letters) -> str:
    return f"TRANSLATE({text}, '{part.these}', '{part.plain}')"


def _replaced(text: str, by: Mapping[str, str]) -> str:
    for one, other in by.items():
        text = f"REPLACE({text}, '{one}', '{other}')"
    return text


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")


def _signs(blanks: str, left_out: str) -> tuple[str, str]:
    """What TRANSLATE takes to make blanks of the first and leave out the second: those without a counterpart go."""
    every = blanks + left_out
    plain = "".join(sign for sign in every if not _BY_NUMBER.match(sign))
    numbered = [sign for sign in every if _BY_NUMBER.match(sign)]
    # In one order for both: blanks first, whether written out or by number.
    parts = [f"'{''.join(sign for sign in plain if sign in blanks)}'"]
    parts += [f"CHR({ord(sign)})" for sign in numbered if sign in blanks]
    if gone := [sign for sign in every if sign in left_out]:
        parts += [f"CHR({ord(sign)})" if sign in numbered else f"'{sign}'" for sign in gone]
    return " || ".join(parts), f"'{' ' * len(blanks)}'"
