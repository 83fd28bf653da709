"""Third-party drawing libraries, each imported in exactly one module, named by its role."""
