"""A plain runner gives what Rasa's own gives, and runs each part once."""

import pytest
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from engine.plain_runner import PlainRunner

RUNS = []


class Adding(GraphComponent):
    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        made = cls()
        made.name = execution_context.node_name
        return made

    def add(self, one, other=1):
        RUNS.append(self.name)
        return one + other


def part(**needs):
    return SchemaNode(needs, Adding, constructor_name="create", fn="add", config={})


# `both` needs `start` twice over, by `left` and by `right`
NODES = {
    "both": part(one="left", other="right"),
    "left": part(one="start"),
    "right": part(one="start", other="start"),
    "start": part(one="__given__"),
    "aside": part(one="start"),
}


@pytest.fixture
def runner():
    RUNS.clear()
    schema = GraphSchema(NODES)
    return DaskGraphRunner.create(schema, None, ExecutionContext(schema))


def test_it_gives_what_the_runner_of_rasa_gives(runner):
    given, wanted = {"__given__": 3}, ["both", "aside"]
    assert PlainRunner.around(runner).run(given, wanted) == runner.run(given, wanted) == {"both": 13, "aside": 5}


def test_each_part_that_is_needed_runs_once_and_no_other(runner):
    plain = PlainRunner.around(runner)
    plain.run({"__given__": 3}, ["both"])
    assert sorted(RUNS) == ["both", "left", "right", "start"]
    plain.run({"__given__": 3}, ["both"])
    assert len(RUNS) == 8


def test_a_missing_input_is_named(runner):
    with pytest.raises(GraphRunError, match="__given__"):
        PlainRunner.around(runner).run({}, ["left"])


def test_a_part_that_fails_ends_the_run(runner):
    with pytest.raises(GraphComponentException, match="start"):
        PlainRunner.around(runner).run({"__given__": "three"}, ["left"])


def test_a_plain_runner_stays_as_it_is(runner):
    plain = PlainRunner.around(runner)
    assert PlainRunner.around(plain) is plain
