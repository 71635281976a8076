"""Reports, for admins: what recruiters found wrong with which match, and who exported what."""

import pandas as pd
import streamlit as st

from jobrec_ui.web import cached, page, session, text

user = session.require("admin")
url, timezone = page.warehouse_url(), st.context.timezone

st.header("What recruiters found wrong", icon=":material/flag:", anchor=False)
reports = cached.desk.reports(url, user.role, page.viewer(user).blind)
if reports.empty:
    st.caption("Nobody has reported a wrong reason or a match that is not for its posting.")
else:
    st.markdown("Reasons that are wrong, and people who are not for a posting. The link opens the match.")
    st.dataframe(
        pd.DataFrame(
            {
                "what": reports["decision"].map({"wrong_reason": "Wrong reason", "not_for_posting": "Not for posting"}),
                "reason": reports["reason"],
                "posting": reports["title"].where(reports["title"].notna(), reports["posting_id"]),
                "candidate": reports["candidate_id"],
                "score": (reports["score"] * 100).round(1),
                "rank": reports["rank"],
                "model": reports["model_version"],
                "by": reports["username"],
                "at": [text.moment(at, timezone) for at in reports["decided_at"]],
                "match": [
                    "/match_candidates?" + text.query_of({"posting": posting, "open": candidate})
                    for posting, candidate in zip(reports["posting_id"], reports["candidate_id"], strict=True)
                ],
            }
        ),
        hide_index=True,
        column_config={
            "what": st.column_config.TextColumn("Report", width=120),
            "reason": st.column_config.TextColumn("What they say", width=360),
            "posting": st.column_config.TextColumn("Posting", width=180),
            "candidate": st.column_config.TextColumn("Candidate number", width=130),
            "score": st.column_config.NumberColumn("Score", format="%.0f", width=60),
            "rank": st.column_config.NumberColumn("Rank", width=60),
            "model": st.column_config.NumberColumn("Model version", width=80),
            "by": st.column_config.TextColumn("By", width=110),
            "at": st.column_config.TextColumn("When", width=150),
            "match": st.column_config.LinkColumn("Match", display_text="Open", width=70),
        },
        placeholder="",
        alt="Reports of recruiters",
    )

st.header("Audit log", icon=":material/history_edu:", anchor=False)
log = cached.access.audit_log(url, user.role)
if log.empty:
    st.caption("Nothing was exported yet.")
else:
    st.dataframe(
        log.assign(occurred_at=[text.moment(at, timezone) for at in log["occurred_at"]]),
        hide_index=True,
        column_config={
            "occurred_at": st.column_config.TextColumn("When", width=160),
            "username": st.column_config.TextColumn("Who", width=120),
            "action": st.column_config.TextColumn("What", width=150),
            "subject": st.column_config.TextColumn("Of", width=240),
            "detail": st.column_config.TextColumn("How", width=520),
        },
        placeholder="",
        alt="Who exported what",
    )
