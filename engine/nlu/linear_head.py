"""A linear classifier that says how sure it is: logistic regression, a temperature, and an energy test for foreign text.

Softmax alone is sure of itself far from everything it has seen. So the confidence has two factors: the softmax at the
temperature that fits held-out folds best, and how usual the message's energy (log-sum-exp of the raw scores, Liu et al. 2020,
"Energy-based Out-of-distribution Detection") is among held-out messages.
"""

from dataclasses import dataclass
from typing import List, Text, Tuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import logsumexp, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

FOLDS = 5
# Of the messages that belong here, this part lies below the energy at which confidence is halved
FOREIGN_QUANTILE = 0.05


@dataclass
class LinearHead:
    """`weights` (labels × features) and `bias` (labels) give scores; the rest turns scores into confidences."""

    labels: List[Text]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float
    usual_energy: float
    energy_spread: float

    @classmethod
    def fit(cls, features: csr_matrix, labels: List[Text], strength: float) -> "LinearHead":
        """Fit to `features` (examples × features). Two labels or more; `strength` is the inverse of regularisation."""
        names = np.array(sorted(set(labels)))
        wanted = np.searchsorted(names, np.array(labels))
        scores = np.zeros((len(labels), len(names)))
        seen = np.bincount(wanted)[wanted] >= FOLDS
        kept = np.flatnonzero(seen)
        if len(kept):
            for fitted, held_out in StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(kept, wanted[kept]):
                # Rare labels are always fitted and never measured
                rows = np.concatenate([kept[fitted], np.flatnonzero(~seen)])
                weights, bias = _fit_scores(features[rows], wanted[rows], strength)
                scores[kept[held_out]] = features[kept[held_out]] @ weights.T + bias
        weights, bias = _fit_scores(features, wanted, strength)
        temperature, usual, spread = _calibrate(scores[kept], wanted[kept])
        return cls(names.tolist(), weights, bias, temperature, usual, spread)

    def confidences(self, features: csr_matrix) -> np.ndarray:
        """Between 0 and 1, examples × labels; rows need not add up to 1, since text may belong to no label."""
        scores = np.asarray(features @ self.weights.T) + self.bias
        energy = logsumexp(scores, axis=1)
        usual = 1 / (1 + np.exp(-(energy - self.usual_energy) / self.energy_spread))
        return softmax(scores / self.temperature, axis=1) * usual[:, None]


def _fit_scores(features: csr_matrix, wanted: np.ndarray, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    model = LogisticRegression(C=strength, max_iter=300, class_weight="balanced", random_state=7)
    model.fit(features, wanted)
    if len(model.classes_) > 2:
        return model.coef_, model.intercept_
    return np.vstack([-model.coef_, model.coef_]) / 2, np.concatenate([-model.intercept_, model.intercept_]) / 2


def _calibrate(scores: np.ndarray, wanted: np.ndarray) -> Tuple[float, float, float]:
    """The temperature of least log-loss on held-out `scores`, and where their energies lie."""
    if not len(scores):
        return 1.0, -1e9, 1.0
    candidates = np.geomspace(0.1, 5, 60)
    rows = np.arange(len(wanted))
    losses = [
        (logsumexp(scores / t, axis=1) - scores[rows, wanted] / t).mean() for t in candidates
    ]
    energy = logsumexp(scores, axis=1)
    usual, median = np.quantile(energy, [FOREIGN_QUANTILE, 0.5])
    return float(candidates[int(np.argmin(losses))]), float(usual), max(float(median - usual) / 3, 1e-3)
