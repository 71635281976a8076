-- What does a recruiter see of one candidate?
SELECT
    candidate_id,
    name,
    email,
    phone,
    headline,
    summary,
    skills,
    city,
    region,
    country,
    seniority,
    education,
    languages,
    years_experience,
    desired_salary,
    currency,
    remote,
    available_from,
    source,
    updated_at
FROM hiring.candidates
WHERE candidate_id = :candidate_id;
