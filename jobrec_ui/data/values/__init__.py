"""Reads the cells of a column into what the warehouse wants: numbers, dates, lists, yes and no."""
