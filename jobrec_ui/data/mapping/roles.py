"""What a sheet can be: postings, people, applications, or declared attributes; and what a concept is used for in each.

"Title" is a posting's title among postings, and what a person calls themselves among people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jobrec_ui.data.mapping.names import Meaning
from jobrec_ui.data.tables import STAGES

# A use, and how much less likely it is than the concept's own (1 = as likely).
Options = Mapping[str, tuple[str, float]]

_PLACE_AND_LEVEL = (
    "skills", "languages", "place", "city", "region", "country", "latitude", "longitude", "seniority", "education",
    "remote", "currency",
)  # fmt: skip
DECLARED = (
    "gender", "ethnicity", "disability", "veteran", "age", "nationality", "religion", "marital", "orientation",
)  # fmt: skip


def _same(table: str, *concepts: str) -> dict[str, tuple[str, float]]:
    return {concept: (f"{table}.{concept}", 1.0) for concept in concepts}


_POSTING: Options = {
    "id": ("posting_id", 1.0),
    **_same("postings", "title", "description", "company", "area", *_PLACE_AND_LEVEL),
    **_same("postings", "employment_type", "salary", "salary_min", "salary_max", "status"),
    "name": ("postings.title", 0.8),
    "short_text": ("postings.title", 0.7),
    "headline": ("postings.title", 0.6),
    "summary": ("postings.description", 0.8),
    "years": ("postings.years_experience_min", 0.9),
    "years_min": ("postings.years_experience_min", 1.0),
    "opened": ("postings.opened_at", 1.0),
    "when": ("postings.opened_at", 0.6),
    "closed": ("postings.closed_at", 1.0),
    "stage": ("postings.status", 0.5),
}
_CANDIDATE: Options = {
    "id": ("candidate_id", 1.0),
    **_same("candidates", "name", "first_name", "last_name", "email", "phone", "headline", "summary"),
    **_same("candidates", *_PLACE_AND_LEVEL),
    **_same("candidates", "desired_salary", "source"),
    "title": ("candidates.headline", 0.9),
    "description": ("candidates.summary", 0.7),
    "years": ("candidates.years_experience", 1.0),
    "years_min": ("candidates.years_experience", 0.6),
    "salary": ("candidates.desired_salary", 0.6),
    "available": ("candidates.available_from", 1.0),
    "updated": ("candidates.updated_at", 1.0),
    **dict.fromkeys(DECLARED, ("declared", 0.8)),
}
_EVENT: Options = {
    "stage": ("stage", 1.0),
    "status": ("stage", 0.8),
    "when": ("occurred_at", 1.0),
    "updated": ("occurred_at", 0.6),
    "opened": ("day applied", 0.55),
    "reason": ("reason", 1.0),
    **{f"day:{stage}": (f"day {stage}", 1.0) for stage in STAGES},
}
_DECLARED: Options = {
    "id": ("candidate_id", 1.0),
    "attribute": ("attribute", 1.0),
    "value": ("value", 1.0),
    **dict.fromkeys(DECLARED, ("declared", 1.0)),
}


@dataclass(frozen=True)
class Role:
    """A role of a sheet: the tables that it `holds` at least, and of whom a name in it is likely to speak."""

    name: str
    holds: str
    in_words: str
    entity: str


ROLES = (
    Role("postings", "postings", "postings", "posting"),
    Role("candidates", "candidates", "people", "candidate"),
    Role("applications", "interactions", "stages that people reached on postings", "application"),
    Role("demographics", "demographics", "declared attributes of people", ""),
)


def options(role: Role, meaning: Meaning) -> Iterator[tuple[str, float]]:
    """The uses that a name of that meaning may have in a sheet of that role, each with its likelihood (0 to 1)."""
    if meaning.entity == "staff":
        return
    if role.name == "applications":
        yield from _in_applications(meaning)
        return
    known, others = {
        "postings": (_POSTING, ("candidate",)),
        "candidates": (_CANDIDATE, ("application",)),
        "demographics": (_DECLARED, ("posting", "application")),
    }[role.name]
    foreign = meaning.entity in others
    if role.name == "candidates" and meaning.concept in ("updated", "source"):  # last activity, application source
        foreign = False
    # "Job title" among people is what they are; "job id" there is not theirs.
    if role.name == "candidates" and meaning.entity == "posting":
        foreign = meaning.concept not in ("title", "headline", "years", "remote", "employment_type")
    if meaning.concept in known and not foreign:
        use, weight = known[meaning.concept]
        yield use, weight * meaning.score


def _in_applications(meaning: Meaning) -> Iterator[tuple[str, float]]:
    """In a sheet of applications a name may speak of the application itself, of the person, or of the posting."""
    concept, entity, score = meaning.concept, meaning.entity, meaning.score
    if concept in _EVENT and (entity in ("", "application") or concept not in ("status", "opened", "updated")):
        use, weight = _EVENT[concept]
        likely = 1.0 if entity == "application" and concept == "opened" else weight
        yield use, likely * score
    of_a_person = concept in _CANDIDATE and concept not in DECLARED  # those are read from a sheet of people
    if entity in ("candidate", "") and of_a_person and (concept, entity) != ("id", ""):
        use, weight = _CANDIDATE[concept]
        # What nobody is named for is the person's, but a title is the posting's.
        theirs = entity or concept not in ("title", "description", "salary", "years_min", "updated")
        yield use, score * weight * (1.0 if theirs else 0.4)
    if entity in ("posting", "") and concept in _POSTING and (concept, entity) != ("id", ""):
        use, weight = _POSTING[concept]
        shared = concept in (*_PLACE_AND_LEVEL, "name", "summary", "headline", "years")
        own = concept in ("status", "stage", "opened", "when", "closed") and not entity
        yield use, score * weight * (0.4 if own else 0.7 if shared and not entity else 1.0)
