"""The API: versioned, typed, with OpenAPI; its tokens are bound to a person and a grant."""
