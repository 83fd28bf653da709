"""Mail signatures with the campaign's picture, and how they are put into mail programs."""
