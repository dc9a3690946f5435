"""What is issued: drafts that cite records, another person's assurance, recipients, dissemination."""
