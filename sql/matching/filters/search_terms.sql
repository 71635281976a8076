-- Which words does a text search ask for? CTEs, to be spliced in (include); end with search_terms (clause, term, begins,
-- wanted) and spellings (term, begins, words, letters), each from a JSON array: how a text may have a term, folded as
-- texts are, with a blank before each word and, unless the last only begins so, behind. letters are the longest of them:
-- without these a text need not be looked at word by word.
-- part of: counted, eligible
search_terms AS (
    SELECT
        CAST(t.clause AS INTEGER) AS clause,
        CAST(t.term AS VARCHAR) AS term,
        CAST(t.begins AS BOOLEAN) AS begins,
        CAST(t.wanted AS BOOLEAN) AS wanted
    FROM (SELECT JSON_PARSE(CAST(:terms AS VARCHAR(65535))) AS terms) AS given, given.terms AS t
),

spellings AS (
    SELECT
        CAST(s.term AS VARCHAR) AS term,
        CAST(s.begins AS BOOLEAN) AS begins,
        CAST(s.words AS VARCHAR) AS words,
        CAST(s.letters AS VARCHAR) AS letters
    FROM (SELECT JSON_PARSE(CAST(:spellings AS VARCHAR(65535))) AS spellings) AS given, given.spellings AS s
)
