"""The book of outgoing documents (Nghị định 30/2020, Phụ lục IV): which numbers are given, and to what."""

from dxassets.register.book import Book, parse_book
from dxassets.register.entry import COLUMNS, Registration
from dxassets.register.ledger import OpenBook, opened

__all__ = ["COLUMNS", "Book", "OpenBook", "Registration", "opened", "parse_book"]
