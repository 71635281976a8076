"""The errors that users may see: each message is one or two sentences that say what is wrong, where, and what to do."""


class JobrecError(Exception):
    """Something went wrong and the message explains it to the person at the screen."""


class InputError(JobrecError):
    """What the user gave (a file, a filter, an id, an option) cannot be used as it is."""


class WarehouseError(JobrecError):
    """The warehouse refused or could not finish a statement. ``__cause__`` is the driver's own error."""


class NotAllowed(JobrecError):  # noqa: N818 - says what happened
    """The user's role does not permit the action."""
