-- Which rows are in the Parquet files of a folder in S3? Their columns are those of the table, in its order.
COPY {staged}
FROM '{folder}'
IAM_ROLE {iam_role}
FORMAT AS PARQUET;
