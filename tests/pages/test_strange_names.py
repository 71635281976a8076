"""A name from right to left, with emoji, markup and no end, on every page that shows names: as it is, and no error."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from jobrec_ui import matching, models
from jobrec_ui.desk import shortlists
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import text

OpenPage = Callable[..., AppTest]

NAME = "مُحَمَّد بن عبد الله 👩‍🍳🇩🇪 **fett** <b>x</b> $a$ :red[y] 張偉 " + "Wolfeschlegelsteinhausen" * 6


@pytest.fixture
def match(warehouse: Warehouse) -> Iterator[tuple[str, list[str]]]:
    """A posting and its best two; the first has the name."""
    version = models.live_version(warehouse)
    assert version is not None
    posting = str(matching.find_postings(warehouse, "", 1, open_only=True)["posting_id"].iloc[0])
    ids = matching.rank_candidates(warehouse, posting, version, limit=2)["candidate_id"].tolist()
    before = matching.get_candidate(warehouse, ids[0])
    assert before is not None
    rename = sa.text("UPDATE hiring.candidates SET name = :name WHERE candidate_id = :id")
    with warehouse.engine.begin() as connection:
        connection.execute(rename, {"name": NAME, "id": ids[0]})
    yield posting, ids
    with warehouse.engine.begin() as connection:
        connection.execute(rename, {"name": before["name"], "id": ids[0]})


def told(app: AppTest) -> str:
    assert not app.error
    return "\n".join(part.value for part in [*app.markdown, *app.subheader, *app.header])


def test_on_every_page(open_page: OpenPage, warehouse: Warehouse, match: tuple[str, list[str]]) -> None:
    posting, ids = match
    shown = text.plain(NAME)
    app = open_page("candidates", posting=posting)
    assert app.dataframe[0].value["name"].iloc[0] == NAME
    app.segmented_control(key="view").set_value("Cards").run()
    assert shown in told(app)
    assert shown in told(open_page("postings", candidate=ids[0]))
    app = open_page("compare", posting=posting, **{"with": ids})
    assert app.dataframe[0].value.columns[1] == NAME
    assert shown in told(app)
    mine = shortlists.create(warehouse, "recruiter", NAME[:190], posting)
    for candidate in ids:
        shortlists.add(warehouse, "recruiter", mine, [candidate])
    app = open_page("shortlists", list=mine)
    assert app.dataframe[0].value["name"].iloc[0] == NAME
    assert any(text.plain(NAME[:190]) in part.value for part in app.subheader)
    assert any(shown in part.value for part in app.markdown), "the history names them"
    shortlists.archive(warehouse, "recruiter", mine)
