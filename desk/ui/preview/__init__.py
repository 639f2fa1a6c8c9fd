"""Papers on the screen as they will come out, and their way to a printer or into a file."""
