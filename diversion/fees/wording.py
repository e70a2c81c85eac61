"""Hold the words of papers that go to a participant, in the languages the office writes.

They name no program, for a paper with a name lies open on many tables.
"""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date


@dataclass(frozen=True)
class Wording:
    """The words of one language; a place in braces is filled by the page."""

    code: str
    statement: str
    account: str
    as_of: str
    to_pay: str
    payoff: str
    payoff_then: str
    due_then: str
    charges: str
    payments: str
    day: str
    about: str
    amount: str
    fee: str
    raised: str
    given_up: str
    paid_by: dict[str, str]
    receipt: str
    void: str
    credit: str
    instalments: str
    number: str
    due: str
    open: str
    total: str
    settled: str
    settled_text: str
    plan: str
    plan_text: str
    signature: str
    questions: str
    proof: str
    returned: str
    refund: str
    to_refund: str

    def long(self, value: date) -> str:
        return format_date(value, "long", locale=self.code)


EN = Wording(
    "en",
    "Statement of account", "Account {number}", "As of {day}", "To be paid now",
    "Exact amount that settles the account today", "Exact amount that settled the account then",
    "Due by then", "Charges", "Payments",
    "Date", "For", "Amount", "Fee", "Fee raised", "Fee reduced",
    {"cash": "Cash", "check": "Check", "money_order": "Money order", "card": "Card",
     "unknown": "Payment"},
    "Receipt {number}", "void", "Credit", "Instalments", "No.", "Due", "Open", "In all",
    "Nothing more is owed",
    "As of {day}, the balance of account {number} is $0.00. The account is settled in full, and "
    "nothing more is owed on it. Keep this letter.",
    "Payment plan",
    "I will pay what is owed on account {number} in the parts below. If I can't pay a part, I "
    "will call before its day. I can ask for other parts at any time.",
    "Signature and date",
    "Questions? Call {phone} and say the account number.",
    "Entry {entry} of the county's books, seal {seal}",
    "taken back by the bank", "Paid back to you", "To be paid back to you",
)  # fmt: skip
ES = Wording(
    "es",
    "Estado de cuenta", "Cuenta {number}", "Al {day}", "A pagar ahora",
    "Monto exacto que salda la cuenta hoy", "Monto exacto que saldaba la cuenta en esa fecha",
    "Vencido a esa fecha", "Cargos", "Pagos",
    "Fecha", "Concepto", "Monto", "Cuota", "Aumento de la cuota", "Reducción de la cuota",
    {"cash": "Efectivo", "check": "Cheque", "money_order": "Giro postal", "card": "Tarjeta",
     "unknown": "Pago"},
    "Recibo {number}", "anulado", "Saldo a favor", "Plazos", "N.º", "Vence", "Pendiente", "Total",
    "No se debe nada más",
    "Al {day}, el saldo de la cuenta {number} es de $0.00. La cuenta está saldada por completo y "
    "no se debe nada más. Guarde esta carta.",
    "Plan de pagos",
    "Pagaré lo que debo en la cuenta {number} en los plazos siguientes. Si no puedo pagar un "
    "plazo, llamaré antes de su fecha. Puedo pedir otros plazos en cualquier momento.",
    "Firma y fecha",
    "¿Preguntas? Llame al {phone} y diga el número de cuenta.",
    "Asiento {entry} de los libros del condado, sello {seal}",
    "devuelto por el banco", "Reembolsado a usted", "Por reembolsar a usted",
)  # fmt: skip


def wording(language: str) -> Wording:
    """Return the words for a person's language; English where the office does not write it."""
    return ES if language == "es" else EN
