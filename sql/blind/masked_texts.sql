-- What do texts about candidates say, less who they are? CTEs, to be spliced in (include) after texts_to_mask
-- (candidate_id, kind, body); end with masked_texts (candidate_id, kind, body). Withheld are e-mail and web addresses,
-- phone numbers, the candidate's name, schools, and words that hint at gender or age. It withholds too much rather than
-- too little.
texts_without_contact AS (
    SELECT
        t.candidate_id,
        t.kind,
        TRANSLATE(COALESCE(c.name, ''), ',.;:()"''/-', '          ') AS name,
        REGEXP_REPLACE(
            REGEXP_REPLACE(
                REGEXP_REPLACE(TRANSLATE(t.body, '¤', ' '), '[^ ,;:()<>]+@[^ ,;:()<>]+', '[contact]'),
                '(https?://|www[.])[^ ,;()<>]+', '[contact]'
            ),
            '[+(]?([0-9][ ()./-]?[ ()./-]?){6,}[0-9]', '[contact]'
        ) AS body
    FROM texts_to_mask AS t
    LEFT JOIN hiring.candidates AS c ON t.candidate_id = c.candidate_id
),

texts_without_schools AS (
    SELECT
        candidate_id,
        kind,
        name,
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

-- Each word between two marks, so that whole words can be found, also two in a row.
texts_in_words AS (
    SELECT
        candidate_id,
        kind,
        REGEXP_REPLACE(TRIM(name), ' +', ' ') AS name,
        '¤' || REGEXP_REPLACE(
            REGEXP_REPLACE(
                body,
                '([0-9]+[ -](years?|yrs?)[ -](old|of age)|[0-9]+ (Jahre alt|años|anos)|(aged?|Alter:?|edad:?|idade:?) [0-9]+|(date of birth|born|geboren|nacid[oa]|nascid[oa])[^,.;]*)',
                '[age]', 1, 'i'
            ),
            '([ ,.;:!?()/"''-]+)', '¤$1¤'
        ) || '¤' AS body
    FROM texts_without_schools
),

texts_without_hints AS (
    SELECT
        candidate_id,
        kind,
        name,
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

name_parts AS (
    SELECT
        candidate_id,
        kind,
        body,
        '¤' || NULLIF(SPLIT_PART(name, ' ', 1), '') || '¤' AS first_part,
        '¤' || NULLIF(SPLIT_PART(name, ' ', 2), '') || '¤' AS second_part,
        '¤' || NULLIF(SPLIT_PART(name, ' ', 3), '') || '¤' AS third_part,
        '¤' || NULLIF(SPLIT_PART(name, ' ', 4), '') || '¤' AS fourth_part
    FROM texts_without_hints
),

masked_texts AS (
    SELECT
        candidate_id,
        kind,
        REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
            body,
            COALESCE(first_part, '¤¤¤'), '¤[name]¤'),
            COALESCE(UPPER(first_part), '¤¤¤'), '¤[name]¤'),
            COALESCE(LOWER(first_part), '¤¤¤'), '¤[name]¤'),
            COALESCE(second_part, '¤¤¤'), '¤[name]¤'),
            COALESCE(UPPER(second_part), '¤¤¤'), '¤[name]¤'),
            COALESCE(LOWER(second_part), '¤¤¤'), '¤[name]¤'),
            COALESCE(third_part, '¤¤¤'), '¤[name]¤'),
            COALESCE(UPPER(third_part), '¤¤¤'), '¤[name]¤'),
            COALESCE(LOWER(third_part), '¤¤¤'), '¤[name]¤'),
            COALESCE(fourth_part, '¤¤¤'), '¤[name]¤'),
            COALESCE(UPPER(fourth_part), '¤¤¤'), '¤[name]¤'),
            COALESCE(LOWER(fourth_part), '¤¤¤'), '¤[name]¤'),
            '¤', '') AS body
    FROM name_parts
)
