"""Every printed layout of the daily report, with real figures: what each text states, and nothing beside it."""

import datetime as dt
import html

import pytest

from conflict.intake.bulletins import read_bulletin


def expected(lines):
    """``tanks 9382 +17 about``: category, total, change, qualifier; - is not stated."""
    entries = {}
    for line in lines.strip().splitlines():
        category, total, change, *qualifier = line.split()
        entries[category] = (
            None if total == "-" else int(total),
            None if change == "-" else int(change),
            qualifier[0] if qualifier else "",
        )
    return entries


def figures(record):
    return {entry.category: (entry.total, entry.change, entry.qualifier) for entry in record.entries}


DAY_1000 = """
personnel 724050 +1610 about
tanks 9382 +17
armoured-vehicles 19092 +33
artillery 20632 +46
mlrs 1252 -
air-defence 999 -
aircraft 369 -
helicopters 329 -
uavs 19111 +38
cruise-missiles 2754 +1
ships 28 -
submarines 1 -
special-equipment 3672 +17
vehicles 29548 +120
"""

LAYOUTS = {}


def layout(name, day, text, entries):
    LAYOUTS[name] = (dt.date.fromisoformat(day) if day else None, text, expected(entries))


layout(
    "English list with the personnel in the prose above",
    "2024-11-19",
    """As of November 19, 2024, approximately 724,050 Russian soldiers have been lost, an increase of 1,610.
• Tanks: 9,382 units (+17 compared to the previous day)
• Armored Personnel Vehicles (APVs): 19,092 units (+33)
• Artillery Systems: 20,632 units (+46)
• Multiple Launch Rocket Systems (MLRS): 1,252 units
• Anti-Aircraft Warfare Systems: 999 units
• Aircraft: 369 units
• Helicopters: 329 units
• Operational-Tactical Level UAVs: 19,111 units (+38)
• Cruise Missiles: 2,754 units (+1)
• Boats/Warships: 28 units
• Submarines: 1 unit
• Special Equipment: 3,672 units (+17)
• Vehicles and Fuel Tanks: 29,548 units (+120)
The shooting down of 22,563 air targets shows how much the air defense systems have to do.
""",
    DAY_1000,
)
layout(
    "General Staff in two languages in one line",
    "2025-04-01",
    """Загальні бойові втрати противника з 24.02.22 по 01.04.25 (орієнтовно)
The total combat losses of the enemy from 24.02.22 to 01.04.25 (approximately)
особового складу / personnel ‒ близько/ about 916770 (+1410) осіб / persons
танків / tanks ‒ 10505 (+8) од
бойових броньованих машин / troop-carrying AFVs ‒ 21856 (+3) од
артилерійських систем / artillery systems – 25552 (+24) од
РСЗВ / MLRS – 1347 (+1) од
засоби ППО / anti-aircraft systems ‒ 1123 (+1) од
літаків / aircraft – 370 (+0) од
гелікоптерів / helicopters – 335 (+0) од
БПЛА оперативно-тактичного рівня / UAVs operational-tactical level – 31462 (+141)
крилаті ракети / cruise missiles ‒ 3123 (+0)
кораблі /катери / warships / boats ‒ 28 (+0) од
підводні човни / submarines - 1 (+0) од
автомобільної техніки та автоцистерн/ vehicles and fuel tanks – 42646 (+41) од
спеціальна техніка / special equipment ‒ 3787 (+0)
Дані уточнюються / Data are being updated
""",
    """
personnel 916770 +1410 about
tanks 10505 +8
armoured-vehicles 21856 +3
artillery 25552 +24
mlrs 1347 +1
air-defence 1123 +1
aircraft 370 +0
helicopters 335 +0
uavs 31462 +141
cruise-missiles 3123 +0
ships 28 +0
submarines 1 +0
vehicles 42646 +41
special-equipment 3787 +0
""",
)
layout(
    "number first, change in brackets, label last",
    "2022-07-31",
    """General Staff of the Armed Forces of Ukraine, 31 July 2022
Approximately 40,830 (+160) military personnel
1,763 (+4) tanks
4,009 (+8) armoured combat vehicles
916 (+10) artillery systems
259 (+0) multiple-launch rocket systems
117 air defence systems
222 (+0) fixed-wing aircraft
190 helicopters
733 (+4) operational-tactical UAVs
174 (+0) cruise missiles
15 ships/boats
2,896 (+7) vehicles and fuel tankers
81 (+2) special vehicles and other equipment
""",
    """
personnel 40830 +160 about
tanks 1763 +4
armoured-vehicles 4009 +8
artillery 916 +10
mlrs 259 +0
air-defence 117 -
aircraft 222 +0
helicopters 190 -
uavs 733 +4
cruise-missiles 174 +0
ships 15 -
vehicles 2896 +7
special-equipment 81 +2
""",
)
layout(
    "Ukrainian list, semicolons, words within the change",
    "2024-11-23",
    """Загальні втрати росії станом на 23 листопада 2024 року:
- особовий склад — близько 729 720 (+1 420) осіб;
- танки — 9419 (+20 за минулу добу);
- бойові броньовані машини — 19\u00a0192 (+36);
- артилерійські системи — 20\u202f760 (+24);
- РСЗВ — 1254;
- засоби ППО — 1004;
- літаки — 369;
- гелікоптери — 329;
- БПЛА оперативно-тактичного рівня — 19\u2009365 (+105);
- крилаті ракети — 2764;
- кораблі /катери — 28;
- підводні човни — 1;
- автомобільна техніка та автоцистерни — 29 850 (+73);
- спецтехніка — 3678 (+3).
""",
    """
personnel 729720 +1420 about
tanks 9419 +20
armoured-vehicles 19192 +36
artillery 20760 +24
mlrs 1254 -
air-defence 1004 -
aircraft 369 -
helicopters 329 -
uavs 19365 +105
cruise-missiles 2764 -
ships 28 -
submarines 1 -
vehicles 29850 +73
special-equipment 3678 +3
""",
)
layout(
    "Ukrainian list in genitive plurals",
    "2024-10-27",
    """Орієнтовні втрати противника на ранок 27 жовтня 2024 року
особового складу – близько 689040 (+1440) осіб
танків – 9113 (+4) од.
бойових броньованих машин – 18355 (+23) од.
артилерійських систем – 19821 (+39) од.
засобів ППО – 984 (+0) од.
літаків – 369 (+0) од.
гелікоптерів – 329 (+0) од.
безпілотників – 17799 (+73)
крилатих ракет – 2625 (+0)
кораблів/катерів – 28 (+0) од.
підводних човнів – 1 (+0) од.
автомобільної техніки та автоцистерн – 27560 (+100) од.
спеціальної техніки – 3542 (+1)
""",
    """
personnel 689040 +1440 about
tanks 9113 +4
armoured-vehicles 18355 +23
artillery 19821 +39
air-defence 984 +0
aircraft 369 +0
helicopters 329 +0
uavs 17799 +73
cruise-missiles 2625 +0
ships 28 +0
submarines 1 +0
vehicles 27560 +100
special-equipment 3542 +1
""",
)
layout(
    "Russian list",
    "2024-11-23",
    """Общие боевые потери противника с 24.02.22 по 23.11.24 ориентировочно составили:
личного состава — около 729720 (+1420) человек
танков — 9419 (+20) ед.
боевых бронированных машин — 19192 (+36) ед.
артиллерийских систем — 20760 (+24) ед.
РСЗО — 1254 (+0) ед.
средства ПВО — 1004 (+0) ед.
самолётов — 369 (+0) ед.
вертолётов — 329 (+0) ед.
БПЛА оперативно-тактического уровня — 19365 (+105)
крылатые ракеты — 2764 (+0)
корабли/катера — 28 (+0) ед.
подводные лодки — 1 (+0) ед.
автомобильной техники и автоцистерн — 29850 (+73) ед.
специальная техника — 3678 (+3)
""",
    """
personnel 729720 +1420 about
tanks 9419 +20
armoured-vehicles 19192 +36
artillery 20760 +24
mlrs 1254 +0
air-defence 1004 +0
aircraft 369 +0
helicopters 329 +0
uavs 19365 +105
cruise-missiles 2764 +0
ships 28 +0
submarines 1 +0
vehicles 29850 +73
special-equipment 3678 +3
""",
)
layout(
    "all in one line, commas between",
    "2022-09-27",
    "Загальні бойові втрати противника з 24.02.22 по 27.09.22 орієнтовно становлять: особового складу — "
    "близько 57750 (+550) осіб ліквідовано, танків — 2306 (+16) од., бойових броньованих машин — 4881 (+30) од., "
    "артилерійських систем — 1378 (+9) од., РСЗВ — 331 (+1) од., засоби ППО — 172 (+1) од., "
    "літаків — 261 (+1) од., гелікоптерів — 224 (+3) од., "
    "БПЛА оперативно-тактичного рівня — 977 (+11), крилаті ракети — 241 (+0), "
    "кораблі /катери — 15 (+0) од., автомобільної техніки та автоцистерн — 3736 (+25) од., "
    "спеціальна техніка — 131 (+0).",
    """
personnel 57750 +550 about
tanks 2306 +16
armoured-vehicles 4881 +30
artillery 1378 +9
mlrs 331 +1
air-defence 172 +1
aircraft 261 +1
helicopters 224 +3
uavs 977 +11
cruise-missiles 241 +0
ships 15 +0
vehicles 3736 +25
special-equipment 131 +0
""",
)
layout(
    "English, April 2022, with fuel tankers apart and a span of days without years",
    "2022-04-23",
    """The total combat losses of the enemy from 24.02 to 23.04 were approximately:
personnel - about 21,600 people were eliminated,
tanks - 854 units,
armored combat vehicles - 2205 units,
artillery systems - 403 units,
MLRS - 143 units,
air defense means - 69 units,
aircraft - 177 units,
helicopters - 154 units,
vehicles - 1543 units,
ships / boats - 8 units,
tanks with fuel and lubricants - 76,
UAV operational-tactical level - 182,
special equipment - 27,
mobile SRBM system - 4.
""",
    """
personnel 21600 - about
tanks 854 -
armoured-vehicles 2205 -
artillery 403 -
mlrs 143 -
air-defence 69 -
aircraft 177 -
helicopters 154 -
military-vehicles 1543 -
ships 8 -
fuel-tankers 76 -
uavs 182 -
special-equipment 27 -
srbm 4 -
""",
)
layout(
    "Ukrainian, April 2022, launchers and tankers apart",
    "2022-04-27",
    """Загальні бойові втрати противника з 24.02 по 27.04 орієнтовно склали:
особового складу ‒ близько 22400 осіб ліквідовано,
танків ‒ 939 од, бойових броньованих машин ‒ 2342 од,
артилерійських систем – 421 од, РСЗВ - 149 од,
засоби ППО - 71 од, літаків – 185 од, гелікоптерів – 155 од,
автомобільної техніки - 1666 од, кораблі /катери - 8 од, цистерн з ПММ - 76,
БПЛА оперативно-тактичного рівня - 207, спеціальна техніка - 31,
пускові установки ОТРК/ТРК - 4.
""",
    """
personnel 22400 - about
tanks 939 -
armoured-vehicles 2342 -
artillery 421 -
mlrs 149 -
air-defence 71 -
aircraft 185 -
helicopters 155 -
military-vehicles 1666 -
ships 8 -
fuel-tankers 76 -
uavs 207 -
special-equipment 31 -
srbm 4 -
""",
)
layout(
    "change first, total in brackets",
    None,
    "Ukraine's defense forces destroyed 11 tanks (total – 7,009), 24 armored fighting vehicles (total – 13,400), "
    "31 artillery systems (total - 11,213), one air defense system (total – 745), "
    "six units of special equipment (total - 1,838) and 870 invaders (total - about 444,370) over the past day.",
    """
tanks 7009 +11
armoured-vehicles 13400 +24
artillery 11213 +31
air-defence 745 +1
special-equipment 1838 +6
personnel 444370 +870 about
""",
)
layout(
    "prose totals",
    "2024-09-18",
    "Russia has lost 638,430 troops in Ukraine since the beginning of its full-scale invasion on Feb. 24, 2022, "
    "the General Staff of Ukraine's Armed Forces reported on Sept. 18, 2024.\n"
    "This number includes 1,130 casualties Russian forces suffered over the past day.\n"
    "According to the report, Russia has also lost 8,690 tanks, 17,077 armored fighting vehicles, 24,883 vehicles "
    "and fuel tanks, 18,155 artillery systems, 1,187 multiple launch rocket systems, 945 air defense systems, "
    "369 airplanes, 328 helicopters, 15,249 drones, 28 ships and boats, and one submarine.\n",
    """
personnel 638430 +1130
tanks 8690 -
armoured-vehicles 17077 -
vehicles 24883 -
artillery 18155 -
mlrs 1187 -
air-defence 945 -
aircraft 369 -
helicopters 328 -
uavs 15249 -
ships 28 -
submarines 1 -
""",
)
layout(
    "one sentence of prose totals",
    None,
    "Russia has also lost 8,601 tanks, 16,772 armored fighting vehicles, 28 ships and boats, and one submarine.",
    """
tanks 8601 -
armoured-vehicles 16772 -
ships 28 -
submarines 1 -
""",
)
layout(
    "February 2022",
    "2022-02-27",
    """Орієнтовні втрати противника станом на 27.02.2022
літаки – 27
гелікоптери – 26
танки – 146
ББМ – 706
гармати – 49
ЗРК "Бук" – один
РСЗВ "Град" – 4
автомобілі – 130
цистерни – 60
БПЛА – 2
кораблі/катери – 2
особовий склад – орієнтовно 4300
""",
    """
aircraft 27 -
helicopters 26 -
tanks 146 -
armoured-vehicles 706 -
artillery 49 -
air-defence 1 -
mlrs 4 -
military-vehicles 130 -
fuel-tankers 60 -
uavs 2 -
ships 2 -
personnel 4300 - about
""",
)
layout(
    "changes only, in prose",
    None,
    "Over the past day the Russian army lost 1,610 soldiers, two more tanks, 25 armored fighting vehicles, "
    "46 artillery systems, 38 drones and 120 vehicles and fuel tanks.",
    """
personnel - +1610
tanks - +2
armoured-vehicles - +25
artillery - +46
uavs - +38
vehicles - +120
""",
)
layout(
    "changes only, in Ukrainian number words",
    None,
    "За добу ворог втратив двох танків, сім бойових броньованих машин, двадцять артилерійських систем "
    "і одну одиницю спецтехніки.",
    """
tanks - +2
armoured-vehicles - +7
artillery - +20
special-equipment - +1
""",
)
layout(
    "changes only, in a headline",
    None,
    "General Staff: the Russian army lost two tanks and almost 900 soldiers at the front over the past day",
    """
tanks - +2
personnel - +900 about
""",
)
layout(
    "changes only, a list under a heading that says so",
    None,
    "Втрати ворога за добу:\n- особовий склад – 1610\n- танки – 17\n- артилерійські системи – 46\n",
    """
personnel - +1610
tanks - +17
artillery - +46
""",
)
layout(
    "Telegram, emoji, markdown and tags",
    "2024-11-19",
    """❗️*Втрати ворога станом на 19.11.2024*
🪖*Особового складу:* 724050(+1610)
🚜 танків: 9382 <i>(+17)</i>
💥<b>артилерійських систем</b>: 20632 (+46)
✈️ __літаків:__ 369 (+0)
🛩 БпЛА: <code>19111</code> (+38)
⚓️ кораблів/катерів: 28
🚚 автомобільної техніки та автоцистерн: 29548 (+120)
https://t.me/GeneralStaffZSU/12345
""",
    """
personnel 724050 +1610
tanks 9382 +17
artillery 20632 +46
aircraft 369 +0
uavs 19111 +38
ships 28 -
vehicles 29548 +120
""",
)
layout(
    "totals in prose with the change in words",
    None,
    "За минулу добу українські військові знищили 4 танки, довівши їхню загальну кількість до 11 603 одиниць, "
    "та 12 ББМ (загалом 23 938).",
    """
tanks 11603 +4
armoured-vehicles 23938 +12
""",
)
layout(
    "English prose with the total behind the change",
    None,
    "Over the past day 17 tanks were destroyed, bringing their total number to 9,382 units.",
    "tanks 9382 +17",
)
layout(
    "the change said after the total",
    None,
    "Since the start of the invasion Russia has lost about 724,050 soldiers, including 1,610 over the past day.",
    "personnel 724050 +1610 about",
)
layout(
    "rose by, to",
    None,
    "The number of destroyed tanks rose by 17 to 9,382.\nКількість танків зросла на 17 до 9382.",
    "tanks 9382 +17",
)
layout(
    "HTML list with entities",
    "2024-11-19",
    "<p>Losses as of <b>19 November 2024</b></p><ul><li>Tanks&nbsp;&mdash; 9&nbsp;382 (+17)</li>"
    "<li>Artillery systems&nbsp;&ndash; 20&#160;632 (+46)</li><li>Aircraft: 369</li></ul>",
    """
tanks 9382 +17
artillery 20632 +46
aircraft 369 -
""",
)
layout(
    "a table with bars and tabs",
    "2024-11-19",
    "Losses, 2024-11-19\n| Tanks | 9,382 | +17 |\n|---|---|---|\n| Helicopters | 329 | +0 |\nAircraft\t369\t+0\n",
    """
tanks 9382 +17
helicopters 329 +0
aircraft 369 +0
""",
)
layout(
    "thousands parted by dots throughout",
    "2024-11-19",
    "Losses by 19.11.2024: personnel - 724.050 (+1.610), tanks - 9.382 (+17), UAVs - 19.111 (+38), ships - 28",
    """
personnel 724050 +1610
tanks 9382 +17
uavs 19111 +38
ships 28 -
""",
)
layout(
    "negative changes and corrections",
    "2024-11-30",
    """Втрати станом на 30.11.2024
РСЗВ – 1253 (−2)
засоби ППО – 1019 (+13)
спеціальна техніка – 3617 (-83)
літаки – 369 (–1)
""",
    """
mlrs 1253 -2
air-defence 1019 +13
special-equipment 3617 -83
aircraft 369 -1
""",
)
layout(
    "more than, at least",
    None,
    "Since 24 February 2022 the enemy has lost more than 9,380 tanks, at least 369 aircraft and around "
    "724,000 personnel.",
    """
tanks 9380 - more-than
aircraft 369 - at-least
personnel 724000 - about
""",
)
layout(
    "the newest category",
    "2026-08-08",
    """Total combat losses from 24.02.22 to 08.08.26:
tanks – 12251 (+3) units
ground robotic systems – 2162 (+12) units
submarines – 2 (+0)
""",
    """
tanks 12251 +3
ground-robots 2162 +12
submarines 2 +0
""",
)
layout(
    "a numbered list, prisoners",
    "2022-03-01",
    "Losses of the enemy as of 1 March 2022\n1. Personnel: 5,710\n2. Prisoners of war: 200\n3) Tanks: 198\n",
    """
personnel 5710 -
prisoners 200 -
tanks 198 -
""",
)


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_read_in_full_and_without_problems(name):
    day, text, entries = LAYOUTS[name]
    record = read_bulletin(text)
    assert figures(record) == entries
    assert list(figures(record)) == list(entries), "the order printed"
    assert record.problems == ()
    assert record.date == day


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_figure_knows_its_place_in_the_text(name):
    _day, text, _entries = LAYOUTS[name]
    for entry in read_bulletin(text).entries:
        assert entry.text == text[entry.start : entry.end]
        for place, value in ((entry.total_at, entry.total), (entry.change_at, entry.change)):
            assert (place is None) == (value is None)
            if place is not None:
                assert entry.start <= place[0] < place[1] <= entry.end
                printed = html.unescape(text[slice(*place)])
                digits = "".join(letter for letter in printed if letter.isdigit())
                assert not digits or int(digits) == abs(value)


@pytest.mark.parametrize("name", LAYOUTS)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(name):
    day, text, entries = LAYOUTS[name]
    record = read_bulletin("\ufeff" + text.replace("\n", "\r\n"))
    assert figures(record) == entries
    assert (record.date, record.problems) == (day, ())


@pytest.mark.parametrize("name", LAYOUTS)
def test_capitals_change_nothing(name):
    _day, text, entries = LAYOUTS[name]
    if "<" not in text and "http" not in text:
        assert figures(read_bulletin(text.upper())) == entries
