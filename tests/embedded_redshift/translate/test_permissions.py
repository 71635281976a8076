"""GRANT, REVOKE and roles, as page r_GRANT and page r_CREATE_ROLE have them."""

import pytest

from embedded_redshift.translate import RedshiftSyntaxError


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT SELECT ON TABLE t TO PUBLIC",
        "GRANT SELECT, INSERT ON app.a, app.b TO ROLE recruiter",
        "grant select on all tables in schema app, ml to role recruiter, group g, somebody with grant option",
        "GRANT SELECT (name, email) ON hiring.candidates TO somebody",
        "GRANT ALL PRIVILEGES ON SCHEMA app TO ROLE r",
        "GRANT USAGE, CREATE ON SCHEMA hiring, app TO ROLE r",
        "GRANT CREATE ON DATABASE dev TO ROLE r",
        "GRANT EXECUTE ON FUNCTION f (int, varchar) TO PUBLIC",
        "GRANT EXECUTE ON MODEL ml.match_v1 TO ROLE r",
        "GRANT CREATE MODEL TO ROLE r",
        "GRANT DROP MODEL, CREATE SCHEMA TO ROLE r",
        "GRANT ASSUMEROLE ON 'arn:aws:iam::123456789012:role/x' TO somebody FOR COPY, CREATE MODEL",
        "GRANT ROLE a TO ROLE b",
        "GRANT ROLE a TO somebody",
        "REVOKE SELECT ON t FROM PUBLIC",
        "REVOKE GRANT OPTION FOR SELECT ON t FROM somebody",
    ],
)
def test_grants_are_read_and_change_nothing(warehouse, statement):
    assert warehouse.translate(statement).kind == "noop"


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT SELECT t TO PUBLIC",
        "GRANT SELECT ON t TO ROLE",
        "GRANT EXECUTE ON MODEL TO ROLE r",
        "GRANT ASSUMEROLE ON 'arn' TO ROLE r FOR COPY",
        "GRANT FLY ON t TO PUBLIC",
        "GRANT USAGE ON SCHEMA app",
        "CREATE ROLE IF NOT EXISTS r",
        "CREATE ROLE",
    ],
)
def test_what_redshift_would_not_read_is_refused(warehouse, statement):
    with pytest.raises(RedshiftSyntaxError):
        warehouse.translate(statement)
