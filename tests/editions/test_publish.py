"""`make publish`: the account stands everywhere, and what is left to do is said."""

import re
import shutil
import subprocess

import pytest
import yaml

from editions import publish
from tests.test_house import ROOT


@pytest.fixture
def course(tmp_path):
    """A throw-away repository with the pages that name the account, and a bare one to push to."""
    root = tmp_path / "course"
    for page in publish.PAGES:
        (root / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / page, root / page)
        publish.set_account(root / page, "YOUR-ACCOUNT")
    run(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    run(tmp_path, "init", "--quiet", "--bare", "there")
    return root


def run(root, *command):
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *command], cwd=root, check=True, capture_output=True)


def commit(root):
    run(root, "add", "--all")
    run(root, "commit", "--quiet", "--message", "x")


def texts(root):
    return {page: (root / page).read_text(encoding="utf-8") for page in publish.PAGES}


def said(course, capsys, account="our-school"):
    publish.main(account, course)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "account", ["", "YOUR ACCOUNT", "-a", "a-", "a--b", "a" * 40, "ä", "a/b", "a\n"]
)
def test_a_name_that_no_account_can_have_is_one_sentence_and_changes_nothing(course, account):
    before = texts(course)
    with pytest.raises(SystemExit, match=r"^“[^”]*” can be no account of GitHub: .*our-school\.$"):
        publish.main(account, course)
    assert texts(course) == before


def test_the_account_is_set_everywhere_and_a_second_run_changes_nothing(course, capsys):
    before = texts(course)
    assert "now stands in README.md, CITATION.cff, docs/hub.md" in said(course, capsys)
    once = texts(course)
    assert "YOUR-ACCOUNT" not in "".join(once.values())
    assert "If you publish" not in once["README.md"]
    for page, text in once.items():
        links = before[page].count("YOUR-ACCOUNT") - before[page].count("`YOUR-ACCOUNT`")
        assert text.count("our-school") == links > 0
    assert "stands everywhere already" in said(course, capsys)
    assert texts(course) == once


def test_another_account_takes_the_place_of_the_first(course, capsys):
    said(course, capsys)
    once = texts(course)
    said(course, capsys, "another")
    assert texts(course) == {
        page: text.replace("our-school", "another") for page, text in once.items()
    }


def test_nothing_but_links_to_the_course_has_changed(course, capsys):
    before, _ = texts(course), said(course, capsys)
    for page, text in texts(course).items():
        kept = publish.HOW_TO_PUBLISH.sub("", before[page]).replace("YOUR-ACCOUNT", "our-school")
        assert text == kept


def test_what_is_left_to_do_grows_shorter_as_it_is_done(course, capsys):
    told = said(course, capsys)
    for step in ("git commit", f"git tag {publish.TAG}", "git remote add origin", "git push"):
        assert step in told
    commit(course)
    run(course, "tag", publish.TAG)
    told = said(course, capsys)
    assert "git commit" not in told and "git tag" not in told
    run(course, "remote", "add", "origin", "../there")
    assert "git remote" not in said(course, capsys)
    run(course, "push", "--quiet", "origin", "HEAD:main", publish.TAG)
    told = said(course, capsys)
    assert re.findall(r"^\d\. (\w+)", told, re.MULTILINE) == ["Pages", "Badge", "Zenodo"]
    said(course, capsys, "another")
    commit(course)
    told = said(course, capsys, "another")
    assert f"{publish.TAG} is not the newest commit." in told and "git push" in told


def test_a_readme_that_names_another_tag_is_told(course, capsys):
    page = course / "README.md"
    page.write_text(page.read_text().replace(publish.TAG, "v0.0.1"))
    assert f"let badge and link for phones name {publish.TAG}" in said(course, capsys)


def test_the_workflow_builds_site_and_lite_and_may_deploy_them():
    text = (ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    [job] = workflow["jobs"].values()
    assert "make site lite" in [step.get("run") for step in job["steps"]]
    uses = [step.get("uses", "").partition("@")[0] for step in job["steps"]]
    assert uses[-2:] == ["actions/upload-pages-artifact", "actions/deploy-pages"]
