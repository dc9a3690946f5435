"""Pages of the products room: packages from draft to dissemination."""
