"""Lifelike invented records for tests, benchmarks and training, written as if a hub had confirmed them."""
