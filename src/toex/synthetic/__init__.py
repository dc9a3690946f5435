"""A fictional world and the files that its forces would deliver, with the truth kept apart."""

from toex.synthetic.dirt import Dirt
from toex.synthetic.making import Made, synthesise
from toex.synthetic.shapes import SyntheticError

__all__ = ["Dirt", "Made", "SyntheticError", "synthesise"]
