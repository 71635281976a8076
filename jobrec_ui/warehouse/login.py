"""Who the app is to AWS and to the warehouse: temporary credentials, and the user and password of a secret."""

import functools
import json
import logging
import threading
import time
from typing import Any

from jobrec_ui.errors import WarehouseError
from jobrec_ui.settings import Aws, Login

SECRET_LIFE = 300  # seconds for which a secret's answer is kept: it may be rotated

# At DEBUG these write down what they send and get: secrets, tokens, people's data. They do not, however much is logged.
for _library in ("boto3", "botocore", "urllib3", "redshift_connector"):
    logging.getLogger(_library).setLevel(logging.INFO)


@functools.cache
def session(aws: Aws) -> Any:
    """boto3's session with the configured profile and region, in the assumed role if there is one.

    An assumed role's credentials renew themselves. Raises WarehouseError if AWS gives none.
    """
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        own = boto3.Session(profile_name=aws.profile or None, region_name=aws.region or None)
        if not aws.assume_role:
            return own
        from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials
        from botocore.session import Session

        if (source := own.get_credentials()) is None:
            raise WarehouseError("This machine has no AWS credentials with which to take on the role of the settings.")
        fetcher = AssumeRoleCredentialFetcher(
            client_creator=own._session.create_client,
            source_credentials=source,
            role_arn=aws.assume_role,
            extra_args={"RoleSessionName": "jobrec_ui"},
        )
        assumed = Session(profile=aws.profile or None)
        assumed._credentials = DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")
        return boto3.Session(botocore_session=assumed, region_name=own.region_name)
    except (BotoCoreError, ClientError) as error:
        raise WarehouseError(f"AWS gives the app no credentials: {error}") from error


def client(aws: Aws, service: str) -> Any:
    """A client of an AWS service."""
    return session(aws).client(service)


class Credentials:
    """Completes the driver's arguments just before each connection is made, so that what expires is always fresh."""

    def __init__(self, login: Login, aws: Aws) -> None:
        self._login, self._aws = login, aws
        self._lock = threading.Lock()
        self._secret: dict[str, str] = {}
        self._fetched = float("-inf")

    def complete(self, arguments: dict[str, Any]) -> None:
        """Puts user and password, or AWS credentials for a temporary login, into them. Raises WarehouseError."""
        if arguments.get("iam"):
            self._as_aws(arguments)
        elif arguments.get("password"):
            return
        elif self._login.secret_id:
            secret = self._of_secret()
            arguments |= {"user": secret["username"], "password": secret["password"]}
            for name, key in (("host", "host"), ("port", "port"), ("database", "dbname")):
                if not arguments.get(name) and secret.get(key):
                    arguments[name] = int(secret[key]) if name == "port" else secret[key]
        elif self._login.password:
            arguments["password"] = self._login.password

    def _as_aws(self, arguments: dict[str, Any]) -> None:
        if self._aws.region:
            arguments.setdefault("region", self._aws.region)
        if self._aws.assume_role:
            from botocore.exceptions import BotoCoreError, ClientError

            try:
                now = session(self._aws).get_credentials().get_frozen_credentials()
            except (BotoCoreError, ClientError) as error:
                raise WarehouseError(f"AWS does not let the app take on the role {self._aws.assume_role}.") from error
            arguments |= {
                "access_key_id": now.access_key,
                "secret_access_key": now.secret_key,
                "session_token": now.token,
            }
        elif self._aws.profile:
            arguments.setdefault("profile", self._aws.profile)

    def _of_secret(self) -> dict[str, str]:
        from botocore.exceptions import BotoCoreError, ClientError

        with self._lock:
            if time.monotonic() - self._fetched < SECRET_LIFE:
                return self._secret
            try:
                answer = client(self._aws, "secretsmanager").get_secret_value(SecretId=self._login.secret_id)
            except (BotoCoreError, ClientError) as error:
                why = getattr(error, "response", {}).get("Error", {}).get("Code", type(error).__name__)
                raise WarehouseError(
                    f"AWS Secrets Manager does not give the secret {self._login.secret_id} ({why}). "
                    "The app needs secretsmanager:GetSecretValue on it."
                ) from error
            try:
                secret = json.loads(answer["SecretString"])
                self._secret = {key: str(value) for key, value in secret.items()}
                self._secret["username"], self._secret["password"]
            except (KeyError, ValueError, AttributeError):
                raise WarehouseError(
                    f"The secret {self._login.secret_id} should be JSON with username and password."
                ) from None
            self._fetched = time.monotonic()
            return self._secret

    def forget(self) -> None:
        """Asks Secrets Manager again next time: the login was refused, so the password may have been rotated."""
        with self._lock:
            self._fetched = float("-inf")
