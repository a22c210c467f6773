"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# How fast this machine is, is nobody's business.
settings.register_profile("any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any speed")
