-- In what do people look to find a posting or a candidate, and which words are there? Letters are folded, umlauts are
-- there in both ways of writing them, of phone numbers only digits count, without zeros that lead. For searches alone:
-- names and contact data are among it, and nothing that a model reads is made from it.
DELETE FROM features.posting_search;

INSERT INTO features.posting_search (posting_key, part, body)
WITH texts AS (
    SELECT f.posting_key, 'title' AS part, p.title AS body
    FROM hiring.postings AS p
    INNER JOIN features.posting_facts AS f ON p.posting_id = f.posting_id
    UNION ALL
    SELECT
        f.posting_key,
        'details' AS part,
        COALESCE(p.company, '') || ' ' || COALESCE(p.skills, '') || ' ' || COALESCE(p.area, '')
        || ' ' || COALESCE(p.city, '') || ' ' || COALESCE(p.region, '') || ' ' || COALESCE(p.country, '') AS body
    FROM hiring.postings AS p
    INNER JOIN features.posting_facts AS f ON p.posting_id = f.posting_id
    UNION ALL
    SELECT posting_key, 'id' AS part, posting_id AS body
    FROM features.posting_facts
),

spellings AS (
    SELECT posting_key, part, body FROM texts
    UNION ALL
    SELECT posting_key, part, {umlauts body} AS body
    FROM texts
    WHERE OCTET_LENGTH(body) > LENGTH(body) AND body <> {umlauts body}
)

SELECT posting_key, part, {folded body} AS body
FROM spellings;

DELETE FROM features.candidate_search;

INSERT INTO features.candidate_search (candidate_key, part, tells_who, body)
WITH texts AS (
    SELECT f.candidate_key, 'name' AS part, TRUE AS tells_who, c.name AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    UNION ALL
    SELECT f.candidate_key, 'headline' AS part, TRUE AS tells_who, c.headline AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    UNION ALL
    SELECT f.candidate_key, 'email' AS part, TRUE AS tells_who, c.email AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    UNION ALL
    SELECT
        f.candidate_key,
        'profile' AS part,
        FALSE AS tells_who,
        COALESCE(c.skills, '') || ' ' || COALESCE(c.city, '') || ' ' || COALESCE(c.region, '')
        || ' ' || COALESCE(c.country, '') AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    UNION ALL
    SELECT candidate_key, 'id' AS part, FALSE AS tells_who, candidate_id AS body
    FROM features.candidate_facts
),

spellings AS (
    SELECT candidate_key, part, tells_who, body FROM texts
    UNION ALL
    SELECT candidate_key, part, tells_who, {umlauts body} AS body
    FROM texts
    WHERE OCTET_LENGTH(body) > LENGTH(body) AND body <> {umlauts body}
),

folded AS (
    SELECT candidate_key, part, tells_who, {folded body} AS body
    FROM spellings
    WHERE body IS NOT NULL
    UNION ALL
    SELECT
        f.candidate_key,
        'phone' AS part,
        TRUE AS tells_who,
        LTRIM(REGEXP_REPLACE(REPLACE(c.phone, '(0)', ''), '[^0-9]', ''), '0') AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    WHERE c.phone IS NOT NULL
)

SELECT candidate_key, part, tells_who, body
FROM folded
WHERE body <> '';

DELETE FROM features.search_words;

-- What may have been meant by a word that was mistyped: words of some length, without digits. Ids and addresses are not
-- guessed.
INSERT INTO features.search_words (word, letters, in_postings, in_candidates, in_blind_review)
WITH texts AS (
    SELECT 1 AS in_postings, 0 AS in_candidates, 0 AS in_blind_review, body
    FROM features.posting_search
    WHERE part IN ('title', 'details')
    UNION ALL
    SELECT
        0 AS in_postings,
        1 AS in_candidates,
        CASE WHEN tells_who THEN 0 ELSE 1 END AS in_blind_review,
        body
    FROM features.candidate_search
    WHERE part IN ('name', 'headline', 'profile')
),

split_texts AS (
    SELECT
        in_postings,
        in_candidates,
        in_blind_review,
        SPLIT_TO_ARRAY(TRANSLATE(body, ',;:/|()[]!?&', '            '), ' ') AS words
    FROM texts
),

words AS (
    SELECT
        CAST(word AS VARCHAR(65535)) AS word,
        MAX(s.in_postings) AS in_postings,
        MAX(s.in_candidates) AS in_candidates,
        MAX(s.in_blind_review) AS in_blind_review
    FROM split_texts AS s, s.words AS word
    GROUP BY CAST(word AS VARCHAR(65535))
)

SELECT
    CAST(word AS VARCHAR(64)) AS word,
    LENGTH(word) AS letters,
    in_postings = 1 AS in_postings,
    in_candidates = 1 AS in_candidates,
    in_blind_review = 1 AS in_blind_review
FROM words
WHERE LENGTH(word) >= 3 AND OCTET_LENGTH(word) <= 64 AND NOT word ~ '[0-9@]';
