"""Every kind of asset, one room each: what it says, draws, checks, and how it is shown and offered.

The stages (plan, select, render, publish, seal) and the faces walk the registry and know no kind by name.
Kinds do not know one another.
"""
