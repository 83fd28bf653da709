"""Avatar frames: rings and squares with a hole for a face, and photos put into them."""
