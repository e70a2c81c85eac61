"""Explain the words of the court and the office, in English and in Spanish."""

from diversion.core.words import Sentence, _

# English word, Spanish word, what it means here.
WORDS: tuple[tuple[str, str, Sentence], ...] = (
    ("agreement", "acuerdo", _("What a person signs to take part; its terms never change later.")),
    ("appearance", "comparecencia", _("That a person was at court on a docket day.")),
    ("case number", "número de caso", _("The court's number of the case.")),
    ("condition", "condición", _("One thing to do before a case is dismissed.")),
    ("docket", "lista de audiencias", _("The people the court sees on one day.")),
    ("enrollment", "inscripción", _("A person in a program, from agreement to end.")),
    ("excused", "justificado", _("Absent with leave, agreed before the class.")),
    ("fee", "cuota", _("What is owed for the class; it can be paid in parts.")),
    ("ledger", "libro mayor", _("The account book: every amount stands in it twice.")),
    ("make-up", "recuperación", _("A part of a class that is still owed.")),
    ("mentor", "mentor, mentora", _("A person who goes along with a participant.")),
    ("outcome", "resultado", _("What was decided at an appearance.")),
    ("participant", "participante", _("A person in a program.")),
    ("receipt", "recibo", _("The numbered paper for a payment; the numbers have no gaps.")),
    ("referral", "remisión", _("How a person comes to a program, and from whom.")),
    ("roll call", "pase de lista", _("Marking who is here, late, absent or excused.")),
    ("survivor", "sobreviviente", _("The word some people choose for themselves.")),
    ("void", "anular", _("To take back a receipt, with a reason, by a second person.")),
    ("waiver", "exención", _("A fee reduced or given up because of inability to pay.")),
)
