-- What is known of each posting and candidate, as numbers and small keys, whatever the date?
-- Names, contact data and demographics are not read: they never become features.
DELETE FROM features.value_keys;

DELETE FROM features.value_spellings;

DROP TABLE IF EXISTS features.spellings;

-- Each spelling once, with the value that it is: whatever its case, accents, dashes.
CREATE TABLE features.spellings AS
WITH posting_values AS (
    SELECT 'title' AS kind, title AS value FROM hiring.postings
    UNION ALL
    SELECT 'company' AS kind, company AS value FROM hiring.postings
    UNION ALL
    SELECT 'area' AS kind, area AS value FROM hiring.postings
    UNION ALL
    SELECT 'city' AS kind, city AS value FROM hiring.postings
    UNION ALL
    SELECT 'region' AS kind, region AS value FROM hiring.postings
    UNION ALL
    SELECT 'country' AS kind, country AS value FROM hiring.postings
    UNION ALL
    SELECT 'seniority' AS kind, seniority AS value FROM hiring.postings
    UNION ALL
    SELECT 'education' AS kind, education AS value FROM hiring.postings
    UNION ALL
    SELECT 'employment' AS kind, employment_type AS value FROM hiring.postings
    UNION ALL
    SELECT 'currency' AS kind, currency AS value FROM hiring.postings
),

candidate_values AS (
    SELECT 'city' AS kind, city AS value FROM hiring.candidates
    UNION ALL
    SELECT 'region' AS kind, region AS value FROM hiring.candidates
    UNION ALL
    SELECT 'country' AS kind, country AS value FROM hiring.candidates
    UNION ALL
    SELECT 'seniority' AS kind, seniority AS value FROM hiring.candidates
    UNION ALL
    SELECT 'education' AS kind, education AS value FROM hiring.candidates
    UNION ALL
    SELECT 'currency' AS kind, currency AS value FROM hiring.candidates
),

listed AS (
    SELECT 'skill' AS kind, SPLIT_TO_ARRAY(skills, ';') AS entries FROM hiring.postings WHERE skills IS NOT NULL
    UNION ALL
    SELECT 'skill' AS kind, SPLIT_TO_ARRAY(skills, ';') AS entries FROM hiring.candidates WHERE skills IS NOT NULL
    UNION ALL
    SELECT 'language' AS kind, SPLIT_TO_ARRAY(languages, ';') AS entries FROM hiring.postings WHERE languages IS NOT NULL
    UNION ALL
    SELECT 'language' AS kind, SPLIT_TO_ARRAY(languages, ';') AS entries FROM hiring.candidates WHERE languages IS NOT NULL
),

all_values AS (
    SELECT kind, CAST(TRIM(value) AS VARCHAR(256)) AS label FROM posting_values
    UNION ALL
    SELECT kind, CAST(TRIM(value) AS VARCHAR(256)) AS label FROM candidate_values
    UNION ALL
    SELECT
        l.kind,
        -- A language may say how well: "German:C1". Which language is what counts.
        CAST(
            TRIM(CASE WHEN l.kind = 'language' THEN SPLIT_PART(CAST(entry AS VARCHAR), ':', 1) ELSE CAST(entry AS VARCHAR) END)
            AS VARCHAR(256)
        ) AS label
    FROM listed AS l, l.entries AS entry
),

counted AS (
    SELECT kind, label, COUNT(*) AS uses
    FROM all_values
    WHERE label IS NOT NULL AND label <> ''
    GROUP BY kind, label
)

SELECT kind, CAST({folded label} AS VARCHAR(256)) AS value, label, uses
FROM counted;

-- Each value once; label is the spelling used most.
INSERT INTO features.value_keys (kind, value, label, uses, value_key)
WITH ranked_spellings AS (
    SELECT
        kind,
        value,
        label,
        SUM(uses) OVER (PARTITION BY kind, value) AS uses,
        ROW_NUMBER() OVER (PARTITION BY kind, value ORDER BY uses DESC, label) AS spelling_rank
    FROM features.spellings
    WHERE value <> ''
)

SELECT kind, value, label, uses, ROW_NUMBER() OVER (ORDER BY kind, value) AS value_key
FROM ranked_spellings
WHERE spelling_rank = 1;

INSERT INTO features.value_spellings (kind, spelling, value_key)
SELECT s.kind, s.label, k.value_key
FROM features.spellings AS s
INNER JOIN features.value_keys AS k ON s.kind = k.kind AND s.value = k.value;

DROP TABLE features.spellings;

DELETE FROM features.requirements;

DELETE FROM features.posting_facts;

INSERT INTO features.posting_facts
WITH
-- include: features/read_statuses
,
first_events AS (
    SELECT posting_id, CAST(MIN(occurred_at) AS DATE) AS first_on
    FROM hiring.interactions
    GROUP BY posting_id
),

listed AS (
    SELECT posting_id, 'skill' AS kind, SPLIT_TO_ARRAY(skills, ';') AS entries
    FROM hiring.postings
    WHERE skills IS NOT NULL
    UNION ALL
    SELECT posting_id, 'language' AS kind, SPLIT_TO_ARRAY(languages, ';') AS entries
    FROM hiring.postings
    WHERE languages IS NOT NULL
),

entries AS (
    SELECT
        l.posting_id,
        l.kind,
        CAST(
            TRIM(CASE WHEN l.kind = 'language' THEN SPLIT_PART(CAST(entry AS VARCHAR), ':', 1) ELSE CAST(entry AS VARCHAR) END)
            AS VARCHAR(256)
        ) AS spelling
    FROM listed AS l, l.entries AS entry
),

-- Each once: a list may repeat itself, or end with a separator.
required AS (
    SELECT
        e.posting_id,
        COUNT(DISTINCT CASE WHEN e.kind = 'skill' THEN s.value_key END) AS skills,
        COUNT(DISTINCT CASE WHEN e.kind = 'language' THEN s.value_key END) AS languages
    FROM entries AS e
    INNER JOIN features.value_spellings AS s ON e.kind = s.kind AND e.spelling = s.spelling
    GROUP BY e.posting_id
)

SELECT
    ROW_NUMBER() OVER (ORDER BY p.posting_id) AS posting_key,
    p.posting_id,
    COALESCE(p.opened_at, f.first_on) AS opened_on,
    p.opened_at IS NOT NULL AND COALESCE(p.opened_at <= f.first_on, TRUE) AS opening_is_known,
    p.closed_at AS closed_on,
    s.is_open AS says_open,
    title.value_key AS title_key,
    company.value_key AS company_key,
    area.value_key AS area_key,
    city.value_key AS city_key,
    region.value_key AS region_key,
    country.value_key AS country_key,
    seniority.value_key AS seniority_key,
    education.value_key AS education_key,
    employment.value_key AS employment_key,
    currency.value_key AS currency_key,
    p.latitude,
    p.longitude,
    COS(RADIANS(p.latitude)) * COS(RADIANS(p.longitude)) AS earth_x,
    COS(RADIANS(p.latitude)) * SIN(RADIANS(p.longitude)) AS earth_y,
    CASE WHEN p.longitude IS NOT NULL THEN SIN(RADIANS(p.latitude)) END AS earth_z,
    p.remote,
    COALESCE((p.salary_min + p.salary_max) / 2, p.salary_max, p.salary_min) AS pay,
    p.years_experience_min,
    COALESCE(r.skills, 0) AS skills_required,
    COALESCE(r.languages, 0) AS languages_required
FROM hiring.postings AS p
LEFT JOIN required AS r ON p.posting_id = r.posting_id
LEFT JOIN first_events AS f ON p.posting_id = f.posting_id
LEFT JOIN read_statuses AS s ON p.status = s.status
LEFT JOIN features.value_spellings AS title
    ON title.kind = 'title' AND title.spelling = CAST(TRIM(p.title) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS company
    ON company.kind = 'company' AND company.spelling = CAST(TRIM(p.company) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS area
    ON area.kind = 'area' AND area.spelling = CAST(TRIM(p.area) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS city
    ON city.kind = 'city' AND city.spelling = CAST(TRIM(p.city) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS region
    ON region.kind = 'region' AND region.spelling = CAST(TRIM(p.region) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS country
    ON country.kind = 'country' AND country.spelling = CAST(TRIM(p.country) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS seniority
    ON seniority.kind = 'seniority' AND seniority.spelling = CAST(TRIM(p.seniority) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS education
    ON education.kind = 'education' AND education.spelling = CAST(TRIM(p.education) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS employment
    ON employment.kind = 'employment' AND employment.spelling = CAST(TRIM(p.employment_type) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS currency
    ON currency.kind = 'currency' AND currency.spelling = CAST(TRIM(p.currency) AS VARCHAR(256));

INSERT INTO features.requirements (posting_key, value_key, is_skill)
WITH listed AS (
    SELECT f.posting_key, SPLIT_TO_ARRAY(p.skills, ';') AS entries
    FROM hiring.postings AS p
    INNER JOIN features.posting_facts AS f ON p.posting_id = f.posting_id
    WHERE p.skills IS NOT NULL
),

entries AS (
    SELECT l.posting_key, CAST(TRIM(CAST(entry AS VARCHAR)) AS VARCHAR(256)) AS skill
    FROM listed AS l, l.entries AS entry
)

SELECT DISTINCT e.posting_key, s.value_key, TRUE AS is_skill
FROM entries AS e
INNER JOIN features.value_spellings AS s ON s.kind = 'skill' AND e.skill = s.spelling;

INSERT INTO features.requirements (posting_key, value_key, is_skill)
WITH listed AS (
    SELECT f.posting_key, SPLIT_TO_ARRAY(p.languages, ';') AS entries
    FROM hiring.postings AS p
    INNER JOIN features.posting_facts AS f ON p.posting_id = f.posting_id
    WHERE p.languages IS NOT NULL
),

entries AS (
    SELECT l.posting_key, CAST(TRIM(SPLIT_PART(CAST(entry AS VARCHAR), ':', 1)) AS VARCHAR(256)) AS spoken
    FROM listed AS l, l.entries AS entry
)

SELECT DISTINCT e.posting_key, s.value_key, FALSE AS is_skill
FROM entries AS e
INNER JOIN features.value_spellings AS s ON s.kind = 'language' AND e.spoken = s.spelling;

DELETE FROM features.candidate_facts;

INSERT INTO features.candidate_facts
WITH last_events AS (
    SELECT candidate_id, MAX(occurred_at) AS last_event_at
    FROM hiring.interactions
    GROUP BY candidate_id
)

SELECT
    ROW_NUMBER() OVER (ORDER BY c.candidate_id) AS candidate_key,
    c.candidate_id,
    city.value_key AS city_key,
    region.value_key AS region_key,
    country.value_key AS country_key,
    seniority.value_key AS seniority_key,
    education.value_key AS education_key,
    currency.value_key AS currency_key,
    c.latitude,
    c.longitude,
    COS(RADIANS(c.latitude)) * COS(RADIANS(c.longitude)) AS earth_x,
    COS(RADIANS(c.latitude)) * SIN(RADIANS(c.longitude)) AS earth_y,
    CASE WHEN c.longitude IS NOT NULL THEN SIN(RADIANS(c.latitude)) END AS earth_z,
    c.remote,
    c.desired_salary,
    c.years_experience,
    c.available_from,
    COALESCE(REGEXP_COUNT(c.skills, '[^; ][^;]*'), 0) AS skills_listed,
    COALESCE(REGEXP_COUNT(c.languages, '[^; ][^;]*'), 0) AS languages_listed,
    l.last_event_at
FROM hiring.candidates AS c
LEFT JOIN last_events AS l ON c.candidate_id = l.candidate_id
LEFT JOIN features.value_spellings AS city
    ON city.kind = 'city' AND city.spelling = CAST(TRIM(c.city) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS region
    ON region.kind = 'region' AND region.spelling = CAST(TRIM(c.region) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS country
    ON country.kind = 'country' AND country.spelling = CAST(TRIM(c.country) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS seniority
    ON seniority.kind = 'seniority' AND seniority.spelling = CAST(TRIM(c.seniority) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS education
    ON education.kind = 'education' AND education.spelling = CAST(TRIM(c.education) AS VARCHAR(256))
LEFT JOIN features.value_spellings AS currency
    ON currency.kind = 'currency' AND currency.spelling = CAST(TRIM(c.currency) AS VARCHAR(256));

DELETE FROM features.candidate_skills;

INSERT INTO features.candidate_skills (skill_key, candidate_key)
WITH listed AS (
    SELECT f.candidate_key, SPLIT_TO_ARRAY(c.skills, ';') AS entries
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    WHERE c.skills IS NOT NULL
),

entries AS (
    SELECT l.candidate_key, CAST(TRIM(CAST(entry AS VARCHAR)) AS VARCHAR(256)) AS skill
    FROM listed AS l, l.entries AS entry
)

SELECT DISTINCT s.value_key, e.candidate_key
FROM entries AS e
INNER JOIN features.value_spellings AS s ON s.kind = 'skill' AND e.skill = s.spelling;

DELETE FROM features.candidate_languages;

INSERT INTO features.candidate_languages (candidate_key, language_key)
WITH listed AS (
    SELECT f.candidate_key, SPLIT_TO_ARRAY(c.languages, ';') AS entries
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    WHERE c.languages IS NOT NULL
),

entries AS (
    SELECT l.candidate_key, CAST(TRIM(SPLIT_PART(CAST(entry AS VARCHAR), ':', 1)) AS VARCHAR(256)) AS spoken
    FROM listed AS l, l.entries AS entry
)

SELECT DISTINCT e.candidate_key, s.value_key
FROM entries AS e
INNER JOIN features.value_spellings AS s ON s.kind = 'language' AND e.spoken = s.spelling;

DELETE FROM features.events;

INSERT INTO features.events (posting_key, candidate_key, stage, stage_order, target, occurred_at)
SELECT p.posting_key, c.candidate_key, i.stage, s.stage_order, s.target, i.occurred_at
FROM hiring.interactions AS i
INNER JOIN features.posting_facts AS p ON i.posting_id = p.posting_id
INNER JOIN features.candidate_facts AS c ON i.candidate_id = c.candidate_id
INNER JOIN hiring.stages AS s ON i.stage = s.stage;

DELETE FROM features.stages_reached;

INSERT INTO features.stages_reached (posting_key, candidate_key, stage, occurred_at)
WITH ranked_events AS (
    SELECT
        posting_key,
        candidate_key,
        stage,
        occurred_at,
        ROW_NUMBER() OVER (PARTITION BY posting_key, candidate_key ORDER BY occurred_at DESC, stage_order DESC) AS recency
    FROM features.events
)

SELECT posting_key, candidate_key, stage, occurred_at
FROM ranked_events
WHERE recency = 1;
