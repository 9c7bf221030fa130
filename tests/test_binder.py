"""What the README's badge asks Binder for is there."""

import kit
from tests.binder_image import badge
from tests.test_house import ROOT, project


def test_the_badge_opens_the_first_notebook_in_jupyterlab():
    [first, *_] = sorted((ROOT / "notebooks").glob("*.ipynb"))
    path = first.relative_to(ROOT).as_posix()
    assert badge().page == f"doc/tree/{path}"  # the form of JupyterLab with the side bar shut
    assert badge("this link") == badge()._replace(page=f"notebooks/{path}")


def test_the_badge_asks_for_the_tag_of_this_version():
    assert badge().tag == f"v{kit.__version__}" == f"v{project()['version']}"
    assert badge().repository == project()["name"]


def test_the_account_to_put_in_the_badge_is_said_in_the_readme_as_long_as_none_is_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert (badge().account == "YOUR-ACCOUNT") == ("`YOUR-ACCOUNT`" in text)
