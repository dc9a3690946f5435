"""The recipe for places: one address key is one place already; here the ways in which one address is written."""

from toex.conflation.spec import (
    Alike,
    Differ,
    Edits,
    Field,
    Graded,
    Guard,
    Key,
    Level,
    Missing,
    Not,
    Opens,
    Recipe,
    same,
    some,
)

PLACE = Recipe(
    table="place",
    columns=("address", "address_key", "postcode"),
    fields=(
        Field(
            name="number",
            unknown=Missing("number"),
            missing="No house number on one of the two records",
            levels=(
                Level("same", same("number"), "Same house and flat number", m=0.95, u=0.02),
                Level("different", None, "Different house or flat numbers", m=0.05, u=0.98),
            ),
            fixed=True,
        ),
        Field(
            name="street",
            shows="address",
            unknown=Missing("street"),
            missing="No street on one of the two records",
            levels=(
                Level("same", same("street"), "Same street", m=0.6, u=0.1),
                Level("slip", Edits("street", 2), "Streets one or two letters apart", m=0.2, u=0.01),
                Level("opens", some(Opens("street", 5), Alike("street", 0.92)), "Streets written alike", m=0.15, u=0.02),
                Level("different", None, "Different streets", m=0.05, u=0.87),
            ),
            fixed=True,
        ),
        Field(
            name="postcode",
            shows="postcode",
            unknown=Missing("postcode"),
            missing="No postcode on one of the two records",
            levels=(
                Level("same", same("postcode"), "Same postcode", m=0.9, u=1e-4),
                Level("different", None, "Different postcodes", m=0.1, u=1.0),
            ),
            fixed=True,
        ),
    ),
    keys=(
        Key("postcode and number", (("postcode", "number"),), most=40),
        Key("postcode and street", (("postcode", "street"),), most=20),
    ),
    guards=(
        Guard("other-street", "possible", Graded("street", ("unknown", "different", "opens")),
              "The streets are not firmly the same"),
        Guard("no-number", "possible", Missing("number"), "No house number to tell the homes of one postcode apart"),
        Guard("other-postcode", "possible", Not(same("postcode")), "Not in one postcode"),
    ),
    apart=some(same("key"), Differ("number")),
    prior=-12.0,
    joined=4.0,
    possible=-2.0,
)  # fmt: skip
