"""Runs jobs through any `concurrent.futures.Executor`, and reads built folders back."""

from dxassets.runners.crew import crew_for, gathered
from dxassets.runners.executors import SerialExecutor, process_pool, why_alone
from dxassets.runners.forking import warm_up
from dxassets.runners.keeping import store_failed
from dxassets.runners.running import batches, is_elsewhere, run_jobs
from dxassets.runners.tasks import Bench, Outcome, Task, make_assets, record_of
from dxassets.runners.verifying import verify

__all__ = [
    "Bench",
    "Outcome",
    "SerialExecutor",
    "Task",
    "batches",
    "crew_for",
    "gathered",
    "is_elsewhere",
    "make_assets",
    "process_pool",
    "record_of",
    "run_jobs",
    "store_failed",
    "verify",
    "warm_up",
    "why_alone",
]
