"""What the web shows of the region: public pages, and the office's pages where it is edited."""
