"""The words for the parts of a date or time (page r_Dateparts_for_datetime_functions)."""

from __future__ import annotations

from sqlglot import exp

from embedded_redshift.translate.values import reject

_PARTS = {
    "millennium": "millennium millennia mil mils",
    "century": "century centuries c cent cents",
    "decade": "decade decades dec decs",
    "epoch": "epoch",
    "year": "year years y yr yrs",
    "quarter": "quarter quarters qtr qtrs",
    "month": "month months mon mons",
    "week": "week weeks w",
    "dow": "dayofweek dow dw weekday",
    "doy": "dayofyear doy dy yearday",
    "day": "day days d",
    "hour": "hour hours h hr hrs",
    "minute": "minute minutes m min mins",
    "second": "second seconds s sec secs",
    "millisecond": "millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon",
    "microsecond": "microsecond microseconds microsec microsecs microsecon usecond useconds us usec usecs",
    "timezone": "timezone",
    "timezone_hour": "timezone_hour",
    "timezone_minute": "timezone_minute",
}
PARTS = {word: part for part, words in _PARTS.items() for word in words.split()}


def date_part(node: exp.Expr) -> str:
    """The date part that a word or a literal names."""
    word = str(node.this if isinstance(node, exp.Literal) else node.name).lower()
    if word not in PARTS:
        reject(f'date part "{word}" is not known', node)
    return PARTS[word]
