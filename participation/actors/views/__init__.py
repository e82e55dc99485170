"""The pages about people: one's own, the public register, the office's."""
