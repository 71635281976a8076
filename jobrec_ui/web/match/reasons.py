"""Why a match got its score: a small signed chart, and the same in sentences."""

import pandas as pd
import streamlit as st

from jobrec_ui.web import text
from jobrec_ui.web.match import charts

_MOST = 8
# Less than a tenth of a point is not worth a sentence.
_NEGLIGIBLE = 0.001


def show_reasons(reasons: pd.DataFrame, *, by_likeness: bool = False) -> None:
    """``reasons`` from matching.explain: strongest first, contributions in score points (0 to 1).

    ``by_likeness``: no model gave the score, so that they are compared with somebody of whom nothing is known.
    """
    strong = reasons[reasons["contribution"].abs() >= _NEGLIGIBLE].head(_MOST)
    if strong.empty:
        st.caption(
            "No model yet: sorted by likeness. Nothing that is known of this person is like the posting."
            if by_likeness
            else "Nothing about this match stands out: its score is close to that of a typical one."
        )
        return
    for_it, against = strong[strong["contribution"] > 0], strong[strong["contribution"] < 0]
    st.altair_chart(charts.contributions(strong, most=_MOST), alt=_takeaway(for_it, against), key="reasons_chart")
    for title, icon, color, rows in (
        ("What speaks for this match", "add_circle", "green", for_it),
        ("What speaks against it", "do_not_disturb_on", "orange", against),
    ):
        if not rows.empty:
            lines = [
                f":{color}[:material/{icon}:] {text.plain(row.sentence)} :gray[{charts.signed(row.contribution * 100)}]"
                for row in rows.itertuples()
            ]
            st.markdown(f"**{title}**\n\n" + "  \n".join(lines))
    st.caption(
        "No model yet: sorted by likeness. The numbers are points of the score: how like the posting their words and "
        "skills are, and those of their earlier postings."
        if by_likeness
        else "The numbers are points of the score, compared with a typical pair. They show what the model used, "
        "not what causes success in the job."
    )


def _takeaway(for_it: pd.DataFrame, against: pd.DataFrame) -> str:
    best = f"mostly raised by {for_it['label'].iloc[0].lower()}" if not for_it.empty else "raised by nothing"
    worst = f"mostly lowered by {against['label'].iloc[0].lower()}" if not against.empty else "lowered by nothing"
    return f"Reasons for the score: {best}, {worst}"
