-- Which texts are searched in a blind review, in which nobody is found by what it withholds? CTEs, to be spliced in
-- (include) after my_lists.sql and search_terms.sql; end with searched_texts (candidate_key, body). Only who has the
-- letters of a term in any text is looked at, for to withhold takes longest. Of a summary the first 48,000 bytes are
-- searched: all of it together is one text, and none has more than 65,535.
-- part of: counted, eligible
people_with_letters AS (
    SELECT DISTINCT t.candidate_key
    FROM features.candidate_texts AS t
    INNER JOIN spellings AS s ON POSITION(s.letters IN t.body) > 0
),

texts_to_mask AS (
    SELECT
        c.candidate_id,
        'profile' AS kind,
        COALESCE(c.headline, '') || ' ; '
        || CASE WHEN OCTET_LENGTH(c.summary) > 48000 THEN CAST(c.summary AS VARCHAR(48000)) ELSE COALESCE(c.summary, '') END
        || ' ; ' || COALESCE(c.skills, '') AS body
    FROM people_with_letters AS p
    INNER JOIN features.candidate_facts AS f ON p.candidate_key = f.candidate_key
    INNER JOIN hiring.candidates AS c ON f.candidate_id = c.candidate_id
    UNION ALL
    SELECT
        candidate_id,
        'note ' || CAST(ROW_NUMBER() OVER (ORDER BY candidate_id, occurred_at, shortlist_id, note) AS VARCHAR(20)) AS kind,
        note AS body
    FROM my_notes
),

-- include: access/blind_review/masked_texts
,
texts_without_masks AS (
    SELECT candidate_id, REGEXP_REPLACE(body, '[[](name|contact|school|age|hint)[]]', ' ; ') AS body
    FROM masked_texts
),

parted_texts AS (
    SELECT f.candidate_key, 1 AS emphasis, {parted t.body} AS body
    FROM texts_without_masks AS t
    INNER JOIN features.candidate_facts AS f ON t.candidate_id = f.candidate_id
),

-- include: matching/filters/folded_words
,
searched_texts AS (
    SELECT candidate_key, body
    FROM folded_words
)
