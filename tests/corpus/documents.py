"""Letters, reports and what the public sends."""

from corpus.sent import Sent, table, text
from unit.parsers.letters_made import archive, letter, pdf, rtf, word
from unit.parsers.pole_made import as_file, report

_TOLD = frozenset({"A grey van collected two girls at the station."})

DOCUMENTS = (
    Sent("report.docx", word(), "texts", 2, says=_TOLD, records={"text": 2}),
    Sent("graded items.docx", word(items=True), "intelligence", 2, says=_TOLD, records={"text": 2},
         unread={"Texts": 9, "Labels": 4}, offered=False),
    Sent("report.pdf", pdf("A grey van collected two girls at the station.", "The driver answers 07700 900345."), "texts", 2, says=_TOLD),
    Sent("report.rtf", rtf(), "texts", 2, says=_TOLD),
    Sent("letter.eml", letter(), "texts", 2, says=_TOLD),
    Sent("letter in html.eml", letter(html=True), "texts", 2, says=_TOLD),
    Sent("letter with a report.eml", letter(("report.docx", word())), "texts", 4, says=_TOLD),
    Sent("several.zip", archive(one__docx=word(), two__pdf=pdf("A grey van collected two girls at the station.")), "texts", 3, says=_TOLD),
    Sent("items.csv", text(table("URN | Date of Report | Item No | Intelligence | Grading | Subject | Phone Numbers",
         "42/IR/7 | 01/07/2026 | 1 | A grey van collected two girls at the station. | 2BP | | ",
         "42/IR/7 | 01/07/2026 | 2 | The driver answers 07700 900345. | 2CC | Lee HOLLIN | 07700 900345")).encode(),
         "intelligence", 2, finds=frozenset({"+447700900345"}), says=_TOLD),
    Sent("items in 5x5x5.csv", text(table("IR Reference | Date of Report | Item No | Text | Grading",
         "42/IR/8 | 01/07/2026 | 1 | A grey van collected two girls at the station. | B24")).encode(), "intelligence", 1, says=_TOLD),
    Sent("prison reports.csv", text(table("IR Number | Establishment | Date Submitted | Grading | NOMS No | Prisoner | Outside Contact | Outside Telephone | Report",
         "P1 | HMP Larkmere | 01/07/2026 | 2BP | A1234AA | Lee HOLLIN | Dov MARLPIT | 07700 900302 | A grey van collected two girls at the station.")).encode(),
         "prison-intelligence", 1, finds=frozenset({"+447700900302", "A1234AA"}), says=_TOLD),
    Sent("online report.json", as_file(report()), "online-report", 18, 1, finds=frozenset({"+447700900461"}),
         says=frozenset({"In plain words."}), unread={"bicycle": 2}),
    Sent("adverts.csv", text(table("Advert Id | Website | Posted | town | Telephone | Name | Age | Text",
         "9 | site.example | 01/07/2026 | Leeds | 07700 900345 | Mia | 19 | New in town")).encode(), "adverts", 1, finds=frozenset({"+447700900345"})),
)  # fmt: skip
