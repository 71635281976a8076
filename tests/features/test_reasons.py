"""Reasons in words: for any values, in plain English, never with a hole in it."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobrec_ui.features import catalogue, reasons

TOPICS = sorted(set(catalogue.features()["topic"]) - {"posting"})


@given(
    topic=st.sampled_from(TOPICS),
    values=st.dictionaries(st.sampled_from(catalogue.names()), st.one_of(st.floats(), st.floats(0, 5), st.none())),
)
def test_any_values_can_be_told(topic, values):
    reason = reasons.tell(topic, values)
    for words in reason:
        assert words
        assert not re.search(r"\b(nan|NaN|inf|None)\b", words)
    assert re.fullmatch(r"[A-Z].*\.", reason.sentence)


@pytest.mark.parametrize(
    ("topic", "values", "display", "sentence"),
    [
        ("words", {"own_similarity": 0.256}, "26% alike", "Their own text is 26% alike to the posting's."),
        ("words", {"own_similarity": math.nan}, "no text in common", None),
        ("skills", {"skills_required": 5, "skills_met": 3}, "3 of 5", "They list 3 of the 5 skills asked for."),
        ("skills", {"skills_required": 1, "skills_met": 1}, "1 of 1", "They list the one skill asked for."),
        (
            "skills",
            {"skills_required": 4, "skills_practised_share": 0.75},
            "from earlier postings",
            "They list no skills; earlier postings of theirs asked for 3 of the 4 skills asked for.",
        ),
        ("skills", {"skills_required": 5}, "no skills listed", "They list no skills; the posting asks for 5."),
        ("skills", {"skills_required": 0, "skills_met": 0}, "none asked for", None),
        ("place", {"same_city": 1, "distance_km": 3}, "same city", None),
        ("place", {"same_city": 0, "distance_km": 1234.4}, "1,234 km", "They are about 1,234 km away."),
        ("place", {"same_city": 0, "same_region": 1}, "same region", None),
        ("place", {"same_city": 0}, "elsewhere", None),
        ("place", {}, "not known", "Their place is not known."),
        ("seniority", {"same_seniority": 1}, "as asked", None),
        ("seniority", {"same_seniority_share": 0.5}, "50% of postings", None),
        ("pay", {"pay_ratio": 1.25}, "125% of the offer", "They want 125% of the middle of the pay offered."),
        ("experience", {"years_experience": 1, "experience_surplus": -1}, "1 year",
         "They have 1 year of experience, 1 less than asked."),
        ("experience", {"years_experience": 5, "experience_surplus": 2}, "5 years",
         "They have 5 years of experience, 2 more than asked."),
        ("experience", {"years_experience": 5, "experience_surplus": 0}, "5 years",
         "They have 5 years of experience, just what is asked."),
        ("history", {"best_similarity": 0.9, "same_title_times": 2}, "same title twice", None),
        ("company", {"same_company_times": 1, "same_company_days_ago": 90}, "once",
         "They were put forward for this company once, last 3 months ago."),
        ("company", {"same_company_times": 3, "same_company_days_ago": 1000}, "3 times",
         "They were put forward for this company 3 times, last 3 years ago."),
        ("activity", {"times_put_forward": 1, "days_since_last": 1}, "once, last 1 day ago", None),
        ("activity", {"times_put_forward": 1, "days_since_last": 0}, "once, last today", None),
        ("activity", {"times_put_forward": 0}, "new", None),
        ("outcomes", {"share_hired": 0.5, "share_rejected": 0.25, "share_withdrawn": 0}, "50% hired, 25% rejected",
         "Of their earlier postings: 50% hired, 25% rejected."),
        ("outcomes", {"share_hired": 0, "share_rejected": 0, "share_withdrawn": 0}, "none decided", None),
    ],
)  # fmt: skip
def test_in_words(topic, values, display, sentence):
    reason = reasons.tell(topic, values)
    assert reason.display == display
    assert sentence is None or reason.sentence == sentence
