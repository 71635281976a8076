-- Which rows are in the Parquet files of a folder in S3?
COPY {staged} ({columns})
FROM '{folder}'
IAM_ROLE {iam_role}
FORMAT AS PARQUET;
