"""The runs of a folder: how each ended, how old it is, what it takes on disk, and its cluster.

Only a run's own files are asked: nothing is started, and a damaged folder is listed as one.
"""

from motomind_nb.inventory.clusters import cluster_state, prune_clusters
from motomind_nb.inventory.listing import ListedRun, list_runs

__all__ = ["ListedRun", "cluster_state", "list_runs", "prune_clusters"]
