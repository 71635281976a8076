-- Trains a version of the matching model on the examples. Asynchronous: SHOW MODEL tells when it is ready.
-- In one order, because which rows a tree samples depends on it: the same data gives the same model.
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
AUTO OFF
MODEL_TYPE XGBOOST
OBJECTIVE 'reg:logistic'
PREPROCESSORS 'none'
HYPERPARAMETERS DEFAULT EXCEPT (
    NUM_ROUND '{num_round}',
    TREE_METHOD '{tree_method}',
    MAX_DEPTH '{max_depth}',
    ETA '{eta}',
    MIN_CHILD_WEIGHT '{min_child_weight}',
    SUBSAMPLE '{subsample}',
    COLSAMPLE_BYTREE '{colsample_bytree}',
    COLSAMPLE_BYLEVEL '{colsample_bylevel}',
    COLSAMPLE_BYNODE '{colsample_bynode}',
    GAMMA '{gamma}',
    ALPHA '{alpha}',
    LAMBDA '{lambda}',
    MAX_DELTA_STEP '{max_delta_step}'
)
SETTINGS ({settings});
