-- Which words does each posting and each candidate use, and how often? Titles, headlines and skills count more than
-- running text. Accents and case are folded, punctuation separates words except inside c++, c#, .net and the like.
-- Where a script has no blanks between words (Chinese, Japanese, Thai) or grows endings onto them (Korean), any two
-- neighbouring characters count like a word as well. No list of stop words: how much a word says is learnt in
-- build_snapshot.sql, so that any language works.
DELETE FROM features.terms;

DELETE FROM features.posting_words;

DELETE FROM features.candidate_words;

DELETE FROM features.candidate_texts;

-- What candidates say of themselves, in words, is kept: the text search looks into it.
INSERT INTO features.candidate_texts (candidate_key, emphasis, body)
WITH texts AS (
    SELECT f.candidate_key, 3 AS emphasis, c.headline AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    UNION ALL
    SELECT f.candidate_key, 2 AS emphasis, c.skills AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    UNION ALL
    SELECT f.candidate_key, 1 AS emphasis, c.summary AS body
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
),

parted_texts AS (
    SELECT candidate_key, emphasis, {parted body} AS body
    FROM texts
    WHERE body IS NOT NULL AND body <> ''
),

-- include: matching/filters/folded_words

SELECT candidate_key, emphasis, body
FROM folded_words;

DROP TABLE IF EXISTS features.word_counts;

CREATE TABLE features.word_counts AS
WITH posting_texts AS (
    SELECT f.posting_key, 3 AS emphasis, p.title AS body
    FROM hiring.postings AS p
    INNER JOIN features.posting_facts AS f ON p.posting_id = f.posting_id
    UNION ALL
    SELECT f.posting_key, 2 AS emphasis, p.skills AS body
    FROM hiring.postings AS p
    INNER JOIN features.posting_facts AS f ON p.posting_id = f.posting_id
    UNION ALL
    SELECT f.posting_key, 1 AS emphasis, p.description AS body
    FROM hiring.postings AS p
    INNER JOIN features.posting_facts AS f ON p.posting_id = f.posting_id
),

parted_texts AS (
    SELECT posting_key, emphasis, {parted body} AS body
    FROM posting_texts
    WHERE body IS NOT NULL AND body <> ''
),

split_texts AS (
    SELECT 'posting' AS owner, posting_key AS owner_key, emphasis, SPLIT_TO_ARRAY(REPLACE(body, '`', ' '), ' ') AS words
    FROM parted_texts
    UNION ALL
    SELECT 'candidate' AS owner, candidate_key AS owner_key, emphasis, SPLIT_TO_ARRAY(body, ' ') AS words
    FROM features.candidate_texts
    WHERE emphasis > 0
),

runs AS (
    SELECT s.owner, s.owner_key, s.emphasis, RTRIM(CAST(word AS VARCHAR), '.') AS run
    FROM split_texts AS s, s.words AS word
),

digits AS (
    SELECT 0 AS d
    UNION ALL SELECT 1 AS d
    UNION ALL SELECT 2 AS d
    UNION ALL SELECT 3 AS d
    UNION ALL SELECT 4 AS d
    UNION ALL SELECT 5 AS d
    UNION ALL SELECT 6 AS d
    UNION ALL SELECT 7 AS d
    UNION ALL SELECT 8 AS d
    UNION ALL SELECT 9 AS d
),

places AS (
    SELECT 100 * hundreds.d + 10 * tens.d + ones.d + 1 AS place
    FROM digits AS hundreds
    CROSS JOIN digits AS tens
    CROSS JOIN digits AS ones
),

-- Characters of three bytes and more are at least two bytes longer than they are many.
neighbours AS (
    SELECT
        r.owner,
        r.owner_key,
        r.emphasis,
        r.run,
        SUBSTRING(r.run, p.place, 1) AS one,
        SUBSTRING(r.run, p.place + 1, 1) AS next_one
    FROM runs AS r
    INNER JOIN places AS p ON p.place < LENGTH(r.run)
    WHERE OCTET_LENGTH(r.run) >= LENGTH(r.run) + 4
),

-- Thai and Lao; then Chinese, Japanese and Korean.
pairs AS (
    SELECT owner, owner_key, emphasis, run, one || next_one AS term
    FROM neighbours
    WHERE
        (ASCII(one) BETWEEN 3584 AND 3839 AND ASCII(next_one) BETWEEN 3584 AND 3839)
        OR (ASCII(one) BETWEEN 11904 AND 64255 AND ASCII(next_one) BETWEEN 11904 AND 64255)
),

words AS (
    SELECT owner, owner_key, emphasis, CAST(run AS VARCHAR(40)) AS term
    FROM runs
    UNION ALL
    SELECT owner, owner_key, emphasis, CAST(term AS VARCHAR(40)) AS term
    FROM pairs
    WHERE term <> run
    UNION ALL
    -- What such a run has in Latin letters: java in java工程师.
    SELECT DISTINCT owner, owner_key, emphasis, CAST(REGEXP_SUBSTR(run, '[a-z0-9+#.]+') AS VARCHAR(40)) AS term
    FROM pairs
),

-- What else a posting says counts like a word: the company, the place, the level and the like.
said AS (
    SELECT posting_key, 'company:' || CAST(company_key AS VARCHAR) AS term FROM features.posting_facts
    UNION ALL
    SELECT posting_key, 'area:' || CAST(area_key AS VARCHAR) AS term FROM features.posting_facts
    UNION ALL
    SELECT posting_key, 'city:' || CAST(city_key AS VARCHAR) AS term FROM features.posting_facts
    UNION ALL
    SELECT posting_key, 'region:' || CAST(region_key AS VARCHAR) AS term FROM features.posting_facts
    UNION ALL
    SELECT posting_key, 'seniority:' || CAST(seniority_key AS VARCHAR) AS term FROM features.posting_facts
    UNION ALL
    SELECT posting_key, 'education:' || CAST(education_key AS VARCHAR) AS term FROM features.posting_facts
    UNION ALL
    SELECT posting_key, 'employment:' || CAST(employment_key AS VARCHAR) AS term FROM features.posting_facts
),

all_words AS (
    SELECT owner, owner_key, emphasis, term
    FROM words
    UNION ALL
    SELECT 'posting' AS owner, posting_key AS owner_key, 2 AS emphasis, CAST(term AS VARCHAR(40)) AS term
    FROM said
    WHERE term IS NOT NULL
)

SELECT
    owner,
    owner_key,
    term,
    CAST(SUM(emphasis) AS DOUBLE PRECISION) AS frequency,
    MAX(emphasis) = 3 AS in_title
FROM all_words
WHERE term <> ''
GROUP BY owner, owner_key, term;

INSERT INTO features.terms (term_id, term)
WITH spelled AS (
    SELECT DISTINCT term FROM features.word_counts
)

SELECT ROW_NUMBER() OVER (ORDER BY term) AS term_id, term
FROM spelled;

INSERT INTO features.posting_words (posting_key, term_id, frequency, in_title)
SELECT w.owner_key, t.term_id, w.frequency, w.in_title
FROM features.word_counts AS w
INNER JOIN features.terms AS t ON w.term = t.term
WHERE w.owner = 'posting';

INSERT INTO features.candidate_words (candidate_key, term_id, frequency)
SELECT w.owner_key, t.term_id, w.frequency
FROM features.word_counts AS w
INNER JOIN features.terms AS t ON w.term = t.term
WHERE w.owner = 'candidate';

DROP TABLE features.word_counts;
