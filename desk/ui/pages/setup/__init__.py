"""The first start: five short pages from an empty PC to a station."""
