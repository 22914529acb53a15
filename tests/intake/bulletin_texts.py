"""Bulletins in the list layouts of the General Staff and those who copy them, with real figures"""

import datetime as dt

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


NEITHER = "? a number that is neither said to be a total nor a change"
LOOSE = "? a number without a known label"
TOGETHER = "? several numbers run together"


def told(text):
    """What is read of a text, a line each: ``tanks 9382 +17 about``, and ``? reason: category`` for a problem."""
    record = read_bulletin(text)
    figures = [
        f"{e.category} {_or_dash(e.total)} {_or_dash(e.change, '+d')} {e.qualifier}" for e in record.entries
    ]
    problems = [
        f"? {problem.reason}" + f": {problem.category}" * bool(problem.category) for problem in record.problems
    ]
    return [line.strip() for line in figures + problems]


def _or_dash(figure, form="d"):
    return "-" if figure is None else format(figure, form)


def totals(record):
    return {entry.category: entry.total for entry in record.entries}


def reasons(record):
    return [(problem.line, problem.reason) for problem in record.problems]


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
