"""The third step of an import: what the company's words for stages mean. Decided once, remembered."""

import streamlit as st

from jobrec_ui.data.mapping.record import IGNORED
from jobrec_ui.data.tables import STAGES
from jobrec_ui.web import text
from jobrec_ui.web.data.draft import Draft

_UNDECIDED = "?"


def words(draft: Draft) -> None:
    """A choice for each word; those that nobody can be sure about come first."""
    own = {word: count for word, count in draft.stages.most_common() if word.strip().lower() not in STAGES}
    if not own:
        return
    st.subheader("Stages", anchor=False)
    unsure = [word for word in own if word in draft.unsure or word not in draft.plan.stages]
    sure = [word for word in own if word not in unsure]
    if unsure:
        st.markdown("Please say what these words of yours mean. Rows with a word that is left open are turned away.")
        for word in unsure:
            _word(draft, word, own[word])
    if sure:
        read = ", ".join(f"{text.plain(word)} as {draft.plan.stages[word] or 'left out'}" for word in sure[:4])
        label = f"{len(sure)} words that are clear, such as {read}"
        with st.expander(label, icon=":material/check:"):
            for word in sure:
                _word(draft, word, own[word])


def _word(draft: Draft, word: str, count: int) -> None:
    left, right = st.columns([3, 2], vertical_alignment="center")
    guessed = " · a guess, please check" if word in draft.unsure and word in draft.plan.stages else ""
    left.markdown(f"**{text.plain(word)}**  \n:small[{text.count(count, 'row')}{guessed}]")
    offered = [_UNDECIDED, *STAGES, IGNORED]
    key = f"stage_{hash(draft.source)}_{word}"
    right.selectbox(
        f"What {word} means",
        offered,
        index=offered.index(draft.plan.stages.get(word, _UNDECIDED)),
        format_func=lambda stage: {_UNDECIDED: "Decide …", IGNORED: "Leave these rows out"}.get(
            stage, stage.capitalize()
        ),
        key=key,
        label_visibility="collapsed",
        on_change=_decide,
        args=(draft, word, key),
    )


def _decide(draft: Draft, word: str, key: str) -> None:
    chosen = st.session_state[key]
    draft.unsure.discard(word)
    if chosen != _UNDECIDED:
        draft.decide(word, chosen)
