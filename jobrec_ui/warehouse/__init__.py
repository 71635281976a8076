"""The warehouse as the domains see it: named statements from sql/, run through SQLAlchemy."""

from jobrec_ui.warehouse.warehouse import Transaction, Warehouse

__all__ = ["Transaction", "Warehouse"]
