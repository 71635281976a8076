"""Text becomes words: case and accents folded, any script, signs that belong to a word kept."""

import pytest
import sqlalchemy as sa

from tests.features.tiny_company import EVENTS

TEXTS = {
    "Émile Zola ÉMILE émile": {"emile", "zola"},
    "SÃO PAULO, gestão & coração; Ação": {"sao", "paulo", "gestao", "coracao", "acao"},
    "Größe Öl Łódź Çelik ñandú ČESKÝ": {"grosse", "ol", "lodz", "celik", "nandu", "cesky"},
    "Ľubomír Şahin Ɓala Ðorđe Þór": {"lubomir", "sahin", "bala", "dorde", "thor"},
    "Go\u0302mez Cafe\u0301": {"gomez", "cafe"},  # composed or not
    "Σωκράτης ΣΩΚΡΆΤΗΣ Алёна Йошкар и\u0306ога": {"σωκρατησ", "алена", "йошкар", "йога"},
    "ﬁne Ｊａｖａ２ 𝗦𝗤𝗟 CO₂": {"fine", "java2", "sql", "co2"},
    "non‑stop – up—to−date": {"non", "stop", "up", "to", "date"},
    "개발자 (서울)": {"개발자", "개발", "발자", "서울"},
    "مهندس برمجيات، القاهرة؟": {"مهندس", "برمجيات", "القاهرة"},
    "日本語 エンジ。経験「五年」": {"日本語", "日本", "本語", "エンジ", "エン", "ンジ", "経験", "五年"},
    "高级java工程师": {"高级java工程师", "高级", "java", "工程", "程师"},
    "พ่อครัว": {"พ่อครัว", "พ่", "่อ", "อค", "คร", "รั", "ัว"},
    "Kỹ sư ởđâu": {"ky", "su", "odau"},
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
