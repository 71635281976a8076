"""The words of a statement about models, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NoReturn

from embedded_redshift import errors

TokenKind = Literal["name", "quoted", "string", "number", "mark", "end"]

_TOKEN = re.compile(
    r"""(?P<skip>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<string>'(?:[^']|'')*')
    |(?P<quoted>"(?:[^"]|"")*")
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<name>[^\W\d][\w$]*)
    |(?P<mark>.)""",
    re.X | re.S,
)
MAX_IDENTIFIER_BYTES = 127


@dataclass(frozen=True)
class Token:
    """``value`` is what the token stands for: names folded to lower case, strings without their quotes."""

    kind: TokenKind
    value: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of ``text``, comments and blanks left out, an "end" token last."""
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "skip":
            continue
        raw = match[0]
        value = {"string": raw[1:-1].replace("''", "'"), "quoted": raw[1:-1].replace('""', '"').lower()}.get(
            str(kind), raw.lower() if kind == "name" else raw
        )
        found.append(Token(kind, value, match.start(), match.end()))  # type: ignore[arg-type]
    return [*found, Token("end", "", len(text), len(text))]


class TokenReader:
    """Walks over the tokens of a statement, and says where and why it cannot go on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = tokens(text)
        self._at = 0

    @property
    def token(self) -> Token:
        """The next token."""
        return self._tokens[self._at]

    def fail(self, message: str, token: Token | None = None) -> NoReturn:
        """Raises ProgrammingError 42601 with the line and column of ``token`` (default: the next one)."""
        where = (token or self.token).start
        line = self.text.count("\n", 0, where) + 1
        column = where - (self.text.rfind("\n", 0, where) + 1) + 1
        raise errors.ProgrammingError(f"{message} (line {line}, column {column})", "42601")

    def unexpected(self, expected: str) -> NoReturn:
        """Raises ProgrammingError: the next token is not what must stand here."""
        near = "end of input" if self.token.kind == "end" else f'"{self.text[self.token.start : self.token.end]}"'
        self.fail(f"syntax error at or near {near}: expected {expected}")

    def advance(self) -> Token:
        """The next token, and one step on."""
        token = self.token
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def at_word(self, *words: str) -> bool:
        """Whether the next token is one of the unquoted ``words``."""
        return self.token.kind == "name" and self.token.value in words

    def at_mark(self, mark: str) -> bool:
        """Whether the next token is the punctuation ``mark``."""
        return self.token.kind == "mark" and self.token.value == mark

    def take_word(self, *words: str) -> str | None:
        """Steps over one of ``words`` if it is next, and returns it."""
        return self.advance().value if self.at_word(*words) else None

    def take_mark(self, mark: str) -> bool:
        """Steps over ``mark`` if it is next."""
        found = self.at_mark(mark)
        if found:
            self.advance()
        return found

    def need_word(self, *words: str) -> str:
        """Steps over one of ``words``, which must be next."""
        return self.take_word(*words) or self.unexpected(" or ".join(word.upper() for word in words))

    def need_mark(self, mark: str) -> None:
        """Steps over ``mark``, which must be next."""
        if not self.take_mark(mark):
            self.unexpected(f'"{mark}"')

    def need_string(self, what: str) -> str:
        """The text of the quoted string that must be next."""
        if self.token.kind != "string":
            self.unexpected(f"{what} in single quotes")
        return self.advance().value

    def need_name(self, what: str) -> str:
        """The identifier that must be next."""
        if self.token.kind not in ("name", "quoted"):
            self.unexpected(what)
        token = self.advance()
        if not 1 <= len(token.value.encode()) <= MAX_IDENTIFIER_BYTES:
            self.fail(f"identifier of {what} must have 1 to {MAX_IDENTIFIER_BYTES} bytes", token)
        return token.value

    def need_end(self) -> None:
        """Nothing but the end may be next."""
        self.take_mark(";")
        if self.token.kind != "end":
            self.unexpected("end of statement")

    def parenthesised(self) -> str:
        """The text between the bracket that is next and the one that closes it, and steps over both."""
        opened = self.token
        self.need_mark("(")
        depth = 1
        while depth:
            token = self.token
            if token.kind == "end":
                self.fail("the bracket is not closed", opened)
            depth += (token.kind == "mark") * ((token.value == "(") - (token.value == ")"))
            self.advance()
        return self.text[opened.end : self._tokens[self._at - 1].start].strip()
