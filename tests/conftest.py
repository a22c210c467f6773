"""What holds for all tests."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from running import shipped_in_memory
from translations import compile_all

from walletpick.language import speak

# What was translated since the program was installed; once, before several run side by side.
if "PYTEST_XDIST_WORKER" not in os.environ:
    compile_all()

# As the program does: nearly all that is made is kept, and looking for garbage takes its time.
gc.set_threshold(100_000)

# How fast this machine is, is nobody's business.
settings.register_profile("any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any speed")


@pytest.fixture(scope="session", autouse=True)
def catalog_in_memory() -> Iterator[None]:
    """Have the shipped catalog in memory for the commands that tests run in this process."""
    # What is there now stays: the modules, and tests by the thousand.
    gc.collect()
    gc.freeze()
    with shipped_in_memory():
        yield


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    """Speak English again after a test, whatever it spoke."""
    yield
    speak("en")


@pytest.fixture
def chinese() -> None:
    """Speak Chinese in a test."""
    speak("zh")
