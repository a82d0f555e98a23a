"""``python -m motomind_nb`` is ``motomind``."""

from motomind_nb.cli import main

main()
