-- What was known at clock.as_of: who had been put forward where, how active each candidate was, and how much each
-- word says? The clock is set first (set_clock.sql). Nothing at or after it is read.
DELETE FROM {schema}.history;

INSERT INTO {schema}.history
WITH past_events AS (
    SELECT
        e.posting_key,
        e.candidate_key,
        e.stage,
        e.stage_order,
        e.target,
        DATEDIFF(DAY, e.occurred_at, clock.as_of) AS days_ago
    FROM features.events AS e
    INNER JOIN {schema}.clock AS clock ON e.occurred_at < clock.as_of
    UNION ALL
    -- What was decided in the app counts too, unless it had been taken back by then.
    SELECT
        d.posting_key,
        d.candidate_key,
        d.stage,
        d.stage_order,
        d.target,
        DATEDIFF(DAY, d.decided_at, clock.as_of) AS days_ago
    FROM features.decisions AS d
    INNER JOIN {schema}.clock AS clock ON d.decided_at < clock.as_of
    WHERE d.taken_back_at IS NULL OR d.taken_back_at >= clock.as_of
)

SELECT
    candidate_key,
    posting_key,
    MIN(days_ago) AS days_ago,
    EXP(MIN(days_ago) / CAST(-180 AS DOUBLE PRECISION)) AS weight_half_year,
    EXP(MIN(days_ago) / CAST(-365 AS DOUBLE PRECISION)) AS weight_year,
    EXP(MIN(days_ago) / CAST(-730 AS DOUBLE PRECISION)) AS weight_two_years,
    MAX(target) AS target,
    MAX(CASE WHEN stage NOT IN ('rejected', 'withdrawn') THEN stage_order ELSE 0 END) AS furthest_stage,
    MAX(CASE WHEN stage = 'hired' THEN 1 ELSE 0 END) = 1 AS hired,
    MAX(CASE WHEN stage = 'rejected' THEN 1 ELSE 0 END) = 1 AS rejected,
    MAX(CASE WHEN stage = 'withdrawn' THEN 1 ELSE 0 END) = 1 AS withdrawn
FROM past_events
GROUP BY candidate_key, posting_key
HAVING MAX(target) >= 0.5;

DELETE FROM {schema}.posting_people;

INSERT INTO {schema}.posting_people (posting_key, candidate_key, weight_two_years)
SELECT posting_key, candidate_key, weight_two_years
FROM {schema}.history;

DELETE FROM {schema}.past_postings;

INSERT INTO {schema}.past_postings
WITH put_forward AS (
    SELECT posting_key, COUNT(*) AS people
    FROM {schema}.history
    GROUP BY posting_key
)

SELECT
    p.posting_key,
    p.people,
    f.title_key,
    f.company_key,
    f.area_key,
    f.city_key,
    f.region_key,
    f.seniority_key,
    f.employment_key,
    f.education_key
FROM put_forward AS p
INNER JOIN features.posting_facts AS f ON p.posting_key = f.posting_key;

-- Which postings were the same people put forward for? Cosine of the sets of people. Of somebody who was put forward
-- everywhere the fifty latest count.
DELETE FROM {schema}.related_postings;

INSERT INTO {schema}.related_postings (posting_key, other_posting_key, relation)
WITH latest_history AS (
    SELECT
        candidate_key,
        posting_key,
        ROW_NUMBER() OVER (PARTITION BY candidate_key ORDER BY days_ago, posting_key) AS recency
    FROM {schema}.history
),

common_people AS (
    SELECT one.posting_key, other.posting_key AS other_posting_key, COUNT(*) AS people
    FROM latest_history AS one
    INNER JOIN latest_history AS other ON one.candidate_key = other.candidate_key AND one.posting_key <> other.posting_key
    WHERE one.recency <= 50 AND other.recency <= 50
    GROUP BY one.posting_key, other.posting_key
)

SELECT
    c.posting_key,
    c.other_posting_key,
    c.people / SQRT(CAST(one.people AS DOUBLE PRECISION) * other.people) AS relation
FROM common_people AS c
INNER JOIN {schema}.past_postings AS one ON c.posting_key = one.posting_key
INNER JOIN {schema}.past_postings AS other ON c.other_posting_key = other.posting_key;

-- Which skills and languages does each candidate list, and how many of their past postings asked for that skill?
DELETE FROM {schema}.qualifications;

INSERT INTO {schema}.qualifications (value_key, candidate_key, is_listed, times_practised)
WITH signs AS (
    SELECT skill_key AS value_key, candidate_key, 1 AS listed, 0 AS practised
    FROM features.candidate_skills
    UNION ALL
    SELECT language_key AS value_key, candidate_key, 1 AS listed, 0 AS practised
    FROM features.candidate_languages
    UNION ALL
    SELECT r.value_key, h.candidate_key, 0 AS listed, 1 AS practised
    FROM {schema}.history AS h
    INNER JOIN features.requirements AS r ON h.posting_key = r.posting_key AND r.is_skill
)

SELECT value_key, candidate_key, MAX(listed) = 1 AS is_listed, SUM(practised) AS times_practised
FROM signs
GROUP BY value_key, candidate_key;

DELETE FROM {schema}.candidate_activity;

INSERT INTO {schema}.candidate_activity
WITH put_forward AS (
    SELECT
        h.candidate_key,
        COUNT(*) AS times_put_forward,
        MIN(h.days_ago) AS days_since_last,
        SUM(CASE WHEN h.days_ago <= 91 THEN 1 ELSE 0 END) AS times_last_quarter,
        SUM(CASE WHEN h.days_ago <= 365 THEN 1 ELSE 0 END) AS times_last_year,
        AVG(CAST(CASE WHEN h.hired THEN 1 ELSE 0 END AS DOUBLE PRECISION)) AS share_hired,
        AVG(CAST(CASE WHEN h.rejected THEN 1 ELSE 0 END AS DOUBLE PRECISION)) AS share_rejected,
        AVG(CAST(CASE WHEN h.withdrawn THEN 1 ELSE 0 END AS DOUBLE PRECISION)) AS share_withdrawn,
        MAX(h.furthest_stage) AS furthest_stage,
        MIN(CASE WHEN h.hired THEN h.days_ago END) AS days_since_hired,
        COUNT(DISTINCT p.company_key) AS companies
    FROM {schema}.history AS h
    INNER JOIN features.posting_facts AS p ON h.posting_key = p.posting_key
    GROUP BY h.candidate_key
),

-- Of all events, not the latest of each posting.
events_so_far AS (
    SELECT
        e.candidate_key,
        COUNT(DISTINCT CASE WHEN e.target < 0.5 THEN e.posting_key END) AS views,
        MAX(CASE WHEN e.target >= 0.5 THEN DATEDIFF(DAY, e.occurred_at, clock.as_of) END) AS days_since_first
    FROM features.events AS e
    INNER JOIN {schema}.clock AS clock ON e.occurred_at < clock.as_of
    GROUP BY e.candidate_key
)

SELECT
    c.candidate_key,
    COALESCE(f.times_put_forward, 0) AS times_put_forward,
    COALESCE(e.views, 0) AS views,
    f.days_since_last,
    e.days_since_first,
    COALESCE(f.times_last_quarter, 0) AS times_last_quarter,
    COALESCE(f.times_last_year, 0) AS times_last_year,
    f.share_hired,
    f.share_rejected,
    f.share_withdrawn,
    f.furthest_stage,
    f.days_since_hired,
    COALESCE(f.companies, 0) AS companies
FROM features.candidate_facts AS c
LEFT JOIN put_forward AS f ON c.candidate_key = f.candidate_key
LEFT JOIN events_so_far AS e ON c.candidate_key = e.candidate_key;

-- How much does each word say? As much as it tells that two postings are for the same people: how much likelier is a
-- posting to use it if another one of the same candidate does (log odds). Words of courtesy are as likely in any other
-- posting and weigh nothing, in whatever language. Until many people were put forward twice, a word in few texts
-- says more (inverse document frequency); one in a single text says nothing. The texts are the past postings and the
-- candidates' own.
DELETE FROM {schema}.term_weights;

INSERT INTO {schema}.term_weights (term_id, weight)
WITH documents AS (
    SELECT w.term_id, w.posting_key AS document, 1 AS is_posting
    FROM features.posting_words AS w
    INNER JOIN {schema}.past_postings AS p ON w.posting_key = p.posting_key
    UNION ALL
    SELECT term_id, candidate_key AS document, 0 AS is_posting
    FROM features.candidate_words
),

totals AS (
    SELECT
        COUNT(DISTINCT CASE WHEN is_posting = 1 THEN document END)
        + COUNT(DISTINCT CASE WHEN is_posting = 0 THEN document END) AS texts
    FROM documents
),

frequencies AS (
    SELECT term_id, COUNT(*) AS texts_with_term
    FROM documents
    GROUP BY term_id
),

-- At most the ten latest postings of 20,000 people, drawn by MD5: enough to know the words.
latest_history AS (
    SELECT
        candidate_key,
        posting_key,
        ROW_NUMBER() OVER (PARTITION BY candidate_key ORDER BY days_ago, posting_key) AS recency
    FROM {schema}.history
),

put_forward_again AS (
    SELECT
        candidate_key,
        COUNT(*) AS postings,
        ROW_NUMBER() OVER (ORDER BY MD5(CAST(candidate_key AS VARCHAR))) AS draw
    FROM latest_history
    WHERE recency <= 10
    GROUP BY candidate_key
    HAVING COUNT(*) >= 2
),

people AS (
    SELECT candidate_key, CAST(postings AS DOUBLE PRECISION) AS postings
    FROM put_forward_again
    WHERE draw <= 20000
),

people_totals AS (
    SELECT COALESCE(SUM(postings), 0) AS postings
    FROM people
),

uses AS (
    SELECT h.candidate_key, w.term_id, p.postings, CAST(COUNT(*) AS DOUBLE PRECISION) AS with_term
    FROM people AS p
    INNER JOIN latest_history AS h ON p.candidate_key = h.candidate_key
    INNER JOIN features.posting_words AS w ON h.posting_key = w.posting_key
    WHERE h.recency <= 10
    GROUP BY h.candidate_key, w.term_id, p.postings
),

-- Of the candidates' postings with the word: among the others of the same candidate, how many have it too?
term_uses AS (
    SELECT
        term_id,
        SUM(with_term) AS with_term,
        SUM(with_term * (with_term - 1) / (postings - 1)) AS again
    FROM uses
    GROUP BY term_id
),

chances AS (
    SELECT
        f.term_id,
        LN(CAST(t.texts AS DOUBLE PRECISION) / f.texts_with_term) AS rarity,
        COALESCE(u.with_term, 0) AS with_term,
        COALESCE(u.again, 0) AS again,
        (COALESCE(u.with_term, 0) + 1) / (p.postings + 2) AS chance
    FROM frequencies AS f
    CROSS JOIN totals AS t
    CROSS JOIN people_totals AS p
    LEFT JOIN term_uses AS u ON f.term_id = u.term_id
    WHERE f.texts_with_term >= 2
),

-- What few postings say counts little: ten more are thought, in which the word is as likely as in any.
told AS (
    SELECT term_id, rarity, with_term, chance, (again + 10 * chance) / (with_term + 10) AS chance_again
    FROM chances
),

weighed AS (
    SELECT
        term_id,
        (
            with_term * (LN(chance_again / (1 - chance_again)) - LN(chance / (1 - chance)))
            + 10 * 0.3 * rarity
        ) / (with_term + 10) AS weight
    FROM told
)

SELECT term_id, weight
FROM weighed
WHERE weight >= 0.3;

-- What is each posting about? What its title says counts twice.
DELETE FROM {schema}.posting_terms;

INSERT INTO {schema}.posting_terms (term_id, posting_key, weight, title_weight, weight_rank)
WITH weighted AS (
    SELECT
        w.posting_key,
        w.term_id,
        (1 + LN(w.frequency)) * CASE WHEN w.in_title THEN 2 ELSE 1 END * t.weight AS weight,
        CASE WHEN w.in_title THEN t.weight ELSE 0 END AS title_weight
    FROM features.posting_words AS w
    INNER JOIN {schema}.term_weights AS t ON w.term_id = t.term_id
),

lengths AS (
    SELECT
        posting_key,
        SQRT(SUM(weight * weight)) AS length,
        SQRT(SUM(title_weight * title_weight)) AS title_length
    FROM weighted
    GROUP BY posting_key
)

SELECT
    w.term_id,
    w.posting_key,
    w.weight / l.length AS weight,
    CASE WHEN l.title_length > 0 THEN w.title_weight / l.title_length ELSE 0 END AS title_weight,
    ROW_NUMBER() OVER (PARTITION BY w.posting_key ORDER BY w.weight DESC, w.term_id) AS weight_rank
FROM weighted AS w
INNER JOIN lengths AS l ON w.posting_key = l.posting_key;

-- What is each candidate about: in their own words, and in the words of the postings they were put forward for?
DELETE FROM {schema}.candidate_terms;

INSERT INTO {schema}.candidate_terms (term_id, candidate_key, own_weight, history_weight)
WITH own_weighted AS (
    SELECT w.candidate_key, w.term_id, (1 + LN(w.frequency)) * t.weight AS weight
    FROM features.candidate_words AS w
    INNER JOIN {schema}.term_weights AS t ON w.term_id = t.term_id
),

own_ranked AS (
    SELECT
        candidate_key,
        term_id,
        weight,
        SQRT(SUM(weight * weight) OVER (PARTITION BY candidate_key)) AS length,
        ROW_NUMBER() OVER (PARTITION BY candidate_key ORDER BY weight DESC, term_id) AS weight_rank
    FROM own_weighted
),

latest_history AS (
    SELECT
        candidate_key,
        posting_key,
        ROW_NUMBER() OVER (PARTITION BY candidate_key ORDER BY days_ago, posting_key) AS recency
    FROM {schema}.history
),

history_weighted AS (
    SELECT h.candidate_key, t.term_id, SUM(t.weight) AS weight
    FROM latest_history AS h
    INNER JOIN {schema}.posting_terms AS t ON h.posting_key = t.posting_key
    WHERE h.recency <= 10 AND t.weight_rank <= 25
    GROUP BY h.candidate_key, t.term_id
),

history_ranked AS (
    SELECT
        candidate_key,
        term_id,
        weight,
        SQRT(SUM(weight * weight) OVER (PARTITION BY candidate_key)) AS length,
        ROW_NUMBER() OVER (PARTITION BY candidate_key ORDER BY weight DESC, term_id) AS weight_rank
    FROM history_weighted
),

both_sides AS (
    SELECT candidate_key, term_id, weight / length AS own_weight, 0.0 AS history_weight
    FROM own_ranked
    WHERE weight_rank <= 40
    UNION ALL
    SELECT candidate_key, term_id, 0.0 AS own_weight, weight / length AS history_weight
    FROM history_ranked
    WHERE weight_rank <= 30
)

SELECT term_id, candidate_key, SUM(own_weight) AS own_weight, SUM(history_weight) AS history_weight
FROM both_sides
GROUP BY term_id, candidate_key;
