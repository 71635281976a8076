"""Importing a company's files in the app: what admins do, in the background, and what is remembered of it."""
