"""Statements fold letters on a real PostgreSQL, and over the wire, as Python does."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from jobrec_ui.warehouse import Warehouse, folding, letters
from tests.redshift.postgres_server import NoPostgresError, postgres
from tests.redshift.postgres_words import in_postgres_words

FORMS = {"folded": letters.folded, "parted": letters.parted, "umlauts": letters.with_umlauts_spelled}
EVERY_LETTER = "".join(part.these for part in letters.tables()) + "".join(letters.expansions())
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.text(st.sampled_from(EVERY_LETTER + "aouAOU\u0308\u0306иИй’'`-–  .\"\n\\"), max_size=40),
)


def statement(form, number):
    rows = " UNION ALL ".join(f"SELECT {n} AS n, CAST(:t{n} AS VARCHAR(65535)) AS body" for n in range(number))
    return folding.written_out(f"SELECT n, {{{form} body}} AS folded FROM ({rows}) AS texts ORDER BY n")


def values(texts):
    return {f"t{n}": text for n, text in enumerate(texts)}


@pytest.fixture(scope="module")
def postgresql():
    try:
        with postgres() as server:
            yield server.connect().cursor()
    except NoPostgresError as error:
        pytest.skip(f"No PostgreSQL runs here: {error}")


@pytest.mark.parametrize("form", FORMS)
@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
@examples(max_examples=15)
def test_postgresql_folds_alike(postgresql, form, texts):
    postgresql.execute(in_postgres_words(statement(form, len(texts)), values(texts)))
    assert [folded for _, folded in postgresql.fetchall()] == [FORMS[form](text) for text in texts]


@pytest.mark.parametrize("form", FORMS)
def test_postgresql_folds_every_letter_alike(postgresql, form):
    texts = [f"a{one}b" for one in EVERY_LETTER]
    for first in range(0, len(texts), 500):
        some = texts[first : first + 500]
        postgresql.execute(in_postgres_words(statement(form, len(some)), values(some)))
        assert [folded for _, folded in postgresql.fetchall()] == [FORMS[form](text) for text in some]


@pytest.mark.parametrize("form", FORMS)
@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
@examples(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_goes_over_the_wire_folds_alike(server, form, texts):
    wh = Warehouse(server.url())
    try:
        with wh.engine.connect() as connection:
            found = connection.execute(sa.text(statement(form, len(texts))), values(texts)).fetchall()
    finally:
        wh.close()
    assert [folded for _, folded in found] == [FORMS[form](text) for text in texts]
