"""What this station and this PC remember, one small class a subject."""
