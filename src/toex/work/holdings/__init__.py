"""What is held and on what basis: datasets, receipts, PND state, retention, legal hold, erasure with its proof."""
