"""Text to syntax tree: exactly one statement."""

from __future__ import annotations

import re

from sqlglot import exp
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokens import Token, TokenType

from embedded_redshift.translate.grammar import StrictRedshift
from embedded_redshift.translate.interface import RedshiftSyntaxError

_DIALECT = StrictRedshift()
# LOCAL before TEMP has no effect (page r_CREATE_TABLE_NEW), and sqlglot does not know it.
_LOCAL = re.compile(r"\Acreate\s+local\s+(?=temp)", re.I)
_DELETE = re.compile(r"\Adelete\s+(?!from\b)", re.I)  # FROM may be left out (page r_DELETE)
_ANSI = re.compile(r"\x1b\[\d*m")


def parse(text: str) -> exp.Expr:
    """The tree of the only statement of the text. Raises RedshiftSyntaxError."""
    text = _DELETE.sub("delete from ", _LOCAL.sub("create ", text))
    try:
        tokens = _DIALECT.tokenize(text)
        tokens = _checked(tokens)
        trees = [t for t in _DIALECT.parser().parse(tokens, text) if t is not None and not isinstance(t, exp.Semicolon)]
    except ParseError as error:
        raise _syntax_error(error) from error
    except TokenError as error:
        raise _unreadable(text) from error
    if len(trees) != 1:
        raise RedshiftSyntaxError(
            "cannot insert multiple commands into a prepared statement: run one statement at a time"
            if trees
            else "the statement is empty"
        )
    return trees[0]


_OPENED = re.compile(r"'(?:[^'\\]|''|\\.)*'?|\"(?:[^\"]|\"\")*\"?|/\*.*?(?:\*/|\Z)|--[^\n]*", re.S)
_CLOSED = re.compile(r"'(?:[^'\\]|''|\\.)*'|\"(?:[^\"]|\"\")*\"|/\*.*?\*/", re.S)
_UNCLOSED = {"'": "a quoted string", '"': "a quoted name", "/": "a comment"}


def _unreadable(text: str) -> RedshiftSyntaxError:
    """The error for a text of which no words can be made: what is opened and not closed."""
    for found in _OPENED.finditer(text):
        part, opening = found[0], found[0][0]
        if opening in _UNCLOSED and not _CLOSED.fullmatch(part):
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            return RedshiftSyntaxError(f"syntax error: {_UNCLOSED[opening]} is not closed", (line, column))
    return RedshiftSyntaxError("syntax error: the statement has a character that cannot stand there", (1, 1))


# What can stand before FROM only in DuckDB's and sqlglot's own "FROM t" queries.
_BEFORE_FROM_QUERY = {
    TokenType.L_PAREN,
    TokenType.UNION,
    TokenType.ALL,
    TokenType.EXCEPT,
    TokenType.INTERSECT,
    TokenType.ALIAS,
}


def _checked(tokens: list[Token]) -> list[Token]:
    """The tokens, with # as the operator where it begins no name.

    Refuses what the parser knows and Redshift does not, and what its tree no longer shows.
    """
    for i, token in enumerate(tokens):
        from_first = token.token_type == TokenType.FROM and (i == 0 or tokens[i - 1].token_type in _BEFORE_FROM_QUERY)
        if from_first or token.token_type == TokenType.PIPE_GT:
            column = max(1, token.col - len(token.text) + 1)
            raise RedshiftSyntaxError(f'syntax error at or near "{token.text}"', (token.line, column))
        if token.text == "#" and token.token_type == TokenType.VAR:
            tokens[i] = Token(TokenType.HASH, "#", token.line, token.col, token.start, token.end)
    return tokens


_EXPECTED = re.compile(r"Expecting (\S+)")


def _syntax_error(error: ParseError) -> RedshiftSyntaxError:
    """Redshift says near what; what was missing there is the only other thing that the parser knows for sure."""
    details = error.errors[0] if error.errors else {}
    near = _ANSI.sub("", str(details.get("highlight") or "")).strip()
    line, end = details.get("line"), details.get("col")
    message = f'syntax error at or near "{near}"' if near else "syntax error"
    if expected := _EXPECTED.fullmatch(str(details.get("description") or "")):
        message += f': expected "{expected[1]}"'
    if not (isinstance(line, int) and isinstance(end, int)):
        return RedshiftSyntaxError(message)
    return RedshiftSyntaxError(message, (line, max(1, end - len(near) + 1)))


_LEADING_COMMENT = re.compile(r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/|;)*", re.S)
_BINDING = re.compile(r"\s+with\s+no\s+schema\s+binding\s*\Z", re.I)


def without_comments(sql: str) -> str:
    """The statement without the comments before it and the semicolons and comments behind it."""
    text = sql[len(leading_comments(sql)) :].strip()
    while text.endswith(";"):
        text = text[:-1].rstrip()
    return text


def leading_comments(sql: str) -> str:
    """What stands before the statement: comments, blanks and semicolons."""
    match = _LEADING_COMMENT.match(sql)
    return match[0] if match else ""


def first_word(text: str) -> str:
    """The first word of a statement in lower case."""
    match = re.match(r"[A-Za-z]+", text)
    return match[0].lower() if match else ""


def view_query(text: str) -> str:
    """The text between AS and WITH NO SCHEMA BINDING of a CREATE VIEW."""
    for token in _DIALECT.tokenize(text):
        if token.token_type == TokenType.ALIAS:
            return _BINDING.sub("", text[token.end + 1 :].strip())
    raise RedshiftSyntaxError("syntax error in CREATE VIEW: AS is missing")
