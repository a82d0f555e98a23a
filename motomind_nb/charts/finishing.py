"""From a figure to a finished chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motomind_nb.charts.chart import Chart
from motomind_nb.charts.vector import figure_png, figure_svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def chart_from_figure(figure: Figure, kind: str, title: str, description: str) -> Chart:
    """Return the figure as a chart of a kind, with a description for screen readers."""
    return Chart(title, figure_svg(figure, title, description), kind, figure_png(figure))
