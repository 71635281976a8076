-- DuckDB macros for Redshift behaviour that is too long to write inline.
-- Made when a warehouse is opened; one that uses another stands behind it. Errors are raised in Redshift's words.

-- Errors in Redshift's words. DuckDB's own error() may not stand in the ORDER BY of a window, since it is volatile: a
-- conversion that fails may. about: any value of the row that is not NULL, or DuckDB would convert beforehand.
CREATE OR REPLACE MACRO _redshift.fail_number(message, about) AS
  CAST('redshift: ' || message || left(CAST(about AS VARCHAR), 0) AS INTEGER);
CREATE OR REPLACE MACRO _redshift.fail_text(message, about) AS
  CAST(_redshift.fail_number(message, about) AS VARCHAR);
CREATE OR REPLACE MACRO _redshift.fail_boolean(message, about) AS
  CAST(_redshift.fail_number(message, about) AS BOOLEAN);

-- Trailing blanks do not count in comparisons; testing first is far cheaper than trimming each value.
CREATE OR REPLACE MACRO _redshift.bare(x) AS
  CASE WHEN suffix(x, ' ') THEN rtrim(x, ' ') ELSE x END;

-- The longest prefix of whole characters that fits n bytes: of the first n + 1 bytes the last character is left out, with
-- what there is of it. x must not be written out often, which takes long to plan.
CREATE OR REPLACE MACRO _redshift.cut(x, n) AS
  CASE WHEN strlen(x) <= n THEN x
       WHEN x IS NOT NULL
       THEN decode(unhex(regexp_replace(hex(encode(x)[1:n + 1]), '[0-7C-F][0-9A-F]([89AB][0-9A-F])*$', ''))) END;

-- A value written to a VARCHAR(n) or CHAR(n) column; only blanks may be cut off.
CREATE OR REPLACE MACRO _redshift.fit(x, n, kind) AS
  CASE WHEN strlen(x) <= n THEN x
       WHEN strlen(rtrim(x, ' ')) <= n THEN _redshift.cut(x, n)
       WHEN x IS NULL THEN NULL
       ELSE _redshift.fail_text('value too long for type ' || kind, x) END;

CREATE OR REPLACE MACRO _redshift.to_integer(x) AS
  CASE WHEN x IS NULL THEN NULL
       WHEN regexp_full_match(x, '\s*[+-]?[0-9]+\s*') THEN CAST(trim(x) AS HUGEINT)
       ELSE _redshift.fail_number('invalid input syntax for integer: "' || x || '"', x) END;

-- The text if it is a whole number; NULL if not.
CREATE OR REPLACE MACRO _redshift.digits_only(x) AS
  CASE WHEN regexp_full_match(x, '\s*[+-]?[0-9]+\s*') THEN trim(x) END;

CREATE OR REPLACE MACRO _redshift.to_boolean(x) AS
  CASE WHEN x IS NULL THEN NULL
       WHEN lower(trim(x)) IN ('t', 'true', 'y', 'yes', '1') THEN true
       WHEN lower(trim(x)) IN ('f', 'false', 'n', 'no', '0') THEN false
       ELSE _redshift.fail_boolean('invalid input syntax for type boolean: "' || x || '"', x) END;

-- 1.0 is written 1. digits: 15 for DOUBLE PRECISION and 6 for REAL, as extra_float_digits = 0 has it.
CREATE OR REPLACE MACRO _redshift.float_text(x, digits) AS
  CASE WHEN isnan(x) THEN 'NaN'
       WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END
       ELSE printf('%.' || digits || 'g', CAST(x AS DOUBLE)) END;

CREATE OR REPLACE MACRO _redshift.divisor(x) AS
  CASE WHEN x = 0 THEN _redshift.fail_number('Divide by zero', x) ELSE x END;

CREATE OR REPLACE MACRO _redshift.antilogarithm(x) AS
  CASE WHEN x > 0 THEN x
       WHEN x = 0 THEN _redshift.fail_number('cannot take logarithm of zero', x)
       WHEN x < 0 THEN _redshift.fail_number('cannot take logarithm of a negative number', x) END;

CREATE OR REPLACE MACRO _redshift.finite(x) AS
  CASE WHEN isfinite(x) THEN x WHEN x IS NOT NULL THEN _redshift.fail_number('value out of range', x) END;

-- The root of a cube is a whole number.
CREATE OR REPLACE MACRO _redshift.cube_root(x) AS
  CASE WHEN power(round(cbrt(x)), 3) = x THEN round(cbrt(x)) ELSE cbrt(x) END;

CREATE OR REPLACE MACRO _redshift.radicand(x) AS
  CASE WHEN x < 0 THEN _redshift.fail_number('cannot take square root of a negative number', x) ELSE x END;

-- Division of values whose types are known at run time only (bound parameters).
CREATE OR REPLACE MACRO _redshift.quotient(a, b) AS
  CASE WHEN typeof(a) IN ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT')
        AND typeof(b) IN ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT')
       THEN trunc(CAST(a AS DOUBLE) / CAST(b AS DOUBLE))
       ELSE CAST(a AS DOUBLE) / CAST(b AS DOUBLE) END;

-- SUPER ---------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE MACRO _redshift.parse(x) AS
  CASE WHEN x IS NULL THEN NULL
       WHEN json_valid(x) THEN CAST(x AS JSON)
       ELSE error('Invalid JSON: ' || x[1:100]) END;

CREATE OR REPLACE MACRO _redshift.super_text(j) AS
  CASE WHEN json_type(j) IN ('OBJECT', 'ARRAY') THEN NULL ELSE j ->> '$' END;

CREATE OR REPLACE MACRO _redshift.super_string(j) AS
  CASE WHEN json_type(j) = 'VARCHAR' THEN j ->> '$' END;

CREATE OR REPLACE MACRO _redshift.super_number(j) AS
  CASE WHEN json_type(j) IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE') THEN TRY_CAST(j ->> '$' AS DOUBLE) END;

CREATE OR REPLACE MACRO _redshift.super_boolean(j) AS
  CASE WHEN json_type(j) = 'BOOLEAN' THEN CAST(j ->> '$' AS BOOLEAN)
       WHEN json_type(j) IN ('BIGINT', 'UBIGINT') THEN TRY_CAST(j ->> '$' AS HUGEINT) <> 0
       WHEN json_type(j) = 'VARCHAR' THEN TRY_CAST(j ->> '$' AS BOOLEAN) END;

CREATE OR REPLACE MACRO _redshift.super_items(j) AS
  CASE WHEN json_type(j) = 'ARRAY' THEN CAST(j AS JSON[]) END;

CREATE OR REPLACE MACRO _redshift.super_keys(j) AS
  CASE WHEN json_type(j) = 'OBJECT' THEN json_keys(j) ELSE [] END;

CREATE OR REPLACE MACRO _redshift.super_type(j) AS
  CASE WHEN json_type(j) IN ('ARRAY', 'OBJECT', 'BOOLEAN', 'NULL') THEN lower(json_type(j))
       WHEN json_type(j) = 'VARCHAR' THEN 'string'
       WHEN j IS NOT NULL THEN 'number' END;

-- Booleans come first, then numbers, strings, arrays, objects (page query-super, order by).
CREATE OR REPLACE MACRO _redshift.super_rank(j) AS
  CASE json_type(j) WHEN 'BOOLEAN' THEN 1 WHEN 'VARCHAR' THEN 3 WHEN 'ARRAY' THEN 4 WHEN 'OBJECT' THEN 5
       WHEN 'NULL' THEN NULL ELSE CASE WHEN j IS NOT NULL THEN 2 END END;

-- Numbers in text -----------------------------------------------------------------------------------------------------

CREATE OR REPLACE MACRO _redshift.from_hex(x) AS
  CASE WHEN x IS NULL THEN NULL
       WHEN regexp_full_match(x, '(0[xX])?[0-9a-fA-F]+') THEN CAST('0x' || regexp_replace(x, '^-?(0[xX])?', '') AS BIGINT)
       WHEN regexp_full_match(x, '-(0[xX])?[0-9a-fA-F]+') THEN -CAST('0x' || regexp_replace(x, '^-?(0[xX])?', '') AS BIGINT)
       ELSE _redshift.fail_number('The input ' || x || ' is not valid to be converted to base 16', x) END;

CREATE OR REPLACE MACRO _redshift.digit_values(x) AS
  list_transform(string_split(lower(ltrim(x, '+-')), ''),
                 lambda c: CAST(strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1 AS HUGEINT));

CREATE OR REPLACE MACRO _redshift.from_base(x, b) AS
  CASE WHEN x IS NULL OR b IS NULL THEN NULL
       WHEN b < 2 OR b > 36 THEN _redshift.fail_number('STRTOL: base must be from 2 to 36', x)
       WHEN ltrim(x, '+-') = '' OR len(list_filter(_redshift.digit_values(x), lambda d: d < 0 OR d >= b)) > 0
       THEN _redshift.fail_number('The input ' || x || ' is not valid to be converted to base ' || b, x)
       ELSE CAST(list_reduce(list_prepend(CAST(0 AS HUGEINT), _redshift.digit_values(x)), lambda a, d: a * b + d)
                 * CASE WHEN x[1] = '-' THEN -1 ELSE 1 END AS BIGINT) END;

-- TO_CHAR of numbers: 9.5 is ' 9.50' in the format 9.99; '#' where the digits do not fit.
CREATE OR REPLACE MACRO _redshift.padded(text, width, fill) AS
  CASE WHEN fill THEN text ELSE lpad(text, CAST(greatest(width, length(text)) AS INTEGER), ' ') END;

CREATE OR REPLACE MACRO _redshift.signed(v, sign, fill, width, text) AS
  CASE sign
    WHEN '' THEN _redshift.padded(CASE WHEN v < 0 THEN '-' WHEN fill THEN '' ELSE ' ' END || text, width + 1, fill)
    WHEN 'S<' THEN _redshift.padded(CASE WHEN v < 0 THEN '-' ELSE '+' END || text, width + 1, fill)
    WHEN 'S>' THEN _redshift.padded(text || CASE WHEN v < 0 THEN '-' ELSE '+' END, width + 1, fill)
    WHEN 'MI<' THEN CASE WHEN v < 0 THEN '-' WHEN fill THEN '' ELSE ' ' END || _redshift.padded(text, width, fill)
    ELSE _redshift.padded(text, width, fill) || CASE WHEN v < 0 THEN '-' WHEN fill THEN '' ELSE ' ' END END;

CREATE OR REPLACE MACRO _redshift.whole_digits(v, zeros, commas) AS
  CASE WHEN v < 1 AND zeros = 0 THEN ''
       WHEN commas THEN format('{:,}', CAST(trunc(v) AS BIGINT))
       ELSE lpad(CAST(CAST(trunc(v) AS HUGEINT) AS VARCHAR),
                 CAST(greatest(zeros, length(CAST(CAST(trunc(v) AS HUGEINT) AS VARCHAR))) AS INTEGER), '0') END;

CREATE OR REPLACE MACRO _redshift.place_digits(v, places) AS
  lpad(CAST(CAST((v - trunc(v)) * power(10, places) AS BIGINT) AS VARCHAR), CAST(places AS INTEGER), '0');

-- FM leaves out zeros at the end, but for those that the format writes 0 for.
CREATE OR REPLACE MACRO _redshift.digits(v, places, zeros, commas, fill, keep) AS
  CASE WHEN v < 1 AND places = 0 AND zeros = 0 THEN '0' ELSE _redshift.whole_digits(v, zeros, commas) END
  || CASE WHEN places = 0 THEN ''
          WHEN fill THEN '.' || rpad(rtrim(_redshift.place_digits(v, places), '0'),
                                     CAST(greatest(keep, length(rtrim(_redshift.place_digits(v, places), '0'))) AS INTEGER), '0')
          ELSE '.' || _redshift.place_digits(v, places) END;

CREATE OR REPLACE MACRO _redshift.number_text(v, places, whole, zeros, commas, fill, sign, point, keep, mask) AS
  CASE WHEN v IS NULL THEN NULL
       ELSE _redshift.signed(v, sign, fill, length(mask),
              CASE WHEN round(abs(v), places) >= power(10, whole) THEN mask
                   ELSE _redshift.digits(round(abs(v), places), places, zeros, commas, fill, keep)
                        || CASE WHEN point AND places = 0 THEN '.' ELSE '' END END) END;

-- Texts ---------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE MACRO _redshift.ascii_lower(x) AS
  translate(x, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');

-- How many characters LEFT and RIGHT take: DuckDB would count a negative number from the other end.
CREATE OR REPLACE MACRO _redshift.characters(n) AS
  CASE WHEN n < 0 THEN _redshift.fail_number('the number of characters must not be negative', n) ELSE n END;

CREATE OR REPLACE MACRO _redshift.initcap(x) AS
  array_to_string(list_transform(regexp_extract_all(lower(x), '[\pL\pN]+|[^\pL\pN]+'),
                                 lambda w: upper(w[1]) || w[2:]), '');

CREATE OR REPLACE MACRO _redshift.slice(x, s, n) AS
  CASE WHEN n < 0 THEN _redshift.fail_text('negative substring length not allowed', n)
       WHEN x IS NULL OR s IS NULL OR n IS NULL THEN NULL
       WHEN s + n <= 1 THEN ''
       ELSE substring(x, CAST(greatest(s, 1) AS BIGINT), CAST(s + n - greatest(s, 1) AS BIGINT)) END;

CREATE OR REPLACE MACRO _redshift.part(x, d, n) AS
  CASE WHEN n < 1 THEN _redshift.fail_text('field position must be greater than zero', n) ELSE split_part(x, d, CAST(n AS BIGINT)) END;

CREATE OR REPLACE MACRO _redshift.quote_ident(x) AS
  CASE WHEN regexp_full_match(x, '[a-z_][a-z0-9_]*') THEN x ELSE '"' || replace(x, '"', '""') || '"' END;

CREATE OR REPLACE MACRO _redshift.quote_literal(x) AS
  '''' || replace(replace(x, '\', '\\'), '''', '''''') || '''';

CREATE OR REPLACE MACRO _redshift.listagg_limit(x, n) AS
  CASE WHEN strlen(x) > n THEN _redshift.fail_text('Result size exceeds LISTAGG limit', n) ELSE x END;

CREATE OR REPLACE MACRO _redshift.nth_match(x, found, n) AS
  CASE WHEN n < 1 OR n > length(x) OR found IS NULL THEN NULL WHEN n > len(found) THEN '' ELSE found[n] END;

-- Splitting the text at its matches tells how much stands before the nth one.
CREATE OR REPLACE MACRO _redshift.match_position(x, p, start, n, after) AS
  CASE WHEN x IS NULL THEN NULL
       WHEN n < 1 OR len(regexp_extract_all(x, p)) < n THEN 0
       ELSE CAST(start + list_sum(list_transform(regexp_split_to_array(x, p)[1:n], lambda t: length(t)))
              + coalesce(list_sum(list_transform(regexp_extract_all(x, p)[1:CASE WHEN after THEN n ELSE n - 1 END],
                                                 lambda t: length(t))), 0) AS INTEGER) END;

-- The text, if it begins as the format of TO_DATE and TO_TIMESTAMP says.
CREATE OR REPLACE MACRO _redshift.of_form(x, looks, form) AS
  CASE WHEN x IS NULL OR regexp_matches(x, looks) THEN x
       ELSE _redshift.fail_text('"' || x || '" is not of the form ' || form, x) END;

-- Dates ---------------------------------------------------------------------------------------------------------------

-- The last day of a month stays the last day.
CREATE OR REPLACE MACRO _redshift.add_months(t, n) AS
  CASE WHEN CAST(t AS DATE) = last_day(t)
       THEN CAST(last_day(t + to_months(n)) AS TIMESTAMP) + (t - date_trunc('day', t))
       ELSE t + to_months(n) END;

-- A year from 29 February is 1 March.
CREATE OR REPLACE MACRO _redshift.add_years(t, n) AS
  t + to_years(n) + to_days(CASE WHEN month(t) = 2 AND day(t) = 29 AND day(t + to_years(n)) = 28 THEN 1 ELSE 0 END);

CREATE OR REPLACE MACRO _redshift.months_between(a, b) AS
  CASE WHEN day(a) = day(b) OR (CAST(a AS DATE) = last_day(a) AND CAST(b AS DATE) = last_day(b))
       THEN CAST((year(a) - year(b)) * 12 + month(a) - month(b) AS DOUBLE)
       ELSE (year(a) - year(b)) * 12 + month(a) - month(b) + (day(a) - day(b)) / CAST(31 AS DOUBLE)
            + (epoch(a - date_trunc('day', a)) - epoch(b - date_trunc('day', b))) / CAST(2678400 AS DOUBLE) END;

-- Hashes --------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE MACRO _redshift.signed64(h) AS
  CAST(CASE WHEN h >= 9223372036854775808 THEN h - 18446744073709551616 ELSE h END AS BIGINT);

-- FNV-1a over bytes, in arithmetic modulo 2^64.
CREATE OR REPLACE MACRO _redshift.fnv(bytes, seed) AS
  _redshift.signed64(list_reduce(
    list_prepend(CAST(seed AS HUGEINT) + CASE WHEN seed < 0 THEN 18446744073709551616 ELSE 0 END, bytes),
    lambda h, b: (xor(h, b) * 1099511628211) % 18446744073709551616));

CREATE OR REPLACE MACRO _redshift.fnv_text(x, seed) AS
  CASE WHEN x IS NOT NULL
       THEN _redshift.fnv(list_transform(range(0, strlen(x)),
                          lambda i: CAST('0x' || hex(encode(x))[2 * i + 1:2 * i + 2] AS HUGEINT)), seed) END;

CREATE OR REPLACE MACRO _redshift.fnv_integer(x, width, seed) AS
  CASE WHEN x IS NOT NULL
       THEN _redshift.fnv(list_transform(range(0, width), lambda i: CAST((x >> (8 * i)) & 255 AS HUGEINT)), seed) END;

-- JSON in VARCHAR -----------------------------------------------------------------------------------------------------

CREATE OR REPLACE MACRO _redshift.json_text(x, path, lenient) AS
  CASE WHEN x IS NULL THEN NULL
       WHEN NOT json_valid(x)
       THEN CASE WHEN lenient THEN NULL ELSE error('JSON parsing error: invalid JSON ' || x[1:100]) END
       ELSE coalesce(json_extract_string(x, path), '') END;

CREATE OR REPLACE MACRO _redshift.json_length(x, lenient) AS
  CASE WHEN x IS NULL THEN NULL
       WHEN NOT json_valid(x) OR json_type(x) <> 'ARRAY'
       THEN CASE WHEN lenient THEN NULL ELSE error('invalid json array object ' || x[1:100]) END
       ELSE CAST(json_array_length(x) AS INTEGER) END;
