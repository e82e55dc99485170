"""The portal's real processes."""
