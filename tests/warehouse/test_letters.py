"""How letters fold: what is the same, what stays apart, and that statements and Python fold alike."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedded_redshift import dbapi
from jobrec_ui.warehouse import folding, letters, sqlfiles

FORMS = {"folded": letters.folded, "parted": letters.parted, "umlauts": letters.with_umlauts_spelled}
# Any text but the two characters that no text of a warehouse has; more often such as have something to fold.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.text(st.sampled_from("".join(part.these for part in letters.tables()) + "".join(letters.expansions()))),
    st.text(st.sampled_from("aouAOU\u0308\u0306иИйßﬃæ’'`-–  .\"\n%\\:{}")),
)


@pytest.fixture(scope="module")
def cursor(tmp_path_factory):
    connection = dbapi.connect(str(tmp_path_factory.mktemp("letters") / "warehouse.duckdb"))
    connection.autocommit = True
    yield connection.cursor()
    connection.close()


@pytest.mark.parametrize("form", FORMS)
@given(texts=st.lists(TEXTS, min_size=1, max_size=10))
def test_statements_and_python_fold_alike(cursor, form, texts):
    rows = " UNION ALL ".join(f"SELECT {n} AS n, CAST(:t{n} AS VARCHAR(65535)) AS body" for n in range(len(texts)))
    sql = folding.written_out(f"SELECT n, {{{form} body}} AS folded FROM ({rows}) AS texts ORDER BY n")
    found = cursor.execute(sql, {f"t{n}": text for n, text in enumerate(texts)}).fetchall()
    assert [folded for _, folded in found] == [FORMS[form](text) for text in texts]


@given(TEXTS)
def test_what_is_folded_stays_as_it_is_and_takes_no_more_bytes(text):
    folded = letters.folded(text)
    assert letters.folded(folded) == folded
    assert len(folded.encode()) <= len(text.encode())


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cs"])))
def test_composed_or_not_is_the_same(text):
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert letters.folded(forms[0]) == letters.folded(forms[1])


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Mary O’Brien", "mary obrien"),
        ("Mary O`Brien", "Mary O'Brien"),
        ("L’Aquila", "LAquila"),
        ("Işık Şahin", "isik sahin"),
        ("İzmir", "izmir"),
        ("IŞIK", "isik"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("Weiß", "WEISS"),
        ("STRAẞE", "strasse"),
        ("Ľubomír", "lubomir"),
        ("Zoë Grün", "zoe grun"),
        ("Köln", "koln"),
        ("Łódź Øre Đặng Ħal Ŧ", "lodz ore dang hal t"),
        ("Œuvre Ægir Þór Ðorđe Əliyev Ŋ", "oeuvre aegir thor dorde eliyev n"),
        ("Jean‑Luc — de Rohan", "jean luc de rohan"),
        ("a\u00a0b\u2003c\u3000d\te", "a b c d e"),
        ("ΟΔΥΣΣΕΎΣ Ὀδυσσεύς", "οδυσσευς οδυσσευσ"),
        ("Алёна ЇЖАК", "алена іжак"),
        ("ﬁnance Ｔｏｋｙｏ 𝓙𝓸𝓱𝓷 CO₂ x²", "finance tokyo john co2 x2"),
        ("Conan \u200eO\u00adBrien\ufeff", "conan obrien"),
        ("אַבְרָהָם مُحَمَّد أحمد", "אברהם محمد احمد"),
        ("“quoted” «words»", '"quoted" "words"'),
    ],
)
def test_found_by_what_a_keyboard_types(text, typed):
    for form in ("NFC", "NFD"):
        assert letters.folded(unicodedata.normalize(form, text)) == letters.folded(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("й", "и"),
        ("c++", "c"),
        ("c#", "c"),
        ("が", "か"),
        ("ด", "ต"),
        ("के", "का"),
        ("a.b", "ab"),
        ("o", "0"),
        ("ö", "oe"),
    ],
)
def test_what_stays_apart(one, other):
    assert letters.folded(one) != letters.folded(other)


def test_short_i_is_one_letter_however_it_is_written():
    assert letters.folded("И\u0306ОГА") == letters.folded("йога") == "йога"


def test_umlauts_as_they_are_spelled_without():
    assert letters.folded(letters.with_umlauts_spelled("Köln GRÜN Mu\u0308ller")) == "koeln gruen mueller"


def test_words():
    assert letters.words("L’Aquila, C++/C# (node.js). End...  x") == " l aquila c++ c# node.js end x "
    assert letters.joined_words("L’Aquila's") == " laquilas "
    assert letters.words("...") == letters.words("") == " "


def test_no_letter_is_in_two_parts_of_the_table_and_each_has_one_counterpart():
    every = "".join(part.these for part in letters.tables())
    assert len(every) == len(set(every))
    assert all(len(part.plain) <= len(part.these) for part in letters.tables())
    placeholders = set(letters.expansions())
    plain = {one for part in letters.tables() for one in part.plain}
    assert plain.isdisjoint(set(every) - placeholders)
    # What the drivers, SQLAlchemy or the reader of sql/ would change.
    assert plain.isdisjoint("%\\:{}'")


def test_no_statement_folds_in_a_way_of_its_own():
    for path in sqlfiles.SQL_ROOT.rglob("*.sql"):
        assert not re.search("[áéíóúàèñç][áéíóúàèñçâ]", path.read_text(encoding="utf-8")), path
        assert not re.search(r"\{(accented|plain)\}", path.read_text(encoding="utf-8")), path


def test_foldings_are_written_out_with_the_lines_of_the_statement():
    text = folding.written_out("SELECT\n    {folded t.a} AS a,\n    {parted b} AS b\nFROM t")
    assert not re.search(r"\{\w+ ", text)
    assert text.startswith("SELECT\n    TRIM(REGEXP_REPLACE(TRANSLATE(\n        CASE\n")
    assert "LENGTH(t.a)" in text
    assert text.endswith("AS b\nFROM t")
