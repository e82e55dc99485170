"""The pages of the office: the queue, a case, its reviews and answers."""
