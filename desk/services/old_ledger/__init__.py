"""An old ledger from a spreadsheet: its open matters become backfilled visits, or are taken back."""
