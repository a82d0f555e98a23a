"""Pictures: SVG with the same bytes each time, legible without colour, safe on any page."""

from motomind_nb.charts.bars import ledger_bars, spread
from motomind_nb.charts.chart import Chart
from motomind_nb.charts.titles import fleet_title, ledger_title, spread_title
from motomind_nb.charts.vector import clean_svg, first_element_text
from motomind_nb.charts.vehicles import current_mileage, fleet_panels, vehicle_history

__all__ = [
    "Chart",
    "clean_svg",
    "current_mileage",
    "first_element_text",
    "fleet_panels",
    "fleet_title",
    "ledger_bars",
    "ledger_title",
    "spread",
    "spread_title",
    "vehicle_history",
]
