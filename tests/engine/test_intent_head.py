"""The intent head learns from few examples and names, says how sure it is, and is unsure far from what it learnt."""

import numpy as np
import pytest

from engine.nlu.intent_head import IntentHead

WIDTH = 12


def axis(place):
    return np.eye(WIDTH)[place]


def clouds(labels, each=20, seed=3):
    """Points around one axis a label, unit length."""
    chance = np.random.RandomState(seed)
    points = np.repeat(np.eye(WIDTH)[: len(labels)], each, axis=0)
    points = points + 0.15 * chance.randn(*points.shape)
    return points / np.linalg.norm(points, axis=1, keepdims=True), np.repeat(labels, each).tolist()


def fitted(labels, foreign="", **shape):
    return IntentHead.fit(*clouds(labels, **shape), np.eye(WIDTH)[: len(labels)], foreign)


class TestFit:
    @pytest.mark.parametrize("labels", [["affirm", "deny"], ["deny", "greet", "thank", "track_order"]])
    def test_unseen_points_get_their_label_and_a_confidence_to_match(self, labels):
        head = fitted(labels)
        points, wanted = clouds(labels, seed=4)
        confidences = head.confidences(points)
        assert [head.labels[place] for place in confidences.argmax(axis=1)] == wanted
        assert confidences.max(axis=1).mean() > 0.8

    def test_a_label_with_one_example_is_learnt_all_the_same(self):
        points, labels = clouds(["deny", "greet", "thank"])
        head = IntentHead.fit(points[:41], labels[:41], np.eye(WIDTH)[:3])
        assert head.labels[head.confidences(points[-1:]).argmax()] == "thank"

    def test_one_example_a_label_is_enough_to_begin_with(self):
        head = fitted(["deny", "greet", "thank"], each=1)
        assert head.labels[head.confidences(axis(1)[None]).argmax()] == "greet"

    def test_training_twice_gives_the_same_head(self):
        first, second = (fitted(["deny", "greet", "thank"]) for _ in range(2))
        assert np.array_equal(first.weights, second.weights)
        assert first.temperature == second.temperature

    def test_a_name_pulls_what_lies_near_it(self):
        points, labels = clouds(["deny", "greet"])
        far = axis(-1)
        between, towards = ([axis(0), axis(1)], [axis(0), far])
        without, with_name = (
            IntentHead.fit(points, labels, np.array(names)).confidences(far[None])[0, 1] for names in (between, towards)
        )
        assert with_name > without + 0.2

    def test_a_difference_between_words_that_are_alike_counts_for_little(self):
        points, labels = clouds(["deny", "greet"])
        lamp, tent = 2 * axis(-1), 2 * axis(-2)
        # All examples speak of lamps
        points, asked = points + lamp, (axis(1) + tent)[None]
        names, alike = np.eye(WIDTH)[:2], np.array([axis(-1), axis(-2)])
        without, with_alike = (
            IntentHead.fit(points, labels, names, alike=words).confidences(asked)[0, 1] for words in (None, alike)
        )
        assert with_alike > without + 0.2


class TestConfidences:
    def test_a_point_unlike_all_others_is_doubted(self):
        assert fitted(["deny", "greet", "thank"]).confidences(axis(-1)[None]).max() < 0.3

    def test_a_point_between_two_labels_leaves_both_in_doubt(self):
        head = fitted(["deny", "greet", "thank"])
        deny, greet, thank = head.confidences((axis(0) + axis(1))[None])[0]
        assert abs(deny - greet) < 0.3
        assert thank < min(deny, greet)

    def test_foreign_text_is_a_label_of_its_own(self):
        head = fitted(["deny", "greet", "nlu_fallback"], foreign="nlu_fallback")
        points, wanted = clouds(["deny", "greet", "nlu_fallback"], seed=5)
        confidences = head.confidences(points)
        assert [head.labels[place] for place in confidences.argmax(axis=1)] == wanted

    def test_many_at_once_get_what_each_gets_alone(self):
        head = fitted(["deny", "greet", "thank"])
        points, _ = clouds(["deny", "greet", "thank"], each=3, seed=6)
        alone = np.vstack([head.confidences(point[None]) for point in points])
        assert np.allclose(head.confidences(points), alone, atol=1e-5)

    def test_they_leave_room_for_none_of_the_labels(self):
        head = fitted(["deny", "greet", "thank"])
        rows = head.confidences(np.random.RandomState(7).randn(50, WIDTH)).sum(axis=1)
        assert rows.min() > 0
        assert rows.max() < 1


class TestSave:
    def test_a_stored_head_says_the_same(self, tmp_path):
        head = fitted(["deny", "greet", "thank"])
        head.save(tmp_path / "head.npz")
        stored = IntentHead.load(tmp_path / "head.npz")
        points, _ = clouds(["deny", "greet", "thank"], seed=8)
        assert stored.labels == head.labels
        assert np.array_equal(stored.confidences(points), head.confidences(points))

    def test_nothing_in_the_file_is_a_pickle(self, tmp_path):
        fitted(["deny", "greet"]).save(tmp_path / "head.npz")
        with np.load(tmp_path / "head.npz", allow_pickle=False) as stored:
            assert all(stored[name].dtype.kind in "fU" for name in stored.files)
