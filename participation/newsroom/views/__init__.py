"""Pages of outcomes and the newsletter: public and office."""
