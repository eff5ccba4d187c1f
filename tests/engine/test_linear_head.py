"""The linear head learns, says how sure it is, and is unsure far from what it learnt."""

import numpy as np
import pytest

from engine.nlu.linear_head import LinearHead


def clouds(labels, each=20, seed=3):
    """Points around one axis a label, unit length."""
    chance = np.random.RandomState(seed)
    points = np.repeat(np.eye(len(labels) + 4)[: len(labels)], each, axis=0)
    points = points + 0.15 * chance.randn(*points.shape)
    return points / np.linalg.norm(points, axis=1, keepdims=True), np.repeat(labels, each).tolist()


@pytest.mark.parametrize("labels", [["affirm", "deny"], ["deny", "greet", "thank", "track_order"]])
def test_unseen_points_get_their_label_and_a_confidence_to_match(labels):
    head = LinearHead.fit(*_scaled(*clouds(labels)), strength=1.0)
    points, wanted = _scaled(*clouds(labels, seed=4))
    confidences = head.confidences(points)
    found = [head.labels[place] for place in confidences.argmax(axis=1)]
    assert found == wanted
    assert confidences.max(axis=1).mean() > 0.8


def test_a_point_unlike_all_others_is_doubted():
    features, labels = _scaled(*clouds(["deny", "greet", "thank"]))
    head = LinearHead.fit(features, labels, strength=1.0)
    foreign = np.zeros((1, features.shape[1]))
    foreign[0, -1] = 5.5
    assert head.confidences(foreign).max() < 0.3


def test_labels_too_rare_to_hold_out_are_learnt_all_the_same():
    features, labels = _scaled(*clouds(["deny", "greet", "thank"]))
    labels[-20:-2] = ["greet"] * 18
    head = LinearHead.fit(features, labels, strength=1.0)
    assert head.labels == ["deny", "greet", "thank"]


def test_training_twice_gives_the_same_weights():
    features, labels = _scaled(*clouds(["deny", "greet", "thank"]))
    first, second = (LinearHead.fit(features, labels, strength=1.0) for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    assert first.temperature == second.temperature


def _scaled(features, labels):
    return features * 5.5, labels
