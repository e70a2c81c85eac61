"""Say what a receipt says in the language of whoever paid: English or Spanish."""

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "receipt": "Receipt",
    "void": "Void since {day}. Not valid.",
    "date": "Date",
    "from": "Received from",
    "for": "For",
    "fee": "Fee, account {number}",
    "by": "Paid by",
    "taken_by": "Taken by",
    "amount": "Amount",
    "before": "Owed before",
    "after": "Owed after",
    "credit": "Kept as credit",
    "seal": "Seal",
    "voided_by": "Voided by",
    "keep": "Keep this paper. Questions? Call {phone} and say the receipt number.",
    "proof": "Not valid if marked void. The seal proves the entry in the county's books.",
    "cash": "Cash",
    "check": "Check",
    "money_order": "Money order",
    "card": "Card",
    "unknown": "Not said how",
    "self": "The participant",
    "family": "Family",
    "attorney": "Attorney",
    "other": "Someone else",
    "wrong_amount": "wrong amount",
    "wrong_person": "wrong account",
    "wrong_method": "wrong way of payment",
    "taken_by_mistake": "taken by mistake",
    "import_undone": "import undone",
}
SPANISH: Mapping[str, str] = {
    "receipt": "Recibo",
    "void": "Anulado desde el {day}. No es válido.",
    "date": "Fecha",
    "from": "Recibido de",
    "for": "Concepto",
    "fee": "Cuota, cuenta {number}",
    "by": "Forma de pago",
    "taken_by": "Recibido por",
    "amount": "Importe",
    "before": "Debía antes",
    "after": "Debe ahora",
    "credit": "Queda a favor",
    "seal": "Sello",
    "voided_by": "Anulado por",
    "keep": "Guarde este papel. ¿Preguntas? Llame al {phone} y diga el número del recibo.",
    "proof": "No es válido si dice anulado. El sello comprueba el asiento en los libros.",
    "cash": "Efectivo",
    "check": "Cheque",
    "money_order": "Giro",
    "card": "Tarjeta",
    "unknown": "No se indicó",
    "self": "La persona participante",
    "family": "Familia",
    "attorney": "Abogado o abogada",
    "other": "Otra persona",
    "wrong_amount": "importe equivocado",
    "wrong_person": "cuenta equivocada",
    "wrong_method": "forma de pago equivocada",
    "taken_by_mistake": "recibido por error",
    "import_undone": "importación deshecha",
}
WORDING = {"en": ENGLISH, "es": SPANISH}


def spoken(language: str) -> str:
    """Return the language in which a receipt is printed for someone who speaks `language`."""
    return language if language in WORDING else "en"
