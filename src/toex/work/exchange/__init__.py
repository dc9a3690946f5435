"""Products that go to another installation as one signed file, and those that come from one."""
