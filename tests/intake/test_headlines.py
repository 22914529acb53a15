"""Figures that an address spells out."""

from __future__ import annotations

import pytest

from conflict.intake.headlines import figures_in_address

HOST = "https://mod.example/news/"


@pytest.mark.parametrize(
    ("address", "figures"),
    [
        (
            "zagalni-bojovi-vtrati-rosiyan-za-dobu-1-270-osib-28-bpla-ta-37-artsistem",
            {"personnel": 1270, "uavs": 28, "artillery": 37},
        ),
        (
            "900-okupantiv-19-tankiv-38-artsistem-‒-zagalni-vtrati",
            {"personnel": 900, "tanks": 19, "artillery": 38},
        ),
        ("vtrati-1410-okupantiv-2-litaki-1-gelikopter", {"personnel": 1410, "aircraft": 2, "helicopters": 1}),
        ("1130-osib-46-artsistem-ta-3-zasobi-ppo", {"personnel": 1130, "artillery": 46, "air-defence": 3}),
        ("majzhe-3754-bojovih-bronovanih-mashin-voroga", {"armoured-vehicles": 3754}),
        ("zbito-287-vorozhih-litakiv", {"aircraft": 287}),
        ("330-odinicz-vorozhih-artilerijskih-sistem", {"artillery": 330}),
        ("rosiya-vtratila-uzhe-ponad-117-700-osib", {"personnel": 117700}),
        ("1-270-osib-28-bpla-ta-37-artsistem-1", {"personnel": 1270, "uavs": 28, "artillery": 37}),
        ("bojovi-vtrati-voroga-na-4-bereznya-2026-roku", {}),
        ("tisyacha-okupantiv-33-artilerijski-sistemi", {"artillery": 33}),
        ("priblizno-114-tis-osib", {}),
        ("28-bpla-ta-30-bpla", {}),
        ("", {}),
    ],
)
def test_headlines_are_read_from_the_ministrys_addresses(address: str, figures: dict[str, int]) -> None:
    assert figures_in_address(HOST + address) == figures


@pytest.mark.parametrize("address", ["", "28-bpla", "\x00", "http://[", "https://x/" + "1-" * 5000 + "bpla"])
def test_any_text_can_be_asked(address: str) -> None:
    assert isinstance(figures_in_address(address), dict)
