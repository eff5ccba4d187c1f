"""A classifier of few examples that says how sure it is: kernel least squares over the examples and the labels' names.

Least squares with a Gaussian kernel (Suykens and Vandewalle 1999; the mean of a Gaussian process) has its solution in
one formula, and with it the score that each example would have got had it been left out. Those scores, of text never
learnt, fix the temperature at which they become confidences and the score of "nothing of all this", which competes
with the labels: text far from all examples scores low on every label, and so belongs nowhere.

Directions in which examples of one label differ anyway count less (their covariance, shrunk, is whitened), and so do
those in which words differ that may stand for each other: whether a lamp or a tent goes back changes nothing about what
is wanted. A name ("track order") is an example too, and its nearness a part of the score.
The figures below were chosen by cross-validation: docs/decisions/0006-sentence-encoder.md.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import List, Optional, Text, Tuple

import numpy as np
from scipy.linalg import cholesky
from scipy.linalg.lapack import strtri
from scipy.special import logsumexp

SHRINKAGE = 0.9  # of the covariance towards a sphere
ALIKE_WEIGHT = 1.0  # of the covariance of words that may stand for each other, beside that sphere
NARROWNESS = 1.7  # of the kernel, for squared distances between 0 and 4
NOISE = 0.1  # what the fit may miss an example by
NAME_NOISE = 0.2
NAME_WEIGHT = 0.2
# A score estimates a probability: how far below 0 it lies, means little from here on
SCORE_SOFTNESS = 0.1
# Of the text that belongs here, this part scores lower than "nothing of all this"
FOREIGN_QUANTILE = 0.02


@dataclass
class IntentHead:
    """`space` (features × features) whitens; `known` (features × examples and names) and `names` (features × labels)
    lie in it, columns of unit length, and `weights` (labels × examples and names) belong to `known`."""

    labels: List[Text]
    space: np.ndarray
    known: np.ndarray
    weights: np.ndarray
    names: np.ndarray
    temperature: float
    nothing: float

    @classmethod
    def fit(
        cls,
        features: np.ndarray,
        labels: List[Text],
        names: np.ndarray,
        foreign: Text = "",
        alike: Optional[np.ndarray] = None,
    ) -> "IntentHead":
        """Fit to `features` (examples × features) of two labels or more.

        `names` (labels × features) are the features of the labels' names, in the order of `sorted(set(labels))`.
        `foreign` is the label of text that belongs to none of the others; its name is not looked at, and it may
        be missing. `alike` (words × features) are words of which one may stand for another in any example.
        """
        known_labels = np.array(sorted(set(labels)))
        wanted = np.searchsorted(known_labels, np.array(labels))
        ours = known_labels != foreign
        space = _whitening(features, wanted, alike)
        examples = _in_space(features, space)
        named = _in_space(names, space) * ours[:, None]
        # Half the memory and time of doubles; the noise keeps the result right to four places
        known = np.vstack([examples, named[ours]]).astype(np.float32)
        noise = np.repeat(np.float32([NOISE, NAME_NOISE]), [len(examples), ours.sum()])
        root = _inverse_root(_kernel(known @ known.T), noise)
        targets = np.eye(len(known_labels), dtype=np.float32)[np.concatenate([wanted, np.flatnonzero(ours)])]
        weights = root.T @ (root @ targets)
        of_itself = np.einsum("ij,ij->j", root, root)  # the diagonal of the inverse
        left_out = (targets - weights / of_itself[:, None])[: len(examples)]
        left_out += NAME_WEIGHT * examples @ named.T
        # A label's only example says nothing about how well that label is learnt
        kept = np.bincount(wanted)[wanted] > 1
        temperature, nothing = _calibrated(left_out[kept], wanted[kept], ours)
        # What a product sums over stands in this order in memory, else one text takes twice as long
        small = [np.ascontiguousarray(array, np.float32) for array in (space, known.T, weights.T, named.T)]
        return cls(known_labels.tolist(), *small, temperature, nothing)

    def confidences(self, features: np.ndarray) -> np.ndarray:
        """Between 0 and 1, texts × labels, for `features` (texts × features); a row adds up to less than 1, since
        the text may belong to no label."""
        seen = _in_space(features, self.space)
        # One by one: with thousands of examples a product of two rows takes longer than two of one
        near = np.stack([self.weights @ _kernel(row @ self.known) for row in seen])
        scores = near + NAME_WEIGHT * (seen @ self.names)
        evidence = _evidence(scores, self.nothing) / self.temperature
        odds = np.exp(evidence - evidence.max(axis=1, keepdims=True))
        return odds[:, :-1] / odds.sum(axis=1, keepdims=True)

    def save(self, path: Path) -> None:
        """Write the head to `path` (.npz), which holds arrays only and no pickles."""
        np.savez(path, **asdict(self))

    @classmethod
    def load(cls, path: Path) -> "IntentHead":
        """The head that `save` wrote; raises OSError or ValueError if there is none."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        labels = arrays.pop("labels").tolist()
        temperature, nothing = (float(arrays.pop(name)) for name in ("temperature", "nothing"))
        return cls(labels=labels, temperature=temperature, nothing=nothing, **arrays)


def _inverse_root(kernel: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """The lower triangle R of which R.T @ R is the inverse of `kernel` (symmetric) with `noise` on its diagonal.

    It takes the place of `kernel`: there is no room for two. The inverse itself would take twice as long.
    """
    kernel[np.diag_indices_from(kernel)] += noise
    factor = cholesky(kernel.T, lower=True, overwrite_a=True, check_finite=False)
    return strtri(factor, lower=True, overwrite_c=True)[0]


def _whitening(features: np.ndarray, wanted: np.ndarray, alike: Optional[np.ndarray]) -> np.ndarray:
    """The matrix after which examples of one label, and words that are `alike`, differ as much in every direction."""
    middles = np.stack([features[wanted == label].mean(axis=0) for label in range(wanted.max() + 1)])
    shrunk = (1 - SHRINKAGE) * _covariance(features - middles[wanted]) + SHRINKAGE * np.eye(features.shape[1])
    if alike is not None and len(alike) > 1:
        shrunk += ALIKE_WEIGHT * _covariance(alike - alike.mean(axis=0))
    return np.linalg.cholesky(np.linalg.inv(shrunk))


def _covariance(apart: np.ndarray) -> np.ndarray:
    """Of differences from a middle, scaled to a mean variance of 1; a sphere if there is no difference."""
    covariance = apart.T @ apart
    usual = np.trace(covariance) / apart.shape[1]
    return covariance / usual if usual > 1e-9 else np.eye(apart.shape[1])


def _in_space(features: np.ndarray, space: np.ndarray) -> np.ndarray:
    moved = features @ space
    return moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)


def _kernel(products: np.ndarray) -> np.ndarray:
    # Of unit vectors: their squared distance is 2 - 2 × their product
    products *= 2
    products -= 2
    products *= NARROWNESS
    return np.exp(products, out=products)


def _evidence(scores: np.ndarray, nothing: float) -> np.ndarray:
    """What speaks for each label, and in the last column for none of them, on a scale of logarithms."""
    all_ = np.hstack([scores, np.full((len(scores), 1), nothing, dtype=scores.dtype)])
    return np.log(np.logaddexp(0, all_ / SCORE_SOFTNESS))


def _calibrated(scores: np.ndarray, wanted: np.ndarray, ours: np.ndarray) -> Tuple[float, float]:
    """The temperature with the least log-loss over `scores` of text left out, and the score of nothing."""
    at_home = ours[wanted]
    if not at_home.any():
        return 0.2, -1.0
    nothing = float(np.quantile(scores[at_home][:, ours].max(axis=1), FOREIGN_QUANTILE))
    evidence = _evidence(scores, nothing)
    right = evidence[np.arange(len(wanted)), wanted]
    candidates = np.geomspace(0.02, 2, 60)
    losses = [(logsumexp(evidence / t, axis=1) - right / t).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))]), nothing
