"""Entry point: page config, login, navigation by role; nothing else."""

import streamlit as st

from jobrec_ui.web import blind_review, session
from jobrec_ui.web.guard import guard
from jobrec_ui.web.page import ICON, account_menu, closed_page, part

# A file of our own: Streamlit has browsers fetch its named icons from a stranger's server.
st.set_page_config(page_title="Jobrec", page_icon=ICON, layout="wide")

# One level down in pages/, by role: scripts directly in that folder Streamlit 1.67 serves by itself until a process has
# seen its first st.navigation, so the first deep link would go past this page and its login.
PAGES = {
    "recruiter": [
        st.Page(
            "pages/recruiter/home.py",
            title="Home",
            icon=":material/home:",
            help="What needs you today: new strong matches, lists that others changed, news of models.",
            default=True,
        ),
        st.Page(
            "pages/recruiter/match_candidates.py",
            title="Match candidates",
            icon=":material/person_search:",
            help="Pick a posting and see its best candidates, ranked, with reasons. Filter, open one, export the list.",
        ),
        st.Page(
            "pages/recruiter/compare.py",
            title="Compare",
            icon=":material/compare_arrows:",
            visibility="hidden",  # reached from a list
        ),
        st.Page(
            "pages/recruiter/match_postings.py",
            title="Match postings",
            icon=":material/work_history:",
            help="Pick a candidate and see the open postings that fit best, ranked, with reasons.",
        ),
        st.Page(
            "pages/recruiter/shortlists.py",
            title="Shortlists",
            icon=":material/checklist:",
            help="Your lists of people and those shared with you: stages, notes, tags, files.",
        ),
        st.Page(
            "pages/recruiter/model_quality.py",
            title="Model quality",
            icon=":material/query_stats:",
            help="How good the live model is, whether its data moved, and what became of the candidates shown.",
        ),
    ],
    "admin": [
        st.Page(
            "pages/admin/data.py",
            title="Data",
            icon=":material/database:",
            help="What is loaded, and the import of your own files. For admins.",
        ),
        st.Page(
            "pages/admin/jobs.py",
            title="Jobs",
            icon=":material/schedule:",
            help="What the app does by itself: refresh, train, nightly lists. Now, or by a schedule. For admins.",
        ),
        st.Page(
            "pages/admin/data_and_model.py",
            title="Model",
            icon=":material/deployed_code:",
            help="Which model is live and how good it is, and who was locked out. For admins.",
        ),
        st.Page(
            "pages/admin/retrain.py",
            title="Retrain",
            icon=":material/model_training:",
            help="Train a new version of the model, see whether it is better, promote it or roll back. For admins.",
        ),
        st.Page(
            "pages/admin/reports.py",
            title="Reports",
            icon=":material/flag:",
            help="What recruiters reported as wrong, and who exported what. For admins.",
        ),
        st.Page(
            "pages/admin/blind_review.py",
            title="Blind review",
            icon=":material/visibility_off:",
            help="Withhold names, contact data, schools and hints at age and gender from everybody. For admins.",
        ),
    ],
}

page_area, cookie_area = st.container(), st.container()
with page_area, guard("The entry page"):
    user = session.current_user()
    # All pages until somebody is logged in, so that the address of a deep link survives the login form. Each page asks
    # for the role it needs by itself.
    page = st.navigation(
        [
            page if user is None or user.may_act_as(role) else closed_page(page)
            for role, pages in PAGES.items()
            for page in pages
        ],
        position="top" if user else "hidden",
    )
    st.set_page_config(page_title=f"{page.title if user else 'Log in'} · Jobrec")
    with cookie_area:
        session.write_cookie()
    if user is None:
        session.login_form()
    else:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.title(page.title, anchor=False, width="content")
            account_menu(user)
        with guard("The notice of blind review"):
            blind_review.notice(user)
        with part(page.title, page.url_path or "home"):
            page.run()
