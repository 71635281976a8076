"""A folder in S3 for the files of one load: there while it is needed, gone afterwards, whatever happened."""

import io
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import Aws
from jobrec_ui.warehouse.login import client

logger = logging.getLogger(__name__)

PART_ROWS = 200_000
LEFT_BEHIND = timedelta(days=1)  # what is older was left by a process that was killed


@contextmanager
def parquet_folder(aws: Aws, rows: pa.Table) -> Iterator[str]:
    """Writes ``rows`` as Parquet parts and gives the folder's address. Raises WarehouseError if S3 refuses them."""
    from botocore.exceptions import BotoCoreError, ClientError

    s3 = client(aws, "s3")
    staging = f"{aws.s3_prefix.strip('/')}/staging/".lstrip("/")
    folder = f"{staging}{uuid.uuid4().hex}/"
    encryption = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": aws.kms_key} if aws.kms_key else {}
    try:
        try:
            for number, start in enumerate(range(0, rows.num_rows, PART_ROWS)):
                s3.put_object(
                    Bucket=aws.s3_bucket,
                    Key=f"{folder}part-{number:05}.parquet",
                    Body=_parquet(rows.slice(start, PART_ROWS)),
                    **encryption,
                )
        except (BotoCoreError, ClientError) as error:
            raise WarehouseError(explained(error, aws)) from error
        yield f"s3://{aws.s3_bucket}/{folder}"
    finally:
        _remove(s3, aws.s3_bucket, folder)
        _remove(s3, aws.s3_bucket, staging, before=datetime.now(UTC) - LEFT_BEHIND)


def explained(error: Exception, aws: Aws) -> str:
    """What S3's refusal means, and what to do."""
    code = getattr(error, "response", {}).get("Error", {}).get("Code", type(error).__name__)
    if code in ("NoSuchBucket", "404"):
        return (
            f"The S3 bucket {aws.s3_bucket} does not exist. Make it in the cluster's region, or correct the settings."
        )
    if code in ("AccessDenied", "403"):
        return (
            f"S3 does not let the app write to {aws.s3_bucket}/{aws.s3_prefix}. It needs s3:PutObject, s3:GetObject, "
            "s3:DeleteObject and s3:ListBucket there; `python -m jobrec_ui check` prints the policy."
        )
    return f"S3 could not be used ({code}): {error}"


def _parquet(rows: pa.Table) -> bytes:
    """One part. Times as INT96: the form that COPY has always read."""
    file = io.BytesIO()
    pq.write_table(rows, file, compression="snappy", use_deprecated_int96_timestamps=True)
    return file.getvalue()


def _remove(s3: Any, bucket: str, prefix: str, before: datetime | None = None) -> None:
    """Deletes what is under ``prefix``. What stays costs a little and goes with a later load, so nothing is raised."""
    try:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            old = [item for item in page.get("Contents", []) if before is None or item["LastModified"] < before]
            if old:
                s3.delete_objects(
                    Bucket=bucket, Delete={"Objects": [{"Key": item["Key"]} for item in old], "Quiet": True}
                )
    except Exception as error:
        logger.warning("Files under %s stay in S3: %s", prefix, type(error).__name__)
