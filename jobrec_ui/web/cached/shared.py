"""Ways to share an answer: of a service, for each address and data version; of a costly object, as the same object."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web.cached.connection import warehouse

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Made = TypeVar("Made")


def by_data_version(
    service: Callable[Concatenate[Warehouse, Asked], Answer], *, seconds: float, entries: int
) -> Callable[Concatenate[str, int, Asked], Answer]:
    """``service`` with the warehouse's address and the data version in the place of the warehouse, cached so long."""

    def ask(url: str, data_version: int, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        return service(warehouse(url), *args, **kwargs)

    # Streamlit tells cached functions apart by these.
    ask.__module__, ask.__qualname__, ask.__doc__ = service.__module__, service.__qualname__, service.__doc__
    return st.cache_data(ttl=seconds, max_entries=entries, show_spinner=False)(ask)


def same_object(asked: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What ``make`` makes, made once, and then the same object for everybody: to get it again costs nothing.

    ``asked`` is all that it depends on, who may see it included; their repr tells one from another. Nobody may change
    what comes back.
    """
    kept = object_store(repr(asked))
    if not kept:
        kept.append(make())
    made: Made = kept[0]
    return made


@st.cache_resource(ttl=600, max_entries=200, show_spinner=False)
def object_store(asked: str) -> list[Any]:
    """Where :func:`same_object` keeps what it made for ``asked``."""
    return []
