"""What publishing refuses, and why; no message repeats a personal value."""


class PublishingError(Exception):
    """The root of what publishing refuses."""


class RuleError(PublishingError):
    """The product breaks a rule that every product keeps."""


class TemplateError(PublishingError):
    """A force's own Word template cannot be filled, or would leave a page without its marking."""
