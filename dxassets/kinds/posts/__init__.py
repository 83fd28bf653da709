"""Post texts for an office's channels, and when each is posted."""
