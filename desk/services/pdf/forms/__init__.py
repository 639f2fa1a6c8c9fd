"""Forms as data: layouts read from resources/forms and drawn on the official sheet."""
