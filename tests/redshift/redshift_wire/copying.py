"""COPY of Parquet from S3: columns by position, as many as the table has. The environment tells boto3 where S3 is."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from embedded_redshift.session import Session
from redshift_wire.refusals import RefusedError, internal
from redshift_wire.values import WireType, wire_type

_COPY = re.compile(
    r"copy\s+(?:(?P<schema>\w+)\.)?(?P<table>\w+)\s+from\s+"
    r"'s3://(?P<bucket>[^/']+)/(?P<prefix>[^']*)'\s+iam_role\s+(?:default|'arn:aws:iam::\d{12}:role/[^']+')\s+"
    r"format\s+(?:as\s+)?parquet",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Copy:
    """The statement: where the files are, and which table they go to."""

    schema: str
    table: str
    bucket: str
    prefix: str

    def run(self, session: Session) -> None:
        """Reads the files and adds their rows, in the session's transaction. Raises RefusedError, the warehouse's."""
        with session.guarded():
            session.begin()
            found = session.columns(self.schema, self.table)
            if found is None:
                raise RefusedError("42P01", f"Cannot COPY into nonexistent table {self.table}")
            kinds = {name: wire_type(found[name]) for name in found}
            for part in self._parts():
                self._add(session, _fitting(part, kinds))
            session.written.add((self.schema, self.table))
            if session.autocommit:
                session.commit()

    def _parts(self) -> list[pa.Table]:
        import boto3
        from botocore.exceptions import ClientError

        s3 = boto3.client("s3")
        try:
            pages = s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
            keys = sorted(item["Key"] for page in pages for item in page.get("Contents", []))
            if not keys:
                raise RefusedError("XX000", f"The specified S3 prefix '{self.prefix}' does not exist")
            bodies = [s3.get_object(Bucket=self.bucket, Key=key)["Body"].read() for key in keys]
        except ClientError as error:
            raise refused_by_s3(error.response["Error"]["Code"], error.response["Error"]["Message"]) from error
        return [pq.read_table(io.BytesIO(body), coerce_int96_timestamp_unit="us") for body in bodies]

    def _add(self, session: Session, rows: pa.Table) -> None:
        columns = ", ".join(f'"{name}"' for name in rows.column_names)
        session.cursor.register("copied_part", rows)
        try:
            session.cursor.execute(
                f'INSERT INTO "{self.schema}"."{self.table}" ({columns}) SELECT {columns} FROM copied_part'
            )
        finally:
            session.cursor.unregister("copied_part")


def find(sql: str) -> Copy | None:
    """The COPY that a statement without comments is, None if it is another one."""
    if not (found := _COPY.fullmatch(sql)):
        return None
    schema = (found["schema"] or "public").lower()
    return Copy(schema, found["table"].lower(), found["bucket"], found["prefix"])


def refused_by_s3(code: str, words: str) -> RefusedError:
    """What S3 answered to Redshift, as Redshift tells it."""
    status = {"NoSuchBucket": 404, "AccessDenied": 403}.get(code, 400)
    return internal(f"S3ServiceException:{words},Status {status},Error {code}", 8001)


def _fitting(part: pa.Table, kinds: dict[str, WireType]) -> pa.Table:
    """The rows of a file under the names of the table's columns. Raises RefusedError unless each is of its type."""
    if part.num_columns != len(kinds):
        raise _scan_error(f"Unmatched number of columns between table and file. Table columns: {len(kinds)}, "
                          f"Data columns: {part.num_columns}")  # fmt: skip
    for (name, kind), column in zip(kinds.items(), part.columns, strict=True):
        if column.type != kind.arrow:
            raise _scan_error(f"File has an incompatible Parquet schema for column {name}: {column.type}, {kind.name}")
        if kind.name == "varchar" and (pc.max(pc.binary_length(column)).as_py() or 0) > kind.modifier - 4:
            raise _scan_error(f"The length of the data column {name} is longer than the length defined in the table")
    return part.rename_columns(list(kinds))


def _scan_error(words: str) -> RefusedError:
    return internal(f"Spectrum Scan Error: {words}", 15001)
