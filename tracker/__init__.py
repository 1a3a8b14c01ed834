"""Tracker: cooperation agreements, what was promised in them, and what falls due."""

__version__ = "0.1.0"
