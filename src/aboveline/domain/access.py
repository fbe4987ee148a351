"""Who may do what: one table of role, reach, who runs the inspection, and stage. What is not in it is denied.

A role is held at one service, in one inspection or in one programme, never everywhere. `Standing` says what a person
is in relation to the thing in hand; `may` asks the table. A conflict of interest takes away everything that shows or
touches what is said of a child, whatever the table gives; one with the service, what decides the result as well. Nobody
judges their own work: who manages a case neither judges it nor reads it again nor settles it, in whatever role.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aboveline.domain.roles import PLACES_OF, HeldAt, Role
from aboveline.domain.workflow import Stage


class RunBy(StrEnum):
    """Who runs an exercise: the service itself (its audits and its own records) or an inspectorate's programme."""

    SERVICE = "the service itself"
    PROGRAMME = "an inspectorate"


class Reach(StrEnum):
    """How far a grant goes: the whole inspection, or only cases that are the person's own.

    Own is a case given to an inspector or assessor, and for a case manager a case they manage: who is both sees the one
    as its assessor and the other as its manager. A second read is its second reader's own.
    """

    ALL = "all"
    OWN = "own cases"


class Action(StrEnum):
    PUBLIC = "open a page that needs no sign-in"
    SIGNED_IN = "open a page of one's own"
    SEE_SERVICE = "see a service and its story"
    SEE_TRAIL = "read the audit trail of a service or an inspection"
    MANAGE_PEOPLE = "invite people, give and take away roles, keep the conflict register of a service"
    KEEP_REGISTER = "keep the conflict register of those who inspect a service"
    SEE_PROGRAMME = "see a programme, and of its inspections those one may see"
    MANAGE_PROGRAMME = "set up an inspection in a programme and name its lead"
    SET_UP = "set up an inspection"
    SEE_INSPECTION = "see where an inspection is in its week"
    PLAN = "set dates, team, timetable and what must be supplied"
    SEE_SCORES = "see scores, comparison and re-inspection"
    SEE_SAMPLE = "see the case list's shape, the draws and the certificate"
    SEE_LISTED = "see what the case list says of each case drawn"
    TAKE_CASELOAD = "download the numbered case list that a draw was made from"
    NAME_DIRECTOR = "name the director, to whom alerts go past the head of service"
    SUPPLY_CASELOAD = "upload, correct and confirm a case list"
    DRAW = "draw a sample and replace a case"
    ALLOCATE = "allocate cases and plan interviews"
    TEAM_MEETINGS = "keep and read the notes of the team's own meetings"
    SEE_ALLOCATION = "see who judges which case and who is interviewed when"
    LIST_CASES = "see the cases one works on, and how far each has come"
    SEE_CASES = "open a case's judgements"
    JUDGE = "judge a case"
    IMPORT_JUDGEMENTS = "import the judgements of a whole inspection"
    COMMENT = "discuss an answer"
    RAISE_ALERT = "raise an alert on a case"
    FOLLOW_ALERT = "acknowledge an alert and follow it to its close"
    READ_AGAIN = "read a case a second time, blind"
    QUALITY_READ = "look at an assessor’s first cases early and record what was seen"
    SECOND_READ = "choose second reads and compare them"
    SETTLE = "settle where the two reads of a case differ, having read it neither first nor second"
    MODERATE = "moderate: outliers, withheld and provisional scores, band overrides"
    DECIDE_BAND = "confirm or decline a band that somebody else proposed"
    WRITE_FINDINGS = "write findings, verdict and statement"
    SIGN_OFF = "sign off what others wrote"
    SEE_DRAFT = "read the draft that was sent to the service"
    RESPOND_TO_DRAFT = "answer the draft on points of fact and challenge it"
    DECIDE_ON_FACTS = "decide points of fact and challenges"
    PUBLISH = "publish and correct"
    RECORD_FIRST_PLAN = "record whether the first plan was carried out"
    SEE_REPORT = "read and download a committee report"
    EDIT_REPORT = "write a committee report"


#: what shows or touches what is said of a child; a conflict of interest takes these away
OF_CASES = frozenset(
    {
        Action.LIST_CASES,
        Action.SEE_CASES,
        Action.JUDGE,
        Action.IMPORT_JUDGEMENTS,
        Action.COMMENT,
        Action.RAISE_ALERT,
        Action.READ_AGAIN,
        Action.QUALITY_READ,
        Action.SECOND_READ,
        Action.SETTLE,
        Action.MODERATE,
        Action.DECIDE_BAND,
        Action.TEAM_MEETINGS,
    }
)
#: what decides an inspection's result or shows its list; a conflict with the service itself takes these away as well
OF_THE_WHOLE = frozenset(
    {
        Action.KEEP_REGISTER,
        Action.SEE_LISTED,
        Action.TAKE_CASELOAD,
        Action.DRAW,
        Action.ALLOCATE,
        Action.WRITE_FINDINGS,
        Action.SIGN_OFF,
        Action.DECIDE_ON_FACTS,
        Action.PUBLISH,
        Action.RECORD_FIRST_PLAN,
    }
)
#: what judges a case; who manages it does none of it
OF_JUDGING = frozenset(
    {Action.JUDGE, Action.COMMENT, Action.QUALITY_READ, Action.READ_AGAIN, Action.SECOND_READ, Action.SETTLE}
)
#: what shows the first read of a case, which its second reader does not see before submitting
OF_FIRST_READ = frozenset({Action.SEE_CASES, Action.COMMENT})
#: what shows first reads together: not for a second reader who still has a case of the inspection to read blind
OF_FIRST_READS = frozenset({Action.SEE_SCORES, Action.SEE_DRAFT, Action.DECIDE_BAND})
#: with fewer cases begun, the scores of an exercise in progress tell of one case
FEWEST_CASES = 5


@dataclass(frozen=True, slots=True)
class Grant:
    """One row: these roles, where they are held at one of these places, may do this, so far, from a stage of the
    inspection to another (both included)."""

    action: Action
    roles: frozenset[Role]
    run_by: frozenset[RunBy] = frozenset(RunBy)
    reach: Reach = Reach.ALL
    since: Stage = Stage.SET_UP
    until: Stage = Stage.PUBLISHED
    held_at: frozenset[HeldAt] = frozenset(HeldAt)

    def covers(self, role: Role, standing: "Standing") -> bool:
        held = role in self.roles and PLACES_OF[role] & self.held_at & standing.held_at
        in_time = self.since.order <= standing.stage.order <= self.until.order
        return bool(held) and standing.run_by in self.run_by and in_time


_R = Role
_HEAD, _QUALITY, _MANAGER, _DEMOCRATIC, _MONITOR = (
    _R.HEAD_OF_SERVICE,
    _R.QUALITY_MANAGER,
    _R.CASE_MANAGER,
    _R.DEMOCRATIC_SERVICES,
    _R.MONITOR,
)
_LEAD, _INSPECTOR, _LOCAL, _ANALYST, _ADMIN = (
    _R.LEAD_INSPECTOR,
    _R.INSPECTOR,
    _R.LOCAL_ASSESSOR,
    _R.ANALYST,
    _R.ADMINISTRATOR,
)
_EVERYONE = frozenset(Role)
_TEAM = frozenset({_LEAD, _INSPECTOR, _LOCAL})
_OWN_EXERCISE = frozenset({RunBy.SERVICE})
_INSPECTED = frozenset({RunBy.PROGRAMME})
_AT_SERVICE = frozenset({HeldAt.SERVICE})
_AT_PROGRAMME = frozenset({HeldAt.PROGRAMME})
#: the last stage at which what an inspectorate signs is changed: what is published changes by a correction, which takes
#: the inspection back before this stage
_CHANGED = Stage.WITH_SERVICE


def _of(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


TABLE: tuple[Grant, ...] = (
    Grant(Action.SEE_SERVICE, _EVERYONE),
    Grant(Action.SEE_TRAIL, _of(_HEAD, _QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.SEE_TRAIL, _of(_LEAD), _INSPECTED),
    Grant(Action.SEE_TRAIL, _of(_HEAD, _QUALITY), _INSPECTED, since=Stage.WITH_SERVICE),
    Grant(Action.MANAGE_PEOPLE, _of(_HEAD, _ADMIN), held_at=_AT_SERVICE),
    Grant(Action.SEE_PROGRAMME, _of(_ADMIN, _ANALYST), held_at=_AT_PROGRAMME),
    Grant(Action.MANAGE_PROGRAMME, _of(_ADMIN), held_at=_AT_PROGRAMME),
    Grant(Action.SET_UP, _of(_HEAD, _QUALITY)),
    Grant(Action.SEE_INSPECTION, _EVERYONE, _OWN_EXERCISE),
    Grant(Action.SEE_INSPECTION, _TEAM | _of(_HEAD, _QUALITY, _MANAGER, _ADMIN), _INSPECTED),
    Grant(Action.SEE_INSPECTION, _of(_DEMOCRATIC, _MONITOR, _ANALYST), _INSPECTED, since=Stage.PUBLISHED),
    Grant(Action.PLAN, _of(_HEAD, _QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.PLAN, _of(_LEAD), _INSPECTED),
    Grant(Action.PLAN, _of(_ADMIN), _INSPECTED, held_at=_AT_PROGRAMME),
    Grant(Action.KEEP_REGISTER, _of(_LEAD), _INSPECTED),
    Grant(Action.KEEP_REGISTER, _of(_ADMIN), _INSPECTED, held_at=_AT_PROGRAMME),
    Grant(Action.SEE_SCORES, _EVERYONE - _of(_ADMIN), _OWN_EXERCISE),
    Grant(Action.SEE_SCORES, _of(_LEAD), _INSPECTED),
    Grant(Action.SEE_SCORES, _of(_HEAD, _QUALITY), _INSPECTED, since=Stage.WITH_SERVICE),
    Grant(Action.SEE_SCORES, _EVERYONE - _of(_ADMIN), _INSPECTED, since=Stage.PUBLISHED),
    Grant(Action.SEE_SAMPLE, _of(_HEAD, _QUALITY) | _TEAM),
    Grant(Action.SEE_LISTED, _of(_HEAD, _QUALITY, _LEAD, _INSPECTOR)),
    Grant(Action.SEE_LISTED, _of(_LOCAL), reach=Reach.OWN),
    Grant(Action.TAKE_CASELOAD, _of(_HEAD, _QUALITY, _LEAD)),
    Grant(Action.SUPPLY_CASELOAD, _of(_HEAD, _QUALITY)),
    Grant(Action.DRAW, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.DRAW, _of(_LEAD), _INSPECTED, until=_CHANGED),
    Grant(Action.ALLOCATE, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.ALLOCATE, _of(_LEAD), _INSPECTED),
    Grant(Action.SEE_ALLOCATION, _of(_HEAD, _QUALITY, _MANAGER) | _TEAM),
    Grant(Action.TEAM_MEETINGS, _of(_QUALITY) | _TEAM, _OWN_EXERCISE),
    Grant(Action.TEAM_MEETINGS, _TEAM, _INSPECTED),
    Grant(Action.LIST_CASES, _of(_HEAD, _QUALITY) | _TEAM, _OWN_EXERCISE),
    Grant(Action.LIST_CASES, _TEAM, _INSPECTED),
    Grant(Action.LIST_CASES, _of(_HEAD, _QUALITY), _INSPECTED, since=Stage.WITH_SERVICE),
    Grant(Action.SEE_CASES, _of(_HEAD, _QUALITY, _LEAD, _INSPECTOR), _OWN_EXERCISE),
    Grant(Action.SEE_CASES, _of(_LOCAL, _MANAGER), _OWN_EXERCISE, Reach.OWN),
    Grant(Action.SEE_CASES, _of(_LEAD, _INSPECTOR), _INSPECTED),
    Grant(Action.SEE_CASES, _of(_LOCAL), _INSPECTED, Reach.OWN),
    Grant(Action.SEE_CASES, _of(_HEAD, _QUALITY), _INSPECTED, since=Stage.WITH_SERVICE),
    Grant(Action.SEE_CASES, _of(_MANAGER), _INSPECTED, Reach.OWN, since=Stage.WITH_SERVICE),
    Grant(Action.JUDGE, _of(_QUALITY, _LEAD, _INSPECTOR), _OWN_EXERCISE),
    Grant(Action.JUDGE, _of(_LOCAL), _OWN_EXERCISE, Reach.OWN),
    Grant(Action.JUDGE, _of(_LEAD), _INSPECTED, until=_CHANGED),
    Grant(Action.JUDGE, _of(_INSPECTOR, _LOCAL), _INSPECTED, Reach.OWN, until=_CHANGED),
    Grant(Action.IMPORT_JUDGEMENTS, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.IMPORT_JUDGEMENTS, _of(_LEAD), _INSPECTED, until=_CHANGED),
    Grant(Action.COMMENT, _of(_QUALITY, _LEAD, _INSPECTOR), _OWN_EXERCISE),
    Grant(Action.COMMENT, _of(_LEAD, _INSPECTOR), _INSPECTED),
    Grant(Action.COMMENT, _of(_LOCAL), reach=Reach.OWN),
    Grant(Action.RAISE_ALERT, _of(_HEAD, _QUALITY, _LEAD, _INSPECTOR), _OWN_EXERCISE),
    Grant(Action.RAISE_ALERT, _of(_LEAD, _INSPECTOR), _INSPECTED),
    Grant(Action.RAISE_ALERT, _of(_LOCAL), reach=Reach.OWN),
    Grant(Action.FOLLOW_ALERT, _of(_HEAD, _LEAD)),
    Grant(Action.FOLLOW_ALERT, _of(_QUALITY), _OWN_EXERCISE),
    Grant(Action.NAME_DIRECTOR, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.NAME_DIRECTOR, _of(_LEAD), _INSPECTED),
    Grant(Action.READ_AGAIN, _TEAM | _of(_QUALITY), _OWN_EXERCISE, Reach.OWN),
    Grant(Action.READ_AGAIN, _TEAM, _INSPECTED, Reach.OWN, until=_CHANGED),
    Grant(Action.QUALITY_READ, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.QUALITY_READ, _of(_LEAD), _INSPECTED),
    Grant(Action.SECOND_READ, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.SECOND_READ, _of(_LEAD), _INSPECTED, until=_CHANGED),
    Grant(Action.SETTLE, _of(_QUALITY, _LEAD, _INSPECTOR), _OWN_EXERCISE),
    Grant(Action.SETTLE, _of(_LEAD, _INSPECTOR), _INSPECTED, until=_CHANGED),
    Grant(Action.MODERATE, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.MODERATE, _of(_LEAD), _INSPECTED, until=_CHANGED),
    Grant(Action.DECIDE_BAND, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.DECIDE_BAND, _of(_LEAD), _INSPECTED, until=_CHANGED),
    Grant(Action.DECIDE_BAND, _of(_INSPECTOR), _OWN_EXERCISE, since=Stage.MODERATION),
    Grant(Action.DECIDE_BAND, _of(_INSPECTOR), _INSPECTED, since=Stage.MODERATION, until=_CHANGED),
    Grant(Action.WRITE_FINDINGS, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.WRITE_FINDINGS, _of(_LEAD, _INSPECTOR), _INSPECTED, until=_CHANGED),
    Grant(Action.SIGN_OFF, _of(_HEAD, _LEAD), _OWN_EXERCISE, since=Stage.MODERATION),
    Grant(Action.SIGN_OFF, _of(_LEAD, _INSPECTOR), _INSPECTED, since=Stage.MODERATION),
    Grant(Action.SEE_DRAFT, _of(_QUALITY, _HEAD, _LEAD), _OWN_EXERCISE),
    Grant(Action.SEE_DRAFT, _of(_LEAD), _INSPECTED),
    Grant(Action.SEE_DRAFT, _of(_INSPECTOR), _INSPECTED, since=Stage.MODERATION),
    Grant(Action.SEE_DRAFT, _of(_HEAD, _QUALITY), _INSPECTED, since=Stage.WITH_SERVICE),
    Grant(Action.RESPOND_TO_DRAFT, _of(_HEAD, _QUALITY), since=Stage.WITH_SERVICE),
    Grant(Action.DECIDE_ON_FACTS, _of(_LEAD, _QUALITY), _OWN_EXERCISE, since=Stage.WITH_SERVICE),
    Grant(Action.DECIDE_ON_FACTS, _of(_LEAD), _INSPECTED, since=Stage.WITH_SERVICE),
    Grant(Action.PUBLISH, _of(_HEAD, _LEAD), _OWN_EXERCISE),
    Grant(Action.PUBLISH, _of(_LEAD), _INSPECTED),
    Grant(Action.RECORD_FIRST_PLAN, _of(_QUALITY, _LEAD), _OWN_EXERCISE),
    Grant(Action.RECORD_FIRST_PLAN, _of(_LEAD), _INSPECTED, until=_CHANGED),
    Grant(Action.SEE_REPORT, _of(_HEAD, _QUALITY, _DEMOCRATIC, _MONITOR)),
    Grant(Action.EDIT_REPORT, _of(_HEAD, _QUALITY, _DEMOCRATIC)),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to the thing in hand.

    `allocated` is whether the case in hand was given to them, `manages` whether the service's list names them as its
    case manager; both False where no case is in hand. `conflicted` is a conflict of interest with the case, or with
    the service where no case is in hand. A service's or report's page has `run_by` SERVICE.
    `second_reader` is whether the case in hand was given to them to read again; `blind`, that they are still to submit;
    `reads_blind`, that any case of the inspection is theirs so. `few` is whether too few cases are begun for scores.
    `held_at` is where those of their roles are held that count here (see `records.queries.people.places_in`).
    """

    roles: frozenset[Role] = frozenset()
    run_by: RunBy = RunBy.SERVICE
    stage: Stage = Stage.SET_UP
    allocated: bool = False
    manages: bool = False
    conflicted: bool = False
    second_reader: bool = False
    blind: bool = False
    reads_blind: bool = False
    few: bool = False
    held_at: frozenset[HeldAt] = frozenset(HeldAt)


NOBODY = Standing()


def reach_of(standing: Standing, action: Action, table: Sequence[Grant] = TABLE) -> Reach | None:
    """How far this person may do it, or None where not at all, whatever cases are in hand."""
    if standing.conflicted and action in OF_CASES | OF_THE_WHOLE:
        return None
    if _kept_apart(standing, action, table) or _of_too_few(standing, action, table):
        return None
    if action is Action.NAME_DIRECTOR and Role.HEAD_OF_SERVICE in standing.roles:
        # Whatever else a head is: it is for alerts about them.
        return None
    if _given(standing, action, Reach.ALL, table):
        return Reach.ALL
    return Reach.OWN if _given(standing, action, Reach.OWN, table) else None


def _given(standing: Standing, action: Action, reach: Reach, table: Sequence[Grant]) -> frozenset[Role]:
    """The roles of this person that the table lets do it so far."""
    rows = [grant for grant in table if grant.action is action and grant.reach is reach]
    covers = ((role, grant.covers(role, standing)) for grant in rows for role in standing.roles)
    return frozenset(role for role, covered in covers if covered)


def _kept_apart(standing: Standing, action: Action, table: Sequence[Grant]) -> bool:
    """Whether this person is kept apart from a case here.

    Who manages it does not judge it. Its second reader never judges the first read, and does not see it before
    submitting; who chooses second reads sees the first all the same.
    """
    if standing.manages and action in OF_JUDGING:
        return True
    if action is Action.JUDGE:
        return standing.second_reader
    if action is Action.SETTLE and (standing.allocated or standing.second_reader):
        return reach_of(standing, Action.SECOND_READ, table) is None
    blind = (standing.blind and action in OF_FIRST_READ) or (standing.reads_blind and action in OF_FIRST_READS)
    return blind and reach_of(standing, Action.SECOND_READ, table) is None


def _of_too_few(standing: Standing, action: Action, table: Sequence[Grant]) -> bool:
    """Whether scores are of so few cases that they tell of one, to somebody who does not open every case anyway."""
    if action is not Action.SEE_SCORES or not standing.few or standing.stage.order >= Stage.MODERATION.order:
        return False
    return reach_of(standing, Action.SEE_CASES, table) is not Reach.ALL


def may(standing: Standing, action: Action, table: Sequence[Grant] = TABLE) -> bool:
    """True where the table allows it to a person of this standing. An action without a row is allowed to nobody."""
    reach = reach_of(standing, action, table)
    return reach is Reach.ALL or (reach is Reach.OWN and _own(standing, action, table))


def _own(standing: Standing, action: Action, table: Sequence[Grant]) -> bool:
    """Whether the case in hand is this person's own in a role that the table lets do it."""
    if action is Action.READ_AGAIN:
        return standing.second_reader
    roles = _given(standing, action, Reach.OWN, table)
    return (standing.manages and Role.CASE_MANAGER in roles) or (
        standing.allocated and bool(roles - {Role.CASE_MANAGER})
    )


def allowed_to(role: Role, run_by: RunBy, stage: Stage, table: Sequence[Grant] = TABLE) -> Mapping[Action, Reach]:
    """All that one role may do at a stage, for the documents and for tests."""
    standing = Standing(frozenset({role}), run_by, stage)
    reaches = {action: reach_of(standing, action, table) for action in Action}
    return {action: reach for action, reach in reaches.items() if reach is not None}


def sees_cases(roles: Collection[Role]) -> bool:
    """Whether any of these roles can ever open what is said of a child, so that a second factor is required."""
    return any(grant.action in OF_CASES and grant.roles & frozenset(roles) for grant in TABLE)
