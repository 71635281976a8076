"""Redshift's grammar as sqlglot reads it, with what its own Redshift dialect leaves out.

Function calls stay plain calls (exp.Anonymous): what a function means is decided in one place, the functions'
tables of this package, not by the parser.
"""

from __future__ import annotations

from typing import Any, ClassVar

import sqlglot.parser
from sqlglot import exp
from sqlglot.dialects.redshift import Redshift
from sqlglot.parsers.redshift import RedshiftParser
from sqlglot.tokens import Token, TokenType

from embedded_redshift.translate.interface import RedshiftSyntaxError

if not sqlglot.parser.__file__.endswith(".py"):
    # Loaded by itself wherever it is installed; its parsers cannot be subclassed, and Redshift's needs to be.
    raise ImportError(
        "sqlglot is installed in its compiled form, which embedded_redshift cannot use: pip uninstall sqlglotc"
    )

SPECIAL_CALLS = ("CAST", "CONVERT", "EXTRACT", "POSITION", "SUBSTRING", "TRIM", "TRY_CAST")


class PhysicalColumnAttribute(exp.Expression, exp.ColumnConstraintKind):
    """DISTKEY or SORTKEY written behind a column."""

    arg_types: ClassVar[dict[str, bool]] = {"this": True}


class AutoKey(exp.Expression):
    """SORTKEY AUTO or ENCODE AUTO behind a table's columns."""

    arg_types: ClassVar[dict[str, bool]] = {"this": True}


class Approximate(exp.Expression, exp.Condition):
    """APPROXIMATE before an aggregate."""

    arg_types: ClassVar[dict[str, bool]] = {"this": True}


class RemoveDuplicates(exp.Expression):
    """REMOVE DUPLICATES instead of the WHENs of a MERGE."""

    arg_types: ClassVar[dict[str, bool]] = {}


class SuperItem(exp.Expression):
    """`path AS alias AT index` in FROM: a path with brackets, which cannot be a table name."""

    arg_types: ClassVar[dict[str, bool]] = {"this": True, "alias": False, "index": False}


class StrictRedshiftParser(RedshiftParser):
    """sqlglot's parser plus column-level DISTKEY and SORTKEY, minus everything that guesses at functions."""

    SUPPORTS_IMPLICIT_UNNEST = False
    FUNCTIONS: ClassVar[dict[str, Any]] = {}
    FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
        # The last one is not translated; its words would be a syntax error anywhere else.
        n: RedshiftParser.FUNCTION_PARSERS[n]
        for n in (*SPECIAL_CALLS, "OBJECT_TRANSFORM")
    }
    NO_PAREN_FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
        "ANY": RedshiftParser.NO_PAREN_FUNCTION_PARSERS["ANY"],
        "APPROXIMATE": lambda self: self._parse_approximate(),
        "CASE": RedshiftParser.NO_PAREN_FUNCTION_PARSERS["CASE"],
        "SYSDATE": lambda self: self.expression(exp.CurrentTimestamp(sysdate=True)),
    }
    UNARY_PARSERS: ClassVar[dict[Any, Any]] = {
        **RedshiftParser.UNARY_PARSERS,
        TokenType.PARAMETER: lambda self: self._parse_absolute_value(),
    }
    CONSTRAINT_PARSERS: ClassVar[dict[str, Any]] = {
        **RedshiftParser.CONSTRAINT_PARSERS,
        "DISTKEY": lambda self: self.expression(PhysicalColumnAttribute(this="DISTKEY")),
        "SORTKEY": lambda self: self.expression(PhysicalColumnAttribute(this="SORTKEY")),
    }

    PROPERTY_PARSERS: ClassVar[dict[str, Any]] = {
        **RedshiftParser.PROPERTY_PARSERS,
        "ENCODE": lambda self, **_: self._match_text_seq("AUTO") and self.expression(AutoKey(this="ENCODE")),
        "INTERLEAVED": lambda self, **_: self._match_text_seq("SORTKEY") and self._parse_sort_key(),
        "SORTKEY": lambda self, **_: self._parse_sort_key(),
    }

    def _parse_as_command(self, start: Token) -> exp.Command:
        """sqlglot would log the statement's text and go on with it unread."""
        words = self.sql[start.start :].split()
        word = start.text.split()[0].upper()
        form = f"{word} {words[1].upper()}" if len(words) > 1 and words[1].isalpha() else word
        raise RedshiftSyntaxError(
            f"this form of {form} is not in the embedded warehouse, or Amazon Redshift does not have it",
            (start.line, max(1, start.col - len(start.text) + 1)),
        )

    def _parse_absolute_value(self) -> exp.Expr:
        """@ -5.0; $1 is a token of the same kind."""
        if self._prev.text != "@":
            return self._parse_parameter()
        return self.expression(exp.Abs(this=self._parse_unary()))

    def _parse_approximate(self) -> exp.Expr | None:
        """APPROXIMATE COUNT(…); by itself the word is a name."""
        word = self._prev
        named = self._curr.token_type != TokenType.L_PAREN and self._next.token_type == TokenType.L_PAREN
        if named and (call := self._parse_function()):
            return self.expression(Approximate(this=call))
        if self._curr.token_type == TokenType.L_PAREN:
            self._advance()
            arguments = self._parse_csv(self._parse_lambda)
            self._match_r_paren()
            return self.expression(exp.Anonymous(this=word.text, expressions=arguments)).update_positions(word)
        return self.expression(exp.Column(this=exp.to_identifier(word.text).update_positions(word)))

    def _parse_projections(self) -> tuple[list[exp.Expr], list[exp.Expr] | None]:
        """As sqlglot's parser for Redshift, but a quoted "exclude" is a name."""
        projections, _ = super(RedshiftParser, self)._parse_projections()
        if self._prev.text.upper() == "EXCLUDE" and self._prev.token_type != TokenType.IDENTIFIER and self._curr:
            self._retreat(self._index - 1)
        if not self._match_text_seq("EXCLUDE"):
            return projections, []
        excluded = self._parse_wrapped_csv(self._parse_expression, optional=True)
        last = projections[-1] if projections else None
        if (
            isinstance(last, exp.Alias)
            and not last.args["alias"].args.get("quoted")
            and last.alias.upper() == "EXCLUDE"
        ):
            projections[-1] = last.this.pop()
        return projections, excluded

    def _parse_when_matched(self) -> exp.Whens:
        if self._match_text_seq("REMOVE", "DUPLICATES"):
            return self.expression(exp.Whens(expressions=[RemoveDuplicates()]))
        return super()._parse_when_matched()

    def _parse_sort_key(self) -> exp.Expr:
        if self._match_text_seq("AUTO"):
            return self.expression(AutoKey(this="SORTKEY"))
        return RedshiftParser.PROPERTY_PARSERS["SORTKEY"](self)

    def _parse_table(self, *args: Any, **kwargs: Any) -> exp.Expr | None:
        if self._curr.token_type == TokenType.UNPIVOT:
            self._advance()
            return self.expression(exp.Pivot(this=self._parse_table(*args, **kwargs), unpivot=True))
        if self._at_super_path():
            path = self._parse_column()
            alias = self._parse_table_alias()
            index = self._parse_id_var() if self._match_text_seq("AT") else None
            return self.expression(SuperItem(this=path, alias=alias, index=index))
        return super()._parse_table(*args, **kwargs)

    def _at_super_path(self) -> bool:
        """Whether the next tokens are name, dots and a bracket: a path into a SUPER value, not a table."""
        names = {TokenType.VAR, TokenType.IDENTIFIER}
        i = self._index
        tokens = self._tokens
        while i + 1 < len(tokens) and tokens[i].token_type in names and tokens[i + 1].token_type == TokenType.DOT:
            i += 2
        return i + 1 < len(tokens) and tokens[i].token_type in names and tokens[i + 1].token_type == TokenType.L_BRACKET


# Words of other systems, which in Redshift may name anything.
_NO_KEYWORDS = frozenset({"GLOB", "PARTITIONED_BY", "REGEXP", "RLIKE", "UNCACHE", "VARIADIC", "XOR"})


class StrictRedshift(Redshift):
    """The dialect that the translation parses with."""

    class Tokenizer(Redshift.Tokenizer):
        """Redshift's words, without those that only other systems have."""

        KEYWORDS: ClassVar[dict[str, Any]] = {
            word: kind for word, kind in Redshift.Tokenizer.KEYWORDS.items() if word not in _NO_KEYWORDS
        }

    Parser = StrictRedshiftParser
