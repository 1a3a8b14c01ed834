"""Cells, columns and rows of registers."""
