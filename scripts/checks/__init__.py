"""The checks of the sources.

Each is a function without arguments that returns complaints, one string
each, "path:line: what" where a place is known.
"""
