"""Text becomes words: case and accents folded, any script, signs that belong to a word kept."""

import pytest
import sqlalchemy as sa
from sklearn.feature_extraction.text import TfidfVectorizer
from tiny_company import CANDIDATES, EVENTS, POSTINGS

TEXTS = {
    "Émile Zola ÉMILE émile": {"emile", "zola"},
    "SÃO PAULO, gestão & coração; Ação": {"sao", "paulo", "gestao", "coracao", "acao"},
    "Größe Öl Łódź Çelik ñandú ČESKÝ": {"große", "ol", "lodz", "celik", "nandu", "cesky"},
    "개발자 (서울)": {"개발자", "서울"},
    "مهندس برمجيات، القاهرة؟": {"مهندس", "برمجيات", "القاهرة"},
    "日本語 エンジニア。経験「五年」": {"日本語", "エンジニア", "経験", "五年"},
    "Rocket 🚀 scientist 👩‍🔬": {"rocket", "🚀", "scientist", "👩‍🔬"},
    "C++ c++, C#/.NET; ASP.NET Node.js": {"c++", "c#", ".net", "asp.net", "node.js"},
    "It's O'Brien’s \"quoted\" `code`": {"it", "s", "o", "brien", "quoted", "code"},
    "100% up to 50%off": {"100", "up", "to", "50", "off"},
    "end. Of sentence... and e.g. this!": {"end", "of", "sentence", "and", "e.g", "this"},
    "line\nbreak\r\ntab\tend  double": {"line", "break", "tab", "end", "double"},
    "full-time [m/w/d] 3.5 years": {"full", "time", "m", "w", "d", "3.5", "years"},
    "snake_case a|b a\\b <b>bold</b> x=y": {"snake", "case", "a", "b", "bold", "x", "y"},
    "Ünïcödé-Ⱥ ﬁne İstanbul": None,  # whatever comes out, it must come out
    "a" * 100 + " " + "é" * 100: None,
}


@pytest.fixture(scope="module")
def words(make_company):
    """The words of each text, once as a posting's title and once as a candidate's summary."""
    postings = [{"posting_id": f"p{n}", "title": text} for n, text in enumerate(TEXTS)]
    candidates = [{"candidate_id": f"c{n}", "summary": text} for n, text in enumerate(TEXTS)]
    wh = make_company(postings, candidates, [("p0", "c0", *EVENTS[0][2:])])

    def found(owner):
        sql = (
            f"SELECT f.{owner}_id AS id, t.term FROM features.{owner}_words AS w "
            f"JOIN features.{owner}_facts AS f ON w.{owner}_key = f.{owner}_key "
            "JOIN features.terms AS t ON w.term_id = t.term_id"
        )
        terms: dict[str, set[str]] = {}
        with wh.engine.connect() as connection:
            for identifier, term in connection.execute(sa.text(sql)):
                terms.setdefault(identifier, set()).add(term)
        return terms

    return {**found("posting"), **found("candidate")}


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_words(words, number):
    expected = list(TEXTS.values())[number]
    assert words[f"p{number}"] == words[f"c{number}"]
    if expected is None:
        assert all(0 < len(term.encode()) <= 40 for term in words[f"p{number}"])
    else:
        assert words[f"p{number}"] == expected


def test_weights_are_those_of_scikit_learn(company):
    """TF-IDF with a logarithmic frequency, over words in two texts at least and three in ten at most: that is what
    little history comes to (see test_word_weights.py)."""
    emphasis = {"title": 3, "headline": 3, "skills": 2, "description": 1, "summary": 1}

    def text(row):
        parts = [" ".join([row[name].replace(";", " ")] * times) for name, times in emphasis.items() if row.get(name)]
        return " ".join(parts).lower()

    past = {row["posting_id"]: text(row) for row in POSTINGS[:4]}  # nobody was put forward for p5
    own = {row["candidate_id"]: text(row) for row in CANDIDATES if text(row).split()}
    vectorizer = TfidfVectorizer(
        token_pattern=r"\S+", sublinear_tf=True, smooth_idf=False, min_df=2, max_df=0.3, norm="l2"
    )
    vectorizer.fit([*past.values(), *own.values()])
    assert set(vectorizer.vocabulary_) == {"chef", "baker", "triage", "sql"}

    def stored(table, owner, weight):
        sql = (
            f"SELECT f.{owner}_id, t.term, w.{weight} FROM features.{table} AS w "
            f"JOIN features.{owner}_facts AS f ON w.{owner}_key = f.{owner}_key "
            f"JOIN features.terms AS t ON w.term_id = t.term_id WHERE w.{weight} > 0"
        )
        with company.engine.connect() as connection:
            return {(identifier, term): value for identifier, term, value in connection.execute(sa.text(sql))}

    def computed(texts):
        weights = vectorizer.transform(texts.values()).toarray()
        terms = vectorizer.get_feature_names_out()
        return {
            (identifier, term): weights[row, column]
            for row, identifier in enumerate(texts)
            for column, term in enumerate(terms)
            if weights[row, column] > 0
        }

    every_posting = {row["posting_id"]: text(row) for row in POSTINGS}
    assert stored("posting_terms", "posting", "weight") == pytest.approx(computed(every_posting))
    assert stored("candidate_terms", "candidate", "own_weight") == pytest.approx(computed(own))
