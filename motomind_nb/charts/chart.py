"""A finished chart, and the look that all of them share."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motomind_nb.core import naming_path

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, QUIET, GRID, PAPER = "#1f2933", "#52606d", "#d9dee3", "#ffffff"
BEFORE, AFTER, WRONG, WAITING = "#9fb3c8", "#0b4f8a", "#b4231a", "#b7791f"
STYLE: Any = {
    "svg.hashsalt": "motomind",
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": GRID,
    "axes.labelcolor": QUIET,
    "axes.labelsize": 10.5,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.titlesize": 12.5,
    "axes.titlepad": 14,
    "legend.frameon": False,
    "legend.fontsize": 10.5,
    "hatch.linewidth": 0.8,
}


@dataclass(frozen=True)
class Chart:
    """A finished chart: its title, its SVG text and its kind. IPython shows it as a picture.

    ``png`` is the same for viewers that show no SVG: an untrusted notebook, GitHub.
    """

    title: str
    svg: str
    kind: str = "chart"
    png: bytes = b""

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_png_(self) -> bytes | None:
        return self.png or None

    def __repr__(self) -> str:
        return f"Chart: {self.title}"

    def save(self, folder: Path, position: int = 1) -> Path:
        """Write the chart for the report and return its path.

        Writes: <folder>/charts/<position>-<kind>-<title>.svg.
        """
        name = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:60].strip("-")
        path = folder / "charts" / f"{position:02d}-{self.kind}-{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming_path(path):
            path.write_text(self.svg, encoding="utf-8")
        return path


@contextmanager
def new_figure(width: float, height: float, *, fitted: bool = True) -> Iterator[Figure]:
    """Yield an empty figure (inches) in the house style.

    ``fitted``: everything is moved until nothing overlaps, which takes seconds for many panels.
    """
    # matplotlib takes a second to import, which only a chart that is drawn has to pay
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context():
        mpl.rcdefaults()  # no matplotlibrc of the user or of the folder has a say
        mpl.rcParams.update(STYLE)
        yield Figure((width, height), layout="constrained" if fitted else None, facecolor=PAPER)


def set_title(figure: Figure, title: str) -> None:
    """Set a chart's title over its whole width, on as many lines as it needs."""
    lines = "\n".join(textwrap.wrap(title, 80))
    figure.suptitle(lines, x=0.012, ha="left", weight="bold", size=12.5)
