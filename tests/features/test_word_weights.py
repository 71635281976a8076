"""What a word says is learnt from who is put forward twice: no list of stop words, in any language."""

import math
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

TRADES = ("baker", "welder", "nurse")
PER_TRADE = 12  # postings, each with a candidate who is put forward for the next one of the trade too


@pytest.fixture(scope="module")
def weights(make_company):
    """The weight of each word, with candidates put forward twice and with candidates put forward once."""
    postings = [
        {"posting_id": f"{trade}{number}", "title": trade, "description": "urgent" if number % 3 == 0 else "please"}
        for trade in TRADES
        for number in range(PER_TRADE)
    ]
    ids = [row["posting_id"] for row in postings]
    candidates = [{"candidate_id": f"of {posting}"} for posting in ids]
    start = datetime(2024, 1, 1)
    once = [(posting, f"of {posting}", "applied", start + timedelta(days=at)) for at, posting in enumerate(ids)]
    again = [
        (f"{trade}{(number + 1) % PER_TRADE}", f"of {trade}{number}", "applied", start + timedelta(days=50))
        for trade in TRADES
        for number in range(PER_TRADE)
    ]

    def learnt(events):
        wh = make_company(postings, candidates, events)
        sql = (
            "SELECT t.term, w.weight FROM features.term_weights AS w JOIN features.terms AS t ON w.term_id = t.term_id"
        )
        with wh.engine.connect() as connection:
            return dict(connection.execute(sa.text(sql)).fetchall())

    return {"twice": learnt(once + again), "once": learnt(once)}


def test_a_word_weighs_what_it_tells_of_who_is_put_forward_again(weights):
    postings, with_term, again = 2 * len(TRADES) * PER_TRADE, 2 * PER_TRADE, 2 * PER_TRADE
    chance = (with_term + 1) / (postings + 2)
    chance_again = (again + 10 * chance) / (with_term + 10)
    odds = math.log(chance_again / (1 - chance_again)) - math.log(chance / (1 - chance))
    expected = (with_term * odds + 10 * 0.3 * math.log(len(TRADES))) / (with_term + 10)
    assert [weights["twice"].get(trade) for trade in TRADES] == pytest.approx([expected] * len(TRADES))


def test_a_word_that_is_as_likely_in_any_posting_is_left_out(weights):
    assert set(weights["twice"]) == set(TRADES)


def test_until_then_a_rare_word_weighs_more(weights):
    rarity = math.log(3)  # one trade in three, and one posting in three is urgent
    assert weights["once"] == pytest.approx(dict.fromkeys([*TRADES, "urgent"], 0.3 * rarity))
