"""Who may read what, for which work: grants, the scopes minted from them, tokens, and reading under them."""
