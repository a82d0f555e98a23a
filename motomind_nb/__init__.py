"""motomind-nb: rehearse, prove and report the MotoMind database rebuild."""

__version__ = "0.1.0"
