"""The words desktop and hub share."""
