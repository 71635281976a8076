"""What can be done with a list as a whole: name, stages, archive, sharing, adding by numbers, history, files."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from jobrec_ui import export
from jobrec_ui.access import accounts
from jobrec_ui.access.accounts import User
from jobrec_ui.desk import shortlists
from jobrec_ui.desk.shortlists import Added, Shortlist
from jobrec_ui.desk.shortlists import export as list_export
from jobrec_ui.errors import InputError
from jobrec_ui.settings import settings
from jobrec_ui.warehouse import Warehouse
from jobrec_ui.web import cached, outcome, session, text
from jobrec_ui.web.cached.connection import Versions
from jobrec_ui.web.list_actions import act, undoing
from jobrec_ui.web.lists.person import history_lines
from jobrec_ui.web.outcome import Outcome

_RIGHTS = {"read": "may read", "edit": "may edit", "none": "no longer"}
_SHOWN_LINES = 10
_NUMBERS_MB = 2
_WIDTH = 640  # of all buttons in a row; where there is less, they go below the name instead of on top of one another


def menu(shortlist: Shortlist, user: User, versions: Versions) -> None:
    """The buttons beside a list's name."""
    with st.container(horizontal=True, gap="small", width=_WIDTH):
        if shortlist.may_edit:
            with st.popover("Add people", icon=":material/group_add:", key="list_add"):
                _add_by_numbers(shortlist)
        with st.popover("Export", icon=":material/download:", key="list_export"):
            _export(shortlist, user, versions)
        with st.popover("Share", icon=":material/share:", key="list_share"):
            _share(shortlist, user)
        with st.popover("History", icon=":material/history:", key="list_history"):
            url, list_id = settings().warehouse_url, shortlist.shortlist_id
            events = cached.desk.history(url, user.username, list_id, shortlist.revision, None)
            history_lines(shortlist, user, events, "menu")
        if shortlist.may_edit or shortlist.access == "own":
            with st.popover("Settings", icon=":material/settings:", key="list_settings"):
                _settings(shortlist)


# ---- name, stages, archive -------------------------------------------------------------------------------------------


def _settings(shortlist: Shortlist) -> None:
    list_id = shortlist.shortlist_id
    if shortlist.may_edit:
        with st.form(f"rename_{list_id}", border=False):
            st.text_input("Name", shortlist.name, key=f"name_{list_id}", max_chars=200)
            st.form_submit_button("Rename", key=f"rename_button_{list_id}", on_click=_rename, args=(list_id,))
        with st.form(f"stages_{list_id}", border=False):
            st.text_area(
                "Stages, one on each line",
                "\n".join(shortlist.stages),
                key=f"stages_text_{list_id}",
                help="New is always the first and Rejected the last.",
                height=180,
            )
            st.form_submit_button(
                "Keep these stages", key=f"stages_button_{list_id}", on_click=_stages, args=(list_id,)
            )
    if shortlist.access == "own":
        label, icon = ("Take out of the archive", "unarchive") if shortlist.is_archived else ("Archive", "archive")
        st.button(
            label,
            icon=f":material/{icon}:",
            key=f"archive_{list_id}",
            on_click=_archive,
            args=(list_id, shortlist.is_archived),
        )


def _rename(list_id: str) -> None:
    def action(wh: Warehouse, user: User) -> Outcome:
        event = shortlists.rename(wh, user.username, list_id, st.session_state[f"name_{list_id}"])
        return Outcome("The list has its new name.", undoing(list_id, event))

    act(list_id, action)


def _stages(list_id: str) -> None:
    def action(wh: Warehouse, user: User) -> Outcome:
        stages = st.session_state[f"stages_text_{list_id}"].splitlines()
        event = shortlists.set_stages(wh, user.username, list_id, stages)
        return Outcome("The list has its new stages.", undoing(list_id, event))

    act(list_id, action)


def _archive(list_id: str, is_archived: bool) -> None:
    def action(wh: Warehouse, user: User) -> Outcome:
        (shortlists.restore if is_archived else shortlists.archive)(wh, user.username, list_id)
        return Outcome("The list is out of the archive." if is_archived else "The list is in the archive now.")

    act(list_id, action)


# ---- sharing ---------------------------------------------------------------------------------------------------------


def _share(shortlist: Shortlist, user: User) -> None:
    url, list_id = settings().warehouse_url, shortlist.shortlist_id
    known = {one.username: one.name for one in accounts.list_users(settings().users_file)}
    given = cached.desk.shared_with(url, user.username, list_id, shortlist.revision)
    st.markdown(f"The list is {'yours' if shortlist.access == 'own' else text.plain(shortlist.owner) + '’s'}.")
    for name, access in given.items():
        st.markdown(f"- {text.plain(known.get(name, name))} {_RIGHTS[access]}")
    if shortlist.access != "own":
        return
    others = [name for name in known if name != user.username]
    if not others:
        st.caption("There is nobody else to share it with yet.")
        return
    st.selectbox(
        "With",
        others,
        index=None,
        key=f"share_with_{list_id}",
        format_func=lambda name: f"{known[name]} ({name})",
        placeholder="Choose somebody",
    )
    st.segmented_control(
        "They",
        list(_RIGHTS),
        default="read",
        required=True,
        key=f"share_right_{list_id}",
        format_func=lambda right: _RIGHTS[right].capitalize(),
    )
    st.button("Share", icon=":material/share:", key=f"share_button_{list_id}", on_click=_give, args=(list_id,))


def _give(list_id: str) -> None:
    def action(wh: Warehouse, user: User) -> Outcome:
        who, access = st.session_state[f"share_with_{list_id}"], st.session_state[f"share_right_{list_id}"]
        if not who:
            raise InputError("Choose with whom to share the list.")
        known = accounts.read_users(settings().users_file)
        event = shortlists.share(wh, user.username, list_id, who, access, known)
        return Outcome(f"{text.plain(who)}: {_RIGHTS[access]}.", undoing(list_id, event))

    act(list_id, action)


# ---- people by their numbers -----------------------------------------------------------------------------------------


def _add_by_numbers(shortlist: Shortlist) -> None:
    list_id = shortlist.shortlist_id
    with st.form(f"numbers_{list_id}", border=False, clear_on_submit=True):
        st.text_area("Candidate numbers, one on each line", key=f"numbers_text_{list_id}", height=100)
        key = f"numbers_file_{list_id}"
        st.file_uploader("or a CSV file with them", type=["csv", "txt"], max_upload_size=_NUMBERS_MB, key=key)
        st.form_submit_button(
            "Add them", icon=":material/group_add:", key=f"numbers_button_{list_id}", on_click=_numbers, args=(list_id,)
        )


def _numbers(list_id: str) -> None:
    def action(wh: Warehouse, user: User) -> Outcome:
        file = st.session_state[f"numbers_file_{list_id}"]
        read = shortlists.read_ids(file.getvalue() if file else st.session_state[f"numbers_text_{list_id}"].encode())
        if not read.ids:
            raise InputError("There are no candidate numbers in it. Give one on each line, or a column named “id”.")
        added = shortlists.add(wh, user.username, list_id, read.ids, source="a file" if file else "numbers")
        return Outcome(_report(added, read), undoing(list_id, added.event_id) if added.event_id else None)

    act(list_id, action)


def _report(added: Added, read: shortlists.IdsFile) -> str:
    lines = [f"{text.count(len(added.new), 'person was', 'people were')} put on the list."]
    if added.already:
        lines.append(f"Already on it: {text.count(len(added.already), 'person', 'people')}.")
    for sentence, named in (
        ("No such candidate", [(read.lines[one], one) for one in added.unknown]),
        ("Named twice", list(read.repeated.items())),
        ("Too long for a number", [(line, one[:20] + "…") for line, one in read.too_long.items()]),
    ):
        if named:
            first = ", ".join(f"{text.plain(one)} (line {line})" for line, one in named[:_SHOWN_LINES])
            more = f" and {len(named) - _SHOWN_LINES} more" if len(named) > _SHOWN_LINES else ""
            lines.append(f"{sentence}: {first}{more}.")
    return "  \n".join(lines)


# ---- files -----------------------------------------------------------------------------------------------------------


def _export(shortlist: Shortlist, user: User, versions: Versions) -> None:
    url, list_id = settings().warehouse_url, shortlist.shortlist_id
    columns = st.multiselect(
        "Columns",
        list(list_export.COLUMNS),
        default=cached.desk.user_state(url, user.username).export_columns,
        key=f"export_columns_{list_id}",
        format_func=lambda column: list_export.COLUMNS[column],
        on_change=_remember,
        args=(list_id,),
    )
    if not columns:
        st.caption("Choose at least one column.")
    with st.container(horizontal=True):
        for ending, mime in list_export.FORMATS.items():
            st.download_button(
                f"Export {ending.upper()}",
                file(shortlist, user, columns, ending, versions),
                file_name=export.file_name("list", shortlist.name, day=datetime.now(UTC).date(), ending=ending),
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                disabled=not columns,
                key=f"export_{ending}_{list_id}",
            )
    st.caption("Who exported a list is written down.")


def file(shortlist: Shortlist, user: User, columns: list[str], ending: str, versions: Versions) -> Callable[[], bytes]:
    """What makes the file when the button is clicked, if the user may still have it then."""
    model, data = versions.model, versions.data
    about = {
        "Model version": model.name if model else "",
        "Data version": str(data.version) if data else "",
        "Filters": "none: everybody on the list",
    }
    return functools.partial(_make_file, shortlist.shortlist_id, user, tuple(columns), ending, about)


def _make_file(list_id: str, user: User, columns: tuple[str, ...], ending: str, about: dict[str, str]) -> bytes:
    session.check(user, "recruiter")
    wh = cached.connection.configured()
    return list_export.as_file(wh, user.username, list_id, columns, ending, about)


def _remember(list_id: str) -> None:
    columns = st.session_state[f"export_columns_{list_id}"]

    def action(user: User) -> None:
        if columns:
            url = settings().warehouse_url
            list_export.remember_columns(cached.connection.warehouse(url), user.username, columns)
            cached.desk.user_state.clear(url, user.username)

    outcome.attempt("export columns", action)
