"""Third-party drawing libraries, each imported by its own backend only, named by its role."""
