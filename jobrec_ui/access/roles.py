"""The role is asked for in the action itself: a decorator for what only admins may do."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from jobrec_ui.access import audit
from jobrec_ui.access.accounts import User
from jobrec_ui.errors import NotAllowed
from jobrec_ui.warehouse import Warehouse

Action = TypeVar("Action", bound=Callable[..., Any])


def require_admin(action: str, subject: str = "") -> Callable[[Action], Action]:
    """Has a function, whose second argument is the user or their role, refuse all but admins.

    ``action`` and ``subject`` say what only they can do; ``subject`` may name arguments: "version {version}". Who was
    refused is in the audit log, where the first argument is the warehouse and the second the user.
    The function raises NotAllowed then.
    """

    def decorate(function: Action) -> Action:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def checked(where: Warehouse | str, who: User | str, *args: Any, **kwargs: Any) -> Any:
            role = who.role if isinstance(who, User) else who
            if role != "admin":
                about = subject.format(**signature.bind(where, who, *args, **kwargs).arguments)
                if isinstance(where, Warehouse) and isinstance(who, User):
                    audit.record(where, who.username, "refused", about, f"{action}: role {role}")
                raise NotAllowed(f"Only people with the role admin can {f'{action} {about}'.strip()}.")
            return function(where, who, *args, **kwargs)

        return checked  # type: ignore[return-value]

    return decorate
