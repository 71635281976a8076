-- In which texts does every word occur that was typed, whatever its case and accents? CTEs, to be spliced in (include)
-- after searchable (found_id, body); end with hits (found_id). The words come as ';a;b;'; without words everything is a
-- hit.
wanted_words AS (
    SELECT
        TRANSLATE(
            LOWER(CAST(word AS VARCHAR)),
            '{accented}',
            '{plain}'
        ) AS word
    FROM (SELECT SPLIT_TO_ARRAY(CAST(:words AS VARCHAR(65535)), ';') AS words) AS typed, typed.words AS word
    WHERE CAST(word AS VARCHAR) <> ''
),

folded_bodies AS (
    SELECT
        found_id,
        CASE
            WHEN OCTET_LENGTH(body) = LENGTH(body) THEN LOWER(body) -- no accents: several times faster
            ELSE TRANSLATE(
                LOWER(body),
                '{accented}',
                '{plain}'
            )
        END AS body
    FROM searchable
    WHERE (SELECT COUNT(*) FROM wanted_words) > 0
),

hits AS (
    SELECT f.found_id
    FROM folded_bodies AS f
    CROSS JOIN wanted_words AS w
    WHERE POSITION(w.word IN f.body) > 0
    GROUP BY f.found_id
    HAVING COUNT(*) = (SELECT COUNT(*) FROM wanted_words)
    UNION ALL
    SELECT s.found_id
    FROM searchable AS s
    WHERE (SELECT COUNT(*) FROM wanted_words) = 0
)
