"""What the map stands on when no tile can be fetched: land, built-up ground, districts and places, as GeoJSON."""
