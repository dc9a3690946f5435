"""Call data of several operators, downloads of telephones, messages."""

from datetime import date, datetime, time

from corpus.sent import Sent, book, table, text
from unit.parsers.phones import Model, message, party, report

_A, _B = "+447700900301", "+447700900302"
_TWO = frozenset({_A, _B})
_UTC = table(
    "Record Id | Call Type | Calling Number | Called Number | Start Time | Call Duration | Calling IMEI | First Cell ID | Cell Site | Latitude | Longitude | Bearing",
    "1 | Voice | 447700900301 | 447700900302 | 2026-07-01T21:15:09Z | 63 | 490154203237518 | 234-10-1-2 | Mill Lane | 53.72 | -1.86 | 120",
    "2 | SMS | 447700900302 | 447700900301 | 2026-07-01T21:16:00Z | 0 | | 234-10-1-3 | Mill Lane | 53.72 | -1.86 | 240",
)
_LOCAL = table(
    "A Party | B Party | Event | Direction | Date | Time | Dur | A IMEI | Cell ID | Site | Easting | Northing | Azimuth",
    "07700900301 | 07700900302 | VOICE | OUT | 01/07/2026 | 22:15:09 | 63 | 490154203237518 | 9912 | Mill Lane | 409300 | 425300 | 120",
    "07700900301 | 07700900302 | TEXT | IN | 01/07/2026 | 22:16:00 | 0 | | 9913 | Mill Lane | 409300 | 425300 | 240",
)
_TARGET = table(
    "Target | MO/MT | Other Party | Start Date | Start Time (UTC) | End Time | Duration (s) | Service | IMSI | IMEI | First CGI | Site Name | Grid Ref E | Grid Ref N",
    "447700900301 | MO | 447700900302 | 01/07/2026 | 21:15:09 | 21:16:12 | 63 | Speech | 234100000000001 | 490154203237518 | 234-10-1-2 | Mill Lane | 409300 | 425300",
    "447700900301 | MT | 447700900302 | 01/07/2026 | 21:16:00 | 21:16:00 | 0 | SMS-MT | 234100000000001 | 490154203237518 | 234-10-1-3 | Mill Lane | 409300 | 425300",
)
_TITLE = [["Billing for 07700900301"], ["Request 4471/26, OFFICIAL-SENSITIVE"], ["All times are local"], []]
_DEVICE = [
    ["", "", "", ""],
    ["#", "Name", "Value", "Source"],
    [1, "IMEI", "490154203237518", ""],
    [2, "MSISDN", _A, ""],
    [3, "Owner", "Ann KESTRELBY", ""],
]
_CONTACTS = [["Contacts (2)"], ["#", "Name", "Entries", "Source", "Account"],
             [1, "Dov", f"Phone-Mobile: {_B}_x000D_\nUser ID-Username: dov_m", "WhatsApp", ""], [2, "Mum", "Phone-Home: 0113 496 0001", "Phone", ""]]  # fmt: skip
_CALLS = [["Calls (1)"], ["#", "Parties", "Time", "Direction", "Duration", "Status", "Call Type", "Source"],
          [1, f"To: {_B} Dov", "01/07/2026 22:15:09(UTC+1)", "Outgoing", "00:01:03", "Established", "Voice", "Phone"]]  # fmt: skip
_CHATS = [["Chats (2)"], ["Chat #", "#", "Participants", "From", "To", "Body", "Timestamp: Time", "Status", "Attachment #1", "Source", "Deleted"],
          ["1", "1", f"{_A} Ann {_B} Dov", f"{_B} Dov", f"{_A} Ann", "Where are you?", "01/07/2026 22:17:09(UTC+1)", "Read", "", "WhatsApp", ""],
          ["1", "2", f"{_A} Ann {_B} Dov", f"{_A} Ann", f"{_B} Dov", "At the farm", "01/07/2026 22:18:00(UTC+1)", "Sent", "", "WhatsApp", "Yes"]]  # fmt: skip
_NEWER = {
    "Device Information": [[], *_DEVICE[1:]],
    "Contacts": [["Contacts (2)"], ["#", "Name", "Entry", "Entry (2)", "Source"],
                 [1, "Dov", f"Phone-Mobile: {_B}", "User ID-Username: dov_m", "WhatsApp"]],
    "Call Log": [["Call Log (1)"], *_CALLS[1:]],
    "Instant Messages": [["Instant Messages (1)"], ["#", "From", "To", "Body", "Timestamp-Time", "Source", "Deleted"],
                         [1, f"{_B} Dov", f"{_A} Ann", "Where are you?", "01/07/2026 22:17:09(UTC+1)", "Signal", ""]],
    "SMS Messages": [["SMS Messages (1)"], ["#", "Party", "Folder", "Message", "Time", "Status", "Source", "Deleted"],
                     [1, f"From: {_B} Dov", "Inbox", "Ring me", "01/07/2026 22:19:00(UTC+1)", "Read", "Phone", ""]],
    "Locations": [["Locations (1)"], ["#", "Position", "Time", "Name", "Description", "Source"],
                  [1, "(53.72000, -1.86000)", "01/07/2026 22:20:00(UTC+1)", "Farm", "", "Maps"]],
    "Emails": [["Emails (1)"], ["#", "Deleted", "Time", "From", "To", "Subject", "Body", "Source"],
               [1, "", "01/07/2026 22:21:00(UTC+1)", "dov@example.org", "ann@example.org", "Work", "Be ready at five", "Mail"]],
    "User Accounts": [["User Accounts (1)"], ["#", "Username", "Name", "Service Type", "Source"], [1, "ann_k", "Ann", "Instagram", "Instagram"]],
    "Searched Items": [["Searched Items (1)"], ["#", "Value", "Time", "Source"], [1, "can they keep my passport", "01/07/2026 22:22:00(UTC+1)", "Browser"]],
    "Web History": [["Web History (1)"], ["#", "Title", "URL", "Last Visited-Time", "Source"],
                    [1, "Help", "https://help.example", "01/07/2026 22:23:00(UTC+1)", "Browser"]],
    "Timeline": [["Timeline (1)"], ["#", "Type", "Time"], [1, "Call", "01/07/2026 22:15:09(UTC+1)"]],
}  # fmt: skip
_IOS = "[01/07/2026, 22:17:09] Dov: Where are you?\n[01/07/2026, 22:18:00] Ann: At the farm\nby the gate\n"
_ANDROID = (
    "01/07/2026, 22:17 - Messages are end-to-end encrypted.\n01/07/2026, 22:17 - +44 7700 900302: Where are you?\n"
)

COMMUNICATIONS = (
    Sent("operator in utc.csv", text(_UTC).encode(), "call-data-a", 2, finds=_TWO | {"490154203237518"}, records={"event": 2}),
    Sent("operator in local time.csv", text([*_LOCAL, ["Total calls", "2"]], above=[line[0] if line else "" for line in _TITLE]).encode(),
         "call-data-b", 3, 1, _TWO, {"event": 2}),
    Sent("operator by target.csv", text(_TARGET).encode(), "call-data-c", 2, finds=_TWO | {"234100000000001"}, records={"event": 2}),
    Sent("a sheet a number.xlsx", book({"07700900301": [*_TITLE, *_LOCAL], "07700900302": [*_TITLE, _LOCAL[0], [_LOCAL[1][1], _LOCAL[1][0], *_LOCAL[1][2:]]],
         "Notes": [["Cells are masts"]]}, merged={"07700900301": ["A1:F1", "A2:F2"]}), "call-data-b", 3, finds=_TWO, records={"event": 3}, unread={"Notes": 1}),
    Sent("figures that lost digits.csv", text([_LOCAL[0], ["4.47701E+11", *_LOCAL[1][1:]], _LOCAL[2]]).encode(), "call-data-b", 2, finds=_TWO,
         records={"event": 2}),
    Sent("numbers and clocks as figures.xlsx",
         book({"Calls": [_LOCAL[0], [7700900301, 447700900302.0, "VOICE", "OUT", date(2026, 7, 1), time(22, 15, 9), 63.0, 490154203237518, 9912.0,
                                     "Mill Lane", 409300.0, 425300, 120]]}), "call-data-b", 1, finds=_TWO, records={"event": 1}),
    Sent("clocks as whole moments.xlsx",
         book({"Calls": [_LOCAL[0], ["07700900301", "07700900302", "VOICE", "OUT", datetime(2026, 7, 1), datetime(1899, 12, 31, 22, 15, 9), "00:01:03",
                                     "", "", "Mill Lane", "409300", "425300", ""]]}), "call-data-b", 1, finds=_TWO),
    Sent("subscribers.csv", text(table("Record Id | Telephone Number | Network | Subscriber | subscriber_dob | subscriber_address | subscriber_postcode | Connection Date",
         "S1 | 447700900301 | NET-A | Ann KESTRELBY | 04/03/1991 | 12 Larkmere Road | HX1 1AA | 01/02/2025")).encode(), "subscribers", 1, finds=frozenset({_A})),
    Sent("reader report.xlsx", book({"Device Info": _DEVICE, "Contacts": _CONTACTS, "Calls": _CALLS, "Chats": _CHATS}), "phone-download", 8,
         finds=_TWO | {"490154203237518"}, records={"event": 3}, says=frozenset({"At the farm"})),
    Sent("newer reader report.xlsx", book(_NEWER), "phone-download", 12, finds=_TWO | {"ann_k", "dov@example.org"},
         says=frozenset({"Where are you?", "Ring me", "Be ready at five", "can they keep my passport"}), unread={"Timeline": 3}),
    Sent("download.ufdr", report(message("Where are you?"), message("At the farm", deleted=True),
         Model("Call", {"TimeStamp": "2026-07-01T22:15:09+01:00", "Direction": "Outgoing", "Duration": "00:01:03"}, {"Parties": [party("+447700900002")]})),
         "phone-download", 0, says=frozenset({"Where are you?"}), finds=frozenset({"+447700900002"})),
    Sent("_chat.txt", _IOS.encode(), "whatsapp-day-first", 2, says=frozenset({"Where are you?", "At the farm\nby the gate"}), offered=False),
    Sent("WhatsApp Chat with Dov.txt", _ANDROID.encode(), "whatsapp-day-first", 2, finds=frozenset({_B}), says=frozenset({"Where are you?"}), offered=False),
    Sent("tool with its zone in the header.csv", text(table("Call Date/Time - UTC+00:00 (dd/MM/yyyy) | Partner | Direction | Call Duration | Call Type | Source",
         "01/07/2026 21:15:09 | +447700900302 | Outgoing | 00:01:03 | Voice | Phone")).encode(), "tool-calls", 1, finds=frozenset({_B}), records={"event": 1}),
)  # fmt: skip
