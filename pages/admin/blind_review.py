"""Blind review: an admin withholds who candidates are from everybody, or lets each recruiter choose."""

import pandas as pd
import streamlit as st

from jobrec_ui.web import blind_review, cached, page, session, text

user = session.require("admin")
url = page.warehouse_url()
status = cached.desk.user_state(url, user.username).blind
st.markdown(
    "In a blind review recruiters see a number such as Candidate 3F2A9C instead of a name. Names, photos, contact "
    "data, school names and words that hint at age or gender stay in the warehouse; nobody can be searched by name; "
    "files have the same gaps. Recruiters can choose it for themselves in the menu with their name, or you ask it of "
    "everybody here."
)
with st.form("blind_everybody"):
    if status.enforced_by is not None:
        since = text.moment(status.since, st.context.timezone)
        st.markdown(
            f"**On for everybody** since {since}, by {text.plain(status.enforced_by)}: {text.plain(status.reason)}"
        )
    else:
        st.markdown("**Off for everybody**: each recruiter chooses.")
    st.text_input("Reason", key="blind_reason", max_chars=text.REASON_LENGTH, placeholder="It is shown to everybody")
    st.form_submit_button(
        "Let everybody choose again" if status.enforced_by else "Ask it of everybody",
        icon=":material/visibility:" if status.enforced_by else ":material/visibility_off:",
        type="primary",
        key="blind_everybody_button",
        on_click=blind_review.switch_for_everybody,
    )
if refused := st.session_state.pop(blind_review.REFUSED, None):
    st.error(refused, icon=":material/error:")

st.subheader("Switched on and off", anchor=False)
latest = cached.access.blind_latest(url, user.role)
if latest.empty:
    st.caption("Nobody has switched it on yet.")
else:
    st.dataframe(
        pd.DataFrame(
            {
                "When": [text.moment(at, st.context.timezone) for at in latest["occurred_at"]],
                "Who": latest["username"],
                "For": latest["subject"].fillna("everybody"),
                "Became": latest["is_on"].map({True: "on", False: "off"}),
                "Reason": latest["reason"],
            }
        ),
        hide_index=True,
        placeholder="",
        alt="When blind review was switched on and off, by whom, for whom and why",
    )
