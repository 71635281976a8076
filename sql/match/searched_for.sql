-- In which texts does every word occur that was typed? CTEs, to be spliced in (include) after searchable (found_id,
-- body); end with hits (found_id). The words come as ';a;b;'; without words everything is a hit.
wanted_words AS (
    SELECT LOWER(CAST(word AS VARCHAR)) AS word
    FROM (SELECT SPLIT_TO_ARRAY(:words, ';') AS words) AS typed, typed.words AS word
    WHERE CAST(word AS VARCHAR) <> ''
),

hits AS (
    SELECT s.found_id
    FROM searchable AS s
    CROSS JOIN wanted_words AS w
    WHERE POSITION(w.word IN s.body) > 0
    GROUP BY s.found_id
    HAVING COUNT(*) = (SELECT COUNT(*) FROM wanted_words)
    UNION ALL
    SELECT s.found_id
    FROM searchable AS s
    WHERE (SELECT COUNT(*) FROM wanted_words) = 0
)
