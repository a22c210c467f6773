"""A small catalog where the commands of its maintainers are run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small import run, write_catalog


@pytest.fixture
def write_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return what writes a catalog of some wallets with its averages; commands are run beside it."""
    monkeypatch.chdir(tmp_path)

    def write(**wallets: str) -> Path:
        written = write_catalog(tmp_path / "catalog", **wallets)
        assert run("catalog", "averages").exit_code == 0
        return written

    return write


@pytest.fixture
def small(write_here: Callable[..., Path]) -> Path:
    return write_here()
