"""The command line, in Vietnamese and English. It calls `dxassets.api` and nothing deeper."""
