"""What the app and Redshift need in AWS: an identity, a bucket in the cluster's region, a role to take on."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from jobrec_ui.commands.doctor.finding import Finding
from jobrec_ui.errors import JobrecError
from jobrec_ui.settings import Aws, settings
from jobrec_ui.warehouse import Warehouse, create_model
from jobrec_ui.warehouse.failures import ConnectionLost
from jobrec_ui.warehouse.login import client
from jobrec_ui.warehouse.s3 import explained

_SERVICES = ("redshift.amazonaws.com", "sagemaker.amazonaws.com")
_HOST_REGION = re.compile(r"\.([a-z]{2}(?:-[a-z]+)+-\d)\.redshift(?:-serverless)?\.amazonaws\.com")


def look(wh: Warehouse) -> Iterator[Finding]:
    """Everything in AWS; nothing for the embedded warehouse, which needs none of it."""
    aws = settings().aws
    if not wh.in_aws:
        yield Finding("skipped", "AWS", "The embedded warehouse loads and trains in this process.")
        return
    yield from _bucket(wh, aws)
    yield _role(wh, aws)
    yield _training(wh)


def _bucket(wh: Warehouse, aws: Aws) -> Iterator[Finding]:
    if not aws.s3_bucket:
        yield Finding(
            "wrong",
            "S3 bucket",
            "None is configured: nothing can be trained, and loads go the slow way by INSERT.",
            "aws s3 mb s3://<bucket> --region <the cluster's region>\nJOBREC_S3_BUCKET=<bucket>",
        )
        return
    try:
        s3 = client(aws, "s3")
        key = f"{aws.s3_prefix.strip('/')}/staging/check-{uuid.uuid4().hex}".lstrip("/")
        s3.put_object(Bucket=aws.s3_bucket, Key=key, Body=b"check")
        s3.get_object(Bucket=aws.s3_bucket, Key=key)["Body"].read()
        s3.list_objects_v2(Bucket=aws.s3_bucket, Prefix=key)
        s3.delete_object(Bucket=aws.s3_bucket, Key=key)
        region = s3.head_bucket(Bucket=aws.s3_bucket)["ResponseMetadata"]["HTTPHeaders"].get("x-amz-bucket-region", "")
    except Exception as error:  # boto3 has one kind for nearly every reason
        sentence = str(error) if isinstance(error, JobrecError) else explained(error, aws)
        yield Finding("wrong", "S3 bucket", sentence, app_policy(aws))
        return
    yield Finding("ok", "S3 bucket", f"{aws.s3_bucket} can be written, read, listed and emptied by the app.")
    expected = aws.region or _region_of(wh)
    if region and expected and region != expected:
        yield Finding(
            "wrong",
            "Region of the bucket",
            f"The bucket is in {region}, the cluster in {expected}: Redshift ML and COPY want them together.",
            f"aws s3 mb s3://<bucket> --region {expected}",
        )
    elif region and expected:
        yield Finding("ok", "Region of the bucket", region)
    else:
        yield Finding("note", "Region of the bucket", f"{region or 'Unknown'}; set [aws] region to compare.")


def _region_of(wh: Warehouse) -> str:
    host = sa.make_url(wh.url).host or ""
    found = _HOST_REGION.search(host)
    return found[1] if found else ""


def _role(wh: Warehouse, aws: Aws) -> Finding:
    """The role that Redshift takes on itself for COPY and CREATE MODEL."""
    try:
        create_model.iam_role(settings())
        role = aws.iam_role
        if role == "default":
            role = str(wh.query("commands/doctor/default_iam_role")["iam_role"].iloc[0] or "").strip()
            if not role.startswith("arn:"):
                return Finding(
                    "wrong",
                    "IAM role",
                    "The cluster has no default IAM role.",
                    "aws redshift modify-cluster-iam-roles --cluster-identifier <cluster> --add-iam-roles <arn> "
                    f"--default-iam-role-arn <arn>\ntrust policy of the role:\n{trust_policy()}\npolicy of the role:\n"
                    f"{redshift_policy(aws)}",
                )
        refused = []
        for kind in ("COPY", "CREATE MODEL"):
            allowed = wh.query("commands/doctor/may_assume", {"iam_role": role, "kind": kind})["allowed"].iloc[0]
            if str(allowed).lower() not in ("true", "t", "1"):
                refused.append(kind)
    except ConnectionLost:
        return Finding("skipped", "IAM role", "There is no connection to ask through.")
    except JobrecError as error:
        return Finding("wrong", "IAM role", str(error), '[aws] iam_role = "arn:aws:iam::<account>:role/<role>"')
    if refused:
        return Finding(
            "wrong",
            "IAM role",
            f"This login may not have the warehouse take on {role} for {' and '.join(refused)}.",
            f"GRANT ASSUMEROLE ON '{role}' TO <user> FOR {', '.join(refused)};  -- to a user or group, not to a role",
        )
    return Finding("ok", "IAM role", f"{role}. Whether it may use the bucket and SageMaker: `check --deep`.")


def _training(wh: Warehouse) -> Finding:
    try:
        found = create_model.clauses(wh, settings(), rows=500, columns=3)
    except JobrecError as error:
        return Finding("wrong", "Settings for training", str(error), "See .streamlit/secrets.example.toml.")
    return Finding("ok", "Settings for training", f"IAM_ROLE {found['iam_role']}, {found['settings']}")


def app_policy(aws: Aws) -> str:
    """The IAM policy for the app itself: its own folder of the bucket."""
    bucket = f"arn:aws:s3:::{aws.s3_bucket or '<bucket>'}"
    folder = f"{bucket}/{aws.s3_prefix.strip('/')}/staging/*"
    return _policy(
        {"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"], "Resource": folder},
        {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketLocation"], "Resource": bucket},
    )


def redshift_policy(aws: Aws) -> str:
    """The IAM policy for the role that Redshift takes on: reads staged files, trains, keeps its own in the bucket."""
    bucket = f"arn:aws:s3:::{aws.s3_bucket or '<bucket>'}"
    statements: list[dict[str, Any]] = [
        {
            "Effect": "Allow",
            "Action": [
                "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:GetBucketLocation",
                "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts",
            ],
            "Resource": [bucket, f"{bucket}/*"],
        },
        {
            "Effect": "Allow",
            "Action": [
                "sagemaker:*Job*", "sagemaker:AddTags", "sagemaker:CreateModel", "sagemaker:DescribeModel",
                "sagemaker:DeleteModel", "sagemaker:*Endpoint*", "logs:CreateLogGroup", "logs:CreateLogStream",
                "logs:DescribeLogStreams", "logs:PutLogEvents", "cloudwatch:PutMetricData",
                "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken",
                "ecr:GetDownloadUrlForLayer",
            ],
            "Resource": "*",
        },
        {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": aws.iam_role if aws.iam_role != "default" else "<this role>",
            "Condition": {"StringEquals": {"iam:PassedToService": [*_SERVICES]}},
        },
    ]  # fmt: skip
    if aws.kms_key:
        actions = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey", "kms:CreateGrant"]
        statements.append({"Effect": "Allow", "Action": actions, "Resource": aws.kms_key})
    return _policy(*statements)


def trust_policy() -> str:
    """Who may take on the role: Redshift, and SageMaker for the training."""
    return _policy({"Effect": "Allow", "Principal": {"Service": [*_SERVICES]}, "Action": "sts:AssumeRole"})


def _policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, indent=1)
