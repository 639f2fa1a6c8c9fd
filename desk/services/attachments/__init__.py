"""附件: photos, scans and files of any record, taken in, kept encrypted, shown, removed."""
