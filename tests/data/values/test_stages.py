"""What a company's words for stages likely mean."""

import pytest

from jobrec_ui.data.tables import STAGES
from jobrec_ui.data.values.stages import propose_stage

SURE = {
    "viewed": ["Viewed"],
    "applied": ["Applied", "New Application", "Application Review", "Eingegangen", "Candidature reçue", "Ricevuta"],
    "shortlisted": ["Phone Screen", "Pre-selected", "Telefoninterview", "Voorselectie", "Preselekcja"],
    "interviewed": ["Face to Face", "2nd Interview", "Vorstellungsgespräch", "Entretien", "Colloquio", "Rozmowa"],
    "offered": ["Offer Extended", "Angebot", "Offre", "Oferta enviada", "Aanbod"],
    "hired": ["Hired", "Contract signed", "Eingestellt", "Embauchée", "Contratado", "Assunta", "Zatrudniony"],
    "rejected": ["Not progressed", "Absage", "Refusée", "Reprovado", "Afgewezen", "Odrzucony"],
    "withdrawn": ["Offer declined", "Withdrew", "Zurückgezogen", "Desistiu", "Teruggetrokken", "Zrezygnował"],
}  # fmt: skip


@pytest.mark.parametrize(("stage", "word"), [(stage, word) for stage, words in SURE.items() for word in words])
def test_words_that_anybody_understands(stage, word):
    for spelling in (word, word.upper(), f" {word.lower()} ", word.replace(" ", "_"), word.replace(" ", "-")):
        found = propose_stage(spelling)
        assert (found.stage, found.sure) == (stage, True)


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Screening", "shortlisted"),
        ("On hold", "shortlisted"),
        ("Assessment", "shortlisted"),
        ("Reference check", "interviewed"),
        ("Rejected after interview", "rejected"),
        ("Rejected - position filled", "rejected"),
        ("Interview with the director", "interviewed"),
        ("Intervew", "interviewed"),
        ("Declined", "withdrawn"),
        ("Archived", "rejected"),
    ],
)
def test_words_that_somebody_has_to_decide_about(word, stage):
    found = propose_stage(word)
    assert (found.stage, found.sure) == (stage, False)


@pytest.mark.parametrize("word", ["", "?", "Blue", "xyz 12", "3", "Kim Boss", "Pipeline B"])
def test_words_that_say_nothing(word):
    assert propose_stage(word) is None


@pytest.mark.parametrize("stage", STAGES)
def test_the_apps_own_words(stage):
    for spelling in (stage, stage.capitalize(), stage.upper()):
        found = propose_stage(spelling)
        assert (found.stage, found.sure) == (stage, True)


def test_numbers_of_steps_do_not_matter():
    for word in ("3. Phone Screen", "Interview 4", "02 - Hired"):
        assert propose_stage(word).sure
