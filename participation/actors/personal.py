"""Which personal fields of this slice are kept, scrubbed and exported."""
