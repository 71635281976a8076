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
IAM_ROLE default
AUTO OFF
MODEL_TYPE XGBOOST
OBJECTIVE 'reg:logistic'
PREPROCESSORS 'none'
HYPERPARAMETERS DEFAULT EXCEPT (
    NUM_ROUND '200',
    MAX_DEPTH '6',
    ETA '0.1',
    MIN_CHILD_WEIGHT '20',
    SUBSAMPLE '0.7',
    COLSAMPLE_BYNODE '0.3'
)
SETTINGS (S3_BUCKET '{bucket}', MAX_CELLS {max_cells}, MAX_RUNTIME 5400);
