"""The two match pages and the page that compares: search, filters, the ranked list, the drawer."""
