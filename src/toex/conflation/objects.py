"""The recipe for objects: one value is one object already; here only what says that two values are one, or one is two."""

from toex.conflation.spec import Differ, Field, Graded, Guard, Key, Level, Missing, Not, Recipe, every, same, some

# A registration mark moves between vehicles and a VIN does not, so the VIN rules. A look-alike mark (O and 0, I and 1,
# B and 8) is never joined by a machine: a misread and another vehicle look the same.
OBJECT = Recipe(
    table="object",
    columns=("kind", "value", "vin", "make", "colour"),
    fields=(
        Field(
            name="value",
            shows="value",
            unknown=Missing("value"),
            missing="No number or mark on one of the two records",
            levels=(
                Level("same", same("value"), "Same number or mark", m=0.9, u=1e-6),
                Level("device", same("device"), "Same device number but for its last digit", m=0.9, u=1e-6),
                Level("look-alike", same("skeleton"), "Marks that are misread for each other", m=0.05, u=1e-4),
                Level("different", None, "Different numbers or marks", m=0.01, u=1.0),
            ),
            fixed=True,
        ),
        Field(
            name="vin",
            shows="vin",
            unknown=Missing("vin"),
            missing="No vehicle identification number on one of the two records",
            levels=(
                Level("same", same("vin"), "Same vehicle identification number", m=0.97, u=1e-8),
                Level("different", None, "Different vehicle identification numbers", m=0.03, u=1.0),
            ),
            fixed=True,
        ),
        Field(
            name="look",
            unknown=some(Missing("make"), Missing("colour")),
            missing="No make and colour on one of the two records",
            levels=(
                Level("same", same("make", "colour"), "Same make and colour", m=0.8, u=0.02),
                Level("make", same("make"), "Same make, other colour", m=0.15, u=0.1),
                Level("different", None, "Another make", m=0.05, u=0.88),
            ),
            fixed=True,
        ),
    ),
    keys=(
        Key("vehicle identification number", (("kind", "vin"),), most=40),
        Key("mark with a vehicle identification number", (("kind", "value", "has_vin"),), most=40),
        Key("look-alike mark", (("kind", "skeleton"),), most=20),
        Key("device number", (("kind", "device"),), most=20),
    ),
    guards=(
        Guard("moved-plate", "refused", every(same("value"), Differ("vin")),
              "One mark on two vehicles: the plate moved, or is copied"),
        Guard("different-identifiers", "refused", Differ("vin"), "Different vehicle identification numbers"),
        Guard("look-alike", "possible", every(Graded("value", ("look-alike",)), Not(same("vin"))),
              "The marks are only misread for each other"),
    ),
    apart=every(same("kind", "value"), Not(Differ("vin"))),
    prior=-14.0,
    joined=3.0,
    possible=-8.0,
)  # fmt: skip
