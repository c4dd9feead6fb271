"""Towns by which a company says roughly where it is: close enough for how far people travel, too rough for an address."""

from __future__ import annotations

from typing import Final

from lerend.partners.company import Place

TOWNS: Final[dict[str, Place]] = {
    "Alkmaar": Place(52.63, 4.75),
    "Almere": Place(52.37, 5.22),
    "Amersfoort": Place(52.16, 5.39),
    "Amsterdam": Place(52.37, 4.90),
    "Apeldoorn": Place(52.21, 5.97),
    "Arnhem": Place(51.98, 5.91),
    "Assen": Place(53.00, 6.56),
    "Breda": Place(51.59, 4.78),
    "Delfzijl": Place(53.33, 6.92),
    "Den Bosch": Place(51.69, 5.30),
    "Den Haag": Place(52.08, 4.31),
    "Den Helder": Place(52.96, 4.76),
    "Deventer": Place(52.25, 6.16),
    "Dordrecht": Place(51.81, 4.67),
    "Drachten": Place(53.11, 6.10),
    "Eindhoven": Place(51.44, 5.48),
    "Emmen": Place(52.78, 6.90),
    "Enschede": Place(52.22, 6.89),
    "Gouda": Place(52.01, 4.71),
    "Groningen": Place(53.22, 6.57),
    "Haarlem": Place(52.38, 4.64),
    "Heerenveen": Place(52.96, 5.92),
    "Heerlen": Place(50.89, 5.98),
    "Hoogeveen": Place(52.72, 6.48),
    "Hoorn": Place(52.64, 5.06),
    "Leeuwarden": Place(53.20, 5.79),
    "Leiden": Place(52.16, 4.49),
    "Lelystad": Place(52.52, 5.47),
    "Maastricht": Place(50.85, 5.69),
    "Meppel": Place(52.70, 6.19),
    "Middelburg": Place(51.50, 3.61),
    "Nijmegen": Place(51.84, 5.86),
    "Roermond": Place(51.19, 5.99),
    "Rotterdam": Place(51.92, 4.48),
    "Sneek": Place(53.03, 5.66),
    "Stadskanaal": Place(52.99, 6.95),
    "Terneuzen": Place(51.34, 3.83),
    "Tiel": Place(51.89, 5.43),
    "Tilburg": Place(51.56, 5.09),
    "Utrecht": Place(52.09, 5.12),
    "Veendam": Place(53.11, 6.88),
    "Venlo": Place(51.37, 6.17),
    "Winschoten": Place(53.14, 7.03),
    "Zwolle": Place(52.51, 6.09),
}
"""The larger town nearest to a company, with degrees north and east to about a kilometre."""
