"""Tables from files: reads workbooks and text tables into lines of text and finds what the columns mean."""
