"""Realistic histories of any size, spoiled as real ones are, and the truth about them."""

from motomind_nb.legacy.generator.generation import generate
from motomind_nb.legacy.generator.plan import Plan

__all__ = [
    "Plan",
    "generate",
]
