-- In which texts may the terms of a text search occur? CTEs, to be spliced in (include) after my_lists.sql; end with
-- search_terms (number, clause, term, begins, wanted) and texts_with_letters (candidate_id, kind, body). The terms come
-- as a JSON array of clause, term, begins, wanted. Of a summary the first 48,000 bytes are searched: all of it together
-- is one text, and none has more than 65,535.
-- part of: counted, eligible
search_terms AS (
    SELECT
        number,
        CAST(t.clause AS INTEGER) AS clause,
        CAST(t.term AS VARCHAR) AS term,
        CAST(t.begins AS BOOLEAN) AS begins,
        CAST(t.wanted AS BOOLEAN) AS wanted
    FROM (SELECT JSON_PARSE(CAST(:terms AS VARCHAR(65535))) AS terms) AS given, given.terms AS t AT number
),

profiles_and_notes AS (
    SELECT
        c.candidate_id,
        'profile' AS kind,
        COALESCE(c.headline, '') || ' ; '
        || CASE WHEN OCTET_LENGTH(c.summary) > 48000 THEN CAST(c.summary AS VARCHAR(48000)) ELSE COALESCE(c.summary, '') END
        || ' ; ' || COALESCE(c.skills, '') AS body
    FROM hiring.candidates AS c
    UNION ALL
    SELECT
        candidate_id,
        'note ' || CAST(ROW_NUMBER() OVER (ORDER BY candidate_id, occurred_at, shortlist_id, note) AS VARCHAR(20)) AS kind,
        note AS body
    FROM my_notes
),

texts_without_accents AS (
    SELECT
        candidate_id,
        kind,
        body,
        CASE
            WHEN OCTET_LENGTH(body) = LENGTH(body) THEN LOWER(body) -- no accents: several times faster
            WHEN NOT LOWER(body) ~ '[{accented}]' THEN LOWER(body)
            ELSE TRANSLATE(
                LOWER(body),
                '{accented}',
                '{plain}'
            )
        END AS folded
    FROM profiles_and_notes
),

first_letters AS (
    SELECT DISTINCT
        REGEXP_SUBSTR(
            TRANSLATE(
                LOWER(term),
                '{accented}',
                '{plain}'
            ),
            '[a-z0-9+#]+'
        ) AS letters
    FROM search_terms
),

-- Only these are looked at word by word, which takes longest.
texts_with_letters AS (
    SELECT t.candidate_id, t.kind, MIN(t.body) AS body
    FROM texts_without_accents AS t
    INNER JOIN first_letters AS f ON f.letters = '' OR POSITION(f.letters IN t.folded) > 0
    GROUP BY t.candidate_id, t.kind
)
