"""Letters with accents, and the plain letter that a keyboard has for each: one place for searches, features and masks.

Statements have them as {accented} and {plain}, inside quotes; Python as :func:`folded`.
"""

ACCENTED = "áàâãäåāăąéèêëēėęíìîïīóòôõöøōúùûüūçćčñńýÿšśșžźżğłđřťțďůőűı"
PLAIN = "aaaaaaaaaeeeeeeeiiiiiooooooouuuuucccnnyyssszzzgldrttduoui"

_FOLDED = str.maketrans(ACCENTED, PLAIN)


def folded(text: str) -> str:
    """``text`` in small letters without accents, as statements fold it."""
    return text.lower().translate(_FOLDED)
