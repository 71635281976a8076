-- How many clauses of the text search does each candidate meet? CTEs, to be spliced in (include) after my_lists.sql;
-- end with text_matches (candidate_key, clauses_met). The terms come as a JSON array of clause, term, begins, wanted: a
-- clause is met if one of its terms occurs (wanted) or does not (not wanted). Case and accents are folded in texts and
-- terms alike, punctuation parts words except inside c++, node.js and the like; words are whole, or begin so. Of a
-- summary the first 48,000 bytes are searched: all of it together is one text, and none has more than 65,535.
search_terms AS (
    SELECT
        CAST(t.clause AS INTEGER) AS clause,
        CAST(t.term AS VARCHAR) AS term,
        CAST(t.begins AS BOOLEAN) AS begins,
        CAST(t.wanted AS BOOLEAN) AS wanted
    FROM (SELECT JSON_PARSE(CAST(:terms AS VARCHAR(65535))) AS terms) AS given, given.terms AS t
),

profiles_and_notes AS (
    SELECT
        c.candidate_id,
        'profile' AS kind,
        COALESCE(c.headline, '') || ' ; '
        || CASE WHEN OCTET_LENGTH(c.summary) > 48000 THEN CAST(c.summary AS VARCHAR(48000)) ELSE COALESCE(c.summary, '') END
        || ' ; ' || COALESCE(c.skills, '') AS body
    FROM hiring.candidates AS c
    WHERE :clause_count > 0
    UNION ALL
    SELECT
        candidate_id,
        'note ' || CAST(ROW_NUMBER() OVER (ORDER BY candidate_id, occurred_at, shortlist_id, note) AS VARCHAR(20)) AS kind,
        note AS body
    FROM my_notes
    WHERE :clause_count > 0
),

-- In a blind review nobody is found by what it withholds. Texts without the first letters of any term need no mask.
first_letters AS (
    SELECT DISTINCT
        REGEXP_SUBSTR(
            TRANSLATE(
                LOWER(term),
                'áàâãäåāăąéèêëēėęíìîïīóòôõöøōúùûüūçćčñńýÿšśșžźżğłđřťțďůőűı',
                'aaaaaaaaaeeeeeeeiiiiiooooooouuuuucccnnyyssszzzgldrttduoui'
            ),
            '[a-z0-9]+'
        ) AS letters
    FROM search_terms
),

texts_to_mask AS (
    SELECT t.candidate_id, t.kind, MIN(t.body) AS body
    FROM profiles_and_notes AS t
    INNER JOIN first_letters AS f
        ON
            f.letters = ''
            OR POSITION(
                f.letters
                IN TRANSLATE(
                    LOWER(t.body),
                    'áàâãäåāăąéèêëēėęíìîïīóòôõöøōúùûüūçćčñńýÿšśșžźżğłđřťțďůőűı',
                    'aaaaaaaaaeeeeeeeiiiiiooooooouuuuucccnnyyssszzzgldrttduoui'
                )
            ) > 0
    WHERE :blind
    GROUP BY t.candidate_id, t.kind
),

-- include: blind/masked_texts
,
-- Terms and texts, which are folded alike.
search_texts AS (
    SELECT 'term' AS kind, clause AS owner, begins, wanted, term AS body
    FROM search_terms
    UNION ALL
    SELECT
        'text' AS kind,
        f.candidate_key AS owner,
        FALSE AS begins,
        FALSE AS wanted,
        COALESCE(REGEXP_REPLACE(m.body, '[[](name|contact|school|age|hint)[]]', ' ; '), t.body) AS body
    FROM profiles_and_notes AS t
    INNER JOIN features.candidate_facts AS f ON t.candidate_id = f.candidate_id
    LEFT JOIN masked_texts AS m ON t.candidate_id = m.candidate_id AND t.kind = m.kind
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
                'áàâãäåāăąéèêëēėęíìîïīóòôõöøōúùûüūçćčñńýÿšśșžźżğłđřťțďůőűı',
                'aaaaaaaaaeeeeeeeiiiiiooooooouuuuucccnnyyssszzzgldrttduoui'
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

term_matches AS (
    SELECT
        s.owner AS candidate_key,
        t.owner AS clause,
        t.body,
        t.begins,
        t.wanted,
        MAX(POSITION(CASE WHEN t.begins THEN RTRIM(t.body) ELSE t.body END IN s.body)) > 0 AS occurs
    FROM spaced_texts AS s
    INNER JOIN spaced_texts AS t ON s.kind = 'text' AND t.kind = 'term'
    GROUP BY s.owner, t.owner, t.body, t.begins, t.wanted
),

text_matches AS (
    SELECT candidate_key, COUNT(DISTINCT clause) AS clauses_met
    FROM term_matches
    WHERE occurs = wanted
    GROUP BY candidate_key
)
