-- Does a training like the app's come to an end? On a thousand rows and ten trees.
CREATE MODEL {model}
FROM (
    SELECT a, b, label
    FROM {stored}
)
TARGET label
FUNCTION {function}
IAM_ROLE {iam_role}
AUTO OFF
MODEL_TYPE XGBOOST
OBJECTIVE 'reg:logistic'
PREPROCESSORS 'none'
HYPERPARAMETERS DEFAULT EXCEPT (NUM_ROUND '10')
SETTINGS ({settings});
