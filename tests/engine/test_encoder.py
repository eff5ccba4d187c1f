"""The sentence encoder: checked before it is used, the same every time, near for what means the same."""

from pathlib import Path

import numpy as np
import pytest

from engine.nlu import encoder
from engine.nlu.encoder import WIDTH, Encoder, EncoderFileWrong, shared_encoder


def test_what_means_the_same_lies_near():
    order, parcel, weather = shared_encoder().encode(
        ["where is my order", "has my parcel been sent yet", "will it rain tomorrow"]
    )
    assert order @ parcel > order @ weather + 0.2


def test_pictures_have_meaning():
    up, down, yes = shared_encoder().encode(["👍", "👎", "thumbs up"])
    assert up @ yes > down @ yes


def test_a_text_has_one_vector_whatever_comes_with_it():
    alone = shared_encoder().encode(["hello"])[0]
    among = shared_encoder().encode(["a much longer text about an order that never came", "hello"])[1]
    assert np.array_equal(alone, among)
    assert alone.shape == (WIDTH,)
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-5)


def test_many_texts_have_the_vectors_of_each_alone_in_their_order():
    texts = [f"order {number} with {number % 7} lamps" for number in range(encoder.MANY)]
    alone = [shared_encoder().encode([text])[0] for text in texts]
    assert np.array_equal(shared_encoder().encode(texts), alone)


@pytest.mark.parametrize("text", ["", " ", "🏺", "à" * 4000, "\u200b", "word " * 2000])
def test_any_text_has_a_vector(text):
    vector = shared_encoder().encode([text])[0]
    assert np.isfinite(vector).all()


def test_no_texts_have_no_vectors():
    assert shared_encoder().encode([]).shape == (0, WIDTH)


def test_files_other_than_the_reviewed_ones_are_refused(monkeypatch, tmp_path):
    monkeypatch.setitem(encoder.CHECKSUMS, "tokenizer.json", "0" * 64)
    with pytest.raises(EncoderFileWrong, match=r"tokenizer\.json .* not the file that was reviewed"):
        Encoder(tmp_path)


def test_a_missing_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package")
    with pytest.raises(EncoderFileWrong, match="no_such_package is not installed"):
        Encoder(tmp_path)


def test_the_graph_is_built_once(tmp_path):
    Encoder(tmp_path)
    (built,) = tmp_path.iterdir()
    made = built.stat().st_mtime_ns
    Encoder(tmp_path)
    assert [path.stat().st_mtime_ns for path in tmp_path.iterdir()] == [made]
    assert Path(built).stat().st_size < 30_000_000
