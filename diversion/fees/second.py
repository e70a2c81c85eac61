"""Let a second person answer a request: the decision and what follows are one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.staff.access import signed_in
from diversion.staff.approvals import answers, queries, rules, services
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import ApprovalRequest, Decision, Matter
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused

Row = TypeVar("Row")


@dataclass(frozen=True)
class Paper:
    """A paper of some room that waits for a second person, or was answered.

    `hashed` says what an approval is bound to; `carry_out` is called with the approver.
    """

    matter: Matter
    subject: str
    hashed: Callable[[], str]
    carry_out: Callable[[int], object]


def paper(
    matter: Matter, subject: str, find: Callable[[str], Row], request_hash: Callable[[Row], str],
    carry_out: Callable[..., object],
) -> Paper:  # fmt: skip
    """Return the paper of a room that finds its row by handle and carries it out today."""
    return Paper(
        matter, subject, lambda: request_hash(find(subject)),
        lambda approver: carry_out(
            find(subject), approved_by=approver, on=court_today(), now=clock.now()
        ),
    )  # fmt: skip


def answer(form: DecisionForm, paper: Paper) -> bool:
    """Keep the decision, and carry out what was approved. Say whether that is done."""
    with refused(form), transaction():
        decision = answers.answer(paper.matter, paper.subject, form)
        if decision is Decision.APPROVED:
            paper.carry_out(services.approver_of(paper.matter, paper.subject, paper.hashed()))
            flash_done(_("Approved and carried out."))
        else:
            flash_note(_("Refused.") if decision is Decision.REFUSED else _("Withdrawn."))
        return True
    return False


def request_about(paper: Paper) -> ApprovalRequest:
    """Return the last request about a paper. Raises NotYours."""
    found = queries.latest_about(paper.matter, paper.subject)
    if found is None:
        raise NotYours
    return found


def shown(
    form: DecisionForm, paper: Paper, pairs: Sequence[tuple[Sentence, Any]]
) -> dict[str, Any]:
    """Return what the page of a request shows: its facts, its state, and who may answer."""
    request, me = request_about(paper), signed_in()
    decided = request.decided
    people = {request.asked_by_id, *([decided.decided_by_id] if decided else [])}
    names = names_of(people)
    form.seen.data = request.hash16
    return {
        "form": form,
        "request": request,
        "pairs": [*pairs, (_("Asked by"), names[request.asked_by_id])],
        "decided_by": names[decided.decided_by_id] if decided else "",
        "is_own": me.id == request.asked_by_id,
        "may_decide": me.may(rules.DECIDED_BY[paper.matter]) and me.id != request.asked_by_id,
    }
