"""The offices that speak: how a list of them is read and written, and what their names tell.

`listed` reads a campaign's own `agencies.csv`; `imported` makes one of any table that an office keeps.
"""

from dxassets.agencies.derived import completed
from dxassets.agencies.listed import ListedRow, agencies_csv, listed_rows, parse_agencies
from dxassets.agencies.model import Agency

__all__ = ["Agency", "ListedRow", "agencies_csv", "completed", "listed_rows", "parse_agencies"]
