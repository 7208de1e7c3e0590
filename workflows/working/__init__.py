"""Long work: asked for now, done by a worker later, once however often or in parallel it is run.

A job is a row. A worker claims it by a lease, keeps the lease alive, and writes the end of the job in the very
transaction of its effect, fenced by the number of the attempt: a killed or overtaken worker leaves nothing behind.
"""

from __future__ import annotations
