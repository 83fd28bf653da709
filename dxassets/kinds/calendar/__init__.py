"""The campaign's days, periods and deadlines: a file for calendars, and a sheet for the wall."""
