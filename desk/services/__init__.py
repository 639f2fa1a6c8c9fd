"""What the product does; plain Python, no Qt."""
