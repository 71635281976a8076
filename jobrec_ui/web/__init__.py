"""Pieces that the pages share: who is logged in, search, filters, the ranked list, the details of a match."""
