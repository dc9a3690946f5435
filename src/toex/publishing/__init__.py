"""What is issued: intelligence packages and subject profiles as PDF and Word, charts, and tables for other tools."""

from toex.publishing.anx import render_anx
from toex.publishing.chart import describe_chart, draw_chart, trim
from toex.publishing.errors import PublishingError, RuleError, TemplateError
from toex.publishing.export import Sheet, action_list, chart_sheets, export_csv, export_xlsx, safe
from toex.publishing.frozen import freeze, thaw
from toex.publishing.ftm import render_ftm
from toex.publishing.graphs import render_gexf, render_graphml
from toex.publishing.i2_tables import render_i2_tables
from toex.publishing.maps import render_geojson, render_kml
from toex.publishing.pdf import page_pictures, render_pdf
from toex.publishing.placed import Heading, PlacedEntity, PlacedLink, PlacedPin, standing
from toex.publishing.product import (
    CONFIDENCES,
    LIKELIHOODS,
    AtRisk,
    Chart,
    ChartEntity,
    ChartLink,
    Gap,
    Holding,
    Joining,
    KeyJudgement,
    LineOfEnquiry,
    Member,
    OutsideCheck,
    Particular,
    Person,
    PlaceRow,
    PossibleJoin,
    Product,
    Section,
    Sentence,
    SourceRow,
    Subject,
    Term,
    TimelineRow,
)
from toex.publishing.rules import check_product, cited, sentences, unconfirmed
from toex.publishing.tags import TAGS
from toex.publishing.template_check import check_template
from toex.publishing.timeline import describe_timeline, draw_timeline
from toex.publishing.word import render_word
from toex.publishing.word_tables import export_docx

__all__ = [
    "CONFIDENCES",
    "LIKELIHOODS",
    "TAGS",
    "AtRisk",
    "Chart",
    "ChartEntity",
    "ChartLink",
    "Gap",
    "Heading",
    "Holding",
    "Joining",
    "KeyJudgement",
    "LineOfEnquiry",
    "Member",
    "OutsideCheck",
    "Particular",
    "Person",
    "PlaceRow",
    "PlacedEntity",
    "PlacedLink",
    "PlacedPin",
    "PossibleJoin",
    "Product",
    "PublishingError",
    "RuleError",
    "Section",
    "Sentence",
    "Sheet",
    "SourceRow",
    "Subject",
    "TemplateError",
    "Term",
    "TimelineRow",
    "action_list",
    "chart_sheets",
    "check_product",
    "check_template",
    "cited",
    "describe_chart",
    "describe_timeline",
    "draw_chart",
    "draw_timeline",
    "export_csv",
    "export_docx",
    "export_xlsx",
    "freeze",
    "page_pictures",
    "render_anx",
    "render_ftm",
    "render_geojson",
    "render_gexf",
    "render_graphml",
    "render_i2_tables",
    "render_kml",
    "render_pdf",
    "render_word",
    "safe",
    "sentences",
    "standing",
    "thaw",
    "trim",
    "unconfirmed",
]
