"""A password that is typed, or given by the environment to a program that nobody sits before."""

import getpass
import os

from toex.work.errors import NotAllowed


def password(variable: str, prompt: str) -> str:
    """Give the password that the variable holds, or ask for it; NotAllowed where neither can be."""
    try:
        return os.environ.get(variable) or getpass.getpass(prompt)
    except EOFError:
        raise NotAllowed(f"A password is asked for and nobody can type it here: give it as {variable}.") from None
