-- Which words do texts have? CTEs, to be spliced in (include) after parted_texts (candidate_key, emphasis, body); end
-- with folded_words, of the same columns: a blank around each word, no dots at its end. An apostrophe parts words; with
-- emphasis 0 come, once more, those that have one, without it: obrien for O'Brien and O'Brien's, laquila for L'Aquila.
-- part of: counted, eligible
-- Words without apostrophes go: every other one first, for a blank that ends one cannot begin the next as well.
words_with_apostrophes AS (
    SELECT
        candidate_key,
        REGEXP_REPLACE(REGEXP_REPLACE(body, '(^| )[^ `]+( |$)', '  '), '(^| )[^ `]+( |$)', '  ') AS body
    FROM parted_texts
    WHERE POSITION('`' IN body) > 0
),

texts_in_pieces AS (
    SELECT candidate_key, emphasis, REPLACE(body, '`', ' ') AS body
    FROM parted_texts
    UNION ALL
    SELECT candidate_key, 0 AS emphasis, REPLACE(body, '`', '') AS body
    FROM words_with_apostrophes
    UNION ALL
    SELECT candidate_key, 0 AS emphasis, REPLACE(REGEXP_REPLACE(body, '`s( |$)', ' '), '`', '') AS body
    FROM words_with_apostrophes
    WHERE body ~ '`s( |$)'
),

-- Two blanks more than the text has, and no text has more than 65,535 bytes.
folded_words AS (
    SELECT
        candidate_key,
        emphasis,
        REGEXP_REPLACE(
            ' ' || CASE WHEN OCTET_LENGTH(body) > 65533 THEN CAST(body AS VARCHAR(65533)) ELSE body END || ' ',
            '([.]* +)+', ' '
        ) AS body
    FROM texts_in_pieces
)
