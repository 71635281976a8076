"""python -m jobrec_ui …"""

import sys

from jobrec_ui.cli import main

sys.exit(main())
