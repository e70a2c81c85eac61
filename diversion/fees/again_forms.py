"""Let a cashier say that a payment is another one, though it looks like one just receipted."""

from wtforms import BooleanField

from diversion.core.words import _
from diversion.fees.typed_again import TypedAgain
from diversion.web.forms import CreatingForm


class AgainForm(CreatingForm):
    """A form that takes money; its box appears once the same was receipted before."""

    again = BooleanField(_("This is another payment: take it too"))

    @property
    def looks_the_same(self) -> bool:
        return bool(self.again.data) or isinstance(self.refusal, TypedAgain)
