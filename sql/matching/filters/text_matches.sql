-- How many clauses of the text search does each candidate meet? CTEs, to be spliced in (include) after search_terms and
-- searched_texts; end with text_matches (candidate_key, clauses_met). A clause is met if one of its terms occurs
-- (wanted) or does not (not wanted). Case and accents are folded in texts and terms alike, punctuation parts words
-- except inside c++, node.js and the like; words are whole, or begin so.
-- part of: counted, eligible
texts_and_terms AS (
    SELECT CAST(number AS INTEGER) AS number, CAST(NULL AS INTEGER) AS candidate_key, term AS body
    FROM search_terms
    UNION ALL
    SELECT CAST(NULL AS INTEGER) AS number, f.candidate_key, t.body
    FROM searched_texts AS t
    INNER JOIN features.candidate_facts AS f ON t.candidate_id = f.candidate_id
),

words_in_small_letters AS (
    SELECT
        number,
        candidate_key,
        TRANSLATE(
            REPLACE(REPLACE(LOWER(body), CHR(37), ' '), CHR(39), ' '),
            ',;:!?()[]{}<>"`/|*=~^$@&_•·–—“”‘’´…-，。、；：？！（）【】「」《》،؛؟«»¿¡°ºª' || CHR(9) || CHR(10) || CHR(13) || CHR(92),
            '                                                                 '
        ) || ' ' AS body
    FROM texts_and_terms
),

-- One blank between words and around them.
spaced_texts AS (
    SELECT
        number,
        candidate_key,
        ' ' || TRIM(REPLACE(REPLACE(REPLACE(REPLACE(
            CASE
                WHEN OCTET_LENGTH(body) = LENGTH(body) THEN body -- no accents: several times faster
                ELSE TRANSLATE(
                    body,
                    '{accented}',
                    '{plain}'
                )
            END,
            '. ', ' '
        ), '     ', ' '), '   ', ' '), '  ', ' ')) || ' ' AS body
    FROM words_in_small_letters
),

terms AS (
    SELECT t.number, t.clause, t.wanted, CASE WHEN t.begins THEN RTRIM(s.body) ELSE s.body END AS body
    FROM search_terms AS t
    INNER JOIN spaced_texts AS s ON t.number = s.number
),

term_hits AS (
    SELECT DISTINCT s.candidate_key, t.number
    FROM spaced_texts AS s
    INNER JOIN terms AS t ON s.candidate_key IS NOT NULL AND POSITION(t.body IN s.body) > 0
),

text_matches AS (
    SELECT c.candidate_key, COUNT(DISTINCT t.clause) AS clauses_met
    FROM features.candidate_facts AS c
    CROSS JOIN terms AS t
    LEFT JOIN term_hits AS h ON c.candidate_key = h.candidate_key AND t.number = h.number
    WHERE (h.candidate_key IS NOT NULL) = t.wanted
    GROUP BY c.candidate_key
)
