"""Use cases, one file per noun: load, decide, save, in one transaction.

The modules are loaded when first named (``actions.agreements.add``), so that a front door may import this
package without loading SQLModel; it is the one place where that is arranged.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.actions import (
        activities,
        agreements,
        annexes,
        backups,
        calendar,
        calendar_memory,
        checking,
        clause_quotes,
        compacting,
        databases,
        derivation,
        documents,
        editing,
        erasure,
        events,
        file_verification,
        kept_texts,
        obligations,
        parties,
        people,
        record,
        record_check,
        records,
        registers,
        removal,
        running,
        scopes,
        targets,
        undoing,
        verification,
    )

__all__ = [
    "activities",
    "agreements",
    "annexes",
    "backups",
    "calendar",
    "calendar_memory",
    "checking",
    "clause_quotes",
    "compacting",
    "databases",
    "derivation",
    "documents",
    "editing",
    "erasure",
    "events",
    "file_verification",
    "kept_texts",
    "obligations",
    "parties",
    "people",
    "record",
    "record_check",
    "records",
    "registers",
    "removal",
    "running",
    "scopes",
    "targets",
    "undoing",
    "verification",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"tracker.actions.{name}")
    raise AttributeError(f"module 'tracker.actions' has no attribute {name!r}")
