"""The spine: what happened to which case, when, by whom."""
