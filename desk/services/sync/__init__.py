"""The round: how this store and the county's become one (sync.md)."""
