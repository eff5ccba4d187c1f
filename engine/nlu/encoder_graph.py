"""The ONNX graph of a six-layer BERT sentence encoder, made from its weights, with 8-bit matrix products.

The layout is that of sentence-transformers' all-MiniLM-L6-v2: embeddings, six post-norm layers, mean over the
tokens, unit length. Weights are rounded to seven bits (a scale a column), for processors whose 8-bit products
saturate at more; activations to eight bits as they come.
"""

from typing import Dict, List, Tuple

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HEADS = 12
NORM_EPSILON = 1e-12
WEIGHT_LIMIT = 63


def build(weights: Dict[str, np.ndarray]) -> onnx.ModelProto:
    """From `weights` by their upstream names, a model of `ids` and `mask` (messages × tokens, int64).

    Its output is `sentence` (messages × width, float32), rows of unit length. Raises KeyError if the
    weights are not those of such an encoder.
    """
    graph = _Graph(weights)
    layers = sum(name.endswith("attention.self.query.weight") for name in weights)
    state = graph.embeddings()
    # 0 for a token, a large negative number for padding, which the softmax then ignores
    open_ = graph.add("Unsqueeze", graph.add("Cast", "mask", to=TensorProto.FLOAT), graph.constant([1, 2]))
    hidden = graph.add("Mul", graph.add("Sub", graph.constant(1.0), open_), graph.constant(-1e4))
    for layer in range(layers):
        state = graph.layer(state, hidden, f"encoder.layer.{layer}.")
    graph.pool(state)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["messages", "tokens"])
        for name in ("ids", "mask")
    ]
    outputs = [helper.make_tensor_value_info("sentence", TensorProto.FLOAT, ["messages", graph.width])]
    made = helper.make_graph(graph.nodes, "sentence_encoder", inputs, outputs, graph.initializers)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


class _Graph:
    def __init__(self, weights: Dict[str, np.ndarray]) -> None:
        self.nodes: List[onnx.NodeProto] = []
        self.initializers: List[onnx.TensorProto] = []
        self._weights = weights
        self.width = weights["embeddings.word_embeddings.weight"].shape[1]

    def add(self, operation: str, *inputs: str, outputs: Tuple[str, ...] = (), **attributes: object) -> str:
        """Append a node; returns the name of its first output."""
        names = list(outputs) or [f"n{len(self.nodes)}"]
        self.nodes.append(helper.make_node(operation, list(inputs), names, **attributes))
        return names[0]

    def constant(self, value: object) -> str:
        array = np.asarray(value)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        name = f"c{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def embeddings(self) -> str:
        words = self._weights["embeddings.word_embeddings.weight"]
        scale = np.abs(words).max(axis=1, keepdims=True) / 127
        rows = np.round(words / np.maximum(scale, 1e-12)).astype(np.int8)
        word = self.add(
            "Mul",
            self.add("Cast", self.add("Gather", self.constant(rows), "ids"), to=TensorProto.FLOAT),
            self.add("Gather", self.constant(scale), "ids"),
        )
        # All tokens are of the first type, so its embedding can be part of the positions'
        places = self._weights["embeddings.position_embeddings.weight"]
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        length = self.add("Gather", self.add("Shape", "ids"), self.constant([1]))
        place = self.add("Slice", self.constant(places), self.constant([0]), length, self.constant([0]))
        return self.norm(self.add("Add", word, place), "embeddings.LayerNorm.")

    def norm(self, state: str, name: str) -> str:
        scale, bias = (self.constant(self._weights[name + part]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", state, scale, bias, axis=-1, epsilon=NORM_EPSILON)

    def product(self, state: str, names: List[str]) -> str:
        """`state` through the dense layers `names`, side by side."""
        matrix = np.concatenate([self._weights[name + "weight"] for name in names]).T
        bias = np.concatenate([self._weights[name + "bias"] for name in names])
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / WEIGHT_LIMIT
        rounded = np.round(matrix / scale).astype(np.int8)
        at = len(self.nodes)
        parts = (f"n{at}", f"n{at}_scale", f"n{at}_zero")
        self.add("DynamicQuantizeLinear", state, outputs=parts)
        counts = self.add("MatMulInteger", parts[0], self.constant(rounded), parts[2])
        factor = self.add("Mul", parts[1], self.constant(scale))
        real = self.add("Mul", self.add("Cast", counts, to=TensorProto.FLOAT), factor)
        return self.add("Add", real, self.constant(bias))

    def layer(self, state: str, hidden: str, name: str) -> str:
        size = self.width // HEADS
        three = self.product(state, [f"{name}attention.self.{part}." for part in ("query", "key", "value")])
        at = len(self.nodes)
        parts = tuple(f"n{at}_{part}" for part in ("query", "key", "value"))
        self.add("Split", three, outputs=parts, axis=-1)
        # messages × tokens × width → messages × heads × tokens × size; keys with the last two swapped
        orders = ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])
        shape = self.constant([0, 0, HEADS, size])
        query, key, value = (
            self.add("Transpose", self.add("Reshape", part, shape), perm=order)
            for part, order in zip(parts, orders)
        )
        scores = self.add("Mul", self.add("MatMul", query, key), self.constant(1 / np.sqrt(size)))
        attention = self.add("Softmax", self.add("Add", scores, hidden), axis=-1)
        mixed = self.add("Transpose", self.add("MatMul", attention, value), perm=[0, 2, 1, 3])
        mixed = self.add("Reshape", mixed, self.constant([0, 0, self.width]))
        out = self.product(mixed, [name + "attention.output.dense."])
        state = self.norm(self.add("Add", out, state), name + "attention.output.LayerNorm.")
        inner = self.gelu(self.product(state, [name + "intermediate.dense."]))
        out = self.product(inner, [name + "output.dense."])
        return self.norm(self.add("Add", out, state), name + "output.LayerNorm.")

    def gelu(self, state: str) -> str:
        erf = self.add("Erf", self.add("Div", state, self.constant(float(np.sqrt(2)))))
        whole = self.add("Mul", state, self.add("Add", erf, self.constant(1.0)))
        return self.add("Mul", whole, self.constant(0.5))

    def pool(self, state: str) -> None:
        mask = self.add("Unsqueeze", self.add("Cast", "mask", to=TensorProto.FLOAT), self.constant([2]))
        total = self.add("ReduceSum", self.add("Mul", state, mask), self.constant([1]), keepdims=0)
        # The mean and the sum have one direction, and only that is kept
        self.add("LpNormalization", total, outputs=("sentence",), axis=-1, p=2)
