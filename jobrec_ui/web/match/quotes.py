"""Quotes from the candidate's own text, with the posting's words in it marked."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from jobrec_ui.matching import quotes
from jobrec_ui.web import cached, text


def show(url: str, data_version: int, posting_id: str, candidate: Mapping[str, Any]) -> None:
    """Draws the quotes, if there are any. ``candidate`` is what the viewer may see of one. Raises WarehouseError."""
    words = cached.matching.shared_words(url, data_version, posting_id, candidate["candidate_id"])
    found = quotes.quotes([candidate.get("summary"), candidate.get("headline")], words)
    if not found:
        return
    st.header("In their own words", anchor=False)
    for pieces in found:
        quote = "".join(_marked(piece) for piece in pieces)
        st.markdown(f"> “{quote}”")


def _marked(piece: quotes.Piece) -> str:
    plain = text.plain(piece.text)
    if piece.is_match:
        return f"**:primary-background[{plain}]**"
    before, after = (" " if piece.text[:1].isspace() else ""), (" " if piece.text[-1:].isspace() else "")
    return f"{before}{plain}{after if plain else ''}"
