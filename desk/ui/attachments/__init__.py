"""附件 on any page: a strip of what hangs on a record, and the window that shows it. It knows no noun."""
