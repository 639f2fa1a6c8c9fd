"""Alembic environment and versions, self-contained."""
