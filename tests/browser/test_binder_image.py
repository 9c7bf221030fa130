"""Binder's image of this repository, built by repo2docker's own scripts, and the course in it.

Building takes most of the time here: all that Binder has is downloaded and installed once more.
What is built is what is committed, as on Binder.
"""

import json
import shutil

import pytest
from playwright.sync_api import expect

from tests.binder_image import Image, NotHere, badge, python
from tests.browser.lab import TOKEN, Lab, Stack
from tests.browser.room import Room
from tests.browser.test_walks import fill_prediction
from tests.browser.watch import Watch
from tests.pace import PACE
from tests.solutions.answers import ANSWERS
from tests.test_house import ROOT, pins

pytestmark = [pytest.mark.weekly, pytest.mark.timeout(900 * PACE)]  # the first builds the image


class Served(Lab):
    """The image's Jupyter as Binder starts it: it shows the whole repository and keeps no secret.

    The journal is where a learner's is, beside the notebooks.
    """

    def __init__(self, image, folder):
        super().__init__("binder", folder)
        self.image, self.stack = image, Stack(image.python, "notebook", "doc/tree")
        self.root, self.notebooks = image.repo, image.repo / "notebooks"
        self.journal = self.notebooks / "my_work.jsonl"

    def _environment(self):
        return self.image.environment


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The image, which is taken away again: it is large."""
    folder = tmp_path_factory.mktemp("image")
    try:
        yield Image(folder)
    except NotHere as why:
        pytest.skip(str(why))
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def learner(image, browser, tmp_path):
    """A room in which the lab of the image can be opened."""
    served, context = Served(image, tmp_path), browser.new_context(service_workers="block")
    served.start()
    watch = Watch(context, served.address)
    yield Room(served, context, watch, tmp_path)
    context.close()
    served.kill()
    assert not watch.complaints, "\n".join(watch.complaints)


def test_repo2docker_takes_the_files_in_binder_and_the_python_named_there(image):
    assert type(image.pack.chosen).__name__ == "PythonBuildPack"
    assert image.pack.python == "3.11"
    files = image.pack.ask("get_preassemble_script_files")
    assert [*files, *image.pack.ask("get_post_build_scripts")] == [
        "binder/requirements.txt",
        "binder/postBuild",
    ]


def test_the_image_has_the_base_images_versions_and_of_ours_what_is_pinned(image):
    ours = pins(ROOT / "binder" / "requirements.txt")
    changed = {name for name in image.before if image.before[name] != image.after.get(name)}
    assert image.before == image.pack.base
    assert changed == {"ipykernel"}  # requirements.txt says why
    assert image.after.items() >= ours.items()


def test_nothing_in_the_image_is_at_odds(image):
    told = image.run([image.python, "-m", "pip", "check"])
    assert told == "No broken requirements found.\n"


def test_a_machine_without_binders_python_is_told_so_in_one_sentence():
    with pytest.raises(NotHere, match=r"^Binder runs the course on Python 3\.0 .*starts it"):
        python("3.0")


def test_the_badge_opens_the_first_notebook_and_the_first_exercise_answers_back(learner):
    learner.page.goto(f"{learner.lab.address}{badge().page}?token={TOKEN}")
    learner.wait_until_idle(badge().page.removeprefix("doc/tree/"))
    learner.run_all()
    form = learner.output("ask-prediction")
    form.get_by_role("button", name="Check").click()
    expect(form).to_contain_text("○ Not answered")
    fill_prediction(learner)
    learner.wait_for("prediction", ANSWERS["prediction"])
    form.get_by_role("button", name="Check").click()
    expect(form).to_contain_text("● Recorded")
    told = json.loads(learner.page.locator("#jupyter-config-data").text_content())
    assert "@jupyterlab/apputils-extension:announcements" in told["disabledExtensions"]
    assert not (learner.lab.notebooks / "instructor").exists()
    learner.shot("opened")
