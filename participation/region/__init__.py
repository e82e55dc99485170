"""The alliance: its profile, municipalities, fields of action, partners and legal texts."""
