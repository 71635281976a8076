-- Redshift's system tables and views, as far as they can be given truly. Made when a warehouse is opened, in this order;
-- one that reads another stands behind it. What the embedded warehouse does not know of a column is NULL.

-- The ground of the others: each column of each table and view, with its declared type (types are kept in the comment).
CREATE OR REPLACE VIEW _redshift.all_columns AS
  WITH declared AS (
    SELECT database_oid, schema_oid, table_oid, comment, temporary, 'BASE TABLE' AS kind FROM duckdb_tables() WHERE NOT internal
    UNION ALL
    SELECT database_oid, schema_oid, view_oid, NULL, temporary, 'VIEW' FROM duckdb_views() WHERE NOT internal
  ), known AS (
    SELECT c.schema_name, c.table_name, c.column_name, c.column_index AS ordinal_position, c.column_default AS duckdb_default, c.is_nullable,
      t.table_oid, t.schema_oid, t.kind, t.temporary,
      TRY_CAST(t.comment AS JSON) AS info,
      coalesce(json_extract_string(TRY_CAST(t.comment AS JSON), '$.columns."' || replace(lower(c.column_name), '"', '\"') || '"'), c.data_type) AS written
    FROM duckdb_columns() AS c
    JOIN declared AS t ON t.database_oid = c.database_oid AND t.schema_oid = c.schema_oid AND t.table_oid = c.table_oid
    WHERE c.database_name = current_database() AND c.schema_name NOT IN ('_redshift', 'main') AND NOT c.internal
  ), typed AS (
    SELECT *, lower(regexp_replace(written, '( default)? identity\(.*$', '')) AS type_text FROM known
  )
  SELECT *, trim(regexp_replace(type_text, '\(.*$', '')) AS base,
    TRY_CAST(regexp_extract(type_text, '\((\d+)', 1) AS INTEGER) AS first_number,
    TRY_CAST(regexp_extract(type_text, ',\s*(\d+)', 1) AS INTEGER) AS second_number,
    coalesce(list_position(CAST(info -> 'sort_key' AS VARCHAR[]), lower(column_name)), 0) AS sort_position,
    coalesce(lower(info ->> 'dist_key') = lower(column_name), false) AS is_dist_key,
    regexp_extract(lower(written), '(default )?identity\(.*\)$') AS identity_text,
    CASE WHEN identity_text = '' THEN duckdb_default
         ELSE '"identity"(' || table_oid || ', ' || (ordinal_position - 1) || ', ''' || regexp_extract(identity_text, '\((.*)\)', 1)
           || '''::text)' END AS column_default
  FROM typed;

-- Types in the long words of the catalog.
CREATE OR REPLACE VIEW _redshift.described_columns AS
  SELECT *,
    CASE WHEN base IN ('varchar') THEN 'character varying'
         WHEN base IN ('char', 'bpchar') THEN 'character'
         WHEN base IN ('decimal', 'numeric') THEN 'numeric'
         WHEN base IN ('double', 'double precision', 'float8') THEN 'double precision'
         WHEN base IN ('float', 'real') THEN 'real'
         WHEN base IN ('timestamp', 'timestamp without time zone') THEN 'timestamp without time zone'
         WHEN base IN ('timestamptz', 'timestamp with time zone') THEN 'timestamp with time zone'
         WHEN base = 'time' THEN 'time without time zone'
         WHEN base IN ('timetz', 'time with time zone') THEN 'time with time zone'
         WHEN base = 'json' OR type_text LIKE '%[]' THEN 'super'
         WHEN base IN ('varbyte', 'blob') THEN 'binary varying'
         WHEN base = 'hugeint' THEN 'numeric'
         WHEN base = 'tinyint' THEN 'smallint'
         ELSE base END AS data_type
  FROM _redshift.all_columns;

CREATE OR REPLACE VIEW _redshift.sized_columns AS
  SELECT *,
    CASE WHEN data_type = 'character varying' THEN coalesce(first_number, 65535)
         WHEN data_type = 'character' THEN coalesce(first_number, 1) END AS character_maximum_length,
    CASE data_type WHEN 'smallint' THEN 16 WHEN 'integer' THEN 32 WHEN 'bigint' THEN 64 WHEN 'real' THEN 24
         WHEN 'double precision' THEN 53 WHEN 'numeric' THEN coalesce(first_number, CASE base WHEN 'hugeint' THEN 38 ELSE 18 END)
         END AS numeric_precision,
    CASE WHEN data_type IN ('smallint', 'integer', 'bigint') THEN 0
         WHEN data_type = 'numeric' THEN coalesce(second_number, 0) END AS numeric_scale,
    CASE WHEN data_type IN ('smallint', 'integer', 'bigint', 'real', 'double precision') THEN 2
         WHEN data_type = 'numeric' THEN 10 END AS numeric_precision_radix,
    CASE WHEN data_type LIKE 'time%' THEN 6 END AS datetime_precision,
    CASE WHEN data_type IN ('character varying', 'character') AND first_number IS NOT NULL
         THEN data_type || '(' || first_number || ')'
         WHEN data_type = 'character varying' THEN 'character varying(65535)'
         WHEN data_type = 'numeric' THEN 'numeric(' || numeric_precision || ',' || numeric_scale || ')'
         ELSE data_type END AS full_type
  FROM _redshift.described_columns;

-- Each table and view, late-binding views among them.
CREATE OR REPLACE VIEW _redshift.all_relations AS
  SELECT schema_name, table_name,
    CASE WHEN temporary THEN 'LOCAL TEMPORARY' WHEN info ->> 'query' IS NOT NULL THEN 'VIEW' ELSE 'BASE TABLE' END AS table_type,
    table_oid, schema_oid, estimated_size AS rows, info,
    CASE WHEN info ->> 'query' IS NOT NULL THEN 'MATERIALIZED VIEW' ELSE 'REGULAR TABLE' END AS subtype,
    info ->> 'query' AS definition
  FROM (SELECT *, TRY_CAST(comment AS JSON) AS info FROM duckdb_tables())
  WHERE database_name IN (current_database(), 'temp') AND schema_name <> '_redshift' AND NOT internal
  UNION ALL
  SELECT v.schema_name, v.view_name, 'VIEW', v.view_oid, v.schema_oid, NULL, NULL, 'REGULAR VIEW', t.sql
  FROM duckdb_views() AS v
  LEFT JOIN _redshift.view_texts AS t ON t.schema_name = v.schema_name AND t.view_name = v.view_name
  WHERE v.database_name = current_database() AND v.schema_name NOT IN ('_redshift', 'main') AND NOT v.internal
  UNION ALL
  SELECT l.schema_name, l.view_name, 'VIEW', 1000000 + CAST(hash(l.schema_name || '.' || l.view_name) % 1000000 AS BIGINT),
    s.oid, NULL, NULL, 'LATE BINDING VIEW', l.sql
  FROM _redshift.views AS l
  JOIN duckdb_schemas() AS s ON s.schema_name = l.schema_name AND s.database_name = current_database();

CREATE OR REPLACE VIEW _redshift.all_schemas AS
  SELECT DISTINCT oid, schema_name FROM duckdb_schemas()
  WHERE database_name = current_database() AND schema_name NOT IN ('_redshift', 'main', 'pg_catalog', 'information_schema')
  UNION ALL SELECT 11, 'pg_catalog'
  UNION ALL SELECT 12, 'information_schema';

-- information_schema ---------------------------------------------------------------------------------------------------

CREATE OR REPLACE VIEW _redshift.tables AS
  SELECT 'dev' AS table_catalog, table_schema, table_name, table_type FROM information_schema.tables
  WHERE table_schema NOT IN ('_redshift')
  UNION ALL SELECT 'dev', schema_name, view_name, 'VIEW' FROM _redshift.views;

CREATE OR REPLACE VIEW _redshift.columns AS
  SELECT 'dev' AS table_catalog, schema_name AS table_schema, table_name, column_name, ordinal_position, column_default,
    CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS is_nullable, data_type, character_maximum_length,
    CAST(NULL AS INTEGER) AS character_octet_length, numeric_precision, numeric_precision_radix, numeric_scale, datetime_precision
  FROM _redshift.sized_columns;

CREATE OR REPLACE VIEW _redshift.schemata AS
  SELECT 'dev' AS catalog_name, schema_name, 'awsuser' AS schema_owner FROM _redshift.all_schemas;

CREATE OR REPLACE VIEW _redshift.views_of_information_schema AS
  SELECT 'dev' AS table_catalog, schema_name AS table_schema, table_name, definition AS view_definition,
    'NONE' AS check_option, 'NO' AS is_updatable
  FROM _redshift.all_relations WHERE table_type = 'VIEW';

-- SVV ------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE VIEW _redshift.svv_tables AS
  SELECT 'dev' AS table_catalog, schema_name AS table_schema, table_name, table_type, CAST(NULL AS VARCHAR) AS remarks
  FROM _redshift.all_relations;

CREATE OR REPLACE VIEW _redshift.svv_columns AS
  SELECT 'dev' AS table_catalog, schema_name AS table_schema, table_name, column_name, ordinal_position, column_default,
    CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS is_nullable, data_type, character_maximum_length, numeric_precision,
    numeric_precision_radix, numeric_scale, datetime_precision, CAST(NULL AS VARCHAR) AS interval_type,
    CAST(NULL AS VARCHAR) AS interval_precision, CAST(NULL AS VARCHAR) AS remarks
  FROM _redshift.sized_columns;

CREATE OR REPLACE VIEW _redshift.svv_all_tables AS
  SELECT 'dev' AS database_name, schema_name, table_name, CAST(NULL AS VARCHAR) AS table_acl,
    CASE table_type WHEN 'BASE TABLE' THEN 'TABLE' ELSE table_type END AS table_type, CAST(NULL AS VARCHAR) AS remarks
  FROM _redshift.all_relations;

CREATE OR REPLACE VIEW _redshift.svv_redshift_tables AS
  SELECT database_name, schema_name, table_name, table_type, table_acl, remarks FROM _redshift.svv_all_tables;

CREATE OR REPLACE VIEW _redshift.svv_all_columns AS
  SELECT 'dev' AS database_name, schema_name, table_name, column_name, ordinal_position, column_default,
    CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS is_nullable, data_type, character_maximum_length, numeric_precision,
    numeric_scale, CAST(NULL AS VARCHAR) AS remarks
  FROM _redshift.sized_columns;

CREATE OR REPLACE VIEW _redshift.svv_redshift_columns AS
  SELECT 'dev' AS database_name, schema_name, table_name, column_name, ordinal_position, full_type AS data_type, column_default,
    CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS is_nullable, 'none' AS encoding, is_dist_key AS distkey,
    CAST(sort_position AS INTEGER) AS sortkey, CAST(NULL AS VARCHAR) AS column_acl, CAST(NULL AS VARCHAR) AS remarks
  FROM _redshift.sized_columns;

CREATE OR REPLACE VIEW _redshift.svv_all_schemas AS
  SELECT 'dev' AS database_name, schema_name, 100 AS schema_owner, 'local' AS schema_type, CAST(NULL AS VARCHAR) AS schema_acl,
    CAST(NULL AS VARCHAR) AS source_database, CAST(NULL AS VARCHAR) AS schema_option
  FROM _redshift.all_schemas;

CREATE OR REPLACE VIEW _redshift.svv_redshift_schemas AS
  SELECT database_name, schema_name, schema_owner, schema_type, schema_acl, schema_option FROM _redshift.svv_all_schemas;

CREATE OR REPLACE VIEW _redshift.svv_redshift_databases AS
  SELECT 'dev' AS database_name, 100 AS database_owner, 'local' AS database_type, CAST(NULL AS VARCHAR) AS database_acl,
    CAST(NULL AS VARCHAR) AS database_options, 'Serializable' AS database_isolation_level;

CREATE OR REPLACE VIEW _redshift.svv_user_info AS
  SELECT 'awsuser' AS user_name, 100 AS user_id, true AS createdb, true AS superuser, false AS catalog_update_privilege;

-- Redshift leaves out empty tables here.
CREATE OR REPLACE VIEW _redshift.svv_table_info AS
  SELECT 'dev' AS database, schema_name AS schema, CAST(table_oid AS INTEGER) AS table_id, table_name AS "table", 'N' AS encoded,
    CASE coalesce(info ->> 'dist_style', 'auto') WHEN 'key' THEN 'KEY(' || (info ->> 'dist_key') || ')' WHEN 'auto' THEN 'AUTO(ALL)'
      ELSE upper(info ->> 'dist_style') END AS diststyle,
    info ->> '$.sort_key[0]' AS sortkey1,
    (SELECT CAST(coalesce(max(c.character_maximum_length), 0) AS INTEGER) FROM _redshift.sized_columns AS c
     WHERE c.schema_name = r.schema_name AND c.table_name = r.table_name AND c.data_type = 'character varying') AS max_varchar,
    CASE WHEN info ->> '$.sort_key[0]' IS NOT NULL THEN 'none' END AS sortkey1_enc,
    CAST(coalesce(json_array_length(info, '$.sort_key'), 0) AS INTEGER) AS sortkey_num,
    CAST(NULL AS BIGINT) AS size, CAST(NULL AS DECIMAL(10,4)) AS pct_used, 0 AS empty, CAST(NULL AS DECIMAL(5,2)) AS unsorted,
    CAST(0 AS DECIMAL(5,2)) AS stats_off, CAST(rows AS DECIMAL(38,0)) AS tbl_rows, CAST(NULL AS DECIMAL(19,2)) AS skew_sortkey1,
    CAST(NULL AS DECIMAL(19,2)) AS skew_rows, CAST(rows AS DECIMAL(38,0)) AS estimated_visible_rows, CAST(NULL AS VARCHAR) AS risk_event,
    CAST(NULL AS DECIMAL(12,2)) AS vacuum_sort_benefit, CAST(NULL AS TIMESTAMP) AS create_time
  FROM _redshift.all_relations AS r WHERE table_type = 'BASE TABLE' AND rows > 0;

-- PG -------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE VIEW _redshift.pg_tables AS
  SELECT schema_name AS schemaname, table_name AS tablename, 'awsuser' AS tableowner, CAST(NULL AS VARCHAR) AS tablespace,
    false AS hasindexes, false AS hasrules, false AS hastriggers
  FROM _redshift.all_relations WHERE table_type <> 'VIEW';

CREATE OR REPLACE VIEW _redshift.pg_views AS
  SELECT schema_name AS schemaname, table_name AS viewname, 'awsuser' AS viewowner, definition
  FROM _redshift.all_relations WHERE table_type = 'VIEW';

-- Of the schemas on the search path alone, as in Redshift.
CREATE OR REPLACE VIEW _redshift.pg_table_def AS
  SELECT schema_name AS schemaname, table_name AS tablename, column_name AS "column", full_type AS "type", 'none' AS encoding,
    is_dist_key AS distkey, CAST(sort_position AS INTEGER) AS sortkey, NOT is_nullable AS "notnull"
  FROM _redshift.sized_columns WHERE kind = 'BASE TABLE' AND list_contains(current_schemas(true), schema_name);

CREATE OR REPLACE VIEW _redshift.pg_namespace AS
  SELECT CAST(oid AS BIGINT) AS oid, schema_name AS nspname, 100 AS nspowner, CAST(NULL AS VARCHAR) AS nspacl FROM _redshift.all_schemas;

CREATE OR REPLACE VIEW _redshift.pg_class AS
  SELECT CAST(table_oid AS BIGINT) AS oid, table_name AS relname, CAST(schema_oid AS BIGINT) AS relnamespace, 100 AS relowner,
    CAST(table_oid AS BIGINT) AS relfilenode, CAST(coalesce(rows, 0) AS REAL) AS reltuples,
    CASE table_type WHEN 'VIEW' THEN 'v' ELSE 'r' END AS relkind,
    CAST((SELECT count(*) FROM _redshift.all_columns AS c WHERE c.schema_name = r.schema_name AND c.table_name = r.table_name) AS SMALLINT)
      AS relnatts, false AS relhasindex, CAST(NULL AS VARCHAR) AS relacl,
    CAST(CASE coalesce(info ->> 'dist_style', 'auto') WHEN 'even' THEN 0 WHEN 'key' THEN 1 WHEN 'all' THEN 8 ELSE 10 END AS SMALLINT) AS reldiststyle
  FROM _redshift.all_relations AS r;

CREATE OR REPLACE VIEW _redshift.pg_attribute AS
  SELECT CAST(table_oid AS BIGINT) AS attrelid, column_name AS attname, CAST(t.oid AS BIGINT) AS atttypid, CAST(ordinal_position AS SMALLINT) AS attnum,
    CAST(CASE WHEN character_maximum_length IS NOT NULL THEN character_maximum_length + 4
         WHEN data_type = 'numeric' THEN numeric_precision * 65536 + numeric_scale + 4 ELSE -1 END AS INTEGER) AS atttypmod,
    NOT is_nullable AS attnotnull, column_default IS NOT NULL AS atthasdef, false AS attisdropped, is_dist_key AS attisdistkey,
    CAST(sort_position AS INTEGER) AS attsortkeyord
  FROM _redshift.sized_columns AS c LEFT JOIN _redshift.type_names AS t ON t.long_name = c.data_type;

CREATE OR REPLACE VIEW _redshift.pg_type AS
  SELECT CAST(oid AS BIGINT) AS oid, typname, CAST(11 AS BIGINT) AS typnamespace FROM _redshift.type_names;

CREATE OR REPLACE VIEW _redshift.pg_database AS
  SELECT CAST(1 AS BIGINT) AS oid, 'dev' AS datname, 100 AS datdba, 6 AS "encoding", false AS datistemplate, true AS datallowconn;

CREATE OR REPLACE VIEW _redshift.pg_user AS
  SELECT 'awsuser' AS usename, 100 AS usesysid, true AS usecreatedb, true AS usesuper, false AS usecatupd, '********' AS passwd,
    CAST(NULL AS TIMESTAMP) AS valuntil, CAST(NULL AS VARCHAR) AS useconfig;

CREATE OR REPLACE VIEW _redshift.pg_user_info AS
  SELECT usename, usesysid, usecreatedb, usesuper, usecatupd, passwd, valuntil, useconfig, 'UNLIMITED' AS useconnlimit FROM _redshift.pg_user;

CREATE OR REPLACE VIEW _redshift.pg_group AS
  SELECT CAST(NULL AS VARCHAR) AS groname, CAST(NULL AS INTEGER) AS grosysid, CAST(NULL AS VARCHAR) AS grolist WHERE false;

-- SYS: from the engine's own log (history.py). Nothing queues, and nothing is billed.

CREATE OR REPLACE VIEW _redshift.sys_query_history AS
  SELECT 100 AS user_id, query_id, query_label, transaction_id, session_id, 'dev' AS database_name,
    CASE WHEN regexp_matches(word, '^(select|with|\()') THEN CASE WHEN regexp_matches(lower(bare), '\sinto\s+\S+\s+from\s') THEN 'CTAS' ELSE 'SELECT' END
         WHEN regexp_matches(lower(bare), '^create\s+(local\s+)?(temp\s+|temporary\s+)?table\s[^(]*\sas\s') THEN 'CTAS'
         WHEN word IN ('insert', 'update', 'delete', 'merge') THEN upper(word)
         WHEN word IN ('create', 'alter', 'drop', 'truncate', 'comment') THEN 'DDL'
         ELSE 'UTILITY' END AS query_type,
    status, false AS result_cache_hit, start_time, start_time + to_microseconds(elapsed_time) AS end_time, elapsed_time,
    CAST(0 AS BIGINT) AS queue_time, elapsed_time - compile_time AS execution_time, error_message, returned_rows,
    CAST(NULL AS BIGINT) AS returned_bytes, query_text, CAST(NULL AS VARCHAR) AS redshift_version, CAST(NULL AS VARCHAR) AS usage_limit,
    'primary' AS compute_type, compile_time, CAST(0 AS BIGINT) AS planning_time, CAST(0 AS BIGINT) AS lock_wait_time,
    CAST(NULL AS INTEGER) AS service_class_id, CAST(NULL AS VARCHAR) AS service_class_name, CAST(NULL AS VARCHAR) AS query_priority,
    CAST(NULL AS VARCHAR) AS short_query_accelerated, md5(query_text) AS user_query_hash, CAST(NULL AS VARCHAR) AS generic_query_hash,
    CAST(NULL AS INTEGER) AS query_hash_version, 'awsuser' AS username
  FROM (
    SELECT *, ltrim(regexp_replace(query_text, '^(\s|--[^\n]*\n|/\*([^*]|\*[^/])*\*/)*', '')) AS bare,
      lower(regexp_extract(ltrim(regexp_replace(query_text, '^(\s|--[^\n]*\n|/\*([^*]|\*[^/])*\*/)*', '')), '^([a-zA-Z]+|\()')) AS word
    FROM _redshift.query_log
  );

-- A minute in which anything ran is a row; a second of work is a unit of compute, and costs nothing.
CREATE OR REPLACE VIEW _redshift.sys_serverless_usage AS
  SELECT date_trunc('minute', start_time) AS start_time, date_trunc('minute', start_time) + INTERVAL 1 MINUTE AS end_time,
    CAST(sum(elapsed_time) / 1000000.0 AS DOUBLE) AS compute_seconds, CAST(1 AS DOUBLE) AS compute_capacity,
    CAST((SELECT sum(total_blocks * block_size) FROM pragma_database_size()) / 1048576 AS INTEGER) AS data_storage,
    0 AS cross_region_transferred_data, 0 AS charged_seconds
  FROM _redshift.query_log GROUP BY 1, 2;
