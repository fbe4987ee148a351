"""What can be wrong with a committee report: its file, its figures, its money, its law and its prose."""

from aboveline.domain.problems import ProblemKind, Severity

# --- the file -------------------------------------------------------------------------------------------------------
UNKNOWN_KEY = ProblemKind("report.unknown-key", "“{key}” is not a key that belongs here.", "Take it out or correct it.")
MISSING_KEY = ProblemKind("report.missing-key", "“{key}” is missing.", "Add it.")
WRONG_SHAPE = ProblemKind("report.wrong-shape", "This cannot be read: {why}.", "Correct it.")
NO_REASON = ProblemKind(
    "report.no-reason",
    "“Not applicable” is written without a reason.",
    "Say why it does not apply, or leave the entry out: blank and not applicable are different things.",
)
BAD_CHARACTER = ProblemKind(
    "report.bad-character",
    "The text holds a character that cannot be seen or that changes the direction of reading ({name}).",
    "Delete it and type the words again.",
)
MIXED_SCRIPT = ProblemKind(
    "report.mixed-script",
    "The word “{word}” mixes Latin letters with {name}, which looks alike but is another letter.",
    "Type the word again.",
)
LETTER_NOT_IN_FONT = ProblemKind(
    "report.letter-not-in-font",
    "The PDF cannot show {letters} and prints a replacement mark instead; Word and HTML show the text as it is.",
    "Write the words in letters that the PDF can show, or use Word or HTML.",
    Severity.WARNING,
)

BUILD_STOPPED = ProblemKind(
    "report.build-stopped",
    "The {form} was not made: making it {reason}.",
    "Try again, or take another form; if it ends like this again, shorten the report and tell whoever runs the system.",
)

# --- figures --------------------------------------------------------------------------------------------------------
UNKNOWN_SOURCE = ProblemKind(
    "report.unknown-figures",
    "There are no figures at “{reference}”.",
    "Name a source such as published:sefton/2010-reinspection or printed:cci-2009@2011-01-18.",
)
FIGURE_CHANGED = ProblemKind(
    "report.figure-changed",
    "The figures at “{reference}” are no longer those this report was written on.",
    "Read the report against the new figures, then set digest to {digest}.",
)
NOT_PINNED = ProblemKind(
    "report.figures-not-pinned",
    "The report does not record which version of “{reference}” it was written on.",
    "Set digest to {digest}; a later change of the figures will then stop the report.",
    Severity.WARNING,
)
NOT_FINISHED = ProblemKind(
    "report.not-finished",
    "The {which} is not finished: {progress}.",
    "Finish its assessments, then bind the report to the scores as they are then; the report prints how far it is.",
    Severity.WARNING,
)
UNFINISHED_IN_FINAL = ProblemKind(
    "report.unfinished-in-final",
    "The report is {status}, and the {which} is not finished: {progress}.",
    "Finish its assessments, then bind the report to the scores as they are then; or make the report a draft.",
)
UNKNOWN_REFERENCE = ProblemKind(
    "report.unknown-reference",
    "“{reference}” stands for no figure of this report.",
    "Use one of: {allowed}.",
)
REFERENCE_OUT_OF_PLACE = ProblemKind(
    "report.reference-out-of-place",
    "A figure is referred to where only plain words are printed.",
    "Move the reference into a paragraph of the report.",
)
THEMES_DIFFER = ProblemKind(
    "report.themes-differ",
    "The scores have the themes {scores}; the {other} has {found}.",
    "Bind figures of the same framework.",
)
BAD_PERCENT = ProblemKind(
    "report.bad-percent",
    "This is not a percentage that can be read.",
    "Refer to the figure instead, for instance {{{{score.safeguarding}}}}.",
)
TYPED_FIGURE = ProblemKind(
    "report.typed-figure",
    "A figure of this report is typed in the text, where it will not change when its source does.",
    "Write {{{{{reference}}}}} instead.",
    Severity.WARNING,
)
CONTRADICTS_FIGURE = ProblemKind(
    "report.contradicts-figure",
    "The text gives a percentage for {theme} that is none of this report’s figures for it.",
    "Refer to the figure, for instance {{{{score.{id}}}}}, or say what the percentage is of.",
    Severity.WARNING,
)
RANK_CLAIM = ProblemKind(
    "report.rank-claim",
    "The text claims a rank or quartile, and the figures bound to this report give no evidence for one.",
    "Take the claim out, or bind figures from which a rank follows; {{{{rank}}}} prints what can be said.",
    Severity.WARNING,
)
BAND_CLAIM = ProblemKind(
    "report.band-claim",
    "The text calls the improvement required {claimed}; by the framework’s bands it is {bands}.",
    "Give the band of each theme, for instance {{{{band.{id}}}}}.",
    Severity.WARNING,
)

# --- the template's blocks --------------------------------------------------------------------------------------------
LEFT_BLANK = ProblemKind(
    "report.left-blank",
    "“{heading}” is blank.",
    "Answer it, or say that it is not applicable (with the reason) or not considered.",
    Severity.WARNING,
)
BLANK_IN_FINAL = ProblemKind(
    "report.blank-in-final",
    "“{heading}” is blank in a report that is {status}.",
    "Answer it, or say that it is not applicable (with the reason) or not considered; or make the report a draft.",
)
SUBJECT_LONG = ProblemKind(
    "report.subject-long",
    "The subject has {found} characters; there is room for {limit}.",
    "Shorten it: it is the title of the report. Say more under “Purpose and summary”.",
)
NO_SUBMISSION = ProblemKind(
    "report.no-submission", "The report goes to nobody.", "Name at least one body and its date."
)
NO_RECOMMENDATION = ProblemKind(
    "report.no-recommendation", "The report recommends nothing.", "Say what each body is asked to do.", Severity.WARNING
)
NOT_CLEARED = ProblemKind(
    "report.not-cleared",
    "The report is {status} without {kind} clearance.",
    "Give the officer and the date of clearance, or make the report a draft.",
)
NOT_A_WEEKDAY = ProblemKind(
    "report.not-a-weekday",
    "{day} is a {name}.",
    "Check the date on which this body receives the report.",
    Severity.WARNING,
)
CLEARED_LATE = ProblemKind(
    "report.cleared-late",
    "The {kind} clearance is dated {day}, after the report is first received.",
    "Correct the date, or have the report cleared before it goes out.",
    Severity.WARNING,
)
BODY_UNKNOWN = ProblemKind(
    "report.body-unknown",
    "“{body}” is not one of the bodies this report goes to.",
    "Use the name as it stands under report_to.",
    Severity.WARNING,
)
COMMITMENT_PAST = ProblemKind(
    "report.commitment-past",
    "The commitment is due before the report itself is considered.",
    "Give the date on which it will be met.",
    Severity.WARNING,
)
UNTRACKED_COMMITMENT = ProblemKind(
    "report.untracked-commitment",
    "The forward plan says that something will be reported, and no commitment records it.",
    "Add it under commitments: what, who, to which body, by when.",
    Severity.WARNING,
)
ACTION_OVERDUE = ProblemKind(
    "report.action-overdue",
    "The action was due on {due}, before the report is received, and it is neither complete nor called overdue.",
    "Say what has happened since: complete, overdue or cancelled.",
    Severity.WARNING,
)
DONE_NOT_ACHIEVED = ProblemKind(
    "report.done-not-achieved",
    "The action is complete and its outcome was not achieved.",
    "Say in progress what follows, so that the report does not read as if the matter were closed.",
    Severity.WARNING,
)
PUBLISHED_WORKS_ONLY = ProblemKind(
    "report.published-works-only",
    "Only published works are listed; in law these are not background papers.",
    "List the unpublished documents relied on, or say that there are none.",
    Severity.WARNING,
)

# --- objectives -----------------------------------------------------------------------------------------------------
UNKNOWN_OBJECTIVES = ProblemKind(
    "report.unknown-objective-list", "There is no list of objectives “{name}”.", "Use one of: {allowed}."
)
UNKNOWN_OBJECTIVE = ProblemKind(
    "report.unknown-objective", "“{code}” is not an objective of the list.", "Use one of: {allowed}."
)
NOT_ONE_MARK = ProblemKind(
    "report.not-one-mark",
    "Objective “{code}” does not have one mark; marks given: {count}.",
    "Give it exactly one of positive, neutral and negative.",
)

# --- money ----------------------------------------------------------------------------------------------------------
FUNDING_SUM = ProblemKind(
    "report.funding-sum",
    "In {year} the funding under “{section}” adds up to {funded}, and the gross increase is {gross}.",
    "Make the funding rows add up to the gross row.",
)
FUNDING_INCOMPLETE = ProblemKind(
    "report.funding-incomplete",
    "In {year} some amounts under “{section}” are given and others are not, so the sum cannot be checked.",
    "Give every row of the year; write 0 where there is none.",
    Severity.WARNING,
)
FINANCE_EMPTY = ProblemKind(
    "report.finance-empty",
    "The financial table holds no amount.",
    "Give the amounts, 0 where there is none; or say that finance is not applicable and why.",
    Severity.WARNING,
)
YEARS_PAST = ProblemKind(
    "report.years-past",
    "The financial table shows {found}, all of them before the report’s own financial year {own}.",
    "Leave years out: the table then shows {own} and the three years after it.",
    Severity.WARNING,
)
YEARS_WRONG = ProblemKind(
    "report.years-wrong",
    "The financial table shows {found}; the report’s own financial year is {own}.",
    "Leave years out: the table then shows {own} and the three years after it.",
    Severity.WARNING,
)
YEAR_NOT_SHOWN = ProblemKind(
    "report.year-not-shown",
    "An amount is given for {year}, which the financial table does not show: it shows {found}.",
    "Move the amount to a year that is shown, or take it out.",
)
EXPIRY_MISSING = ProblemKind(
    "report.expiry-missing",
    "There is external funding, and the report does not say whether or when it ends.",
    "Give expires: true with when, or expires: false.",
    Severity.WARNING,
)
AFTER_EXPIRY_MISSING = ProblemKind(
    "report.after-expiry-missing",
    "External funding ends, and the report does not say what pays for the service afterwards.",
    "Answer afterwards.",
    Severity.WARNING,
)

# --- law ------------------------------------------------------------------------------------------------------------
UNKNOWN_RULE_SET = ProblemKind(
    "report.unknown-rule-set", "There is no governance rule set “{name}”.", "Use one of: {allowed}."
)
RULE_SET_DATE = ProblemKind(
    "report.rule-set-date",
    "The rule set {name} was not in force on {day}.",
    "Use {right}.",
)
KEY_WITHOUT_REASON = ProblemKind(
    "report.key-without-reason",
    "A key decision is stated without its reason.",
    "Say which test is met: significant spending or saving, or two or more wards.",
)
KEY_WITHOUT_PLAN = ProblemKind(
    "report.key-without-plan",
    "A key decision needs its notice, and the forward plan entry is not answered.",
    "Give the forward plan entry, or the urgency procedure that was followed.",
)
NO_KEY_DECISIONS = ProblemKind(
    "report.no-key-decisions",
    "{name} has no key decisions.",
    "Leave key_decision as false.",
)
EXEMPT_WITHOUT_GROUNDS = ProblemKind(
    "report.exempt-without-grounds",
    "The report is exempt and does not give {what}.",
    "Give the paragraphs of Schedule 12A and the public-interest test.",
)
GROUNDS_BUT_OPEN = ProblemKind(
    "report.grounds-but-open",
    "Grounds of exemption are given, and the report is marked as {kind}.",
    "Mark it exempt or exempt in part, or take the paragraphs out.",
)
WRONG_PARAGRAPH = ProblemKind(
    "report.wrong-paragraph",
    "Paragraph {number} is not a ground of exemption under {name}.",
    "Use one of: {allowed}.",
)

CATALOGUE: tuple[ProblemKind, ...] = tuple(
    kind for name, kind in sorted(globals().items()) if name.isupper() and isinstance(kind, ProblemKind)
)
