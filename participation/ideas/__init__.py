"""Ideas of citizens, from the first draft to what became of them."""
