"""The errors that users may see: each message is one or two sentences that say what is wrong, where, and what to do."""


class JobrecError(Exception):
    """Something went wrong and the message explains it to the person at the screen."""


class InputError(JobrecError):
    """What the user gave (a file, a filter, an id, an option) cannot be used as it is."""


class WarehouseError(JobrecError):
    """The warehouse refused or could not finish a statement. ``__cause__`` is the driver's own error.

    statement: how the statement begins that it refused, file: the file of sql/ that it stands in; "" if it was none.
    """

    statement = file = ""

    def in_full(self) -> str:
        """The message with the statement that was refused, for who may change the warehouse."""
        if not self.statement:
            return str(self)
        where = f" (sql/{self.file}.sql)" if self.file else ""
        return f"The warehouse refused {self.statement}{where}: {self}"


class NotAllowed(JobrecError):  # noqa: N818 - says what happened
    """The user's role does not permit the action."""
