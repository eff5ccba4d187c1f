"""Reading a commented YAML file into a model, and saying in one sentence what is wrong on which line."""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

_WANTED = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list such as [a, b]",
    "dict_type": "must hold settings of its own",
    "model_type": "must hold settings of its own",
    "model_attributes_type": "must hold settings of its own",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "string_too_long": "is too long",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "is_instance_of": "must be a range such as 09:00-18:00",
    "dataclass_type": "must be a range such as 09:00-18:00",
}
_DATE = ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact")


class BusinessFileWrong(Exception):
    """The shop's rules cannot be used; `str(error)` is one sentence: the file, the line and the reason."""


class _DatesAsText(RoundTripConstructor):
    """Leaves dates to the model: YAML's own reading of a 13th month fails without naming the line."""


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def read[Model: BaseModel](
    path: Path, model: type[Model], *, context: Callable[[Any], dict[str, Any]] = lambda _: {}
) -> Model:
    """The file at `path` as a `model`; `context` makes the validation context of the tree that was read.

    Raises BusinessFileWrong.
    """
    try:
        tree = _reader().load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BusinessFileWrong(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BusinessFileWrong(f"{path.name} is not a UTF-8 text.") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = " ".join((error.problem or "it is not YAML").split())
        raise BusinessFileWrong(f"{path.name} line {line}: this is not valid YAML ({problem}).") from error
    except (YAMLError, ValueError) as error:
        raise BusinessFileWrong(f"{path.name} is not valid YAML.") from error
    if not isinstance(tree, CommentedMap):
        raise BusinessFileWrong(f"{path.name} line 1: there are no settings here.")
    try:
        return model.model_validate(tree, context=context(tree))
    except ValidationError as error:
        details = error.errors(include_url=False)
        # A misspelt setting is also a missing one; where it was misspelt is what helps
        first = min(details, key=lambda one: (one["type"] == "missing", _line(tree, _place(one))))
        line, sentence = _line(tree, _place(first)), _sentence(first, model)
        raise BusinessFileWrong(f"{path.name} line {line}: {sentence}.") from error


def _reader() -> YAML:
    yaml = YAML()
    yaml.Constructor = _DatesAsText
    return yaml


def _place(error: ErrorDetails) -> tuple[str | int, ...]:
    return tuple((error.get("ctx") or {}).get("path", error["loc"]))


def _line(tree: CommentedMap, place: tuple[str | int, ...]) -> int:
    """The line, counted from 1, of the deepest part of `place` that the file holds."""
    node: Any = tree
    line = 0
    for step in place:
        if isinstance(node, CommentedMap) and step in node:
            line = node.lc.key(step)[0]
        elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            line = node.lc.item(step)[0]
        else:
            break
        node = node[step]
    return int(line) + 1


def _sentence(error: ErrorDetails, model: type[BaseModel]) -> str:
    place = _place(error)
    name = ".".join(str(step) for step in place if isinstance(step, str) and step != "[key]")
    kind, context = error["type"], error.get("ctx") or {}
    section = ".".join(str(step) for step in place[:-1] if isinstance(step, str))
    where = f"“{section}”" if section else "the file"
    if kind == "extra_forbidden":
        return f"“{place[-1]}” is not a setting of {where}{_did_you_mean(place, model)}"
    if kind == "missing":
        return f"{where} lacks “{place[-1]}”"
    if "problem" in context:
        return f"“{name}” {context['problem']}"
    if kind == "value_error":
        wanted = str(context["error"])
    elif kind in _DATE:
        wanted = "must be a date such as 2026-12-25"
    elif kind in _WANTED:
        wanted = _WANTED[kind].format(**context)
    else:
        wanted = error["msg"].rstrip(".")
    return f"“{name}” {wanted}{_found(error['input'])}"


def _did_you_mean(place: tuple[str | int, ...], model: Any) -> str:
    for step in place[:-1]:
        model = _settings(model).get(step)
    near = get_close_matches(str(place[-1]), [str(name) for name in _settings(model)], n=1)
    return f" (did you mean “{near[0]}”?)" if near else ""


def _settings(model: Any) -> dict[str | int, Any]:
    """The settings of a section, by the names that the file uses; empty if it is not a section."""
    fields: dict[str, FieldInfo] = getattr(model, "model_fields", {})
    return {name: field.annotation for name, field in fields.items()}


def _found(value: Any) -> str:
    if isinstance(value, CommentedBase) or value is None:
        return "" if value is not None else ", but nothing is there"
    text = str(value)
    return f", not “{text if len(text) <= 40 else text[:40] + '…'}”"
