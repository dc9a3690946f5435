"""The recipe of every table that is conflated."""

from collections.abc import Mapping

from toex.conflation.objects import OBJECT
from toex.conflation.organisation import ORGANISATION
from toex.conflation.person import PERSON
from toex.conflation.place import PLACE
from toex.conflation.spec import Recipe

RECIPES: Mapping[str, Recipe] = {recipe.table: recipe for recipe in (PERSON, ORGANISATION, OBJECT, PLACE)}
