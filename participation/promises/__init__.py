"""Until when somebody answers, whether that was kept, and who wants to hear of it."""
