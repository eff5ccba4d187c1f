"""A linear classifier that says how sure it is: logistic regression, a temperature, and an energy test.

Softmax alone is sure of itself far from everything it has seen. So the confidence has two factors: the
softmax at the temperature that fits held-out folds best, and how usual the message's energy (log-sum-exp of
the raw scores; Liu et al. 2020, "Energy-based Out-of-distribution Detection") is among held-out messages.
Examples of foreign text, where there are any, are a label of their own and have no part in the energy.
"""

from dataclasses import dataclass
from typing import List, Text, Tuple

import numpy as np
from scipy.special import expit, logsumexp, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

FOLDS = 5
# Of the messages that belong here, this part lies below the energy at which confidence is halved
FOREIGN_QUANTILE = 0.05


@dataclass
class LinearHead:
    """`weights` (labels × features) and `bias` (labels) give scores; the rest turns scores into confidences.

    `foreign` is the label of text that belongs to none of the others; it need not be among `labels`.
    """

    labels: List[Text]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float
    usual_energy: float
    energy_spread: float
    foreign: Text = ""

    @classmethod
    def fit(
        cls, features: np.ndarray, labels: List[Text], strength: float, foreign: Text = ""
    ) -> "LinearHead":
        """Fit to `features` (examples × features). Two labels or more; `strength` is 1 / regularisation."""
        names = np.array(sorted(set(labels)))
        wanted = np.searchsorted(names, np.array(labels))
        scores = np.zeros((len(labels), len(names)))
        seen = np.bincount(wanted)[wanted] >= FOLDS
        kept = np.flatnonzero(seen)
        if len(kept):
            for fitted, held_out in StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(
                kept, wanted[kept]
            ):
                # Rare labels are always fitted and never measured
                rows = np.concatenate([kept[fitted], np.flatnonzero(~seen)])
                weights, bias = _fit_scores(features[rows], wanted[rows], strength)
                scores[kept[held_out]] = features[kept[held_out]] @ weights.T + bias
        weights, bias = _fit_scores(features, wanted, strength)
        temperature = _temperature(scores[kept], wanted[kept])
        ours = names != foreign
        usual, spread = _usual_energy(scores[kept][ours[wanted[kept]]][:, ours])
        return cls(names.tolist(), weights, bias, temperature, usual, spread, foreign)

    def confidences(self, features: np.ndarray) -> np.ndarray:
        """Between 0 and 1, examples × labels; rows need not add up to 1: text may belong to no label."""
        scores = features @ self.weights.T + self.bias
        ours = np.array(self.labels) != self.foreign
        energy = logsumexp(scores[:, ours], axis=1)
        usual = expit((energy - self.usual_energy) / self.energy_spread)
        return softmax(scores / self.temperature, axis=1) * np.where(ours, usual[:, None], 1.0)


def _fit_scores(features: np.ndarray, wanted: np.ndarray, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-2, class_weight="balanced", random_state=7)
    model.fit(features, wanted)
    if len(model.classes_) > 2:
        return model.coef_, model.intercept_
    return np.vstack([-model.coef_, model.coef_]) / 2, np.concatenate(
        [-model.intercept_, model.intercept_]
    ) / 2


def _temperature(scores: np.ndarray, wanted: np.ndarray) -> float:
    """What held-out `scores` must be divided by for the least log-loss."""
    if not len(scores):
        return 1.0
    candidates = np.geomspace(0.1, 5, 60)
    rows = np.arange(len(wanted))
    losses = [(logsumexp(scores / t, axis=1) - scores[rows, wanted] / t).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def _usual_energy(scores: np.ndarray) -> Tuple[float, float]:
    """The energy at which confidence is halved, and over how much of it that happens."""
    if not len(scores):
        return -1e9, 1.0
    low, median = np.quantile(logsumexp(scores, axis=1), [FOREIGN_QUANTILE, 0.5])
    return float(low), max(float(median - low) / 3, 1e-3)
