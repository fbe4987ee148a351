"""Whatever changes a row that a page lets somebody edit asks for the version they saw.

Every form writes through an action (test_reads_and_writes), so the actions are gone through: one that changes a row
without asking is named here, with why nothing typed can be overwritten by it.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType

import aboveline.records.actions as actions

EDITS = re.compile(r"\.(save|update|bulk_update)\(|update_conflicts")
ONCE, OWN, ROWS, MACHINE = (
    "it ends or begins once; done again, it stays as it is",
    "the person's own secret, which the one in force must confirm",
    "row by row: each answer carries the version seen",
    "no page edits it: it follows from something else",
)
WITHOUT_VERSION: Mapping[str, str] = {
    "accounts.change_password": OWN,
    "accounts.disable_account": ONCE,
    "accounts.enable_account": ONCE,
    "accounts.set_answer_keys": ONCE,
    "allocation.end_allocation": ONCE,
    "arranging.end_absence": ONCE,
    "assessments.import_answers": "import_judgements asks for the marks of what was looked at",
    "assessments.save_assessment": ROWS,
    "assessments.save_settled": ROWS,
    "caseloads.confirm_caseload": ONCE,
    "caseloads.discard_upload": ONCE,
    "casework.reopen_case": ONCE,
    "background.forget_what_failed": MACHINE,
    "invitations.accept_invitation": ONCE,
    "invitations.withdraw_invitation": ONCE,
    "letters.end_letter": MACHINE,
    "letters.note_not_sent": MACHINE,
    "letters.note_sent": MACHINE,
    "letters.take_letter": MACHINE,
    "people.end_role": ONCE,
    "publishing.come_out": MACHINE,
    "rounds.take_mark_back": ONCE,
    "saving.once": MACHINE,
    "second_factor.set_up_second_factor": OWN,
    "second_factor.spend_code": OWN,
    "second_reads.note_compared": MACHINE,
    "second_reads.record_choice": ONCE,
    "second_reads.submit_second_read": ONCE,
    "signatures.call_off": ONCE,
    "signatures.void": MACHINE,
}


def named(module: ModuleType, name: str) -> Callable[..., object] | None:
    found = vars(module).get(name)
    return found if inspect.isfunction(found) and found.__module__ == module.__name__ else None


def source(module: ModuleType, act: Callable[..., object]) -> str:
    """The text of an action and of the module's private functions and classes that it names, or they in turn."""
    texts, left = {}, {act.__name__}
    while left:
        name = left.pop()
        one = vars(module).get(name)
        if name not in texts and getattr(one, "__module__", "") == module.__name__:
            texts[name] = inspect.getsource(one)  # type: ignore[arg-type]
            left |= set(re.findall(r"\b_[A-Za-z]\w+", texts[name])) & set(vars(module))
    return "".join(texts.values())


def unversioned(module: ModuleType) -> Iterator[str]:
    for name in vars(module):
        act = named(module, name)
        if act is None or name.startswith("_"):
            continue
        asks = any(one.startswith("expected") for one in inspect.signature(act).parameters)
        if EDITS.search(source(module, act)) and not asks:
            yield f"{module.__name__.rpartition('.')[2]}.{name}"


def found() -> set[str]:
    modules = [importlib.import_module(f"{actions.__name__}.{m.name}") for m in pkgutil.iter_modules(actions.__path__)]
    return {name for module in modules for name in unversioned(module)}


def test_every_action_that_changes_a_row_asks_for_the_version_seen():
    listed = set(WITHOUT_VERSION)
    assert found() - listed == set(), "ask for expected_version and raise Stale, or say here why there is no need"
    assert listed - found() == set(), "no longer there, or asking by now"


def test_control_an_edit_without_a_version_is_named(monkeypatch):
    from aboveline.records.actions import reports

    save = reports.save_report
    assert "reports.save_report" not in set(unversioned(reports))
    stripped = inspect.signature(save)
    kept = [one for one in stripped.parameters.values() if not one.name.startswith("expected")]
    monkeypatch.setattr(save, "__signature__", stripped.replace(parameters=kept), raising=False)
    assert "reports.save_report" in set(unversioned(reports))
