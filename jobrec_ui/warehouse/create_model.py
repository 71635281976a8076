"""The clauses of CREATE MODEL that the settings decide: whose role, which bucket and key, what it may cost."""

import re

from jobrec_ui.errors import InputError
from jobrec_ui.settings import Settings
from jobrec_ui.warehouse.sqlfiles import Clause
from jobrec_ui.warehouse.warehouse import Warehouse

MAX_FEATURES = 256  # Redshift ML's own limit of input columns

IAM_ROLE = re.compile(r"default|arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]{1,512}", re.ASCII)
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
KMS_KEY = re.compile(
    r"(arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:)?((key/)?[0-9a-fA-F-]{36}|(key/)?mrk-[0-9a-f]{32}|alias/[\w/-]{1,250})",
    re.ASCII,
)
TAG = re.compile(r"[\w .:/+@-]{1,128}(=[\w .:/+@-]{0,256})?")


def clauses(wh: Warehouse, settings: Settings, rows: int, columns: int) -> dict[str, Clause]:
    """The slots ``iam_role`` and ``settings`` of a CREATE MODEL over ``rows`` and ``columns``, the target included.

    MAX_CELLS is what there is, for Redshift leaves out rows beyond it without a word. Raises InputError if a setting is
    missing or not of its form.
    """
    aws, training = settings.aws, settings.training
    if columns - 1 > MAX_FEATURES:
        raise InputError(f"A model can read at most {MAX_FEATURES} features; this one has {columns - 1}.")
    if not aws.s3_bucket and wh.in_aws:
        raise InputError(
            "No S3 bucket is configured, and Redshift ML needs one for training data and models. Set JOBREC_S3_BUCKET "
            "or [aws] s3_bucket to a bucket in the cluster's region."
        )
    parts = [
        f"S3_BUCKET '{_of_form(BUCKET, settings.s3_bucket, 's3_bucket', 'the name of a bucket, without s3://')}'",
        f"MAX_CELLS {max(rows, 1) * columns}",
        f"MAX_RUNTIME {training.max_runtime}",
    ]
    if tags := [tag.strip() for tag in aws.tags.split(",") if tag.strip()]:
        checked = [_of_form(TAG, tag, "tags", "key=value, key=value") for tag in tags]
        parts.insert(1, f"TAGS '{','.join(checked)}'")
    if aws.kms_key:
        parts.insert(1, f"KMS_KEY_ID '{_of_form(KMS_KEY, aws.kms_key, 'kms_key', 'the id or ARN of a KMS key')}'")
    if training.keep_artefacts:
        parts.append("S3_GARBAGE_COLLECT OFF")
    return {"iam_role": iam_role(settings), "settings": Clause(", ".join(parts))}


def iam_role(settings: Settings) -> Clause:
    """The role that Redshift takes on, as COPY and CREATE MODEL write it. Raises InputError."""
    role = _of_form(IAM_ROLE, settings.aws.iam_role, "iam_role", '"default" or the ARN of a role')
    return Clause(role if role == "default" else f"'{role}'")


def _of_form(form: re.Pattern[str], value: str, name: str, about: str) -> str:
    if not form.fullmatch(value):
        raise InputError(f"The setting [aws] {name} should be {about}; it is {value!r}.")
    return value
