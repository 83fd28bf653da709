"""A picture of the campaign: composed, drawn in layers, signed. Still and moving kinds share it."""
