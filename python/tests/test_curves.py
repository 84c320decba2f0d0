"""What a curve says of a length, and of what is none."""
import math

import pytest

from dpo_prep import Curve

KNOTS = Curve("chars", 1.0, lengths=(10.0, 20.0, 30.0), bias=(0.0, 0.5, None), candidates=(3, 4, 1))
LINE = Curve("chars", 1.0, coefficient=0.25)


@pytest.mark.parametrize("length, bias", [
    (15, 0.25), (20, 0.5), (-math.inf, 0.0), (5, 0.0), (25, None), (math.inf, None)])
def test_a_bias_is_interpolated(length, bias):
    assert KNOTS(length) == bias


@pytest.mark.parametrize("curve", [KNOTS, LINE])
def test_nan_has_no_bias(curve):
    assert math.isnan(curve(math.nan))


@pytest.mark.parametrize("curve", [KNOTS, LINE])
@pytest.mark.parametrize("length", [None, "15", b"15", [15], {}])
def test_what_is_no_number_is_refused(curve, length):
    with pytest.raises(TypeError, match="expected a number, found"):
        curve(length)


def test_numbers_of_every_kind_are_lengths():
    numpy = pytest.importorskip("numpy")
    assert KNOTS(numpy.float32(15)) == KNOTS(numpy.int64(15)) == KNOTS(True + 14) == 0.25
