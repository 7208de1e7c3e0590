"""Jobs as Prefect flows. Only here is Prefect imported, and only by what runs or deploys flows.

The service itself never loads Prefect: it starts a guardian, which starts a server and a worker beside it.
"""

from __future__ import annotations
