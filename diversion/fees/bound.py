"""Say by what an approval of each paper of fees is bound to what was asked."""

from diversion.fees import void_papers as voids
from diversion.fees.refunds import cancelling
from diversion.fees.refunds import services as refunds
from diversion.fees.refunds.cancel_models import RefundCancel
from diversion.fees.refunds.models import Refund
from diversion.fees.returned import services as returned
from diversion.fees.returned.models import ReturnedItem
from diversion.fees.state_models import StateReturn
from diversion.fees.state_returns import services as state_returns
from diversion.fees.unplaced import placing
from diversion.fees.unplaced.models import Identification, UnplacedReturn
from diversion.fees.unplaced_returns import services as unplaced_returns
from diversion.fees.void_models import VoidPaper
from diversion.fees.waivers import services as waivers
from diversion.fees.waivers.models import FeeRequest
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.proof import Kind

M = Matter
KINDS = (
    Kind(frozenset({M.ASSESSMENT, M.WAIVER, M.WRITE_OFF}), FeeRequest, waivers.hash_of),
    Kind(frozenset({M.IDENTIFICATION}), Identification, placing.request_hash),
    Kind(frozenset({M.REFUND}), Refund, refunds.request_hash),
    Kind(frozenset({M.REFUND_CANCEL}), RefundCancel, cancelling.request_hash),
    Kind(frozenset({M.RETURNED_ITEM}), ReturnedItem, returned.request_hash),
    Kind(frozenset({M.STATE_RETURN}), StateReturn, state_returns.request_hash),
    Kind(frozenset({M.UNPLACED_RETURN}), UnplacedReturn, unplaced_returns.request_hash),
    Kind(frozenset({M.VOID}), VoidPaper, voids.request_hash),
)
