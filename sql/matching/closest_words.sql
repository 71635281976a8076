-- Which words are there that may have been meant by those that were typed? For each typed word those of nearly as many
-- letters that share most pairs of neighbouring letters with it, of which Python counts the wrong letters. The pairs come
-- as a JSON array of number (of the typed word), letters (how many it has), most (how many may be wrong), pair: a
-- blank stands for the beginning and the end.
WITH typed_pairs AS (
    SELECT
        CAST(p.number AS INTEGER) AS number,
        CAST(p.letters AS INTEGER) AS letters,
        CAST(p.most AS INTEGER) AS most,
        CAST(p.pair AS VARCHAR(16)) AS pair
    FROM (SELECT JSON_PARSE(CAST(:pairs AS VARCHAR(65535))) AS pairs) AS typed, typed.pairs AS p
),

known_words AS (
    SELECT word, letters
    FROM features.search_words
    WHERE
        (:about = 'postings' AND in_postings)
        OR (:about = 'candidates' AND in_candidates)
        OR (:about = 'blind review' AND in_blind_review)
),

shared_pairs AS (
    SELECT t.number, k.word, COUNT(*) AS pairs
    FROM typed_pairs AS t
    INNER JOIN known_words AS k
        ON k.letters BETWEEN t.letters - t.most AND t.letters + t.most AND POSITION(t.pair IN ' ' || k.word || ' ') > 0
    GROUP BY t.number, k.word
),

ranked_words AS (
    SELECT number, word, ROW_NUMBER() OVER (PARTITION BY number ORDER BY pairs DESC, LENGTH(word), word) AS closeness
    FROM shared_pairs
)

SELECT number, word
FROM ranked_words
WHERE closeness <= 300
ORDER BY number, closeness;
