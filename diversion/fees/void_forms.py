"""Read why a receipt is to be void and where the payer's copy is."""

from typing import Any

from wtforms import HiddenField

from diversion.core.words import _
from diversion.fees.models import VoidReason
from diversion.fees.void_in_place import Why
from diversion.fees.void_models import PayersCopy
from diversion.web.fields import CodeField, Filled
from diversion.web.forms import Form, choices

# An import is undone as a whole, never at the counter.
REASONS = [reason for reason in VoidReason if reason is not VoidReason.IMPORT_UNDONE]


class VoidForm(Form):
    """Why a receipt is void; `seen` is the hash that the page showed."""

    seen = HiddenField()
    reason = CodeField(_("Why"), [Filled()], codes=VoidReason, choices=choices(REASONS))
    copy = CodeField(_("The payer's copy"), [Filled()], codes=PayersCopy)

    @property
    def why(self) -> dict[str, Any]:
        given = self.data
        return {name: given[name] for name in ("reason", "copy")}

    @property
    def whole(self) -> Why:
        return Why(**self.why, seen=self.seen.data or "")
