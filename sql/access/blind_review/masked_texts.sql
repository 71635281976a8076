-- What do texts about candidates say, less who they are? CTEs, to be spliced in (include) after texts_to_mask
-- (candidate_id, kind, body); end with masked_texts (candidate_id, kind, body). Withheld are e-mail and web addresses,
-- phone numbers, the candidate's name, schools, and words that hint at gender or age. It withholds too much rather than
-- too little. Of longer texts the first 18,000 bytes are told: with what is put in they may become 3.5 times as long, and
-- no text has more than 65,535.
texts_without_contact AS (
    SELECT
        t.candidate_id,
        t.kind,
        REGEXP_REPLACE(
            REGEXP_REPLACE(
                REGEXP_REPLACE(TRANSLATE(CAST(t.body AS VARCHAR(18000)), '¤', ' '), '[^ ,;:()<>]*@[^ ,;:()<>]+', '[contact]'),
                '((https?://|www[.])|[a-zA-Z0-9.-]+[.](com|org|net|io|me|dev|page|app|de|at|ch|fr|es|it|pt|br|uk|nl|be|pl|se|eu|in)/)[^ ,;()<>]+',
                '[contact]'
            ),
            '[+(]?([0-9][ ()./-]?[ ()./-]?){6,}[0-9]', '[contact]'
        ) AS body
    FROM texts_to_mask AS t
),

texts_without_schools AS (
    SELECT
        candidate_id,
        kind,
        REGEXP_REPLACE(
            REGEXP_REPLACE(
                body,
                '([^a-z0-9 ,.;:()][^ ,.;:()]* )*(Universit|Universid|Université|Hochschule|Instituto)[^ ,.;:()]*( (of|for|de|do|da|di|des|du|la|der|zu|für|at|the|[^a-z0-9 ,.;:()][^ ,.;:()]*))*',
                '[school]'
            ),
            '([^a-z0-9 ,.;:()][^ ,.;:()]* )*(College|School|Academy|Institute of|Polytechnic|Politecnic|Gymnasium|Lycée|Escuela|École|Ecole)[^ ,.;:()]*( (of|for|de|do|da|di|des|du|la|der|zu|für|at)( the)?( [^a-z0-9 ,.;:()][^ ,.;:()]*)+)*',
                '[school]'
        ) AS body
    FROM texts_without_contact
),

texts_without_age AS (
    SELECT
        candidate_id,
        kind,
        REGEXP_REPLACE(
            REGEXP_REPLACE(
                REGEXP_REPLACE(
                    body,
                    '([0-9]+[ -](years?|yrs?)[ -](old|of age)|[0-9]+ (Jahre alt|años|anos))', '[age]', 1, 'i'
                ),
                '(^|[^a-zA-Z])((aged?|Alter:?|edad:?|idade:?) [0-9]+|(date of birth|born|geboren|nacid[oa]|nascid[oa])($|[ :])[^,.;]*|(graduated|graduation|class of|Abitur)[^,.;0-9]*[0-9][0-9][0-9][0-9])',
                '$1[age]', 1, 'i'
            ),
            '(^|[^0-9])19[0-9][0-9]($|[^0-9])', '$1[age]$2'
        ) AS body
    FROM texts_without_schools
),

-- Each word between two marks, so that whole words can be found, also two in a row.
texts_in_words AS (
    SELECT candidate_id, kind, '¤' || REGEXP_REPLACE(body, '([ ,.;:!?()/"''-]+)', '¤$1¤') || '¤' AS body
    FROM texts_without_age
),

texts_without_hints AS (
    SELECT
        candidate_id,
        kind,
        REGEXP_REPLACE(
            REGEXP_REPLACE(
                body,
                '¤(MIT|ETH|UCLA|LSE|INSEAD|HEC|Harvard|Stanford|Oxford|Cambridge|Yale|Princeton|Caltech|Sorbonne|TU|UC)¤( ¤[^a-z0-9 ¤][^ ¤]*¤)?',
                '¤[school]¤'
            ),
            '¤(he|she|him|his|her|hers|himself|herself|mr|mrs|ms|mx|miss|sir|madam|mister|male|female|man|woman|men|women|boy|girl|guy|lady|gentleman|mother|father|mum|mom|dad|wife|husband|son|daughter|sister|brother|grandmother|grandfather|maternity|paternity|chairman|chairwoman|businessman|businesswoman|salesman|saleswoman|waitress|actress|herr|frau|mutter|vater|señor|señora|senhor|senhora|monsieur|madame|mademoiselle|signor|signora|pensioner|retiree|retired|teenager|millennial|twenties|thirties|forties|fifties|sixties|birthday)¤',
            '¤[hint]¤', 1, 'i'
        ) AS body
    FROM texts_in_words
),

-- Names of all parts but particles, however they are written in the texts: with apostrophes or without, with umlauts or
-- ae, oe, ue.
names_of_people AS (
    SELECT c.candidate_id, c.name
    FROM hiring.candidates AS c
    INNER JOIN (SELECT DISTINCT candidate_id FROM texts_to_mask) AS t ON c.candidate_id = t.candidate_id
),

spellings_of_names AS (
    SELECT candidate_id, name FROM names_of_people
    UNION ALL
    SELECT candidate_id, {umlauts name} AS name
    FROM names_of_people
    WHERE OCTET_LENGTH(name) > LENGTH(name)
),

folded_names AS (
    SELECT candidate_id, {parted name} AS name FROM spellings_of_names
),

names_in_pieces AS (
    SELECT candidate_id, SPLIT_TO_ARRAY(TRANSLATE(name, '`.', '  '), ' ') AS parts FROM folded_names
    UNION ALL
    SELECT candidate_id, SPLIT_TO_ARRAY(REPLACE(REPLACE(name, '`', ''), '.', ' '), ' ') AS parts
    FROM folded_names
    WHERE POSITION('`' IN name) > 0
    UNION ALL
    SELECT
        candidate_id,
        SPLIT_TO_ARRAY(REPLACE(REPLACE(REPLACE(TRANSLATE(name, '`.', '  '), 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), ' ') AS parts
    FROM folded_names
    WHERE POSITION('ae' IN name) > 0 OR POSITION('oe' IN name) > 0 OR POSITION('ue' IN name) > 0
),

parts_of_names AS (
    SELECT DISTINCT n.candidate_id, CAST(part AS VARCHAR(256)) AS part
    FROM names_in_pieces AS n, n.parts AS part
    WHERE
        CAST(part AS VARCHAR(256)) NOT IN (
            '', 'de', 'da', 'do', 'dos', 'das', 'del', 'di', 'du', 'la', 'le', 'el', 'al', 'van', 'von', 'der', 'den', 'y', 'e'
        )
),

-- Without the marks: a text without accents folds much faster.
unmarked_texts AS (
    SELECT candidate_id, kind, body, REPLACE(body, '¤', '') AS unmarked
    FROM texts_without_hints
),

letters_of_texts AS (
    SELECT candidate_id, kind, body, REPLACE({parted unmarked}, '`', '') AS folded
    FROM unmarked_texts
),

-- Most texts do not have the letters of a name in them: only the others are looked at word by word.
texts_with_names AS (
    SELECT t.candidate_id, t.kind, MIN(t.body) AS body
    FROM letters_of_texts AS t
    INNER JOIN parts_of_names AS p ON t.candidate_id = p.candidate_id AND POSITION(p.part IN t.folded) > 0
    GROUP BY t.candidate_id, t.kind
),

folded_texts_with_names AS (
    SELECT candidate_id, kind, {parted body} AS folded
    FROM texts_with_names
),

words_of_texts AS (
    SELECT t.candidate_id, t.kind, place, CAST(word AS VARCHAR(65535)) AS word
    FROM (SELECT candidate_id, kind, SPLIT_TO_ARRAY(body, '¤') AS words FROM texts_with_names) AS t, t.words AS word AT place
),

folded_words_of_texts AS (
    SELECT t.candidate_id, t.kind, place, CAST(word AS VARCHAR(65535)) AS folded
    FROM (SELECT candidate_id, kind, SPLIT_TO_ARRAY(folded, '¤') AS words FROM folded_texts_with_names) AS t,
        t.words AS word AT place
),

-- A word may hold what parts words once it is folded: other dashes and blanks than those of a keyboard, apostrophes. In
-- scripts without blanks a name is part of a longer word.
places_of_names AS (
    SELECT DISTINCT w.candidate_id, w.kind, w.place
    FROM folded_words_of_texts AS w
    INNER JOIN parts_of_names AS p
        ON
            w.candidate_id = p.candidate_id
            AND (
                POSITION(' ' || p.part || ' ' IN ' ' || TRANSLATE(w.folded, '`.', '  ') || ' ') > 0
                OR POSITION(' ' || p.part || ' ' IN ' ' || REPLACE(w.folded, '`', '') || ' ') > 0
                OR (p.part >= '぀' AND LENGTH(p.part) > 1 AND POSITION(p.part IN w.folded) > 0)
            )
),

texts_without_names AS (
    SELECT
        w.candidate_id,
        w.kind,
        LISTAGG(CASE WHEN n.place IS NULL THEN w.word ELSE '[name]' END, '') WITHIN GROUP (ORDER BY w.place) AS body
    FROM words_of_texts AS w
    LEFT JOIN places_of_names AS n ON w.candidate_id = n.candidate_id AND w.kind = n.kind AND w.place = n.place
    GROUP BY w.candidate_id, w.kind
),

masked_texts AS (
    SELECT
        t.candidate_id,
        t.kind,
        CASE WHEN n.kind IS NULL THEN REPLACE(t.body, '¤', '') ELSE n.body END AS body
    FROM texts_without_hints AS t
    LEFT JOIN texts_without_names AS n ON t.candidate_id = n.candidate_id AND t.kind = n.kind
)
