"""Processes forked from one that has loaded everything: they start in a moment and are killed for good."""

import multiprocessing

FORKS = multiprocessing.get_context("forkserver")
# One list for all of them: a run has one such process, and what it loads is settled when it starts.
FORKS.set_forkserver_preload(
    ["tests.sync.desk_process", "tests.unit.services.reception_writer", "tests.e2e.clerk"]
)
