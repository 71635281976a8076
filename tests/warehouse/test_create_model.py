"""The clauses of CREATE MODEL that come from the settings."""

from pathlib import Path

import pytest

from embedded_redshift.ml.grammar import parse
from jobrec_ui.errors import InputError
from jobrec_ui.models.choices import TrainingChoices
from jobrec_ui.settings import Aws, Settings, Training
from jobrec_ui.warehouse import create_model, sqlfiles

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


class InAws:
    in_aws = True


class Embedded:
    in_aws = False


def settings(training=None, **aws):
    return Settings(
        Path("/tmp"), "redshift+local:///x", Path("/tmp/users"), aws=Aws(**aws), training=training or Training()
    )


def statement(clauses):
    names = {"model": "ml.match_v1", "function": "match_v1_score", "features": ["own_similarity", "views"], **clauses}
    names |= TrainingChoices().all_hyperparameters
    (text,) = sqlfiles.split(sqlfiles.render("models/create_match_model", names))
    return text


def test_everything_configured():
    found = create_model.clauses(
        InAws(),
        settings(
            Training(max_runtime=7200, keep_artefacts=True),
            s3_bucket="hiring-eu",
            iam_role="arn:aws:iam::123456789012:role/service/Redshift-ML",
            kms_key=KEY,
            tags="team=hiring, app",
        ),
        rows=300_000,
        columns=71,
    )
    assert found["iam_role"] == "'arn:aws:iam::123456789012:role/service/Redshift-ML'"
    assert found["settings"] == (
        f"S3_BUCKET 'hiring-eu', KMS_KEY_ID '{KEY}', TAGS 'team=hiring,app', MAX_CELLS 21300000, MAX_RUNTIME 7200, "
        "S3_GARBAGE_COLLECT OFF"
    )
    assert f"IAM_ROLE {found['iam_role']}\n" in statement(found)


def test_nothing_configured_is_enough_for_the_embedded_warehouse():
    found = create_model.clauses(Embedded(), settings(), rows=500, columns=3)
    assert found == {"iam_role": "default", "settings": "S3_BUCKET 'jobrec-ui', MAX_CELLS 1500, MAX_RUNTIME 5400"}


@pytest.mark.parametrize("in_aws", [InAws(), Embedded()])
def test_the_statement_is_one_that_the_embedded_warehouse_takes(in_aws):
    aws = {"s3_bucket": "b-1", "kms_key": KEY, "tags": "a=b,c"}
    found = create_model.clauses(in_aws, settings(Training(keep_artefacts=True), **aws), 500, 3)
    parse(statement(found))


def test_redshift_never_gets_the_bucket_of_a_stranger():
    with pytest.raises(InputError, match="JOBREC_S3_BUCKET"):
        create_model.clauses(InAws(), settings(), 500, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("s3_bucket", "s3://bucket"), ("s3_bucket", "a'b"), ("s3_bucket", "Bucket"),
        ("iam_role", "default; DROP"), ("iam_role", "arn:aws:iam::1:role/x"),
        ("iam_role", "arn:aws:iam::123456789012:role/a'b"),
        ("kms_key", "key'"), ("tags", "a='b"), ("tags", "=b"),
    ],
)  # fmt: skip
def test_what_is_not_of_its_form_is_named(name, value):
    with pytest.raises(InputError, match=name):
        create_model.clauses(InAws(), settings(**{"s3_bucket": "bucket", name: value}), 500, 3)


def test_too_many_features():
    with pytest.raises(InputError, match="256"):
        create_model.clauses(InAws(), settings(s3_bucket="bucket"), 500, 258)
