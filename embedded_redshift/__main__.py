"""``python -m embedded_redshift FILE``: an SQL shell."""

import sys

from embedded_redshift.shell import main

if __name__ == "__main__":
    sys.exit(main())
