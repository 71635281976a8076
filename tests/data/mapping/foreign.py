"""Headers as applicant systems of many makers and languages write them, with what each column is.

Each sheet: its file, the tables that it holds by itself, and for each column its use ("" = none that matters, or
several that are right) and cells of its kind.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from jobrec_ui.data.reading.sheet import Sheet
from jobrec_ui.data.rejections import Rejections

ROWS = 12
_FIRST = ("Ann", "Zoë", "Işıl", "Tom", "Łukasz", "Mia", "José", "Nguyễn", "Eva", "Max", "Lea", "Jan")
_LAST = ("Brown", "O’Brien", "Weiß", "Şahin", "Nowak", "García", "Silva", "Rossi", "Jansen", "Müller", "Dupont", "Lee")
_TITLES = ("Staff Nurse", "Forklift Driver", "Payroll Clerk", "Cook", "Data Engineer", "Welder")
_TOWNS = ("Leeds", "Köln", "Lyon", "Sevilla", "Porto", "Torino", "Utrecht", "Kraków", "York", "Bonn", "Lille", "Gdańsk")

CELLS = {
    "number": [str(4000 + 7 * n) for n in range(ROWS)],
    "job": [f"REQ-{100 + n}" for n in range(ROWS)],
    "job ref": [f"REQ-{100 + n % 4}" for n in range(ROWS)],
    "person": [f"C{n:05}" for n in range(ROWS)],
    "person ref": [f"C{n % 5:05}" for n in range(ROWS)],
    "uuid": [f"6f1c{n:04}-11aa-4c9e-9d7e-0123456789ab" for n in range(ROWS)],
    "first": list(_FIRST),
    "last": list(_LAST),
    "name": [f"{first} {last}" for first, last in zip(_FIRST, _LAST, strict=True)],
    "mail": [f"p{n}@mail.example" for n in range(ROWS)],
    "phone": [f"+44 20 7946 0{100 + n}" for n in range(ROWS)],
    "title": [_TITLES[n % 6] for n in range(ROWS)],
    "text": ["We look for somebody who cares, plans and works with others in a team of nine people. " * 3] * ROWS,
    "skills": ["Python, SQL", "Excel, Sage, Payroll", "CI/CD, Docker", "Triage, Wound care"] * 3,
    "lists": ['["Python", "SQL"]', '["Excel"]', "[]", '["Triage", "Care"]'] * 3,
    "town": list(_TOWNS),
    "place": [f"{town}, {('UK', 'Germany', 'France', 'Spain')[n % 4]}" for n, town in enumerate(_TOWNS)],
    "country": ["United Kingdom", "Germany", "France"] * 4,
    "area": ["Care", "Warehouse", "Finance", "IT"] * 3,
    "contract": ["Full-time", "Part-time", "Contract"] * 4,
    "remote": ["Remote", "Hybrid", "On-site"] * 4,
    "yes": ["true", "false"] * 6,
    "day": [f"2024-{n + 1:02}-{n + 10:02}" for n in range(ROWS)],
    "day gb": [f"{n + 10:02}/{n + 1:02}/2024" for n in range(ROWS)],
    "day de": [f"{n + 10:02}.{n + 1:02}.2024" for n in range(ROWS)],
    "moment": [f"2024-{n + 1:02}-{n + 10:02}T09:30:00Z" for n in range(ROWS)],
    "some days": [f"2024-{n + 1:02}-{n + 10:02}" if n % 3 == 0 else None for n in range(ROWS)],
    "pay": ["£30,000 - £40,000 a year", "28k", "$25/hr"] * 4,
    "amount": [str(30_000 + 500 * n) for n in range(ROWS)],
    "years": [f"{n % 9 + 1}" for n in range(ROWS)],
    "stage": ["Application Review", "Phone Screen", "Face to Face", "Offer", "Hired", "Rejected"] * 2,
    "status": ["Open", "Closed"] * 6,
    "source": ["LinkedIn", "Referral", "Indeed"] * 4,
    "people": ["Kim Boss", "Ola Chief"] * 6,
    "gender": ["female", "male", "diverse"] * 4,
    "age": [str(25 + n) for n in range(ROWS)],
    "degree": ["Bachelor", "Master", "PhD"] * 4,
    "level": ["Junior", "Senior", "Lead"] * 4,
    "reason": ["Too few years", "Salary", None] * 4,
    "currency": ["EUR", "GBP"] * 6,
    "link": [f"https://example.com/{n}" for n in range(ROWS)],
    "languages": ["English; German", "French", "Polish; English"] * 4,
    "stage de": ["Eingegangen", "Telefoninterview", "Vorstellungsgespräch", "Angebot", "Eingestellt", "Absage"] * 2,
    "stage fr": ["Reçue", "Présélectionné", "Entretien", "Offre", "Embauché", "Refusée"] * 2,
    "stage es": ["Recibida", "Preseleccionado", "Entrevista", "Oferta", "Contratado", "Descartado"] * 2,
    "stage pt": ["Inscrito", "Triagem", "Entrevista", "Proposta", "Contratado", "Reprovado"] * 2,
    "stage it": ["Ricevuta", "Preselezione", "Colloquio", "Offerta", "Assunto", "Scartato"] * 2,
    "stage nl": ["Ontvangen", "Voorselectie", "Gesprek", "Aanbod", "Aangenomen", "Afgewezen"] * 2,
    "stage pl": ["Nowa aplikacja", "Preselekcja", "Rozmowa", "Oferta złożona", "Zatrudniony", "Odrzucony"] * 2,
}  # fmt: skip


@dataclass(frozen=True)
class ForeignSheet:
    """A sheet of a foreign export: ``columns`` are (name, use, kind of cells)."""

    system: str
    file: str
    holds: tuple[str, ...]
    columns: tuple[tuple[str, str, str], ...]

    def sheet(self) -> Sheet:
        columns = {name: pa.chunked_array([pa.array(CELLS[kind], pa.string())]) for name, _, kind in self.columns}
        return Sheet(self.file, "", columns, np.arange(2, 2 + ROWS), Rejections(self.file), ROWS)

    @property
    def matters(self) -> dict[str, str]:
        """The columns whose use matters, with it."""
        return {name: use for name, use, _ in self.columns if use}


def _sheet(system: str, file: str, holds: str, columns: str) -> ForeignSheet:
    """``columns``: one on each line, "name | use | kind of cells"."""
    parts = [tuple(part.strip() for part in line.split("|")) for line in columns.strip().splitlines()]
    return ForeignSheet(system, file, tuple(holds.split()), tuple((name, use, kind) for name, use, kind in parts))


J, C = "postings.", "candidates."
FOREIGN = (
    _sheet("Greenhouse", "jobs.csv", "postings", """
        Job ID | posting_id | number
        Job Name | postings.title | title
        Requisition ID | | job
        Department | postings.area | area
        Office | postings.place | place
        Employment Type | postings.employment_type | contract
        Status | postings.status | status
        Opened At | postings.opened_at | moment
        Closed At | postings.closed_at | some days
        Hiring Manager | | people
        Notes | | reason
        """),
    _sheet("Greenhouse", "candidates.csv", "candidates", """
        Candidate ID | candidate_id | number
        First Name | candidates.first_name | first
        Last Name | candidates.last_name | last
        Email Addresses | candidates.email | mail
        Phone Numbers | candidates.phone | phone
        Title | candidates.headline | title
        Company | | area
        Tags | candidates.skills | skills
        Created At | | moment
        Last Activity | candidates.updated_at | moment
        """),
    _sheet("Greenhouse", "applications.csv", "interactions", """
        Application ID | | number
        Candidate ID | candidate_id | person ref
        Job ID | posting_id | job ref
        Applied On | day applied | day
        Current Stage | stage | stage
        Rejected On | day rejected | some days
        Rejection Reason | reason | reason
        Recruiter | | people
        Source | | source
        """),
    _sheet("Lever", "opportunities.csv", "interactions candidates", """
        opportunityId | | uuid
        contactId | candidate_id | person ref
        candidateName | candidates.name | name
        email | candidates.email | mail
        postingId | posting_id | job ref
        stageName | stage | stage
        stageUpdatedAt | occurred_at | moment
        archiveReason | reason | reason
        owner | | people
        tags | candidates.skills | lists
        """),
    _sheet("Lever", "postings.json", "postings", """
        id | posting_id | uuid
        text | | title
        state | | status
        categories team | postings.area | area
        categories location | postings.place | place
        categories commitment | | contract
        workplaceType | postings.remote | remote
        salaryRange min | postings.salary_min | amount
        salaryRange max | postings.salary_max | amount
        salaryRange currency | postings.currency | currency
        createdAt | postings.opened_at | moment
        title | postings.title | title
        """),
    _sheet("Workday", "Job Requisitions.xlsx", "postings", """
        Job Requisition ID | posting_id | job
        Job Posting Title | postings.title | title
        Job Description | postings.description | text
        Job Family | postings.area | area
        Primary Location | postings.place | place
        Time Type | postings.employment_type | contract
        Recruiting Start Date | postings.opened_at | day
        Job Requisition Status | postings.status | status
        Management Level | postings.seniority | level
        Target Hire Date | | day
        Supervisory Organization | | area
        """),
    _sheet("Workday", "Candidates by Stage.xlsx", "interactions", """
        Candidate ID | candidate_id | person ref
        Job Requisition ID | posting_id | job ref
        Candidate Stage | stage | stage
        Stage Date | occurred_at | day
        Disposition Reason | reason | reason
        """),
    _sheet("SmartRecruiters", "candidates_export.csv", "interactions postings candidates", """
        Candidate Id | candidate_id | person ref
        First name | candidates.first_name | first
        Last name | candidates.last_name | last
        Email | candidates.email | mail
        Job Id | posting_id | job ref
        Job title | postings.title | title
        Job location | postings.place | place
        Application date | occurred_at | day
        Current status | stage | stage
        Source name | candidates.source | source
        """),
    _sheet("Personio", "Bewerbungen.csv", "interactions postings candidates", """
        Bewerber-ID | candidate_id | person ref
        Vorname | candidates.first_name | first
        Nachname | candidates.last_name | last
        E-Mail | candidates.email | mail
        Geschlecht | | gender
        Stellen-ID | posting_id | job ref
        Stelle | postings.title | title
        Phase | stage | stage de
        Bewerbungsdatum | occurred_at | day de
        Ablehnungsgrund | reason | reason
        Recruiter | | people
        """),
    _sheet("Personio", "Stellen.csv", "postings", """
        Stellen-ID | posting_id | job
        Stellenbezeichnung | postings.title | title
        Abteilung | postings.area | area
        Standort | postings.place | place
        Beschäftigungsart | postings.employment_type | contract
        Karrierestufe | postings.seniority | level
        Gehalt von | postings.salary_min | amount
        Gehalt bis | postings.salary_max | amount
        Währung | postings.currency | currency
        Veröffentlicht am | postings.opened_at | day de
        Geschlossen am | postings.closed_at | some days
        Stellenbeschreibung | postings.description | text
        """),
    _sheet("d.vinci", "Bewerber.csv", "candidates", """
        Bewerbernummer | candidate_id | number
        Name | candidates.name | name
        E-Mail-Adresse | candidates.email | mail
        Telefonnummer | candidates.phone | phone
        Wohnort | candidates.city | town
        Kenntnisse | candidates.skills | skills
        Sprachkenntnisse | candidates.languages | languages
        Berufserfahrung | candidates.years_experience | years
        Gehaltswunsch | candidates.desired_salary | amount
        Verfügbar ab | candidates.available_from | day de
        Höchster Abschluss | candidates.education | degree
        Geburtsdatum | | day de
        """),
    _sheet("Teamtailor", "job-applications.csv", "interactions", """
        job_application_id | | number
        candidate_id | candidate_id | person ref
        job_id | posting_id | job ref
        stage | stage | stage
        created_at | day applied | moment
        changed_stage_at | occurred_at | moment
        reject_reason | reason | reason
        """),
    _sheet("Teamtailor", "candidates.csv", "candidates", """
        id | candidate_id | number
        first-name | candidates.first_name | first
        last-name | candidates.last_name | last
        email | candidates.email | mail
        phone | candidates.phone | phone
        pitch | | text
        tags | candidates.skills | skills
        updated-at | candidates.updated_at | moment
        """),
    _sheet("Recruitee", "offers.csv", "postings", """
        Offer ID | posting_id | number
        Offer title | postings.title | title
        Department | postings.area | area
        City | postings.city | town
        Country | postings.country | country
        Description | postings.description | text
        Requirements | | text
        Employment type | postings.employment_type | contract
        Remote | postings.remote | yes
        Min hours | | years
        Published at | postings.opened_at | moment
        Closed at | postings.closed_at | some days
        Status | postings.status | status
        """),
    _sheet("Bullhorn", "JobOrders.csv", "postings", """
        jobOrderID | posting_id | number
        title | postings.title | title
        clientCorporationName | postings.company | area
        publicDescription | postings.description | text
        skillList | postings.skills | skills
        address_city | postings.city | town
        address_state | postings.region | area
        employmentType | postings.employment_type | contract
        payRate | | amount
        salary | postings.salary | amount
        dateAdded | postings.opened_at | moment
        dateClosed | postings.closed_at | some days
        isOpen | postings.status | yes
        yearsRequired | postings.years_experience_min | years
        """),
    _sheet("Bullhorn", "Candidates.csv", "candidates", """
        candidateID | candidate_id | number
        firstName | candidates.first_name | first
        lastName | candidates.last_name | last
        email | candidates.email | mail
        mobile | candidates.phone | phone
        occupation | candidates.headline | title
        skillSet | candidates.skills | skills
        city | candidates.city | town
        experience | candidates.years_experience | years
        dateAvailable | candidates.available_from | day
        salary | candidates.desired_salary | amount
        source | candidates.source | source
        """),
    _sheet("Bullhorn", "JobSubmissions.csv", "interactions", """
        jobSubmissionID | | number
        candidateID | candidate_id | person ref
        jobOrderID | posting_id | job ref
        status | stage | stage
        dateAdded | | moment
        dateLastModified | | moment
        sendingUserName | | people
        """),
    _sheet("Kaggle", "job_postings.csv", "postings", """
        job_id | posting_id | number
        company_name | postings.company | area
        title | postings.title | title
        description | postings.description | text
        max_salary | postings.salary_max | amount
        pay_period | | contract
        location | postings.place | place
        min_salary | postings.salary_min | amount
        formatted_work_type | postings.employment_type | contract
        listed_time | postings.opened_at | moment
        expiry | postings.closed_at | moment
        formatted_experience_level | postings.seniority | level
        skills_desc | postings.skills | skills
        remote_allowed | postings.remote | yes
        views | | years
        """),
    _sheet("Kaggle", "resumes.csv", "candidates", """
        ID | candidate_id | number
        Resume_str | candidates.summary | text
        Category | | area
        """),
    _sheet("Kaggle", "recruitment_funnel.csv", "interactions", """
        applicant_id | candidate_id | person
        requisition_id | posting_id | job ref
        applied_date | day applied | day
        phone_screen_date | day shortlisted | some days
        interview_date | day interviewed | some days
        offer_date | day offered | some days
        hire_date | day hired | some days
        rejected_date | day rejected | some days
        """),
    _sheet("French", "Candidatures 2024.csv", "interactions postings candidates", """
        N° candidat | candidate_id | person ref
        Prénom | candidates.first_name | first
        Nom de famille | candidates.last_name | last
        Adresse e-mail | candidates.email | mail
        Téléphone | candidates.phone | phone
        Réf. offre | posting_id | job ref
        Intitulé du poste | postings.title | title
        Statut de la candidature | stage | stage fr
        Date de candidature | occurred_at | day gb
        Motif de refus | reason | reason
        """),
    _sheet("French", "Offres.csv", "postings", """
        Référence de l'offre | posting_id | job
        Intitulé du poste | postings.title | title
        Descriptif du poste | postings.description | text
        Compétences requises | postings.skills | skills
        Ville | postings.city | town
        Type de contrat | postings.employment_type | contract
        Salaire min | postings.salary_min | amount
        Salaire max | postings.salary_max | amount
        Télétravail | postings.remote | remote
        Date de publication | postings.opened_at | day gb
        Date de clôture | postings.closed_at | some days
        Statut | postings.status | status
        """),
    _sheet("Spanish", "Candidatos.csv", "candidates", """
        ID del candidato | candidate_id | person
        Nombre | candidates.first_name | first
        Apellidos | candidates.last_name | last
        Correo electrónico | candidates.email | mail
        Teléfono móvil | candidates.phone | phone
        Ciudad | candidates.city | town
        Habilidades | candidates.skills | skills
        Años de experiencia | candidates.years_experience | years
        Pretensión salarial | candidates.desired_salary | amount
        Nivel de estudios | candidates.education | degree
        """),
    _sheet("Spanish", "Procesos.csv", "interactions", """
        Id candidato | candidate_id | person ref
        Id oferta | posting_id | job ref
        Estado de la candidatura | stage | stage es
        Fecha del estado | occurred_at | day gb
        Motivo de rechazo | reason | reason
        """),
    _sheet("Portuguese", "vagas.json", "postings", """
        codigo_vaga | posting_id | number
        titulo_vaga | postings.title | title
        principais_atividades | postings.description | text
        cidade | postings.city | town
        estado | postings.region | area
        tipo_contratacao | postings.employment_type | contract
        nivel_profissional | postings.seniority | level
        data_abertura | postings.opened_at | day
        cliente | postings.company | area
        """),
    _sheet("Portuguese", "inscricoes.csv", "interactions", """
        codigo_candidato | candidate_id | person ref
        codigo_vaga | posting_id | job ref
        situacao_candidado | stage | stage pt
        data_candidatura | | day
        ultima_atualizacao | | day
        comentario | reason | reason
        """),
    _sheet("Italian", "Annunci.csv", "postings", """
        Codice annuncio | posting_id | job
        Titolo annuncio | postings.title | title
        Descrizione | postings.description | text
        Sede di lavoro | postings.place | place
        Tipo di contratto | postings.employment_type | contract
        RAL minima | postings.salary_min | amount
        RAL massima | postings.salary_max | amount
        Data di pubblicazione | postings.opened_at | day gb
        Data di chiusura | postings.closed_at | some days
        Stato | postings.status | status
        """),
    _sheet("Italian", "Candidature.csv", "interactions candidates", """
        Codice candidato | candidate_id | person ref
        Cognome | candidates.last_name | last
        Nome | candidates.first_name | first
        Codice annuncio | posting_id | job ref
        Stato candidatura | stage | stage it
        Data stato | occurred_at | day gb
        """),
    _sheet("Dutch", "Vacatures.csv", "postings", """
        Vacaturenummer | posting_id | job
        Functietitel | postings.title | title
        Functieomschrijving | postings.description | text
        Standplaats | postings.place | town
        Dienstverband | postings.employment_type | contract
        Salaris van | postings.salary_min | amount
        Salaris tot | postings.salary_max | amount
        Publicatiedatum | postings.opened_at | day gb
        Sluitingsdatum | postings.closed_at | some days
        """),
    _sheet("Dutch", "Sollicitaties.csv", "interactions postings candidates", """
        Kandidaatnummer | candidate_id | person ref
        Voornaam | candidates.first_name | first
        Achternaam | candidates.last_name | last
        Vacaturenummer | posting_id | job ref
        Vacaturetitel | postings.title | title
        Fase | stage | stage nl
        Sollicitatiedatum | occurred_at | day gb
        """),
    _sheet("Polish", "Kandydaci.csv", "candidates", """
        ID kandydata | candidate_id | person
        Imię | candidates.first_name | first
        Nazwisko | candidates.last_name | last
        Adres e-mail | candidates.email | mail
        Numer telefonu | candidates.phone | phone
        Miejscowość | candidates.city | town
        Umiejętności | candidates.skills | skills
        Znajomość języków | candidates.languages | languages
        Lata doświadczenia | candidates.years_experience | years
        Oczekiwania finansowe | candidates.desired_salary | amount
        """),
    _sheet("Polish", "Aplikacje.csv", "interactions", """
        ID kandydata | candidate_id | person ref
        ID oferty | posting_id | job ref
        Etap rekrutacji | stage | stage pl
        Data zmiany statusu | occurred_at | day
        Powód odrzucenia | reason | reason
        """),
    _sheet("Ashby", "Applications Report.csv", "interactions postings candidates", """
        Application Id | | uuid
        Candidate Name | candidates.name | name
        Candidate Primary Email Address | candidates.email | mail
        Job Title | postings.title | title
        Job Id | posting_id | job ref
        Candidate Id | candidate_id | person ref
        Current Interview Stage | stage | stage
        Application Submitted On | occurred_at | moment
        Source | candidates.source | source
        """),
    _sheet("Zoho", "Candidates.csv", "candidates", """
        Candidate Id | candidate_id | number
        Candidate Name | candidates.name | name
        Email | candidates.email | mail
        Mobile | candidates.phone | phone
        Current Job Title | candidates.headline | title
        Skill Set | candidates.skills | skills
        Experience in Years | candidates.years_experience | years
        Expected Salary | candidates.desired_salary | amount
        Current Salary | | amount
        City | candidates.city | town
        Country | candidates.country | country
        Highest Qualification Held | candidates.education | degree
        Modified Time | candidates.updated_at | moment
        """),
    _sheet("iCIMS", "Submittals.csv", "interactions", """
        Person : System ID | candidate_id | person ref
        Job : Req ID | posting_id | job ref
        Recruiting Workflow : Status | stage | stage
        Recruiting Workflow : Status Updated Date | occurred_at | day
        """),
    _sheet("Taleo", "REQUISITIONS.csv", "postings", """
        REQUISITION_NUMBER | posting_id | job
        REQUISITION_TITLE | postings.title | title
        JOB_FIELD | postings.area | area
        PRIMARY_LOCATION | postings.place | place
        OPEN_DATE | postings.opened_at | day
        CLOSE_DATE | postings.closed_at | some days
        EXTERNAL_DESCRIPTION | postings.description | text
        RECRUITER_NAME | | people
        """),
    _sheet("Workable", "workable-candidates.csv", "interactions postings candidates", """
        Name | candidates.name | name
        Headline | candidates.headline | title
        Email | candidates.email | mail
        Phone | candidates.phone | phone
        Address | candidates.place | place
        Job | postings.title | title
        Stage | stage | stage
        Date applied | day applied | day
        Tags | candidates.skills | skills
        Disqualified at | day rejected | some days
        """),
    _sheet("JazzHR", "applicants2jobs.json", "interactions", """
        id | | number
        applicant_id | candidate_id | person ref
        job_id | posting_id | job ref
        workflow_step | stage | stage
        date | occurred_at | day
        rating | | years
        """),
)  # fmt: skip
