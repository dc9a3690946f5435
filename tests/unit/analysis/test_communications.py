"""Communications: planted convoys, handset changes and contacts are found, and a second way of counting agrees."""

import random
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations

from fake_view import FakeView
from toex.analysis import contacts, convoys, hours_of_day, last_before, stretches, threads
from unit.analysis.world import DAY, World, hours, phone


def roads(seed: int = 7) -> tuple[World, list[tuple[str, str, float]]]:
    """A world of 60 vehicles reading at random, with five pairs that travel 100 seconds apart past six cameras."""
    world, dice = World(), random.Random(seed)
    reads = [
        (f"R{n:02}AAA", f"CAM{dice.randint(0, 30)}", dice.uniform(0, 400_000)) for n in range(60) for _ in range(25)
    ]
    for pair in range(5):
        start = dice.uniform(0, 300_000)
        for camera in range(6):
            reads += [
                (f"P{pair}ONE", f"CAM{camera}", start + camera * 700),
                (f"P{pair}TWO", f"CAM{camera}", start + camera * 700 + 100),
            ]
    for n, (vrm, camera, second) in enumerate(reads):
        world.event(
            "anpr", f"A{n}", "anpr", DAY + timedelta(seconds=second), (("vrm", vrm, "read"),), place_name=camera
        )
    return world, reads


def test_every_planted_convoy_is_found_and_a_plain_comparison_of_all_pairs_agrees() -> None:
    world, reads = roads()
    by_camera = defaultdict(list)
    for vrm, camera, second in reads:
        by_camera[camera].append((vrm, round(second, 6)))
    together: dict[tuple[str, str], set[str]] = defaultdict(set)
    for camera, passed in by_camera.items():
        for (a, at), (b, then) in combinations(passed, 2):
            if a != b and abs(at - then) <= 120:
                together[min(a, b), max(a, b)].add(camera)
    plain = {pair for pair, cameras in together.items() if len(cameras) >= 4}
    found = convoys(world.view())
    assert {(c.a, c.b) for c in found} == plain
    assert {(f"P{n}ONE", f"P{n}TWO") for n in range(5)} <= plain
    assert all(c.record_ids for c in found)


def test_a_vehicle_s_own_convoys_are_those_of_all_that_hold_it() -> None:
    world, _ = roads()
    view = world.view()
    assert [(c.a, c.b) for c in convoys(view, vrm="P3TWO")] == [("P3ONE", "P3TWO")]


def test_contacts_count_each_call_once_and_name_how_the_number_is_saved() -> None:
    world = World()
    dice = random.Random(3)
    hand: Counter[str] = Counter()
    for n in range(200):
        a, b = dice.sample(range(1, 9), 2)
        world.call("telco", f"C{n}", phone(a), phone(b), hours(n))
        if 1 in (a, b):
            hand[phone(a + b - 1)] += 1
    world.person("handset-1", "Contacts|4", "Big Sal", part="contact", ids={"phone": phone(4)})
    found = contacts(world.view(), [phone(1)])
    assert {c.other: c.count for c in found} == dict(hand)
    assert [c.count for c in found] == sorted(hand.values(), reverse=True)
    assert next(c for c in found if c.other == phone(4)).saved_as == ("Big Sal",)
    assert sum(hours_of_day(world.view(), phone(1)).values()) == sum(hand.values())


def test_a_change_of_handset_and_back_gives_three_stretches() -> None:
    world = World()
    for n, device in enumerate("AABBA"):
        ids = (("phone", phone(1), "caller"), ("imei", f"3500000000000{device}1", "caller"))
        world.event("telco", f"C{n}", "call", hours(n), ids)
    assert [(s.device[-1], s.count) for s in stretches(world.view(), [phone(1)])] == [("A", 2), ("B", 2), ("A", 1)]


def test_threads_say_who_takes_part_and_how_much_is_deleted() -> None:
    world = World()
    for n in range(4):
        record = world.add(
            "text",
            "handset-1",
            f"T{n}",
            "message",
            kind="message",
            text="x",
            written=hours(n),
            thread="Chat 1",
            deleted=n == 0,
        )
        world.identify(record, "text", "handset-1", "phone", phone(1 + n % 2), "sender")
    (thread,) = threads(world.view())
    assert (thread.count, thread.deleted, thread.parties) == (4, 1, (phone(1), phone(2)))


def test_the_last_contact_before_an_event_is_the_nearest_earlier_one() -> None:
    world = World()
    for n in (1, 5, 9):
        world.call("telco", f"C{n}", phone(1), phone(n + 10), hours(n))
    late = world.event("13-missing", "M", "missing", hours(8))
    early = world.event("13-missing", "E", "missing", hours(0))
    (found,) = last_before(world.view(), phone(1), [late, early])
    assert (found.event, found.other, found.contact_at) == (late, phone(15), hours(5))


def test_an_empty_workbench_holds_no_communications() -> None:
    view = FakeView()
    assert (contacts(view, [phone(1)]), convoys(view), threads(view), stretches(view, ["x"])) == ((), (), (), ())
