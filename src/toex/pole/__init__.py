"""What things are: records and links in batches, who may read them, what is ruled of them."""

from toex.pole.batch import CORE, ENTITIES, SCHEMAS, Batch, batch, empty, sort_keys
from toex.pole.dataset import Dataset, Delivery
from toex.pole.ids import entity_id, record_id, row_key
from toex.pole.judgement import Judgement, Ruling, standing
from toex.pole.scope import Scope, bench_scope, decide, domain, in_domains, predicate, quoted
from toex.pole.subject import EVERY_SUBJECT, SUBJECTS, categories
from toex.pole.wanted import AS_TYPED, FITS, NEARLY, OTHER_FORM, SIDE_BY_SIDE, Term, Wanted, fit

__all__ = [
    "AS_TYPED",
    "CORE",
    "ENTITIES",
    "EVERY_SUBJECT",
    "FITS",
    "NEARLY",
    "OTHER_FORM",
    "SCHEMAS",
    "SIDE_BY_SIDE",
    "SUBJECTS",
    "Batch",
    "Dataset",
    "Delivery",
    "Judgement",
    "Ruling",
    "Scope",
    "Term",
    "Wanted",
    "batch",
    "bench_scope",
    "categories",
    "decide",
    "domain",
    "empty",
    "entity_id",
    "fit",
    "in_domains",
    "predicate",
    "quoted",
    "record_id",
    "row_key",
    "sort_keys",
    "standing",
]
