"""Bulletins for the tests of the desks, composed in the printed layouts; figures of 19 November 2024."""

LIST = """General Staff of the Armed Forces of Ukraine: losses of the enemy as of 19 November 2024

Personnel: about 724,050 people (+1,610)
• Tanks: 9,382 units (+17 compared to the previous day)
• Artillery Systems: 20,632 units (+46)
• Submarines: 1 unit
"""

UKRAINIAN = """Загальні бойові втрати противника станом на 19.11.2024
особового складу — близько 724 050 (+1 610) осіб
танків — 9 382 (+17) од
артилерійських систем — 20 632 (+46) од
підводні човни — 1 (+0) од
"""
