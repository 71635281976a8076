"""The admins' page on jobs: when each runs by itself, what runs now, what came of the last runs, the nightly lists."""
