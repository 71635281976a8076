"""Asks for passwords on the command line: never as an argument, where others could read them."""

import getpass
import sys

from jobrec_ui.access import accounts
from jobrec_ui.errors import InputError


def new_password(generate: bool) -> str:
    """A password: generated, or typed twice, or the first line of stdin if that is not a terminal.

    Raises InputError if what was typed differs, or stdin is empty.
    """
    if generate:
        return accounts.generate_password()
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise InputError("There is no password on the standard input. Type one, or use --generate.")
        return line
    password = getpass.getpass("New password: ")
    if getpass.getpass("Again: ") != password:
        raise InputError("The two passwords differ. Nothing was changed.")
    return password
