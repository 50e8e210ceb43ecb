"""The table that is written, the generator that cases are drawn from, and what all oracles need."""

import math
import random

import numpy as np

DRAW = random.Random(20240229)
TABLE = {}


def oracle(name, by):
    """Registers a function that yields (input, output) pairs."""

    def register(make):
        TABLE[name] = {"by": by, "cases": [[given, plain(answer)] for given, answer in make()]}
        return make

    return register


def plain(value):
    """Numbers as JSON has them."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(one) for one in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    value = float(value)
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    assert not math.isnan(value)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def same(a, b, relative=1e-10):
    """Two oracles must agree before one of them is written."""
    assert np.allclose(np.asarray(a, float), np.asarray(b, float), rtol=relative, atol=1e-14), (a, b)
    return a


def whole(low, high, count):
    return [DRAW.randint(low, high) for _ in range(count)]
