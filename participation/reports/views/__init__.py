"""The pages of reports: everybody reports, the office decides, the person concerned objects."""
