"""Signing on: by password, by the recovery code, or the first time by a one-time code."""
