-- Your tables as this app reads them: one view in the place of each table of schema hiring, so that nothing is copied.
-- A file to edit. Put your own schemas, tables and columns after FROM and before AS; leave the names after AS as they
-- are, and a CAST(NULL AS …) where you have nothing. WITH NO SCHEMA BINDING lets you change your tables without dropping
-- the views. Run it in an empty schema hiring (before `setup`), then `python -m jobrec_ui setup` and
-- `python -m jobrec_ui check`, which compares names, types and keys with what is needed.
CREATE SCHEMA IF NOT EXISTS hiring;

CREATE VIEW hiring.postings AS
SELECT
    CAST(j.job_number AS VARCHAR(64)) AS posting_id,
    CAST(j.job_title AS VARCHAR(1024)) AS title,
    CAST(j.job_text AS VARCHAR(65535)) AS description,
    CAST(NULL AS VARCHAR(16384)) AS skills,
    CAST(j.client_name AS VARCHAR(256)) AS company,
    CAST(j.department AS VARCHAR(256)) AS area,
    CAST(j.city AS VARCHAR(256)) AS city,
    CAST(j.state AS VARCHAR(256)) AS region,
    CAST(j.country AS VARCHAR(256)) AS country,
    CAST(NULL AS DOUBLE PRECISION) AS latitude,
    CAST(NULL AS DOUBLE PRECISION) AS longitude,
    CAST(j.level AS VARCHAR(256)) AS seniority,
    CAST(NULL AS VARCHAR(256)) AS education,
    CAST(NULL AS VARCHAR(256)) AS languages,
    CAST(j.contract AS VARCHAR(256)) AS employment_type,
    CAST(NULL AS BOOLEAN) AS remote,
    CAST(j.pay_from AS DOUBLE PRECISION) AS salary_min,
    CAST(j.pay_to AS DOUBLE PRECISION) AS salary_max,
    CAST(j.pay_currency AS VARCHAR(256)) AS currency,
    CAST(NULL AS DOUBLE PRECISION) AS years_experience_min,
    CAST(j.published_on AS DATE) AS opened_at,
    CAST(j.filled_on AS DATE) AS closed_at,
    CAST(j.job_state AS VARCHAR(256)) AS status
FROM your_schema.jobs AS j
WITH NO SCHEMA BINDING;

CREATE VIEW hiring.candidates AS
SELECT
    CAST(p.person_number AS VARCHAR(64)) AS candidate_id,
    CAST(p.first_name || ' ' || p.last_name AS VARCHAR(256)) AS name,
    CAST(p.email AS VARCHAR(256)) AS email,
    CAST(p.phone AS VARCHAR(256)) AS phone,
    CAST(p.current_role AS VARCHAR(1024)) AS headline,
    CAST(p.resume_text AS VARCHAR(65535)) AS summary,
    CAST(p.skill_list AS VARCHAR(16384)) AS skills,
    CAST(p.city AS VARCHAR(256)) AS city,
    CAST(p.state AS VARCHAR(256)) AS region,
    CAST(p.country AS VARCHAR(256)) AS country,
    CAST(NULL AS DOUBLE PRECISION) AS latitude,
    CAST(NULL AS DOUBLE PRECISION) AS longitude,
    CAST(NULL AS VARCHAR(256)) AS seniority,
    CAST(NULL AS VARCHAR(256)) AS education,
    CAST(NULL AS VARCHAR(256)) AS languages,
    CAST(p.years_of_work AS DOUBLE PRECISION) AS years_experience,
    CAST(NULL AS DOUBLE PRECISION) AS desired_salary,
    CAST(NULL AS VARCHAR(256)) AS currency,
    CAST(NULL AS BOOLEAN) AS remote,
    CAST(NULL AS DATE) AS available_from,
    CAST(p.came_from AS VARCHAR(256)) AS source,
    CAST(p.changed_at AS TIMESTAMP) AS updated_at
FROM your_schema.people AS p
WITH NO SCHEMA BINDING;

CREATE VIEW hiring.interactions AS
SELECT
    CAST(a.job_number AS VARCHAR(64)) AS posting_id,
    CAST(a.person_number AS VARCHAR(64)) AS candidate_id,
    CAST(
        CASE a.step
            WHEN 'Applied' THEN 'applied'
            WHEN 'Interview' THEN 'interviewed'
            WHEN 'Offer' THEN 'offered'
            WHEN 'Hired' THEN 'hired'
            WHEN 'Declined by us' THEN 'rejected'
            WHEN 'Declined by candidate' THEN 'withdrawn'
            ELSE 'viewed'
        END AS VARCHAR(32)
    ) AS stage,
    CAST(a.step_at AS TIMESTAMP) AS occurred_at,
    CAST(NULL AS VARCHAR(256)) AS reason
FROM your_schema.applications AS a
WITH NO SCHEMA BINDING;

CREATE VIEW hiring.demographics AS
SELECT
    CAST(d.person_number AS VARCHAR(64)) AS candidate_id,
    CAST('gender' AS VARCHAR(256)) AS attribute,
    CAST(d.declared_gender AS VARCHAR(256)) AS value
FROM your_schema.declared AS d
WITH NO SCHEMA BINDING;
