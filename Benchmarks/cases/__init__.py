"""What is measured, against what, and what is wanted: a function each, which returns a Case."""
from .datasets import audit
from .growth import growth
from .inputs import eight, gz, parquet, zst
from .memory import memory, scattered
from .parts import lowess, micro
from .sweep import sweep
from .threads import threads

CASES = {case.__name__: case for case in [
    zst, gz, eight, parquet, memory, scattered, threads, audit, sweep, growth, micro, lowess]}
