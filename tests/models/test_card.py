"""The model card: one file that needs nothing else, with all that the page shows, also of a version never judged."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from jobrec_ui.errors import InputError
from jobrec_ui.features import catalogue
from jobrec_ui.models import card
from jobrec_ui.quality import figures, words
from jobrec_ui.quality.panels import PANELS
from jobrec_ui.warehouse import Warehouse
from tests.warehouse_copies import opened_copy


@pytest.fixture(scope="module")
def demo(demo_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A copy of the demo company with version 1."""
    with opened_copy(demo_warehouse, tmp_path_factory.mktemp("card")) as warehouse:
        yield warehouse


SHOWN = {key: PANELS[key] for key in ("versions", "roc", "importance", "drift", "outcomes")}


@pytest.fixture(scope="module")
def page(demo: Warehouse) -> str:
    """The card with a few of its panels: drawing takes a moment."""
    assert card.PANELS == PANELS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(card, "PANELS", SHOWN)
        return card.render(demo, 1).decode()


@pytest.mark.parametrize("name", sorted(figures.KEPT))
def test_what_is_kept_is_what_would_be_asked(demo: Warehouse, name: str) -> None:
    """Kept at the end of the training; what the page draws of it needs no other question."""
    kept = figures.on_record(demo, 1).rows(name)
    assert kept is not None
    pd.testing.assert_frame_equal(kept, figures.ask(demo, name, 1), check_dtype=False, rtol=1e-8)


class Addresses(HTMLParser):
    """Every address that a browser would load something from."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href", "srcset", "data")]
        assert tag not in ("script", "iframe", "link", "object")


def test_it_needs_nothing_else(page: str) -> None:
    reader = Addresses()
    reader.feed(page)
    assert [address for address in reader.found if not address.startswith("#")] == []
    assert not re.search(r"@import|url\(\s*['\"]?http", page)


def test_it_has_all_that_the_page_shows(page: str, demo: Warehouse) -> None:
    assert "Model card: version 1" in page
    for panel in SHOWN.values():
        assert panel.title in page
    assert page.count("<svg") >= len(SHOWN) - 1  # outcomes have none yet: nobody has looked at a list
    assert PANELS["outcomes"].empty in page
    assert "NDCG@10" in page
    assert page.count("<td>NDCG@10</td>") == 1  # beside it the baselines
    assert "Difference to the version before" not in page  # there was none
    assert "<th>Kind of model</th><td>XGBoost</td>" in page
    assert "<th>Choices</th><td>the defaults</td>" in page
    assert all(label.replace("'", "&#x27;") in page for label in catalogue.features()["label"])
    assert "Limits" in page
    said = words.summary(figures.on_record(demo).metrics, 1, is_live=False)
    assert re.sub(r"\*\*([0-9.]+)\*\*", r"<strong>\1</strong>", said) in page


def test_texts_of_the_data_are_not_run(demo: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "PANELS", {"importance": PANELS["importance"], "recall": PANELS["recall"]})
    with demo.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO app.model_versions (version, model_name, score_function, features, data_version, "
                "examples, positives, holdout_examples, holdout_positives, history_from, holdout_from, holdout_to, "
                "requested_by, requested_at) SELECT 2, 'ml.match_v2', score_function, features, data_version, "
                "examples, positives, 0, 0, history_from, holdout_from, holdout_to, '<script>alert(1)</script>', "
                "requested_at "
                "FROM app.model_versions WHERE version = 1"
            )
        )
    page = card.render(demo, 2).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "Version 2 was not judged" in page  # and its model is gone: the panels say so, the card is made
    assert "does not exist" in page


def test_an_unknown_version(demo: Warehouse) -> None:
    with pytest.raises(InputError, match="no version 9"):
        card.render(demo, 9)
