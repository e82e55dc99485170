"""The office at work on what people send: one queue, one page a case."""
