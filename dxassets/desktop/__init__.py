"""`dxassets open`: the start page, for whom a browser on the same computer is the program's window."""
