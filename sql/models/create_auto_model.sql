-- Trains a version of the matching model on the examples, of a given kind (linear learner, MLP) or of the one that the
-- warehouse finds best. The target is a number, so that the function returns a score. Asynchronous: SHOW MODEL tells when
-- it is ready.
CREATE MODEL {model}
FROM (
    SELECT {features}, label
    FROM training.examples
    WHERE NOT is_holdout
    ORDER BY cutoff, posting_key, candidate_key
)
TARGET label
FUNCTION {function}
IAM_ROLE {iam_role}
AUTO ON
{kind}
PROBLEM_TYPE REGRESSION
OBJECTIVE 'MSE'
SETTINGS ({settings});
