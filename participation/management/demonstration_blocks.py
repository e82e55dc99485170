"""The text blocks of the demonstration: title, purpose, reason or where the idea goes, text.

They greet nobody: the letter does that already.
"""

BLOCKS = [
    {
        "title": "Ort fehlt",
        "purpose": "ask",
        "text": "An welcher Stelle genau soll sich etwas ändern? Eine Straße, ein Flurname oder ein Bild genügt.",
    },
    {
        "title": "Wer macht mit?",
        "purpose": "ask",
        "text": "Ihre Idee gehört zum Handlungsfeld {field}. Gibt es schon Vereine oder "
        "Nachbarn, die mitmachen würden? Dann nennen Sie uns bitte, wie viele es ungefähr sind.",
    },
    {
        "title": "Andere Stelle zuständig",
        "purpose": "decline",
        "reason": "not_here",
        "text": "Über „{title}“ können die Allianz und ihre Gemeinden nicht entscheiden. "
        "Zuständig ist eine andere Stelle; wir nennen Ihnen auf Wunsch gerne, an wen Sie sich wenden können.",
    },
    {
        "title": "Privates Anliegen",
        "purpose": "decline",
        "reason": "private_matter",
        "text": "Ihr Anliegen betrifft eine private Angelegenheit. Bitte wenden Sie sich damit "
        "an Ihre Gemeinde; dort kann Ihnen jemand persönlich helfen.",
    },
    {
        "title": "Dank und wie es weitergeht",
        "purpose": "publish",
        "text": "Vielen Dank für Ihre Idee. Unter {reference} können jetzt alle sie lesen und unterstützen.",
    },
    {
        "title": "Wird geprüft",
        "purpose": "answer",
        "leads_to": "under_consideration",
        "text": "Wir prüfen „{title}“ gemeinsam mit den Gemeinden, die es betrifft, und berichten hier, was "
        "herausgekommen ist.",
    },
    {
        "title": "Beschluss der Steuerungsgruppe",
        "purpose": "answer",
        "leads_to": "adopted",
        "text": "Die Steuerungsgruppe hat „{title}“ angenommen. Die Geschäftsstelle klärt nun Förderung und Zeitplan.",
    },
]
