"""What holds for all tests."""

import os

from hypothesis import HealthCheck, settings
from translations import compile_all

# What was translated since the program was installed; once, before several run side by side.
if "PYTEST_XDIST_WORKER" not in os.environ:
    compile_all()

# How fast this machine is, is nobody's business.
settings.register_profile("any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any speed")
