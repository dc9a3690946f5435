"""The recipe for people: what is compared, how records meet, and what no machine may join."""

from toex.conflation.spec import (
    Alike,
    Condition,
    Crossed,
    Differ,
    Either,
    Exclusive,
    Field,
    Graded,
    Guard,
    Household,
    Key,
    Level,
    Missing,
    Not,
    Opens,
    Recipe,
    Slips,
    Within,
    every,
    same,
    some,
)

_NICKNAME = some(same("root"), Crossed("root", "root_2"), Crossed("root_2", "root"), same("root_2"))
_FORENAME_CLOSE = some(_NICKNAME, Alike("forename", 0.88), Opens("forename", 3))
_SURNAME_CLOSE = some(Alike("surname", 0.9), Opens("surname", 4), every(same("sound"), Alike("surname", 0.75)))
_SURNAME_CLOSE_OR_SAME = some(same("surname"), _SURNAME_CLOSE)
_ALIASED: Condition = some(Crossed("alias", "whole"), Crossed("whole", "alias"), same("alias"))
_SWAPPED = every(Crossed("forename", "surname"), Crossed("surname", "forename"))

NAME = Field(
    name="name",
    shows="name",
    unknown=some(Missing("surname"), Missing("forename")),
    missing="No full name on one of the two records",
    levels=(
        Level("same", same("whole"), "Same name", rarity="rare_whole"),
        Level("root", same("root", "surname"), "Same surname, forms of one forename", rarity="rare_whole"),
        Level("nickname", every(same("surname"), _NICKNAME), "Same surname, a forename and its short form",
              rarity="rare_whole"),
        Level("swapped", _SWAPPED, "The same two names in the other order", rarity="rare_whole"),
        Level("alias", _ALIASED, "One record's alias is the other's name"),
        Level("surname-close", every(_NICKNAME, _SURNAME_CLOSE), "Same forename, surnames spelt or sounding alike",
              rarity="rare_forename"),
        Level("forename-close", every(same("surname"), _FORENAME_CLOSE), "Same surname, forenames spelt alike",
              rarity="rare_surname"),
        Level("initial", every(same("surname", "initial"), Either("is_initial")), "Same surname, and an initial that fits",
              rarity="rare_surname"),
        Level("both-close", every(_FORENAME_CLOSE, _SURNAME_CLOSE), "Forenames and surnames both spelt or sounding alike"),
        Level("swapped-close", some(Crossed("forename", "surname"), Crossed("surname", "forename")),
              "One name of each agrees, in the other place"),
        Level("forename", _NICKNAME, "Same forename, different surnames", rarity="rare_forename"),
        Level("surname", same("surname"), "Same surname, different forenames", rarity="rare_surname"),
        Level("different", None, "Different names"),
    ),
)  # fmt: skip

BIRTH = Field(
    name="birth",
    shows="dob",
    unknown=some(Missing("year"), every(Missing("born"), Not(Differ("year")))),
    missing="No full date of birth on one of the two records",
    levels=(
        Level("same", every(same("born"), Not(Either("new_year"))), "Same date of birth"),
        Level("same-new-year", same("born"), "Same date of birth, but 1 January is often a filler"),
        Level("swapped", some(Crossed("born", "born_swapped"), Crossed("born_swapped", "born")),
              "Dates of birth with day and month the other way round"),
        Level("slip", Slips("born", 1), "Dates of birth one digit apart"),
        Level("year-slip", every(same("month_day"), Not(Either("new_year"))), "Same day and month of birth, other year"),
        Level("two-slips", every(same("year"), Slips("born", 2)), "Dates of birth two digits apart"),
        Level("same-year", same("year"), "Same year of birth, other day"),
        Level("near-year", Within("year", 2.0), "Years of birth close"),
        Level("different", None, "Different dates of birth"),
    ),
)  # fmt: skip

PLACE = Field(
    name="place",
    shows="postcode",
    unknown=Missing("outcode"),
    missing="No address on one of the two records",
    levels=(
        Level("same", same("home"), "Same address"),
        Level("postcode", same("postcode"), "Same postcode"),
        Level("outcode", same("outcode"), "Same postcode district"),
        Level("area", same("area"), "Same postcode area"),
        Level("different", None, "Different postcodes"),
    ),
)

PHONE = Field(
    name="phone",
    shows="phone",
    unknown=Missing("phone"),
    missing="No telephone number on one of the two records",
    levels=(
        Level("same", every(same("phone"), Not(Either("phone_shared"))), "Same telephone number"),
        Level("shared", same("phone"), "Same telephone number, which several people give"),
        Level("different", None, "Different telephone numbers"),
    ),
)

SEX = Field(
    name="sex",
    unknown=Missing("sex"),
    missing="Sex not recorded on one of the two records",
    levels=(Level("same", same("sex"), "Same sex recorded"), Level("different", None, "Different sex recorded")),
)

MIDDLE = Field(
    name="middle",
    shows="middle",
    unknown=Missing("middle"),
    missing="No middle name on one of the two records",
    levels=(
        Level("same", same("middle"), "Same middle name"),
        Level("initial", same("middle_initial"), "Same initial of the middle name"),
        Level("different", None, "Different middle names"),
    ),
)

CERTAIN = ("pnc", "cro", "noms", "nino", "driver", "passport")
_ONE_ONLY = ("pnc", "cro", "noms", "nino")
_SAME_ID = some(*(same(kind) for kind in CERTAIN))

EMAIL = Field(
    name="email",
    shows="email",
    unknown=Missing("email"),
    missing="No email address on one of the two records",
    levels=(
        Level("same", same("email"), "Same email address", m=0.6, u=1e-5),
        Level("different", None, "Different email addresses", m=0.4, u=1.0),
    ),
    fixed=True,
)

# A home and a surname agree together in families: what both say together is less than the sum of what each says.
HOUSEHOLD = Field(
    name="household",
    unknown=Not(every(_SURNAME_CLOSE_OR_SAME, some(same("home"), same("postcode"), same("phone")))),
    missing="Not two of one surname at one home or number",
    levels=(
        Level(
            "shared",
            _SURNAME_CLOSE_OR_SAME,
            "Families share surname and home, so the two count less together",
            m=0.02,
            u=0.98,
        ),
        Level("not", None, "Not two of one surname at one home or number", m=0.5, u=0.5),
    ),
    fixed=True,
)

# Weights by rule, because such pairs are too few and too selected to learn from: a shared unique identifier outweighs
# any spelling; two different ones weigh strongly against, and the guard refuses the pair in any case.
IDENTIFIER = Field(
    name="identifier",
    unknown=Not(some(_SAME_ID, *(Differ(kind) for kind in _ONE_ONLY))),
    missing="No unique identifier of one kind on both records",
    levels=(
        Level("same", _SAME_ID, "Same unique identifier", m=0.97, u=1e-6),
        Level("different", None, "Different unique identifiers of one kind", m=0.02, u=1.0),
    ),
    fixed=True,
)

_NAMED = ("same", "root", "nickname", "swapped", "alias", "surname-close", "forename-close", "initial", "both-close")
_FIRM_NAMES = ("same", "root", "nickname", "swapped", "alias", "surname-close", "forename-close")
_BORN_FIRM = ("same", "swapped", "slip", "year-slip")
_ID_SAME = Graded("identifier", ("same",))
_SUPPORTED = some(
    _ID_SAME,
    Graded("birth", ("same", "same-new-year", *_BORN_FIRM, "two-slips")),
    Graded("place", ("same", "postcode")),
    Graded("phone", ("same", "shared")),
    Graded("email", ("same",)),
)
_BORN_APART = Graded("birth", ("near-year", "different"))

GUARDS = (
    Guard("different-identifiers", "refused", Graded("identifier", ("different",)),
          "The two records state different unique identifiers of one kind"),
    Guard("twins", "refused",
          every(Graded("birth", ("same",)), Graded("place", ("same", "postcode")), Graded("name", ("surname", "different")),
                same("surname"), Not(_ID_SAME)),
          "Same surname, birthday and home but another forename: twins until a person says otherwise"),
    Guard("identifier-contradicted", "possible",
          every(_ID_SAME, Not(Graded("name", (*_NAMED, "swapped-close", "forename")))),
          "The unique identifier agrees but the names do not: a false identity, or an error, for a person to judge"),
    Guard("child-and-adult", "possible", Differ("of_age"),
          "One record is of a child and the other of an adult: always for a person to judge"),
    Guard("victim-and-suspect", "possible", Differ("part_played"),
          "One record is of a victim and the other of a suspect: always for a person to judge"),
    Guard("name-alone", "possible", Not(_SUPPORTED),
          "Nothing but the name agrees"),
    Guard("names-differ", "possible",
          every(Not(Graded("name", (*_NAMED, "forename", "swapped-close"))), Not(_ID_SAME)),
          "Shared details but no agreeing name: people who live or travel together share them too"),
    Guard("alias-only", "possible",
          every(Graded("name", ("alias",)), Not(_ID_SAME), Not(Graded("birth", ("same", *_BORN_FIRM)))),
          "An alias agrees but no date of birth does"),
    Guard("twins-perhaps", "possible",
          every(Graded("birth", ("same",)), Graded("name", ("nickname",)), Not(_ID_SAME),
                some(Graded("place", ("same", "postcode")), Graded("phone", ("different",)))),
          "Same birthday and forms of one forename, at one home or with two telephones: twins are named so too"),
    Guard("one-home-only", "possible",
          every(Graded("birth", ("unknown", "same-year", "near-year")), Graded("place", ("same", "postcode")), Not(_ID_SAME),
                Not(Graded("phone", ("same",))),
                some(Graded("phone", ("different",)), Not(Graded("name", ("same", "root", "swapped"))))),
          "One home and names that are only alike, and no date of birth agrees: relatives look like this"),
    Guard("surname-differs", "possible",
          every(Graded("name", ("forename", "swapped-close")), Not(_ID_SAME), Not(Graded("birth", ("same",)))),
          "Another surname needs the same date of birth"),
    Guard("births-differ", "possible", every(_BORN_APART, Not(_ID_SAME)),
          "The dates of birth are of different people unless one is wrong: for a person to judge"),
    Guard("sexes-differ", "possible",
          every(Graded("sex", ("different",)), Not(Graded("name", _FIRM_NAMES)), Not(_ID_SAME)),
          "Another sex is recorded and the names are not firm"),
)  # fmt: skip

_EXCLUSIVE = (
    *(Exclusive(kind, "refused", "different-identifiers", "Two different unique identifiers of one kind would meet in one entity")
      for kind in _ONE_ONLY),
    Exclusive("of_age", "possible", "child-and-adult", "A child's and an adult's record would meet in one entity"),
    Exclusive("part_played", "possible", "victim-and-suspect", "A victim's and a suspect's record would meet in one entity"),
)  # fmt: skip

PERSON = Recipe(
    table="person",
    columns=(
        "name",
        "middle",
        "forename_key",
        "surname_key",
        "forename_root",
        "surname_sound",
        "alias",
        "dob",
        "dob_precision",
        "dob_swapped",
        "dob_default",
        "sex",
        "address_key",
        "postcode",
        "phone",
        "email",
        *CERTAIN,
    ),
    fields=(NAME, BIRTH, PLACE, PHONE, SEX, MIDDLE, EMAIL, HOUSEHOLD, IDENTIFIER),
    keys=(
        Key("name and birth", (("either_way", "born"), ("alias_either_way", "born"))),
        Key("sound and birth", (("sound", "born"), ("sound", "born_swapped"))),
        Key("forename and birth", (("root", "born"), ("root_2", "born"), ("root", "born_swapped"))),
        Key("start of surname and birth", (("surname_start", "born"),)),
        Key("birth and postcode", (("born", "postcode"),)),
        Key("names and year", (("root", "surname", "year"), ("root_2", "surname", "year"))),
        Key("names and day", (("root", "sound", "month_day"),)),
        Key("names and district", (("root", "sound", "outcode"), ("root_2", "sound", "outcode"))),
        Key("names either way and district", (("either_way", "outcode"), ("alias_either_way", "outcode"))),
        Key("forename and address", (("root", "home"), ("root_2", "home"))),
        Key("forename and postcode", (("root", "postcode"),)),
        Key("surname and postcode", (("surname_start", "initial", "postcode"),)),
        Key("telephone", (("phone", "initial"),)),
        Key("telephone and surname", (("phone", "sound"),)),
        Key("rare name", (("either_way",),), most=20),
        Key("rare sound", (("root", "sound"),), most=8),
        Key("email", (("email",),)),
        *(Key(kind, ((kind,),)) for kind in CERTAIN),
    ),
    blocks=(("whole", "outcode"), ("whole", "born"), ("born", "postcode")),
    guards=GUARDS,
    exclusive=_EXCLUSIVE,
    household=Household("household", "surname", ("home", "phone"), ("root", "born")),
    anchor=("whole", "born"),
    counted=("phone", "address_key"),
)
