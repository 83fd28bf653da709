"""Measurements with limits: `make bench` prints them as a table and fails when one is over its limit."""
