"""Reading framework folders: one broken fixture for each problem, and the frameworks that come with the product."""

import pytest

from aboveline.domain import framework_problems, yaml_problems
from aboveline.domain.framework_problems import UnknownFramework
from aboveline.exchange.frameworks import FOLDER, framework_ids, load_framework, read_framework
from aboveline.exchange.yaml_reader import LIMIT_BYTES, read_yaml
from tests.framework_builders import FIXTURES, THREE_QUESTIONS, copy_of_three_questions, edit

BROKEN = read_yaml((FIXTURES / "broken.yaml").read_bytes(), file="broken.yaml").expect().tree

#: problems that no edit of a text can make; each has its own test below
NOT_BY_EDITING = {
    "framework.unknown",
    "framework.not-a-folder",
    "framework.file-missing",
    "framework.file-unexpected",
    "yaml.too-large",
    "yaml.not-utf8",
    "yaml.reader-stopped",
    "yaml.too-many-values",
}


def codes(checked) -> list[str]:
    return [problem.code for problem in checked.problems]


def test_the_small_framework_is_sound():
    checked = read_framework(THREE_QUESTIONS)
    assert checked.problems == ()
    assert [q.id for q in checked.expect().questions] == ["Q1.1.1", "Q1.1.2", "Q1.2.1"]


@pytest.mark.parametrize("fault", BROKEN, ids=lambda fault: fault["code"])
def test_each_fault_gives_its_problem_and_no_other(fault, tmp_path):
    folder = copy_of_three_questions(tmp_path)
    if "content" in fault:
        (folder / fault["file"]).write_text(fault["content"], encoding="utf-8")
    for change in (fault, fault.get("also")) if "content" not in fault else ():
        if change:
            edit(folder, change["file"], change["replace"], change["with"])
    checked = read_framework(folder)
    assert set(codes(checked)) == {fault["code"]}
    problem = checked.problems[0]
    found = {"line": problem.place.line, "path": problem.place.path, "nearest": problem.nearest}
    assert problem.file
    assert {key: found[key] for key in found if key in fault} == {key: fault[key] for key in found if key in fault}


def test_every_kind_of_problem_has_its_fixture():
    catalogue = {kind.code for kind in (*framework_problems.CATALOGUE, *yaml_problems.CATALOGUE)}
    assert {fault["code"] for fault in BROKEN} | NOT_BY_EDITING == catalogue


@pytest.mark.parametrize("module", [framework_problems, yaml_problems])
def test_the_catalogue_lists_every_kind_once(module):
    kinds = [value for name, value in vars(module).items() if name.isupper() and name != "CATALOGUE"]
    assert list(module.CATALOGUE) == kinds
    assert len({kind.code for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("name", ["manifest.yaml", "facts.yaml", "orders.yaml"])
def test_a_missing_file_is_named(name, tmp_path):
    folder = copy_of_three_questions(tmp_path)
    (folder / name).unlink()
    checked = read_framework(folder)
    assert [(p.code, p.file) for p in checked.problems] == [("framework.file-missing", name)]


def test_a_framework_without_sections_is_refused(tmp_path):
    folder = copy_of_three_questions(tmp_path)
    (folder / "section-1.yaml").unlink()
    assert codes(read_framework(folder)) == ["framework.file-missing"]


def test_a_misnamed_file_is_met_with_the_name_it_should_have(tmp_path):
    folder = copy_of_three_questions(tmp_path)
    (folder / "facts.yaml").rename(folder / "fact.yaml")
    problems = read_framework(folder).problems
    assert [(p.code, p.nearest) for p in problems] == [
        ("framework.file-missing", None),
        ("framework.file-unexpected", "facts.yaml"),
    ]


def test_files_that_are_not_yaml_are_left_alone(tmp_path):
    folder = copy_of_three_questions(tmp_path)
    (folder / "README.md").write_text("notes")
    assert read_framework(folder).problems == ()


def test_what_is_not_a_folder_is_refused(tmp_path):
    assert codes(read_framework(tmp_path / "nowhere")) == ["framework.not-a-folder"]
    assert codes(read_framework(THREE_QUESTIONS / "facts.yaml")) == ["framework.not-a-folder"]


def test_a_folder_in_place_of_a_file_is_an_empty_file(tmp_path):
    folder = copy_of_three_questions(tmp_path)
    (folder / "facts.yaml").unlink()
    (folder / "facts.yaml").mkdir()
    assert codes(read_framework(folder)) == ["yaml.empty"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"# " + b"x" * LIMIT_BYTES, "yaml.too-large"),
        ("id: caf\xe9".encode("latin-1"), "yaml.not-utf8"),
        (b"a: [" + b"1," * 60_000 + b"]", "yaml.too-many-values"),
    ],
)
def test_an_unusable_file_is_refused(content, code, tmp_path):
    folder = copy_of_three_questions(tmp_path)
    (folder / "orders.yaml").write_bytes(content)
    assert [(p.code, p.file) for p in read_framework(folder).problems] == [(code, "orders.yaml")]


def test_faults_of_several_files_come_together(tmp_path):
    folder = copy_of_three_questions(tmp_path)
    edit(folder, "manifest.yaml", "to: 49", "to: 48")
    edit(folder, "orders.yaml", "start_months_max: 12", "start_months_max: twelve")
    edit(folder, "section-1.yaml", "themes: [roh]", "thems: [roh]")
    assert sorted(codes(read_framework(folder))) == [
        "framework.bands-gap",
        "framework.missing-key",
        "framework.unknown-key",
        "framework.wrong-type",
    ]


@pytest.mark.parametrize("content", [b"- a\n- b\n", b"text\n", b"12\n", b"{}\n", b"a: {b: [c]}\n"])
@pytest.mark.parametrize("name", ["manifest.yaml", "facts.yaml", "orders.yaml", "section-1.yaml"])
def test_a_file_of_quite_another_shape_is_refused_without_a_crash(name, content, tmp_path):
    folder = copy_of_three_questions(tmp_path)
    (folder / name).write_bytes(content)
    checked = read_framework(folder)
    assert checked.value is None
    assert any(problem.file == name for problem in checked.problems)


@pytest.mark.parametrize("id", framework_ids())
def test_every_framework_that_comes_with_the_product_is_sound_and_named_after_its_folder(id):
    checked = read_framework(FOLDER / id)
    assert checked.problems == ()
    assert checked.expect().id == id


def test_a_framework_is_read_once():
    assert load_framework("cci-2009") is load_framework("cci-2009")


@pytest.mark.parametrize(("asked", "nearest"), [("cci-2010", "cci-2009"), ("../cci-2009", "cci-2009"), ("x", None)])
def test_an_unknown_framework_is_refused_with_the_nearest(asked, nearest):
    with pytest.raises(UnknownFramework) as caught:
        load_framework(asked)
    assert [(p.code, p.nearest) for p in caught.value.problems] == [("framework.unknown", nearest)]
