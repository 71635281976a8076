"""Serves a warehouse's file over the wire, for benches: python -m redshift_wire FILE FOLDER

Writes its certificate into FOLDER, prints its address, and for every line it reads what has gone over the wire so far.
"""

import json
import secrets
import sys
from pathlib import Path

from redshift_wire import Access, Certificate, RedshiftServer


def main(file: Path, folder: Path) -> None:
    certificate = Certificate.make(folder)
    server = RedshiftServer(file, Access({"bench": secrets.token_urlsafe(12)}, tls=certificate.context))
    server.start()
    print(json.dumps({"url": server.url(), "certificate": str(certificate.path)}), flush=True)
    for _line in sys.stdin:
        print(json.dumps(vars(server.counts)), flush=True)
    server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
