-- Trains a model of the matching model's size.
CREATE MODEL staging.speed
FROM (SELECT {features}, label FROM staging.rows_to_learn)
TARGET label
FUNCTION speed_score
IAM_ROLE default
AUTO OFF
MODEL_TYPE XGBOOST
OBJECTIVE 'reg:logistic'
PREPROCESSORS 'none'
HYPERPARAMETERS DEFAULT EXCEPT (NUM_ROUND '200', MAX_DEPTH '6', ETA '0.1')
SETTINGS (S3_BUCKET 'jobrec-ui', MAX_CELLS 10000000)
