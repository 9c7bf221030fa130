"""A phone and a tablet: by touch through notebooks 1, 3 and 4, and the hand-in of 6."""

import pytest
from playwright.sync_api import expect

from tests.browser.room import PATIENCE, Room
from tests.browser.test_walks import NOTEBOOKS, STEPS, control, looks_answered, shows_everything
from tests.browser.watch import Watch

pytestmark = [pytest.mark.needs("touch"), pytest.mark.weekly]
DEVICES = [(stack, width) for stack in ("lab", "notebook7") for width in (390, 820)]
WALKED = [path for path in NOTEBOOKS if path.stem[:2] in ("01", "03", "04")]
on_every_device = pytest.mark.parametrize(
    "device", DEVICES, ids=[f"{stack}-{width}" for stack, width in DEVICES], indirect=True
)


@pytest.fixture
def device(request, places, browser, left, tmp_path):
    """A room in a browser that has a touch screen and no mouse, so many pixels wide."""
    stack, width = request.param
    server, _ = places(stack)
    if kept := left.pop(stack, None):
        kept[0].close()
    server.tidy()
    context = browser.new_context(has_touch=True, is_mobile=True, service_workers="block")
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, server.address)
    room = Room(server, context, watch, tmp_path)
    room.width(width)
    yield room
    watch.stop()
    context.close()
    assert not watch.complaints, "\n".join(watch.complaints)


@on_every_device
@pytest.mark.parametrize("path", WALKED, ids=lambda path: path.stem)
def test_a_notebook_shows_all_and_takes_an_answer_by_touch(device, path):
    device.open(path.name)
    device.run_all()
    shows_everything(device, path)
    step = STEPS[path.stem[:2]]
    control(device, step).tap()
    device.wait_for(step.id, step.value)
    looks_answered(device, path)


@on_every_device
def test_work_is_handed_in_by_touch(device):
    device.open(NOTEBOOKS[-1].name)
    device.run_all()
    form = device.output("hand-in-form")
    form.get_by_label("Your pen name").tap()
    device.page.keyboard.type("blue-tiger-7")
    form.get_by_role("button", name="Hand in my work").tap()
    form.get_by_role("button", name="Yes, hand in").tap()
    expect(form).to_contain_text("✓ Handed in as handin-blue-tiger-7.json")
