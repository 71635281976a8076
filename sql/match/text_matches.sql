-- How many clauses of the text search does each candidate meet? CTEs, to be spliced in (include) after my_lists.sql;
-- end with text_matches (candidate_key, clauses_met). The terms come as a JSON array of clause, term, begins, wanted: a
-- clause is met if one of its terms occurs (wanted) or does not (not wanted). Case and accents are folded in texts and
-- terms alike, punctuation parts words except inside c++, node.js and the like; words are whole, or begin so.
search_terms AS (
    SELECT
        CAST(t.clause AS INTEGER) AS clause,
        CAST(t.term AS VARCHAR) AS term,
        CAST(t.begins AS BOOLEAN) AS begins,
        CAST(t.wanted AS BOOLEAN) AS wanted
    FROM (SELECT JSON_PARSE(:terms) AS terms) AS given, given.terms AS t
),

-- All that is folded alike: terms, texts, and in a blind review the names, which are taken out of the texts.
search_texts AS (
    SELECT 'term' AS kind, clause AS owner, begins, wanted, term AS body
    FROM search_terms
    UNION ALL
    SELECT
        'text' AS kind,
        f.candidate_key AS owner,
        FALSE AS begins,
        FALSE AS wanted,
        COALESCE(c.headline, '') || ' ; ' || COALESCE(c.summary, '') || ' ; ' || COALESCE(c.skills, '') AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    WHERE :clause_count > 0
    UNION ALL
    SELECT 'text' AS kind, f.candidate_key AS owner, FALSE AS begins, FALSE AS wanted, n.note AS body
    FROM my_notes AS n
    INNER JOIN features.candidate_facts AS f ON n.candidate_id = f.candidate_id
    WHERE :clause_count > 0
    UNION ALL
    SELECT 'name' AS kind, f.candidate_key AS owner, FALSE AS begins, FALSE AS wanted, c.name AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    WHERE :clause_count > 0 AND :blind
),

folded_texts AS (
    SELECT
        kind,
        owner,
        begins,
        wanted,
        TRANSLATE(
            TRANSLATE(
                REPLACE(REPLACE(LOWER(body), CHR(37), ' '), CHR(39), ' '),
                'áàâãäåāăąéèêëēėęíìîïīóòôõöøōúùûüūçćčñńýÿšśžźżğłđřťďůőű',
                'aaaaaaaaaeeeeeeeiiiiiooooooouuuuucccnnyysszzzgldrtduou'
            ),
            ',;:!?()[]{}<>"`/|*=~^$@&_•·–—“”‘’´…-，。、；：？！（）【】「」《》،؛؟«»¿¡°ºª' || CHR(9) || CHR(10) || CHR(13) || CHR(92),
            '                                                                 '
        ) || ' ' AS body
    FROM search_texts
),

-- One blank between words and around them.
spaced_texts AS (
    SELECT
        kind,
        owner,
        begins,
        wanted,
        ' ' || TRIM(REPLACE(REPLACE(REPLACE(REPLACE(body, '. ', ' '), '     ', ' '), '   ', ' '), '  ', ' ')) || ' ' AS body
    FROM folded_texts
),

searched_texts AS (
    SELECT
        t.owner AS candidate_key,
        REPLACE(REPLACE(REPLACE(REPLACE(
            t.body,
            COALESCE(' ' || SPLIT_PART(TRIM(n.body), ' ', 1) || ' ', '  '), ' '),
            COALESCE(' ' || SPLIT_PART(TRIM(n.body), ' ', 2) || ' ', '  '), ' '),
            COALESCE(' ' || SPLIT_PART(TRIM(n.body), ' ', 3) || ' ', '  '), ' '),
            COALESCE(' ' || SPLIT_PART(TRIM(n.body), ' ', 4) || ' ', '  '), ' ') AS body
    FROM spaced_texts AS t
    LEFT JOIN spaced_texts AS n ON n.kind = 'name' AND t.owner = n.owner
    WHERE t.kind = 'text'
),

term_matches AS (
    SELECT
        s.candidate_key,
        t.owner AS clause,
        t.body,
        t.begins,
        t.wanted,
        MAX(POSITION(CASE WHEN t.begins THEN RTRIM(t.body) ELSE t.body END IN s.body)) > 0 AS occurs
    FROM searched_texts AS s
    INNER JOIN spaced_texts AS t ON t.kind = 'term'
    GROUP BY s.candidate_key, t.owner, t.body, t.begins, t.wanted
),

text_matches AS (
    SELECT candidate_key, COUNT(DISTINCT clause) AS clauses_met
    FROM term_matches
    WHERE occurs = wanted
    GROUP BY candidate_key
)
