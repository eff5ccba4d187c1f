"""The docs say what the code does: settings, errors, events, frames, routes, webhooks, facts, dependencies and links."""

import ast
import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

import support
from desk.agents import schemas as agent_frames
from desk.app import create_app
from desk.error_responses import Refused, status_of
from desk.rasa import HANDOFF_REASONS
from desk.realtime.socket import RESTART, SESSION_OVER, SILENT, TOO_SLOW
from desk.visitors import schemas as visitor_frames
from support.errors import SupportError
from support.identity import USE_CASES
from support.policy.business import Business
from support.settings import DEMO_SECRET, PROJECT, Settings

# What CONTRIBUTING.md shows how to make
EXAMPLES = {
    "data/account/nlu.yml", "data/account/rules.yml", "actions/membership.py", "tests/actions/test_membership.py",
}
FOLDERS_NOT_OURS = {"node_modules", "var", "models", "results"}
PAGES = sorted(
    page for page in PROJECT.rglob("*.md")
    if not any(part.startswith(".") or part in FOLDERS_NOT_OURS for part in page.relative_to(PROJECT).parts)
)


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under the heading that begins so, up to the next of the same rank."""
    found = re.search(rf"^(#+) {re.escape(heading)}.*?(?=^\1 |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"there is no heading “{heading}”"
    return found[0]


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows; a pipe inside a cell is written \\|."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("| ---")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def sources(*folders: str) -> Iterator[ast.AST]:
    """Every node of every module in these folders."""
    for folder in folders:
        for path in sorted((PROJECT / folder).rglob("*.py")):
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def strings(node: ast.AST | None) -> set[str]:
    """The texts that an expression may be: a constant, or either side of a condition."""
    if isinstance(node, ast.IfExp):
        return strings(node.body) | strings(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def types_in(node: ast.AST) -> set[str]:
    """The `type` of a frame that is written out in the code."""
    if not isinstance(node, ast.Dict):
        return set()
    pairs = zip(node.keys, node.values, strict=True)
    return {text for key, value in pairs if strings(key) == {"type"} for text in strings(value)}


PROTOCOL = read("docs/protocol.md")
SETTINGS = read("docs/settings.md")


class TestSettings:
    documented = {row[0].strip("`"): row[1] for row in rows(SETTINGS) if row[0].startswith("`RAPPORT_")}  # noqa: RUF012

    @pytest.mark.parametrize("name", Settings.model_fields)
    def test_each_is_listed_with_its_default(self, name: str) -> None:
        shown = self.documented.get(f"RAPPORT_{name.upper()}")
        assert shown, f"RAPPORT_{name.upper()} is not in docs/settings.md"
        default = Settings.model_fields[name].default
        if isinstance(default, Path):
            assert shown == f"`{default.relative_to(PROJECT)}` in the project"
        elif "SecretStr" in type(default).__name__:
            secret = default.get_secret_value()
            assert (secret, shown) in {(DEMO_SECRET, "the demo secret"), ("", "empty")}
        else:
            assert shown == (f"`{default}`" if default != "" else "empty")

    def test_what_else_is_read_is_listed_and_nothing_that_is_not(self) -> None:
        paths = [
            *(path for folder in ("rapport", "engine", "support", "desk", "actions")
              for path in (PROJECT / folder).rglob("*.py")),
            *PROJECT.glob("*.yml"),
        ]
        read_somewhere = {f"RAPPORT_{name.upper()}" for name in Settings.model_fields}
        for path in paths:
            read_somewhere |= set(re.findall(r"RAPPORT_[A-Z]+(?:_[A-Z]+)*\b(?!_)", path.read_text(encoding="utf-8")))
        assert set(self.documented) == read_somewhere

    def test_what_the_pages_name_exists(self) -> None:
        named = {name for page in PAGES for name in re.findall(r"RAPPORT_[A-Z]+(?:_[A-Z]+)*\b", page.read_text())}
        assert named <= set(self.documented)

    def test_the_shops_sections_are_listed(self) -> None:
        listed = {row[0].strip("`") for row in rows(section(SETTINGS, "business.yml"))} - {"section"}
        assert listed == set(Business.model_fields)


def raised() -> dict[str, int]:
    """{code: status} of every error in the code."""
    found = {"server_error": 500}
    kinds: list[type[SupportError]] = [SupportError]
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("support."):
            found[kind.code] = status_of(kind.__new__(kind))
    for node in sources("desk"):
        if called(node) == Refused.__name__:
            status, code = (argument.value for argument in node.args[:2])  # type: ignore[attr-defined]
            found[code] = status
    return found


def test_every_error_is_listed_with_its_status_and_no_other() -> None:
    for module in pkgutil.walk_packages(support.__path__, "support."):
        importlib.import_module(module.name)
    listed = {row[0].strip("`"): int(row[1]) for row in rows(section(PROTOCOL, "2. Errors")) if row[1].isdigit()}
    assert listed == raised()


def test_every_use_case_is_listed_with_what_it_needs_and_no_other() -> None:
    for module in pkgutil.walk_packages(support.__path__, "support."):
        importlib.import_module(module.name)
    listed = [tuple(cell.strip("`") for cell in row[:3]) for row in rows(read("docs/use-cases.md")) if "`" in row[0]]
    assert sorted(listed) == sorted((one.name, one.kind, str(one.needs)) for one in USE_CASES.values())


class TestEvents:
    table = section(PROTOCOL, "3. Events")

    def test_every_type_is_listed_and_no_other(self) -> None:
        written = {
            text for node in sources("support") if called(node) == "append"
            for text in strings(node.args[2] if len(node.args) > 2 else None)  # type: ignore[attr-defined]
        }
        hidden = {text for node in sources("support") for text in types_in(node)}
        assert "withheld" in hidden
        assert {row[0].strip("`") for row in rows(self.table)} - {"type"} == written | hidden

    def test_every_reason_of_a_transition_is_listed_and_no_other(self) -> None:
        given = set(HANDOFF_REASONS)
        for node in sources("support", "desk"):
            if called(node) in {"apply", "ask_for_person", "release"}:
                for keyword in node.keywords:  # type: ignore[attr-defined]
                    given |= strings(keyword.value) if keyword.arg == "reason" else set()
        sentence = re.search(r"`reason` is one of (.+?)\.\n", self.table, re.DOTALL)
        assert sentence
        assert set(re.findall(r"`(\w+)`", sentence[1])) == given


def frames(*unions: Any) -> dict[str, type[BaseModel]]:
    kinds = [kind for union in unions for kind in get_args(union) or (union,)]
    return {get_args(kind.model_fields["type"].annotation)[0]: kind for kind in kinds}


class TestFrames:
    sockets = section(PROTOCOL, "5. The visitor's socket") + section(PROTOCOL, "6. Agents")

    @pytest.mark.parametrize(
        ("name", "kind"), frames(visitor_frames.Frame, visitor_frames.Hello, agent_frames.Frame).items()
    )
    def test_what_a_client_may_send_is_shown_with_all_its_fields(self, name: str, kind: type[BaseModel]) -> None:
        shown = [line for line in self.sockets.splitlines() if f'"type": "{name}"' in line]
        assert shown, f"the frame {name} is not in docs/protocol.md"
        for field in kind.model_fields:
            assert any(f'"{field}"' in line for line in shown), f"{name} is shown without {field}"

    def test_what_the_server_sends_is_shown(self) -> None:
        sent = {
            text for node in sources("desk") if called(node) in {"send", "pass_on"}
            for argument in node.args for text in types_in(argument)  # type: ignore[attr-defined]
        }
        assert {"welcome", "events", "caught_up", "accepted", "typing", "ping", "pong", "error", "inbox"} <= sent
        assert sent <= set(re.findall(r'"type": "(\w+)"', self.sockets))

    @pytest.mark.parametrize("code", [SESSION_OVER, SILENT, TOO_SLOW, RESTART])
    def test_every_closing_code_is_named(self, code: int) -> None:
        assert re.search(rf"The server closes with [^.]*\b{code}\b", self.sockets)


def served(app: FastAPI) -> set[tuple[str, str]]:
    """(method, path) of all routes under /v1, with {} for what varies."""
    found = set()
    for entry in app.routes:
        router = getattr(entry, "original_router", None)
        for route in router.routes if router else [entry]:
            path = re.sub(r"\{\w+(?::path)?\}", "{}", getattr(route, "path", ""))
            if path.startswith("/v1/"):
                found |= {(method, path) for method in getattr(route, "methods", None) or {"GET"}}
    return found


def test_every_route_is_listed_and_no_other(tmp_path: Path, business: Business) -> None:
    app = create_app(Settings(var=tmp_path, _env_file=None), business)
    listed = set(re.findall(r"\b(GET|POST|PUT|PATCH|DELETE) (/v1/[^\s`?]+)", PROTOCOL))
    assert {(method, re.sub(r"\{\w+\}", "{}", path)) for method, path in listed} == served(app)


def test_every_payload_of_the_desks_own_is_listed_and_no_other() -> None:
    branches = [
        case.pattern.value.value for node in ast.walk(ast.parse(read("support/chat/incoming.py")))  # type: ignore[attr-defined]
        if isinstance(node, ast.Match) for case in node.cases
    ]
    assert branches
    assert set(re.findall(r"`rapport:(\w+)`", PROTOCOL)) == set(branches)


def names_of(value: ast.AST, parameters: set[str]) -> set[str]:
    """The event's names that an expression gives; none for a parameter, which is given where the function is called."""
    if isinstance(value, ast.IfExp):
        return names_of(value.body, parameters) | names_of(value.orelse, parameters)
    if ast.unparse(value) in parameters | {"None"}:
        return set()
    assert strings(value), f"write out the event's name instead of {ast.unparse(value)}"
    return strings(value)


def told_to_the_shop() -> set[str]:
    """The names of all events that the code publishes: they are arguments called `event`, or given to `publish`."""
    found = set()
    for function in sources("support"):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        parameters = {parameter.arg for parameter in function.args.args + function.args.kwonlyargs}
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                given = [keyword.value for keyword in node.keywords if keyword.arg == "event"]
                given += node.args[1:2] if called(node) == "publish" else []
                found |= {name for value in given for name in names_of(value, parameters)}
    return found


class TestWebhooks:
    text = section(read("docs/webhooks.md"), "The events")
    members = {  # noqa: RUF012
        row[0].strip("`"): re.findall(r"`(\w+)`(\??)", re.sub(r"\([^)]*\)", "", row[2])) for row in rows(text) if "." in row[0]
    }
    examples = dict(re.findall(r"^### (\S+)\n.*?^```json\n(.*?)^```", text, re.MULTILINE | re.DOTALL))  # noqa: RUF012

    def test_every_event_is_listed_and_no_other(self) -> None:
        assert set(self.members) == told_to_the_shop()

    @pytest.mark.parametrize("name", examples)
    def test_every_example_has_the_members_that_are_listed(self, name: str) -> None:
        may = {"reference", "customer", "by"} | {member for member, _ in self.members[name]}
        must = may - {member for member, mark in self.members[name] if mark}
        assert must <= set(json.loads(self.examples[name])) <= may


def test_every_fact_is_listed_and_no_other(business: Business) -> None:
    table = section(read("CONTRIBUTING.md"), "Add an FAQ")
    listed = {name for row in rows(table) if len(row) == 2 for name in re.findall(r"`\{(\w+)\}`", row[1])}
    assert listed - {"facts"} == set(business.facts())


@pytest.mark.parametrize("name", ["app.in", "rasa.in", "uv.in"])
def test_every_dependency_has_its_reason(name: str) -> None:
    page = read("docs/decisions/0002-dependencies.md")
    wanted = [
        re.split(r"[~=<>\s]", line)[0] for line in read(f"requirements/{name}").splitlines()
        if line and not line.startswith("#")
    ]
    assert [package for package in wanted if f"`{package}`" not in page] == []


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make, as GitHub writes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
class TestPages:
    def test_every_link_leads_somewhere(self, page: Path) -> None:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            leads_to = (page.parent / path).resolve() if path else page
            assert leads_to.exists(), f"{target} is not there"
            assert not anchor or anchor in anchors(leads_to), f"{target} has no such heading"

    def test_every_file_that_is_named_is_there(self, page: Path) -> None:
        folders = "actions|benchmarks|data|desk|docs|engine|migrations|rapport|requirements|support|tests|web"
        named = re.findall(rf"`((?:{folders})/[\w./-]+?\.(?:py|js|yml|yaml|md|in|txt))\b", page.read_text())
        assert [name for name in named if name not in EXAMPLES and not (PROJECT / name).exists()] == []
