"""What the files of a load are taken for, before they are read in full; what people decided; what words mean."""

import pytest

from jobrec_ui.data.mapping.record import DataMapping, SheetMapping, read_toml, to_toml
from jobrec_ui.data.plan import check_mapping, columns_in_words, count_stages, make_plan
from jobrec_ui.data.reading import find_files
from jobrec_ui.errors import InputError
from tests.foreign_export import write_export

STAGES_CSV = (
    "Job ID,Candidate ID,Stage,Stage Date\nJ1,C1,Telefoninterview,2024-01-02\nJ1,C2,Blue,2024-01-02\n"
    "J1,C3, blue ,2024-01-02\nJ1,C4,Screening,2024-01-02\nJ1,C5,Hired,2024-01-02\n"
)


@pytest.fixture
def plan_of(tmp_path):
    """Plans the files of these contents by name, under a mapping that is known."""

    def plan(known=None, /, loaded=(), **contents):
        for old in tmp_path.iterdir():
            old.unlink()
        for name, content in contents.items():
            (tmp_path / name.replace("__", ".")).write_text(content)
        with find_files([tmp_path]) as files:
            return make_plan(files, known, loaded)

    return plan


def test_a_foreign_export_is_understood_without_a_change(tmp_path):
    write_export(tmp_path, vacancies=8, people=30)
    with find_files([tmp_path]) as files:
        plan = make_plan(files)
        words = count_stages(plan)
    held = {one.sheet.label: one.mapping.holds for one in plan.held}
    assert held == {
        "People.xlsx, People": ("candidates",),
        "Vacancies.csv": ("postings",),
        "applications export.csv": ("interactions",),
    }
    assert [one.doubt for one in plan.held] == [""] * 3
    assert [(one.file, one.why) for one in plan.not_read] == [("People.xlsx, Sheet", "nothing that the app knows")]
    assert sum(words.values()) > 8 * 18
    assert plan.undecided(words) == []
    assert plan.decisions(words)["Not progressed"] == "rejected"
    used = plan.mapping.sheets[-1].columns
    assert (used["Requisition"], used["Person No."], used["Recruiter"]) == (("posting_id",), ("candidate_id",), ())


def test_every_file_that_is_not_read_is_named_with_what_it_may_be(plan_of):
    plan = plan_of(
        weather__csv="wind,rain\n1,2\n",
        cv__pdf="%PDF-1",
        empty__csv="",
        broken__json="[{",
        almost__csv="Candidate ID,Job ID,Stage\n1,2,Applied\n",
        jobs__csv="Job ID,Title\n1,Cook\n",
    )
    assert [one.sheet.label for one in plan.held] == ["jobs.csv"]
    assert {one.file: (one.why, one.broken) for one in plan.not_read} == {
        "cv.pdf": ("it is a document", False),
        "empty.csv": ("is empty. Its first line must name its columns", False),
        "broken.json": (
            "is not JSON: line 1, column 3: Expecting property name enclosed in double quotes",
            True,
        ),
        "weather.csv": ("nothing that the app knows", False),
        "almost.csv": ("it may hold stages that people reached on postings, but lacks a day or time", False),
    }


def test_a_file_that_is_called_like_a_table_is_that_table(plan_of):
    plan = plan_of(interactions__csv="posting_id,candidate_id,name,stage,occurred_at\np,c,Ann,hired,2024-01-02\n")
    assert [one.mapping.holds for one in plan.held] == [("interactions",)]
    with pytest.raises(InputError, match=r"postings\.csv lacks a title\. It has the columns posting_id, wage"):
        plan_of(postings__csv="posting_id,wage\n1,2\n")
    with pytest.raises(InputError, match=r"candidates\.csv is empty"):
        plan_of(candidates__csv="", jobs__csv="Job ID,Title\n1,Cook\n")


def test_words_for_stages_are_counted_and_decided_about(plan_of, tmp_path):
    plan = plan_of(applications__csv=STAGES_CSV)
    with find_files([tmp_path]) as files:
        words = count_stages(make_plan(files))
    assert words == {"Telefoninterview": 1, "Blue": 1, "blue": 1, "Screening": 1, "Hired": 1}
    assert plan.undecided(words) == ["Blue", "blue", "Screening"]
    assert plan.decisions(words) == {"Telefoninterview": "shortlisted", "Screening": "shortlisted"}
    decided = plan_of(DataMapping((), {"BLUE": "", "screening": "viewed"}), applications__csv=STAGES_CSV)
    assert decided.undecided(words) == []
    assert decided.decisions(words) == {
        "Telefoninterview": "shortlisted", "Screening": "viewed", "Blue": "", "blue": "",
    }  # fmt: skip


def test_what_was_decided_before_is_proposed_again(plan_of):
    columns = {"a": ("posting_id",), "b": ("postings.title",)}
    known = DataMapping((SheetMapping("stuff 2024-01.csv", "", ("postings",), columns),))
    plan = plan_of(known, **{"stuff 2024-02__csv": "a,b,c\n1,2,3\n"})
    [one] = plan.held
    assert (one.why, one.doubt) == ("what it was before", "")
    assert one.mapping == SheetMapping("stuff 2024-02.csv", "", ("postings",), {**columns, "c": ()})
    plan = plan_of(known, **{"stuff 2024-03__csv": "x,y\n1,2\n"})  # its columns are gone
    assert plan.held == ()


def test_a_proposal_can_be_used_as_it_is(plan_of, tmp_path):
    contents = {
        "export_1__csv": "Job ID,Job Title\nJ1,Cook\n",
        "export_2__csv": "Candidate ID,Name\nC1,Ann\n",
        "export_3__csv": STAGES_CSV,
    }
    plan = plan_of(**contents)
    path = tmp_path.parent / "mapping.toml"
    path.write_text(to_toml(plan.mapping))
    again = plan_of(read_toml(path), **contents)
    check_mapping(read_toml(path), again)
    assert again.mapping == plan.mapping
    assert [one.why for one in again.held] == ["what it was before"] * 3


def test_a_mapping_that_does_not_fit_is_refused(plan_of):
    def mapping(file, **columns):
        uses = {name: (use,) for name, use in columns.items()}
        return DataMapping((SheetMapping(file, "", ("postings",), uses),))

    plan = plan_of(jobs__csv="id,t\n1,Cook\n")
    with pytest.raises(InputError, match=r"speaks of work\.csv, which is not there\. There is: jobs\.csv"):
        check_mapping(mapping("work.csv", id="posting_id"), plan)
    with pytest.raises(InputError, match=r"jobs\.csv has no column 'titel', which the mapping uses\. It has: id, t"):
        check_mapping(mapping("jobs.csv", id="posting_id", titel="postings.title"), plan)
    with pytest.raises(InputError, match=r"The mapping of jobs\.csv is not complete: postings: a title"):
        check_mapping(mapping("jobs.csv", id="posting_id"), plan)
    check_mapping(mapping("jobs.csv", id="posting_id", t="postings.title"), plan)


def test_columns_in_words(plan_of):
    [one] = plan_of(jobs__csv="Job ID,title,Wo\n1,Cook,x\n").held
    assert columns_in_words(one) == ["columns read: Job ID as posting id", "columns not used: Wo"]


def test_a_changed_proposal_takes_its_place(plan_of):
    plan = plan_of(jobs__csv="Job ID,Title\n1,Cook\n", people__csv="Candidate ID,Name\n1,Ann\n")
    changed = plan.replaced(1, plan.proposals[0])
    assert changed.proposals == (plan.proposals[0], plan.proposals[0])
    assert plan.proposals[1] is not plan.proposals[0]
