"""The stories: several files see one journey, one night, one wage, and agree; traps are there and are innocent."""

import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta

import pytest


@pytest.fixture(scope="module")
def reads(world):
    found = defaultdict(list)
    for row in world.rows("anpr"):
        found[row["VRM"]].append((datetime.fromisoformat(row["Capture Time"]).replace(tzinfo=None), row["Camera Name"]))
    return found


def between(start, at, end, minutes=10):
    slack = timedelta(minutes=minutes)
    return start - slack <= at <= end + slack


def journeys(world):
    for row in world.truth("journeys"):
        yield row, datetime.fromisoformat(row["depart"]), datetime.fromisoformat(row["arrive"])


def test_every_journey_in_a_vehicle_is_read_on_its_road_between_leaving_and_arriving(world, reads):
    unseen = 0
    for row, depart, arrive in journeys(world):
        ends = {row["origin"], row["destination"]}
        road = [
            c for at, c in reads[row["vrm"]] if between(depart, at, arrive) and set(c.split(" ")[0].split("-")) == ends
        ]
        unseen += not road
    assert unseen <= len(world.truth("journeys")) * 0.05  # a plate may be misread at its only camera


def test_masts_hear_the_phones_of_a_journey_on_its_road(world):
    heard = defaultdict(list)
    for row in world.rows("telco-a-calls"):
        at = datetime.strptime(row["Start"], "%d/%m/%Y %H:%M:%S")
        heard["0" + row["Calling Number"][2:]].append((at, row["First Cell Site"]))
    for row in world.rows("telco-b-calls"):
        if row["Direction"] == "OUT":
            at = datetime.strptime(f"{row['Date']} {row['Time']}", "%d/%m/%Y %H:%M:%S") - timedelta(hours=1)
            heard["0" + row["A Party"][2:]].append((at, row["Site"]))
    checked = 0
    for row, depart, arrive in journeys(world):
        ends = {row["origin"], row["destination"]}
        for phone in filter(None, row["phones"].split("; ")):
            sites = [site for at, site in heard[phone] if depart < at < arrive]
            assert all(set(re.split(r"[- ]", site)[:2]) <= ends for site in sites), (row["journey"], sites)
            checked += len(sites)
            after = [site for at, site in heard[phone] if arrive <= at <= arrive + timedelta(minutes=3)]
            assert any(site.startswith(row["destination"]) for site in after)
    assert checked > 100


def test_a_runner_is_missing_while_carried_and_stopped_where_he_was_taken(world):
    runners = {row["truth_id"] for row in world.truth("networks") if row["role"] == "runner"}
    who = {(r["dataset"], r["source_key"]): r["truth_id"] for r in world.truth("records")}
    episodes, stopped = defaultdict(list), []
    for dataset, mapping in world.datasets().items():
        for row in world.rows(dataset) if mapping in ("missing", "stops") else ():
            person = who.get((dataset, row.get("Episode Ref") or row.get("Stop Ref")))
            if person not in runners:
                continue
            if mapping == "missing":
                times = [datetime.strptime(row[n], "%d/%m/%Y %H:%M") for n in ("Missing From", "Found At")]
                episodes[person].append((*times, row["Found Location"]))
            else:
                at = datetime.strptime(f"{row['Date']} {row['Time']}", "%d/%m/%Y %H:%M")
                stopped.append((person, at, row["Location"]))
    hour = timedelta(hours=1)
    carried = 0
    for row, depart, _ in journeys(world):
        for person in runners & set(row["truth_ids"].split("; ")):
            covering = [place for start, end, place in episodes[person] if start <= depart + hour <= end]
            assert len(covering) == 1
            assert covering[0].endswith(row["destination"])
            carried += 1
    assert carried >= 6
    for person, at, place in stopped:
        away = [found for start, end, found in episodes[person] if start <= at <= end]
        assert away
        assert place.split(", ")[-1] == away[0].split(", ")[-1]


def test_the_deal_line_changes_its_sim_and_keeps_its_handset(world):
    numbers_of, fan = defaultdict(set), Counter()
    for row in world.rows("telco-a-calls"):
        numbers_of[row["IMEI"][:14]].add(row["Calling Number"])
        if row["Call Type"] == "SMS":
            fan[row["Calling Number"], row["Start"][:10]] += 1
    for row in world.rows("telco-b-calls"):
        if row["Direction"] == "OUT":
            numbers_of[row["A IMEI"][:14]].add(row["A Party"])
            fan[row["A Party"], row["Date"]] += row["Event"] == "TEXT"
    many = [sims for sims in numbers_of.values() if len(sims) > 1]
    assert len(many) == 1
    assert any(number in many[0] and count >= 6 for (number, _), count in fan.items())


def test_one_report_is_sent_by_three_forces_under_one_source_reference(world):
    sources = defaultdict(set)
    for dataset, mapping in world.datasets().items():
        if mapping == "intelligence":
            for row in world.rows(dataset):
                sources[row["SOURCE REF"]].add(dataset)
    assert [source for source, sets in sources.items() if len(sets) == 3]


def test_grades_are_of_both_systems_and_items_of_one_report_differ(world):
    grades, items = Counter(), defaultdict(set)
    for dataset, mapping in world.datasets().items():
        if mapping == "intelligence":
            for row in world.rows(dataset):
                new = re.fullmatch(r"[1-3][A-E][PC]", row["GRADE"])
                assert new or re.fullmatch(r"[A-E][1-5][1-5]", row["GRADE"])
                grades[bool(new)] += 1
                items[row["URN"]].add(row["GRADE"])
                assert row["SANITISED"] == "Y"
                assert re.fullmatch(r"ISR/\d{5}", row["SOURCE REF"])
    assert grades[True] > grades[False] > 0
    assert any(len(found) > 1 for found in items.values())


def test_the_line_holder_is_named_by_intelligence_only_in_week_two(world):
    holders = {row["truth_id"] for row in world.truth("networks") if row["role"] == "line holder"}
    keys = {(r["dataset"], r["source_key"]) for r in world.truth("records") if r["truth_id"] in holders}
    for week, expected in ((1, False), (2, True)):
        found = any(
            (dataset, f"{row['URN']}|{row['ITEM']}") in keys
            for dataset, mapping in world.datasets().items()
            if mapping == "intelligence"
            for row in world.rows(dataset, weeks=(week,))
        )
        assert found is expected


def test_wages_of_exploited_workers_leave_the_day_they_come_and_those_of_the_licensed_stay(world):
    who = {r["source_key"]: r["truth_id"] for r in world.truth("records") if r["dataset"] == "bank-accounts"}
    exploited = {r["truth_id"] for r in world.truth("networks") if r["role"] == "exploited worker"}
    licensed = {r["truth_id"] for r in world.truth("traps") if r["trap"] == "licensed labour provider"}
    kept = defaultdict(lambda: [0.0, 0.0])
    for row in world.rows("bank-transactions"):
        sums = kept[who.get(row["account_id"])]
        sums[0] += float(row["money_in"] or 0)
        sums[1] += float(row["money_out"] or 0)
    assert all(kept[p][1] / kept[p][0] > 0.8 for p in exploited if kept[p][0])
    assert all(kept[p][1] / kept[p][0] < 0.3 for p in licensed)
    assert exploited & set(kept)


def test_exploited_workers_share_one_number_on_the_payroll(world):
    who = {r["source_key"]: r["truth_id"] for r in world.truth("records") if r["dataset"] == "payroll"}
    exploited = {r["truth_id"] for r in world.truth("networks") if r["role"] == "exploited worker"}
    rows = [row for row in world.rows("payroll") if who.get(row["Employee No"]) in exploited]
    assert len(rows) >= 9
    assert len({re.sub(r"\D", "", row["Mobile"].replace("(0)", ""))[-10:] for row in rows}) == 1
    assert len({row["Address"] for row in rows}) == 1


def test_adverts_of_the_group_use_few_phones_in_many_towns(world):
    towns = defaultdict(set)
    for row in world.rows("adverts"):
        towns[re.sub(r"\D", "", row["phone"].replace("(0)", ""))[-10:]].add(row["town"])
    assert sum(len(places) >= 4 for places in towns.values()) in (1, 2)


def test_exploited_children_are_missing_on_the_same_nights(world):
    children = {r["truth_id"] for r in world.truth("networks") if r["role"] == "exploited child"}
    who = {(r["dataset"], r["source_key"]): r["truth_id"] for r in world.truth("records") if r["kind"] == "missing"}
    nights = defaultdict(set)
    for dataset, mapping in world.datasets().items():
        for row in world.rows(dataset) if mapping == "missing" else ():
            person = who.get((dataset, row["Episode Ref"]))
            if person in children:
                nights[row["Missing From"][:10]].add(person)
    assert sum(len(group) >= 2 for group in nights.values()) >= 6


def test_handsets_speak_the_languages_of_their_owners(world):
    bodies = []
    for one in world.register(1) + world.register(2):
        if one["mapping"] == "phone-download":
            book = world.sheets(one["file"])
            assert book["Chats"][1][:3] == ["#", "Chat #", "Participants"]
            bodies += [row[5] for row in book["Chats"][2:]]
    text = " ".join(bodies)
    for phrase in ("spalatorie auto", "Quanto falta da divida", "Kujdeset per bimet", "party at the hotel"):
        assert phrase in text


def test_some_people_are_victim_and_suspect_at_once(world):
    assert any("; " in row["role"] and row["at_risk"] == "true" for row in world.truth("people"))


def test_traps_are_never_at_risk(world):
    trapped = {row["truth_id"] for row in world.truth("traps")}
    at_risk = {row["truth_id"] for row in world.truth("people") if row["at_risk"] == "true"}
    assert len({row["trap"] for row in world.truth("traps")}) >= 13
    assert not trapped & at_risk


def test_a_few_dozen_people_are_at_risk(world):
    assert 20 <= world.made.at_risk <= 60


def test_the_request_names_things_that_the_files_know(world):
    text = (world.out / "request.toml").read_text()
    nominal = re.search(r'kind = "nominal"\nvalue = "(.+?)"', text)[1]
    vrm = re.search(r'kind = "vrm"\nvalue = "(.+?)"', text)[1]
    assert any(nominal in row.values() for name in world.datasets() if "nominals" in name for row in world.rows(name))
    assert any(row["VRM"] == vrm for row in world.rows("anpr"))
    assert any(row["vrm"] == vrm for row in world.rows("dvla-vehicles"))
