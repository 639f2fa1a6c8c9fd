"""Papers: frozen values in, bytes out."""
