"""Reusable widgets that know no product noun."""
