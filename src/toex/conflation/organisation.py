"""The recipe for organisations: company number, then name, then how alike the names are within one place."""

from toex.conflation.spec import (
    Alike,
    Differ,
    Exclusive,
    Field,
    Graded,
    Guard,
    Key,
    Level,
    Missing,
    Opens,
    Recipe,
    every,
    same,
    some,
)

_SAME_NUMBER = Graded("number", ("same",))

ORGANISATION = Recipe(
    table="organisation",
    columns=("name", "name_key", "number", "address_key", "postcode", "phone"),
    fields=(
        Field(
            name="number",
            shows="number",
            unknown=Missing("number"),
            missing="No company number on one of the two records",
            levels=(
                Level("same", same("number"), "Same company number", m=0.97, u=1e-6),
                Level("different", None, "Different company numbers", m=0.03, u=1.0),
            ),
            fixed=True,
        ),
        Field(
            name="name",
            shows="name",
            unknown=Missing("name"),
            missing="No name on one of the two records",
            levels=(
                Level("same", same("name"), "Same name", m=0.7, u=1e-5),
                Level("opens", Opens("name", 6), "One name opens the other", m=0.1, u=1e-4),
                Level("alike", Alike("name", 0.9), "Names spelt alike", m=0.12, u=1e-4),
                Level("near", Alike("name", 0.8), "Names somewhat alike", m=0.05, u=0.005),
                Level("different", None, "Different names", m=0.03, u=0.99),
            ),
            fixed=True,
        ),
        Field(
            name="place",
            shows="postcode",
            unknown=Missing("postcode"),
            missing="No postcode on one of the two records",
            levels=(
                Level("same", same("home"), "Same address", m=0.5, u=1e-4),
                Level("postcode", same("postcode"), "Same postcode", m=0.25, u=5e-4),
                Level("outcode", same("outcode"), "Same postcode district", m=0.1, u=0.01),
                Level("different", None, "Different postcodes", m=0.15, u=0.98),
            ),
            fixed=True,
        ),
        Field(
            name="phone",
            shows="phone",
            unknown=Missing("phone"),
            missing="No telephone number on one of the two records",
            levels=(
                Level("same", same("phone"), "Same telephone number", m=0.7, u=1e-4),
                Level("different", None, "Different telephone numbers", m=0.3, u=1.0),
            ),
            fixed=True,
        ),
    ),
    keys=(
        Key("company number", (("number",),), most=400),
        Key("name and postcode", (("name", "postcode"),), most=400),
        Key("name", (("name",),), most=40),
        Key("start of name and district", (("start", "outcode"),), most=40),
        Key("postcode", (("postcode",),), most=40),
        Key("telephone", (("phone",),), most=40),
    ),
    guards=(
        Guard("different-identifiers", "refused", Differ("number"), "The two records state different company numbers"),
        Guard("name-alone", "possible",
              every(Graded("place", ("unknown", "outcode", "different")), Graded("phone", ("unknown", "different")),
                    Graded("number", ("unknown",))),
              "Nothing but the name agrees"),
        Guard("names-differ", "possible",
              every(Graded("name", ("unknown", "near", "different")), Graded("number", ("unknown",))),
              "Shared premises or telephone but no agreeing name"),
        Guard("number-contradicted", "possible",
              every(_SAME_NUMBER, some(Graded("name", ("different",)), Graded("name", ("unknown",)))),
              "The company number agrees but the names do not: renamed, or an error, for a person to judge"),
        Guard("alike-only", "possible",
              every(Graded("name", ("opens", "alike")), Graded("number", ("unknown",))),
              "The names are only alike"),
    ),
    exclusive=(Exclusive("number", "refused", "different-identifiers", "Two company numbers would meet in one entity"),),
    prior=-14.0,
    joined=4.0,
    possible=-6.0,
)  # fmt: skip
