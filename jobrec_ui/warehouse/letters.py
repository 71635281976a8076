"""How letters fold, for every search and comparison of texts: one table, for statements and for Python alike.

Case, accents and forms (full width, ligatures, superscripts) go: ``İzmir`` and ``izmir``, ``Weiß`` and ``weiss``,
``Nguyễn`` and ``nguyen`` are the same, whether their accents are composed (NFC) or not (NFD). What Unicode decomposes
(NFKD) loses its accents; letters that it does not decompose (ł ø đ æ ı …) become what a keyboard has for them. Marks
fall in scripts in which they are accents or points (Latin, Greek, Cyrillic, Hebrew, Arabic); where they are letters
(Devanagari, Thai, kana) they stay, and so does й, which Unicode's own order of letters (the root collation of CLDR)
keeps apart from и. Apostrophes, quotes, dashes and blanks of all kinds are one each. No fold takes more bytes than what
it folds.

Statements write ``{folded column}`` and the like (folding.py), Python calls functions of the same names; tests hold
them to each other. Composed again is nothing: Korean syllables and accents of kana that
come in pieces have to be composed before, as what is loaded and what is typed is.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

APOSTROPHE = "`"  # stands for all of its kind
_APOSTROPHES = "´‘’‚‛′‵ʹʻʼʽʾʿˈˊˋ՚׳＇ꞌꞋ"
_QUOTES = "“”„‟«»‹›″‶〝〞〟＂״❝❞"
_DROPPED = (
    "\u00ad\u0640\u061c\u180e\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_BLANKS = "\u0085\u200b\u2028\u2029\u2212"  # and the minus

# What keyboards have for letters that Unicode does not decompose, beside those with a stroke, a hook or a tail, whose
# names tell.
_ALIKE = {
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ȷ": "j", "ŋ": "n", "ŉ": "n", "ĸ": "q", "ə": "e",
    "ǝ": "e", "ɛ": "e", "ɔ": "o", "ɩ": "i", "ʊ": "u", "ɣ": "g", "ŀ": "l", "ƿ": "w",
}  # fmt: skip
_NAMED_AFTER = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH ")

# What one letter may become that are several. Signs for whole words (™, ㎏, ½) are no letters, and each expansion takes
# a REPLACE around all others.
_EXPANSIONS = ("ss", "ae", "oe", "th", "ij", "ff", "fi", "fl", "ffi", "ffl")

# Marks that are accents or points.
_ACCENTS = frozenset(
    chr(number)
    for first, last in (
        (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5),
        (0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E4),
        (0x06E7, 0x06E8), (0x06EA, 0x06ED), (0x1AB0, 0x1ACE), (0x1DC0, 0x1DFF), (0x20D0, 0x20F0), (0x2DE0, 0x2DFF),
        (0xA66F, 0xA672), (0xA674, 0xA67D), (0xFB1E, 0xFB1E), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
    )
    for number in range(first, last + 1)
)  # fmt: skip

# In which parts of Unicode letters fold. Statements look first for letters that texts in Latin letters have, then for
# those of texts in others: a longer table takes longer for each text.
_EVERYDAY = ((0x41, 0x5A), (0x80, 0x17F), (0x2010, 0x203A))
_FURTHER = (
    (0x180, 0x24F), (0x259, 0x259), (0x2B9, 0x2CB), (0x300, 0x345), (0x370, 0x45F), (0x490, 0x4FF), (0x1E00, 0x1FFF),
    (0x2000, 0x200F), (0x2212, 0x2212), (0x3000, 0x3000), (0xFF01, 0xFF1F),
)  # fmt: skip
_RARE = (
    (0x24F, 0x1FFF), (0x2000, 0x2FDF), (0x3000, 0x33FF), (0xA640, 0xABFF), (0xF900, 0xFAFF), (0xFB00, 0xFFFF),
    (0x10400, 0x10CFF), (0x118A0, 0x118DF), (0x16E40, 0x16E7F), (0x1D400, 0x1D7FF), (0x1E900, 0x1E943),
    (0x1F110, 0x1F169),
)  # fmt: skip

# A text of a statement can hold none of these as they are, so that forms of them stay.
_UNSPEAKABLE = frozenset("%\\:{}'")

# What parts words, beside blanks: nearly all punctuation, but for what belongs to words such as c++, c#, node.js.
_PARTING = ',;:!?()[]{}<>"/|*=~^$@&_·•…°©®™§¶†。、「」【】《》『』〈〉〔〕・～，：；？！（）｛｝％＼،؛؟¿¡'
_SHORT_I = "й"


@dataclass(frozen=True)
class Letters:
    """A part of the table: each of ``these`` becomes the letter of ``plain`` at its place, or goes if there is none."""

    these: str
    plain: str


@functools.cache
def tables() -> tuple[Letters, Letters, Letters]:
    """The whole table in three parts: letters of everyday texts, further ones, rare ones. None is in two of them."""
    everyday, further, rare = (_folding(ranges) for ranges in (_EVERYDAY, _FURTHER, _RARE))
    further = {letter: plain for letter, plain in further.items() if letter not in everyday}
    known = everyday.keys() | further.keys()
    return _letters(everyday), _letters(further), _letters({one: rare[one] for one in rare if one not in known})


@functools.cache
def expansions() -> Mapping[str, str]:
    """Letters that become more than one, {"ß": "ss", …}: all that expand alike stand in the tables as one of them."""
    found: dict[str, str] = {}
    for letter, plain in _folding((*_EVERYDAY, *_FURTHER, *_RARE)).items():
        if len(plain) > 1:
            found.setdefault(plain, letter)
    return {found[plain]: plain for plain in sorted(found, key=lambda one: (-len(one), one))}


def letters(text: str) -> str:
    """``text`` with its letters, apostrophes, quotes, dashes and blanks folded."""
    return _replaced(text, SHORT_I).translate(_every_letter())


def folded(text: str) -> str:
    """``text`` as it is searched and compared: letters folded, no apostrophes, dashes as blanks, blanks one by one."""
    return re.sub(" +", " ", letters(text).translate(_FOR_SEARCHES)).strip(" ")


def parted(text: str) -> str:
    """``text`` with its letters folded and a blank for each character that parts words; apostrophes stay, as `."""
    return letters(text).translate(_FOR_WORDS)


def words(text: str) -> str:
    """The words of ``text``, folded, with a blank around each; an apostrophe parts words, a dot at their end goes."""
    return _one_blank(parted(text).replace(APOSTROPHE, " "))


def joined_words(text: str) -> str:
    """As :func:`words`, but apostrophes are left out: ``obrien`` for O’Brien."""
    return _one_blank(parted(text).replace(APOSTROPHE, ""))


def with_umlauts_spelled(text: str) -> str:
    """``text`` with ae for ä, oe for ö and ue for ü, as German is written without umlauts."""
    return _replaced(text, UMLAUTS)


# Composed and not, in both cases.
UMLAUTS: Mapping[str, str] = {
    form: f"{vowel}e"
    for vowel in "aou"
    for case in (vowel, vowel.upper())
    for form in (unicodedata.normalize("NFC", f"{case}\u0308"), f"{case}\u0308")
}


# й in pieces: the only accent of Cyrillic that makes another letter.
SHORT_I: Mapping[str, str] = {unicodedata.normalize("NFD", letter): letter for letter in (_SHORT_I, _SHORT_I.upper())}


def _replaced(text: str, by: Mapping[str, str]) -> str:
    for one, other in by.items():
        text = text.replace(one, other)
    return text


def _one_blank(text: str) -> str:
    return re.sub(r"(\.* +)+", " ", f" {text} ")


def _folding(ranges: tuple[tuple[int, int], ...]) -> dict[str, str]:
    """What folds in these parts of Unicode, and to what."""
    found = {}
    for first, last in ranges:
        for letter in map(chr, range(first, last + 1)):
            plain = _plain(letter)
            if plain != letter and not _UNSPEAKABLE & set(plain):
                found[letter] = plain
    return found


@functools.cache
def _plain(letter: str) -> str:
    if (sign := _sign(letter)) is not None:
        return sign
    if letter.lower() == _SHORT_I:
        return _SHORT_I
    if unicodedata.category(letter) in ("Cn", "Co", "Cs"):
        return letter
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    plain = "".join(map(_alike, decomposed))
    if any(unicodedata.category(one).startswith("M") for one in plain):  # a script in which marks are letters
        return letter
    fits = (len(plain) < 2 or plain in _EXPANSIONS) and len(plain.encode()) <= len(letter.encode())
    return plain if fits else letter


def _sign(letter: str) -> str | None:
    """What becomes of a mark, an apostrophe, a quote, a dash, a blank; None for anything else."""
    if letter in _APOSTROPHES:
        return APOSTROPHE
    if letter in _QUOTES:
        return '"'
    if letter in _DROPPED or letter in _ACCENTS:
        return ""
    # Beyond ASCII: there dashes and blanks of a typewriter are told apart.
    is_blank = unicodedata.category(letter) in ("Zs", "Pd") or letter in _BLANKS
    return " " if is_blank and letter != "-" else None


def _alike(letter: str) -> str:
    if (sign := _sign(letter)) is not None:
        return sign
    if letter in _ALIKE:
        return _ALIKE[letter]
    named = _NAMED_AFTER.match(unicodedata.name(letter, ""))
    return named[1].lower() if named else letter


def _letters(folding: Mapping[str, str]) -> Letters:
    """Those that go come last; in the place of more than one letter stands what expands to them."""
    stands_for = {plain: letter for letter, plain in expansions().items()}
    single = {letter: stands_for.get(plain, plain) for letter, plain in folding.items() if plain}
    kept = {letter: plain for letter, plain in single.items() if letter != plain}
    return Letters("".join(kept) + "".join(one for one in folding if not folding[one]), "".join(kept.values()))


@functools.cache
def _every_letter() -> dict[int, str]:
    return {ord(letter): plain for letter, plain in _folding((*_EVERYDAY, *_FURTHER, *_RARE)).items()}


def _each(characters: str, becomes: str | None) -> Iterator[tuple[int, str | None]]:
    return ((ord(one), becomes) for one in characters)


CONTROL = "\t\n\v\f\r"  # blanks of a typewriter
BLANKS_IN_SEARCHES = '"-' + CONTROL
LEFT_OUT_OF_SEARCHES = "'" + APOSTROPHE
PARTING = _PARTING + "-%\\" + CONTROL

_FOR_SEARCHES = dict([*_each(BLANKS_IN_SEARCHES, " "), *_each(LEFT_OUT_OF_SEARCHES, None)])
_FOR_WORDS = dict([*_each(PARTING, " "), *_each("'", APOSTROPHE)])
