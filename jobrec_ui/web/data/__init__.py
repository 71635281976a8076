"""The admins' page on the company's data: bring files, see what they hold, decide, try, load."""
