-- In what does every word occur that was typed? CTEs, to be spliced in (include) after searchable (found_key, part,
-- body), letters folded; end with hits (found_key, mistakes). The words come as a JSON array of number, word, mistakes:
-- one word in several spellings has one number, and mistakes are the letters that were put right. E-mail addresses are
-- found by how they begin, or by what has an @. A phone number is found by any of its digits in a row, with the code of
-- its country or without. Without words everything is a hit.
wanted_words AS (
    SELECT
        CAST(w.number AS INTEGER) AS number,
        CAST(w.word AS VARCHAR(65535)) AS word,
        CAST(w.mistakes AS INTEGER) AS mistakes
    FROM (SELECT JSON_PARSE(CAST(:words AS VARCHAR(65535))) AS words) AS typed, typed.words AS w
),

words_found AS (
    SELECT s.found_key, w.number, MIN(w.mistakes) AS mistakes
    FROM searchable AS s
    INNER JOIN wanted_words AS w
        ON POSITION(w.word IN s.body) BETWEEN 1 AND CASE
            WHEN s.part = 'phone' THEN 0
            WHEN s.part = 'email' AND POSITION('@' IN w.word) = 0 THEN 1
            ELSE 65535
        END
    GROUP BY s.found_key, w.number
),

all_hits AS (
    SELECT found_key, SUM(mistakes) AS mistakes
    FROM words_found
    GROUP BY found_key
    HAVING COUNT(*) = (SELECT COUNT(DISTINCT number) FROM wanted_words)
    UNION ALL
    SELECT found_key, 0 AS mistakes
    FROM searchable
    WHERE
        part = 'phone'
        AND CAST(:phone AS VARCHAR(256)) <> ''
        AND (
            POSITION(CAST(:phone AS VARCHAR(256)) IN body) > 0
            OR (
                LENGTH(body) >= 7
                AND LENGTH(CAST(:phone AS VARCHAR(256))) - LENGTH(body) BETWEEN 1 AND 4
                AND RIGHT(CAST(:phone AS VARCHAR(256)), LENGTH(body)) = body
            )
        )
    UNION ALL
    SELECT found_key, 0 AS mistakes
    FROM searchable
    WHERE part = 'id' AND (SELECT COUNT(*) FROM wanted_words) = 0
),

hits AS (
    SELECT found_key, MIN(mistakes) AS mistakes
    FROM all_hits
    GROUP BY found_key
)
