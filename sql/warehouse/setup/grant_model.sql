-- Who may score with a model? The recruiters' role, and read what is typical of its features.
GRANT EXECUTE ON MODEL {model} TO ROLE {recruiter};

GRANT SELECT ON {typical} TO ROLE {recruiter};
