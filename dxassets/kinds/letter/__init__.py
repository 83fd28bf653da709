"""The official letter, as a Word file to edit and register, and as a PDF for the archive.

Both are made from the same `Dispatch`, `Wording` and `FORM`; neither knows the other.
"""
