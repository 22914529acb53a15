"""Bulletins as the press and messengers print them: prose, headlines, tables, tags; with real figures"""

from tests.intake.bulletin_texts import LAYOUTS, layout

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

layout(
    "headline of one day, then the list of totals",
    "2024-11-19",
    """Генштаб: за добу ЗСУ ліквідували 1610 окупантів, знищили 17 танків і 46 артсистем
Загальні втрати російської армії на 19 листопада 2024 року:
особовий склад – близько 724050 осіб (+1610 осіб);
танки – 9382 од. (+17 од.);
ББМ – 19092 од. (+33 од.);
артсистеми – 20632 од. (+46);
РСЗВ – 1252 од. (без змін);
літаки – 369 од. (+ 0);
БпЛА оперативно-тактичного рівня – 19111 (+ 38);
крилаті ракети – 2754 (+1 за добу);
спецтехніка – 3672 (+17 одиниць).
""",
    """
personnel 724050 +1610 about
tanks 9382 +17
armoured-vehicles 19092 +33
artillery 20632 +46
mlrs 1252 -
aircraft 369 +0
uavs 19111 +38
cruise-missiles 2754 +1
special-equipment 3672 +17
""",
)
layout(
    "one sentence for the day and for the whole war",
    None,
    "Ukraine's military said on Tuesday that Russia had lost 1,610 troops and 17 tanks in the previous 24 hours, "
    "taking the total to 724,050 personnel and 9,382 tanks since February 24, 2022.",
    """
personnel 724050 +1610
tanks 9382 +17
""",
)
layout(
    "from the beginning of the war to the present day",
    "2024-11-19",
    """As of 19 November 2024, the approximate losses of weapons and military equipment of the Russian Armed
Forces from the beginning of the war to the present day:
💂 Personnel – 724,050 (+1,610)
🚜 Tanks – 9,382 (+17)
Multiple rocket launchers – 1,252
Air defense means – 999
Automotive technology and fuel tanks – 29,548 (+120)
Vessels/boats – 28
UAV operational and tactical level – 19,111 (+38)
""",
    """
personnel 724050 +1610
tanks 9382 +17
mlrs 1252 -
air-defence 999 -
vehicles 29548 +120
ships 28 -
uavs 19111 +38
""",
)
layout(
    "changes in brackets in words",
    None,
    """Tanks: 9,382 (an increase of 17)
APVs: 19,092 (33 additional)
Artillery: 20,632 (46 more than the day before)
UAVs: 19,111 (38 per day)
Vehicles and tankers: 29,548 (plus 120 over the past 24 hours)
Cruise missiles: 2,754, up 1
""",
    """
tanks 9382 +17
armoured-vehicles 19092 +33
artillery 20632 +46
uavs 19111 +38
vehicles 29548 +120
cruise-missiles 2754 +1
""",
)
layout(
    "Ukrainian prose, number first",
    None,
    "Ворог втратив 9382 танки (+17), 19 092 бойові броньовані машини (+33), 20 632 артилерійські системи (+46), "
    "1252 РСЗВ, 999 засобів ППО, 369 літаків, 329 гелікоптерів, 19 111 БПЛА (+38), 2754 крилаті ракети (+1), "
    "28 кораблів і катерів, один підводний човен, 29 548 одиниць автомобільної техніки та автоцистерн (+120) "
    "та 3672 одиниці спеціальної техніки (+17).",
    """
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
vehicles 29548 +120
special-equipment 3672 +17
""",
)
layout(
    "Russian prose",
    "2024-11-19",
    "На утро 19 ноября 2024 года армия РФ потеряла около 724 050 военнослужащих (+1610 за сутки), "
    "9382 танка (+17), 19 092 ББМ (+33).",
    """
personnel 724050 +1610 about
tanks 9382 +17
armoured-vehicles 19092 +33
""",
)
layout(
    "Ukrinform: including the day",
    "2024-11-23",
    "The Russian army's combat losses in Ukraine from February 24, 2022 to November 23, 2024 amounted to about "
    "729,720 invaders, including 1,420 over the past day.\n"
    "Also, Ukraine's defense forces destroyed 9,419 (+20) enemy tanks, 19,192 (+36) armored fighting vehicles, "
    "20,760 (+24) artillery systems, 1,254 (+0) multiple launch rocket systems.",
    """
personnel 729720 +1420 about
tanks 9419 +20
armoured-vehicles 19192 +36
artillery 20760 +24
mlrs 1254 +0
""",
)
layout(
    "signs for about and more than",
    None,
    "особовий склад: ≈724 050\nтанки: ~9382\nлітаки: >369",
    """
personnel 724050 - about
tanks 9382 - about
aircraft 369 - more-than
""",
)
layout(
    "growth in prose",
    None,
    "Кількість ліквідованих окупантів зросла до 724 050 осіб (+1610).\n"
    "Втрати в танках зросли на 17 одиниць – до 9382.\n"
    "Total losses of helicopters have reached 329.",
    """
personnel 724050 +1610
tanks 9382 +17
helicopters 329 -
""",
)
layout(
    "two labels to a line, two languages to a label",
    "2024-11-19",
    "Втрати ворога 19/11/2024: танки/tanks 9382 (+17), ББМ/AFV 19092 (+33); літаки = 369 | гелікоптери = 329",
    """
tanks 9382 +17
armoured-vehicles 19092 +33
aircraft 369 -
helicopters 329 -
""",
)
layout(
    "for the past day, with a date: the bulletin of the day after",
    "2024-11-23",
    "For the past day, 22 November 2024, the losses were:\npersonnel – 729,720 (+1,420)\ntanks – 9,419 (+20)\n"
    "MLRS – 1,254\n",
    """
personnel 729720 +1420
tanks 9419 +20
mlrs 1254 -
""",
)
layout(
    "the daily total is a change",
    None,
    "Total for the day: 1,610 soldiers, 17 tanks.",
    """
personnel - +1610
tanks - +17
""",
)

__all__ = ["LAYOUTS"]
