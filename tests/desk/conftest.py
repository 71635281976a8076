"""The demo company as the tests of matching have it: what a desk is about."""

from tests.matching.conftest import events, people, posting_id, postings, ranked, version, wh

__all__ = ["events", "people", "posting_id", "postings", "ranked", "version", "wh"]
