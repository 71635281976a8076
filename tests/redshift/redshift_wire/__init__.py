"""A server on loopback that speaks Redshift's wire protocol in front of the embedded warehouse: for tests and benches.

messages  how a message is laid out          values   types, their numbers, how a value is written
login     start, TLS, passwords              system   statements about the server, which no table answers
copying   COPY of Parquet from S3            refusals Redshift's fields of an error
backend   one session of the warehouse       client   what one client asks, in turn
server    listens, counts, keeps what was asked, does harm when told
"""

from redshift_wire.login import Access
from redshift_wire.refusals import RefusedError
from redshift_wire.server import RedshiftServer
from redshift_wire.tls import Certificate

__all__ = ["Access", "Certificate", "RedshiftServer", "RefusedError"]
