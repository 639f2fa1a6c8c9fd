"""The conflicts tray: what two wrote differently, what the hub merged, and what it did not take."""
