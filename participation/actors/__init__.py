"""Regional actors: accounts, profiles, consents, and the posts of the office."""
