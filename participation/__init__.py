"""The domain: one app label, one migration history; its slices are the sub-packages."""
