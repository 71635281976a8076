"""The export of an applicant system that never heard of this app: three files with words and forms of its own."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

_WORK = {
    "Forklift Driver": ("Warehouse", ("Forklift", "Stock control", "Loading")),
    "Payroll Clerk": ("Finance", ("Payroll", "Excel", "Sage")),
    "Staff Nurse": ("Care", ("Wound care", "Triage", "IV therapy")),
    "Platform Engineer": ("IT", ("CI/CD", "Python", "Kubernetes")),
}
_TOWNS = ("Leeds", "York", "Sheffield")
_FIRST, _LAST = ("Ann", "Işıl", "Zoë", "Tom"), ("O’Brien", "Łukasz", "Weiß", "Brown")
_FUNNEL = ("Application Review", "Phone Screen", "Face to Face", "Offer Extended")
_VACANCY_COLUMNS = (
    "Requisition ID", "Job Name", "Department", "Office", "Key Skills", "Salary Range", "Date Opened", "Date Closed",
    "Job Status",
)  # fmt: skip
_DAY = "%d/%m/%Y"
_PAY = "£30,000-£40,000 per year"

FILES = ("Vacancies.csv", "People.xlsx", "applications export.csv")


def write_export(folder: Path, *, vacancies: int = 60, people: int = 240, seed: int = 5) -> list[Path]:
    """Writes the files into ``folder``; those who apply for the work they know get further than others."""
    rng = random.Random(seed)
    kinds = list(_WORK)
    trade = [rng.choice(kinds) for _ in range(people)]
    opened = [datetime(2024, 1, 3) + timedelta(days=12 * number) for number in range(vacancies)]
    jobs = [rng.choice(kinds) for _ in range(vacancies)]
    _write_vacancies(folder / FILES[0], jobs, opened)
    _write_people(folder / FILES[1], trade, rng)
    with open(folder / FILES[2], "w", encoding="cp1252", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["Requisition", "Person No.", "Current Stage", "Stage Date", "Recruiter"])
        for number, (job, day) in enumerate(zip(jobs, opened, strict=True)):
            for person in rng.sample(range(people), 18):
                for stage, when in _history(rng, trade[person] == job, day):
                    rows.writerow([f"REQ-{100 + number}", f"P{person:04}", stage, f"{when:%d/%m/%Y %H:%M}", "Kim"])
    return [folder / name for name in FILES]


def _history(rng: random.Random, suits: bool, day: datetime) -> list[tuple[str, datetime]]:
    when = day + timedelta(days=rng.randint(1, 10), hours=9)
    reached = 1 + sum(rng.random() < (0.75 if suits else 0.2) for _ in _FUNNEL[1:])
    events = [(stage, when + timedelta(days=3 * step)) for step, stage in enumerate(_FUNNEL[:reached])]
    last = "Contract signed" if reached == len(_FUNNEL) else "Not progressed"
    return [*events, (last, events[-1][1] + timedelta(days=2))]


def _write_vacancies(path: Path, jobs: list[str], opened: list[datetime]) -> None:
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_VACANCY_COLUMNS)
        for number, (job, day) in enumerate(zip(jobs, opened, strict=True)):
            area, skills = _WORK[job]
            is_open = number >= len(jobs) - 3
            closed = "" if is_open else f"{day + timedelta(days=40):{_DAY}}"
            rows.writerow([f"REQ-{100 + number}", job, area, f"{_TOWNS[number % 3]}, UK", ", ".join(skills),
                           _PAY, f"{day:{_DAY}}", closed, "Open" if is_open else "Filled"])  # fmt: skip


def _write_people(path: Path, trade: list[str], rng: random.Random) -> None:
    book = openpyxl.Workbook()
    about, people = book.active, book.create_sheet("People")
    about.append(["Made by the applicant system"])
    people.append(
        ["Person No.", "First Name", "Surname", "E-mail", "Current Job Title", "Skills", "Town", "Experience"]
    )
    for number, job in enumerate(trade):
        known = rng.sample(_WORK[job][1], 2)
        people.append([f"P{number:04}", _FIRST[number % 4], _LAST[number // 4 % 4], f"p{number}@mail.example", job,
                       " | ".join(known), _TOWNS[number % 3], f"{number % 9 + 1} yrs"])  # fmt: skip
    book.save(path)
