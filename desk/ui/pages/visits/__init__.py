"""The page 来访接待: open visits with form F-50, and the list of all visits."""
