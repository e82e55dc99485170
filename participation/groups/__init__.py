"""Working groups: citizens and officials prepare together what the steering group decides."""
