"""Puts the values that the model saw of one pair into words, a sentence for each topic."""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pandas as pd

Values = Mapping[str, float]


class Reason(NamedTuple):
    """How a topic is told: its plain name, the value in short, and a sentence. All for a recruiter."""

    label: str
    display: str
    sentence: str


def tell(topic: str, values: Values) -> Reason:
    """The reason of one topic of features.csv for a pair with these feature values. Raises KeyError if unknown."""
    label, words = _TOPICS[topic]
    known = {name: value for name, value in values.items() if not pd.isna(value) and math.isfinite(value)}
    display, sentence = words(known)
    return Reason(label, display, sentence)


def _percent(value: float) -> str:
    return f"{value:.0%}"


def _days(value: float) -> str:
    if round(value) < 1:
        return "today"
    if value < 60:
        return f"{_count(value, 'day')} ago"
    return f"{value / 30.4:.0f} months ago" if value < 730 else f"{value / 365:.0f} years ago"


def _count(value: float, unit: str) -> str:
    """``1 year``, ``2 years``."""
    number = f"{value:.0f}"
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"


def _times(value: float) -> str:
    return {1: "once", 2: "twice"}.get(round(value), f"{value:.0f} times")


def _words(v: Values) -> tuple[str, str]:
    likeness = v.get("own_similarity")
    if likeness is None:
        return "no text in common", "Their own text has no telling words in common with the posting."
    return f"{_percent(likeness)} alike", f"Their own text is {_percent(likeness)} alike to the posting's."


def _skills(v: Values) -> tuple[str, str]:
    asked = v.get("skills_required", 0)
    met = v.get("skills_met")
    if not asked:
        return "none asked for", "The posting names no skills."
    practised = v.get("skills_practised_share")
    if met is None and practised:
        part = f"earlier postings of theirs asked for {practised * asked:.0f} of the {asked:.0f} skills asked for."
        return "from earlier postings", f"They list no skills; {part}"
    if met is None:
        return "no skills listed", f"They list no skills; the posting asks for {asked:.0f}."
    if asked == 1:
        return f"{met:.0f} of 1", f"They {'list' if met else 'do not list'} the one skill asked for."
    return f"{met:.0f} of {asked:.0f}", f"They list {met:.0f} of the {asked:.0f} skills asked for."


def _languages(v: Values) -> tuple[str, str]:
    share = v.get("languages_met_share")
    if share is None:
        return "not known", "Languages are not given on both sides."
    return f"{_percent(share)} met", f"They list {_percent(share)} of the languages asked for."


def _place(v: Values) -> tuple[str, str]:
    distance = v.get("distance_km")
    if v.get("same_city") == 1:
        return "same city", "They are in the city of the posting."
    if distance is not None:
        return f"{distance:,.0f} km", f"They are about {distance:,.0f} km away."
    if v.get("same_region") == 1:
        return "same region", "They are in the region of the posting."
    if v.get("same_city") == 0 or v.get("same_region") == 0:
        return "elsewhere", "They are in another place than the posting."
    share = v.get("same_city_share")
    if share is None:
        return "not known", "Their place is not known."
    return f"{_percent(share)} in the city", f"Of their earlier postings, {_percent(share)} were in the same city."


def _seniority(v: Values) -> tuple[str, str]:
    same = v.get("same_seniority")
    if same is not None:
        return ("as asked", "Their level is the one asked for.") if same else ("another", "Their level is another one.")
    share = v.get("same_seniority_share")
    if share is None:
        return "not known", "Their level is not known."
    return f"{_percent(share)} of postings", f"Of their earlier postings, {_percent(share)} asked for this level."


def _education(v: Values) -> tuple[str, str]:
    same = v.get("same_education")
    if same is not None:
        return ("as asked", "Their education is as asked.") if same else ("another", "Their education is another one.")
    share = v.get("same_education_share")
    if share is None:
        return "not known", "Their education is not known."
    return f"{_percent(share)} of postings", f"Of their earlier postings, {_percent(share)} asked for this education."


def _pay(v: Values) -> tuple[str, str]:
    ratio = v.get("pay_ratio")
    if ratio is None:
        return "not known", "Pay is not given on both sides in the same currency."
    return f"{_percent(ratio)} of the offer", f"They want {_percent(ratio)} of the middle of the pay offered."


def _experience(v: Values) -> tuple[str, str]:
    years, surplus = v.get("years_experience"), v.get("experience_surplus")
    if years is None:
        return "not known", "Their experience is not known."
    have = f"They have {_count(years, 'year')} of experience"
    if surplus is None:
        return _count(years, "year"), f"{have}."
    if round(surplus) == 0:
        return _count(years, "year"), f"{have}, just what is asked."
    more = "more" if surplus > 0 else "less"
    return _count(years, "year"), f"{have}, {abs(surplus):.0f} {more} than asked."


def _history(v: Values) -> tuple[str, str]:
    best = v.get("best_similarity")
    if best is None:
        return "none yet", "They were not put forward for any other posting yet."
    if v.get("same_title_times"):
        times = _times(v["same_title_times"])
        return f"same title {times}", f"They were put forward {times} for a posting with this very title."
    return f"{_percent(best)} alike", f"The closest posting they were put forward for is {_percent(best)} alike."


def _company(v: Values) -> tuple[str, str]:
    times = v.get("same_company_times")
    if not times:
        return "never", "They were not put forward for this company before."
    when = f", last {_days(v['same_company_days_ago'])}" if "same_company_days_ago" in v else ""
    return _times(times), f"They were put forward for this company {_times(times)}{when}."


def _people(v: Values) -> tuple[str, str]:
    if not v.get("total_shared_people"):
        return "no overlap", "Their earlier postings share no people with postings like this one."
    return "overlap", "Their earlier postings drew the same people as postings like this one."


def _activity(v: Values) -> tuple[str, str]:
    times = v.get("times_put_forward", 0)
    if not times:
        return "new", "They were not put forward before."
    when = _days(v["days_since_last"]) if "days_since_last" in v else "some time ago"
    return f"{_times(times)}, last {when}", f"They were put forward {_times(times)}, last {when}."


def _outcomes(v: Values) -> tuple[str, str]:
    if v.get("share_hired") is None:
        return "none yet", "There are no outcomes to go by yet."
    parts = [
        f"{_percent(v[name])} {word}"
        for name, word in (("share_hired", "hired"), ("share_rejected", "rejected"), ("share_withdrawn", "withdrawn"))
        if v.get(name)
    ]
    outcomes = ", ".join(parts) or "none decided"
    return outcomes, f"Of their earlier postings: {outcomes}."


_TOPICS: dict[str, tuple[str, Callable[[Values], tuple[str, str]]]] = {
    "words": ("What they write", _words),
    "skills": ("Skills", _skills),
    "languages": ("Languages", _languages),
    "place": ("Place", _place),
    "seniority": ("Level", _seniority),
    "education": ("Education", _education),
    "pay": ("Pay", _pay),
    "experience": ("Experience", _experience),
    "history": ("Postings like this one", _history),
    "company": ("This company", _company),
    "people": ("People in common", _people),
    "activity": ("Activity", _activity),
    "outcomes": ("Earlier outcomes", _outcomes),
}
