"""接待台: the front desk of a deputies' liaison station."""

__version__ = "0.2.0"
