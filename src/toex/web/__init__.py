"""The workbench: pages for people, room by room."""
