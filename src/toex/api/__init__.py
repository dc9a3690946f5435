"""The API: versioned, typed, with OpenAPI; its tokens are bound to a person and a grant."""

from toex.api.door import api

__all__ = ["api"]
