"""python -m jobrec_ui …"""

import sys

from jobrec_ui.commands.cli import main

sys.exit(main())
