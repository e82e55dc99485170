"""The demonstration alliance: what public sources say about it, and role names instead of real persons.

Nine municipalities can be shown from public sources; the tenth place stays empty until the alliance fills it.
Points are those of encyclopaedias, exact to an arc-minute: good for a schematic picture, not for finding a town hall.
"""

from datetime import timedelta

from django.utils import timezone

from ..actors.models import Post

EXPECTED_MUNICIPALITIES = 10

ALLIANCE = {
    "name": "Kommunale Allianz Kahlgrund-Spessart",
    "short_name": "Kahlgrund-Spessart",
    "slogan": "Gute Ideen wachsen hier.",
    "district": "Landkreis Aschaffenburg",
    "management_label": "Allianzmanagement",
    "office_label": "Geschäftsstelle",
    "office_address": "Geschäftsstelle der Kommunalen Allianz\nRathaus, Marktplatz 1\n63825 Schöllkrippen",
    "email": "geschaeftsstelle@allianz.example",
    "expected_municipalities": EXPECTED_MUNICIPALITIES,
    "about": (
        "Zehn Gemeinden arbeiten freiwillig zusammen, damit das Leben in den Dörfern gut bleibt. Grundlage ist das "
        "integrierte ländliche Entwicklungskonzept (ILEK): Es sagt, woran wir gemeinsam arbeiten.\n\n"
        "Die Gemeinden entscheiden zusammen in der Steuerungsgruppe; sie tagt regelmäßig. Die Geschäftsstelle liegt im "
        "Rathaus der Verwaltungsgemeinschaft Schöllkrippen und berichtet über das, was daraus wird.\n\n"
        "Akteure sind alle Bürgerinnen und Bürger der Region, die sich einbringen wollen."
    ),
    "network": (
        "Die Allianz steht mit vielen anderen Organisationen, Regionen und Allianzen in Kontakt: sich austauschen, "
        "Lösungen für ähnliche Probleme finden und voneinander lernen."
    ),
    "thanks": (
        "Den ehemaligen Mitarbeiterinnen und Mitarbeitern des Allianzmanagements sowie dem Lehrstuhl der TU München "
        "für Wald- und Umweltpolitik gilt besonderer Dank für die tatkräftige Unterstützung!"
    ),
}

_VIA_VG = "Marktplatz 1, 63825 Schöllkrippen (Verwaltungsgemeinschaft)"

# name, AGS, postcode, inhabitants, address, north and east in degrees, minutes and seconds
MUNICIPALITIES = [
    ("Blankenbach", "09671113", "63825", 1499, _VIA_VG, (50, 3, 53), (9, 13, 54)),
    ("Geiselbach", "09671119", "63826", 2142, "Kirchstraße 6, 63826 Geiselbach", (50, 7, 0), (9, 12, 0)),
    ("Kleinkahl", "09671135", "63828", 1883, _VIA_VG, (50, 6, 25), (9, 16, 33)),
    ("Krombach", "09671138", "63829", 2121, _VIA_VG, (50, 5, 0), (9, 13, 0)),
    ("Mömbris", "09671143", "63776", 11564, "Schimborner Straße 6, 63776 Mömbris", (50, 4, 9), (9, 9, 57)),
    ("Schöllkrippen", "09671152", "63825", 4338, "Marktplatz 1, 63825 Schöllkrippen", (50, 5, 0), (9, 15, 0)),
    ("Sommerkahl", "09671153", "63825", 1307, "Schulstraße 12, 63825 Sommerkahl", (50, 4, 0), (9, 15, 0)),
    ("Westerngrund", "09671159", "63825", 1972, _VIA_VG, (50, 6, 0), (9, 15, 0)),
    ("Wiesen", "09671162", "63831", 1042, "Dr.-Frank-Straße 2, 63831 Wiesen", (50, 7, 0), (9, 22, 0)),
]

FIELDS = [
    ("Innenentwicklung, Wohnen und Ortsbild", "house", "Leerstände füllen, Ortskerne beleben, Altes erhalten."),
    ("Daseinsvorsorge, Soziales und Jugend", "handshake", "Damit alle Generationen hier gut leben können."),
    ("Mobilität", "bus", "Von Ort zu Ort, auch ohne eigenes Auto."),
    ("Energie und Klima", "bolt", "Energie sparen, selbst erzeugen und klug verteilen."),
    ("Natur, Land- und Forstwirtschaft", "leaf", "Wiesen, Wälder, Felder und Bäche pflegen."),
    ("Freizeit, Tourismus und Kultur", "hiking", "Wege, Feste, Geschichte und Begegnung."),
    ("Wirtschaft, Nahversorgung und Digitalisierung", "shop", "Einkaufen, arbeiten, gut vernetzt sein."),
    ("Zusammenarbeit und bürgerschaftliches Engagement", "people", "Vereine und Ehrenamt stärken."),
]  # fmt: skip

PARTNERS = [
    ("Naturpark Spessart", "Wir stimmen Wanderwege, Naturerlebnisse und die Pflege der Landschaft miteinander ab."),
    ("Initiative Bayerischer Untermain", "Wir bringen die Sicht der Dörfer in die Entwicklung der ganzen Region ein."),
    ("Tourismusverband Spessart-Mainland", "Wir machen den Kahlgrund und den Spessart gemeinsam bei Gästen bekannt."),
    ("Archäologisches Spessartprojekt", "Wir machen Geschichte an Wegen und Orten sichtbar."),
    ("Energieagentur Bayerischer Untermain", "Wir bringen Beratung zu Energie und Sanierung in die Gemeinden."),
    ("LAG Main4Eck", "Wir tauschen uns über Projekte der ländlichen Entwicklung aus und lernen voneinander."),
    ("Spessart Regional e.V.", "Wir suchen mit den Nachbarn im Spessart nach Lösungen für ähnliche Aufgaben."),
    ("LAG Spessart", "Wir beraten gemeinsam, welche Idee zu welcher Förderung passt."),
]

# mailbox, display name, post, municipality of the post
MANAGER = ("management", "Allianzmanagement")
OFFICE = [
    ("moderation", "Moderation der Geschäftsstelle", Post.MODERATOR, ""),
    ("praktikum", "Praktikum", Post.INTERN, ""),
    ("sprecher", "Sprecher der Allianz", Post.SPOKESPERSON, ""),
    ("krombach", "Erste Bürgermeisterin, Gemeinde Krombach", Post.MAYOR, "Krombach"),
    ("ale", "Vertretung des ALE", Post.ALE, ""),
]
INTERNSHIP_DAYS = 21  # from today on, so that the office's page shows a post that ends soon

# mailbox, municipality, positions in FIELDS, profile
ACTORS = [
    (
        "ada", "Krombach", (2, 7),
        {"display_name": "Ada (Bürgerin)", "skills": "Zuhören und Feste organisieren",
         "offers": "An Wochenenden anpacken", "visible_to": "public"},
    ),
    (
        "imkerei", "Sommerkahl", (4,),
        {"display_name": "Imkerei am Waldrand", "organisation": "Imkerei (Beispiel)",
         "skills": "Bienen, Blühwiesen, Führungen für Kinder", "offers": "Einen Vormittag am Bienenstand",
         "visible_to": "public"},
    ),
    (
        "heimatverein", "Mömbris", (0, 5),
        {"display_name": "Heimatverein", "organisation": "Heimat- und Geschichtsverein (Beispiel)",
         "skills": "Ortsgeschichte, alte Fotos, Bildstöcke", "offers": "Einen Vereinsraum mit 40 Plätzen",
         "visible_to": "public"},
    ),
    (
        "schreinerei", "Westerngrund", (0, 6),
        {"display_name": "Schreinerei im Grund", "organisation": "Schreinerei (Beispiel)",
         "skills": "Holzbau, Bänke, Spielgeräte", "offers": "Werkstatt und Anhänger nach Absprache",
         "visible_to": "public"},
    ),
    (
        "ruhestand", "Wiesen", (1, 3),
        {"display_name": "Kim (im Ruhestand)", "skills": "Elektrotechnik", "offers": "Fahrdienst am Dienstag",
         "visible_to": "office"},
    ),
]  # fmt: skip

# how many days ago, page, text, mailbox of the reporter ("" for a stranger), days until the answer (None: open), answer
REPORTS = [
    (
        58, "/partner/", "Auf dem Telefon lässt sich die Liste der Partner nur seitlich verschoben lesen.", "ada", 6,
        "Vielen Dank für den Hinweis. Die Liste bricht jetzt auch auf schmalen Bildschirmen um.",
    ),
    (
        25, "/allianz/", "Der Text über die Steuerungsgruppe ist für mich schwer zu verstehen. "
        "Gibt es ihn auch in einfacher Sprache?", "", None, "",
    ),
    (
        3, "/konto/signup/", "Das Vorleseprogramm sagt bei der Wohngemeinde nicht, dass sie freiwillig ist.",
        "ruhestand", None, "",
    ),
]  # fmt: skip


def degrees(point):
    """Degrees, minutes and seconds as one number: ``(50, 3, 53)`` is 50.06472."""
    whole, minutes, seconds = point
    return round(whole + minutes / 60 + seconds / 3600, 5)


def days_ago(days):
    """Nine o'clock in the morning, ``days`` days ago; in the future for less than none."""
    morning = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    return morning - timedelta(days=days)
