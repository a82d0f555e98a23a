"""A legacy database of any size: invented fleets with realistic histories and known mistakes."""

from motomind_nb.generate.generation import generate
from motomind_nb.generate.plan import Plan

__all__ = ["Plan", "generate"]
