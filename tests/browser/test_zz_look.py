import pytest
CELLS=["import kit\nkit.start()\ncase = kit.data.load()","kit.charts.show(kit.charts.enlargement, case.enlargement)","kit.charts.show(kit.charts.stances, case.key.stances.merge(case.propositions, on='proposition_id'))","kit.charts.show(kit.charts.profiles, case.key.ratings)","kit.charts.show(kit.charts.halo, case.key.ratings)","kit.charts.explore(kit.measures.tellings(case), case.enlargement)"]
@pytest.mark.parametrize("theme",["light","dark"])
@pytest.mark.stacks("lab")
def test_look(room, theme):
    room.theme=theme
    room.write("look.ipynb", CELLS)
    room.open("look.ipynb")
    room.run_all()
    page=room.page
    for w,h in ((1280,800),(1024,768),(390,844)):
        page.set_viewport_size({"width":w,"height":h}); page.wait_for_timeout(1500)
        print(w,[ (b.evaluate("b=>b.clientWidth"),b.evaluate("b=>b.scrollWidth")) for b in page.locator('.kit-chart').all()])
        for i in (1,2,4,5):
            room.output(i).locator(".kit-chart").scroll_into_view_if_needed()
            if i==5:
                m=room.output(5).get_by_role("button",name="news, 2001"); m.click()
            page.wait_for_timeout(500)
            page.screenshot(path=f"/tmp/lab_{theme}_{w}_{i}.png")
@pytest.mark.stacks("notebook7")
def test_phone(room):
    room.write("look.ipynb", CELLS)
    room.open("look.ipynb")
    room.run_all()
    page=room.page
    page.set_viewport_size({"width":390,"height":844}); page.wait_for_timeout(1500)
    print("nb7",[ (b.evaluate("b=>b.clientWidth"),b.evaluate("b=>b.scrollWidth")) for b in page.locator('.kit-chart').all()])
    room.output(1).locator(".kit-chart").scroll_into_view_if_needed(); page.wait_for_timeout(300)
    page.screenshot(path="/tmp/nb7_1.png")
    m=room.output(5).get_by_role("button",name="news, 2001"); m.click(); page.wait_for_timeout(300)
    page.screenshot(path="/tmp/nb7_5.png")
