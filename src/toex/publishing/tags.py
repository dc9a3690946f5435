"""The tags that a force's own Word template may use, and what each holds."""

from collections.abc import Mapping

# A sentence has .text, .new, .basis (fact, assessment, note) and .pieces; a piece has .text ("[12]") and .number.
TAGS: Mapping[str, str] = {
    "operation": "the operation's name, without the word Operation",
    "title": "what the product is about",
    "kind": "Intelligence package, or Subject profile",
    "profile": "true for a subject profile",
    "force": "the force that the product is for",
    "version": "the number of the version",
    "date": "the day on which it was made",
    "marking": "the marking: it must stand in every header or footer",
    "running": "what every page says of a draft or of a bench home, else the reference",
    "banners": "what the cover says of a draft or of a bench home, a list of texts",
    "reference": "the product's reference",
    "customer": "the senior investigating officer",
    "prepared_by": "who prepared it",
    "assured_by": "who assured its quality",
    "threats": "threat areas, a list of texts",
    "handling": "handling conditions, a list of texts",
    "recipients": "who receives it, a list of texts",
    "since": "the earlier version that news are told against, 0 for none",
    "notes": "standing notes: .hints .no_hit .method .nobody .owner .children .news .possible .unprinted",
    "figures": "counts of the product: each .value .label",
    "judgements": "key judgements: sentences, each also .likelihood .confidence .rests",
    "summary": "sentences",
    "at_risk": "people for safeguarding review: each .ref .name .categories .particulars .reasons (sentences) "
    ".owner .referral",
    "review": "the same people in groups: each .title .shared (sentences, each also .but, who does not bear it) .people, "
    "whose .reasons are what is particular to them",
    "news": "what is new: sentences",
    "network": "what is said of the network: sentences",
    "chart": "the link chart, or none: .image .caption .alt",
    "members": "people in the network: each .ref .name .categories .victim .new .measures .forces .pieces",
    "links": "links in the chart: each .a (who, one or many) .b .what .standing .pieces",
    "holdings": "forces that hold records: each .force .records .people .contact",
    "possible": "possible joins for a person to rule: each .one .other (.ref .name) .fields .held_back .command .new .pieces",
    "possible_left": "how many further possible joins are not told",
    "lines": "lines of enquiry: each .number .what .why (a sentence) .priority .owner .due .new",
    "subjects": "subjects: each .ref .name .categories .proposed .particulars (.label .told, sentences) .account .joinings "
    "(.fields .basis .reason .pieces) .more .strip .timeline",
    "strip": "the strip chart of the timeline, or none: .image .caption .alt",
    "timeline": "what happened: each .when .until .lane .text .place .people .new .pieces",
    "places": "places: each .place .kind .what (a sentence) .people",
    "sections": "further parts: each .title .sentences",
    "gaps": "intelligence gaps: each .what .would_tell .owner .new",
    "checks": "outside checks still open: each .system .about .state",
    "sources": "what is cited: each .number .supplier .dataset .what .file .row .grade .marking .conditions .origin "
    ".reported .ref",
    "independence": "how many independent origins the cited records have",
    "method": "what is said of the method: sentences",
    "glossary": "words: each .word .meaning",
}
