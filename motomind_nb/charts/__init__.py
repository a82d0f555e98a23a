"""Charts of the audit as SVG: titles say the finding, axes carry units, readable in grey.

Every chart is drawn without global state and gives the same bytes for the same frames. Before and
after differ by width and dash, not by colour alone; disputed readings differ by the form of the
mark.
"""

from motomind_nb.charts.chart import Chart
from motomind_nb.charts.mileage import current, fleet, vehicle
from motomind_nb.charts.rows import ledger

__all__ = ["Chart", "current", "fleet", "ledger", "vehicle"]
