"""Scored language-model generations in, DPO datasets without the length bias out.

The package carries the program ``dpo-prep``; ``program`` tells where it is.
"""

from ._program import program

__all__ = ["program"]
