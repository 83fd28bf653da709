"""The campaign's pages and its live making over HTTP. A face like the command line: it calls `dxassets.api`.

It stores nothing: what is typed is drawn in a worker's memory, sent, and forgotten.
"""
