"""The pages of ideas: reading, writing, taking part."""
