"""Rasa's graph run without a scheduler: its parts one after the other, in an order that is worked out once.

Dask plans every run anew, several runs a turn, for a graph that is a chain of ten parts: half a millisecond each.
"""

from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner

Part = Tuple[Text, GraphNode, List[Text]]


class PlainRunner(DaskGraphRunner):
    """Runs the parts that a loaded runner has made."""

    _orders: Dict[Tuple[Text, ...], List[Part]]

    @classmethod
    def around(cls, runner: GraphRunner) -> GraphRunner:
        """A plain runner of what `runner` runs; `runner` itself if it is one already, or of a kind not known here."""
        if isinstance(runner, cls) or not isinstance(runner, DaskGraphRunner):
            return runner
        plain = cls.__new__(cls)
        plain.__dict__.update(runner.__dict__)
        plain._orders = {}
        return plain

    def run(
        self, inputs: Optional[Dict[Text, Any]] = None, targets: Optional[List[Text]] = None
    ) -> Dict[Text, Any]:
        """The output of each of `targets` by its name; `inputs` are placeholders' values by name.

        Raises GraphComponentException, InvalidConfigException or another RasaException if a part fails.
        """
        wanted = targets or self._graph_schema.target_names
        done: Dict[Text, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._order(tuple(wanted)):
            # A part tells by itself what it misses, by the name that it gets in place of an output
            done[name] = node(*[done.get(need, need) for need in needs])
        return dict(done[name] for name in wanted)

    def _order(self, targets: Tuple[Text, ...]) -> List[Part]:
        if targets not in self._orders:
            found: Dict[Text, Part] = {}
            for target in targets:
                self._add(target, found)
            self._orders[targets] = list(found.values())
        return self._orders[targets]

    def _add(self, name: Text, found: Dict[Text, Part]) -> None:
        if name in found or name not in self._graph_schema.nodes:
            return
        needs = list(self._graph_schema.nodes[name].needs.values())
        for need in needs:
            self._add(need, found)
        found[name] = (name, self._instantiated_nodes[name], needs)
