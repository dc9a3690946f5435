"""Extracts of crime, custody, missing, stop, vehicle, plate, prison, referral and housing systems."""

from corpus.sent import Sent, book, table, text

_READS = table("Read ID | VRM | Capture Time | Camera ID | Camera Name | Latitude | Longitude | Direction | Confidence",
               "1 | AB51ABC | 2026-07-01T21:15:09Z | C1 | A629 north | 53.72 | -1.86 | N | 97", "2 | CD02CDE | 2026-07-01T21:16:09Z | C1 | A629 north | 53.72 | -1.86 | N | 88")  # fmt: skip
_PULL = table(
    "Reg | Date | Time | Camera | Location | Easting | Northing | Heading",
    "AB51 ABC | 01/07/2026 | 22:15:09 | C1 | A629 north | 409300 | 425300 | N",
)
_CRIME = table("Crime Number | Offence Title | Committed From | Crime Location | Location Postcode | Victim | Suspect | Vehicle | Modus Operandi",
               "13/1/26 | Holding in servitude | 01/07/2026 22:00 | 12 Larkmere Road | HX1 1AA | Ann KESTRELBY | Dov MARLPIT | AB51 ABC | Kept her passport")  # fmt: skip
_CARS = frozenset({"AB51ABC"})

POLICING = (
    Sent("reads.csv", text(_READS).encode(), "anpr", 2, finds=_CARS | {"CD02CDE"}, records={"event": 2}),
    Sent("a pull with titles.xlsx", book({"Reads": [["ANPR pull, authority 4471/26"], [], *_PULL, ["Total reads: 1"]]}), "anpr-pull", 2, 1, _CARS, {"event": 1}),
    Sent("crime.csv", text(_CRIME).encode(), "crime", 1, finds=_CARS, records={"person": 2}),
    Sent("crime in utf-16.csv", text(_CRIME, between="\t").encode("utf-16-le"), "crime", 1, finds=_CARS),
    Sent("custody.csv", text(table("Custody No | Arrest Summons No | PNCID | Surname | Forename | DOB | Arrest Date | Custody Suite | Offences",
         "C1 | 26/0013/01/000123A | 19/1234A | MARLPIT | Dov | 17/11/1984 | 01/07/2026 22:40 | Halifax | Servitude")).encode(), "custody", 1, records={"person": 1}),
    Sent("missing.xlsx", book({"Episodes": table("Episode Number | Misper No | Surname | Forename | DOB | Missing Since | Returned At | Found With | Risk Level",
         "E1 | M1 | KESTRELBY | Mira | 04/03/2011 | 01/07/2026 20:00 | 02/07/2026 03:10 | Dov MARLPIT | High")}), "missing", 1),
    Sent("stops.csv", text(table("Stop Reference | Stop Date | Stop Time | Location | Surname | Forename | DOB | VRM | Driver or Passenger | Outcome",
         "S1 | 01/07/2026 | 22:15 | Mill Lane | MARLPIT | Dov | 17/11/1984 | AB51 ABC | Driver | NFA")).encode(), "stops", 1, finds=_CARS),
    Sent("keepers.csv", text(table("Record Number | Registration Mark | Chassis Number | make | Registered Keeper | keeper_dob | keeper_address | Acquired",
         "V1 | AB51ABC | WAUZZZ8E03A123456 | Audi | Dov MARLPIT | 17/11/1984 | 3 Orchard Row | 01/02/2024")).encode(), "vehicles", 1, finds=_CARS),
    Sent("referrals.xlsx", book({"NRM": [["Referrals of the region"], [], *table("NRM Reference | Date of Referral | First Responder | Surname | Forenames | Date of Birth | Gender | Nationality | Exploitation Type | Reasonable Grounds",
         "N1 | 03/07/2026 | Police | KESTRELBY | Ann | 04/03/1991 | F | British | Labour | Positive")]}), "nrm", 1, records={"person": 1}),
    Sent("visits.csv", text(table("Visit Ref | Prison | Visit Date | Visit Time | NOMS No | Prisoner | Visitor | Visitor Address | Visitor Telephone | Relationship",
         "1 | HMP Larkmere | 01/07/2026 | 14:00 | A1234AA | Lee HOLLIN | Dov MARLPIT | 3 Orchard Row | 07700 900302 | Friend")).encode(), "prison-visits", 1,
         finds=frozenset({"+447700900302", "A1234AA"})),
    Sent("prisoners.csv", text(table("Prison Number | SURNAME | FORENAMES | DOB | PNC_NO | ESTABLISHMENT | Date Received",
         "A1234AA | HOLLIN | Lee | 02/02/1980 | 19/1234A | HMP Larkmere | 01/01/2025")).encode(), "prisoners", 1, finds=frozenset({"A1234AA"})),
    Sent("prison calls.csv", text(table("PIN Call Id | Establishment | NOMS No | Prisoner | Number Dialled | Call Start | Call Duration | Contact Name",
         "7 | HMP Larkmere | A1234AA | Lee HOLLIN | 07700 900302 | 01/07/2026 18:02 | 300 | Dov")).encode(), "prison-calls", 1,
         finds=frozenset({"A1234AA", "+447700900302"}), records={"event": 1}),
    Sent("tenancies.csv", text(table("Tenancy Reference | Property | Postcode | Tenant | Tenant Telephone | Landlord | Licence | Start Date | Officer Note",
         "T1 | 12 Larkmere Road | HX1 1AA | Ann KESTRELBY | 07700 900301 | Dov MARLPIT | HMO/1 | 01/02/2026 | Nine mattresses")).encode(), "tenancies", 1,
         finds=frozenset({"+447700900301"}), says=frozenset({"Nine mattresses"})),
    Sent("a mark in two cells.csv", text(table("Read Id | Plate | Captured At | Site | Lat | Long", "1 | AB51 ABC | 01/07/2026 22:15:09 | A629 | 53.72 | -1.86")).encode(), "anpr", 1,
         finds=_CARS),
)  # fmt: skip
