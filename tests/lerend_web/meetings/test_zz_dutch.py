import json, os, pytest
from pathlib import Path
from tests.lerend_web.browsing import visiting, faults_in_every_look, seeded_by
@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    return {"PATH": os.environ["PATH"], "LEREND_VAR": str(tmp_path_factory.mktemp("var")), "PYTHONPATH": "/tmp/meetings:"+str(Path("src").absolute()), "LEREND_DEMO":"no", "DJANGO_SETTINGS_MODULE":"dutch_settings"}
def test_dutch(browser, address, environment):
    seeded = seeded_by("tests.lerend_web.meetings.seeding", environment)
    bad=[]
    with visiting(browser, address, seeded) as visit:
        for name,(who,path) in seeded["pages"].items():
            page = visit.by(who, locale="nl", viewport={"width": 320, "height": 900})
            page.goto(address+path); page.wait_for_timeout(120)
            if page.evaluate("document.documentElement.scrollWidth")>320: bad.append(name)
            page.screenshot(path=f"/tmp/meetings/nl-{name.replace(' ','-')}.png", full_page=True)
            page.context.close()
        for face, seat in seeded["seats"].items():
            page = visit.by(locale="nl", viewport={"width": 320, "height": 800})
            kept = json.dumps({"seat": seat, "code": ""})
            page.add_init_script(f"localStorage.setItem('lerend-meeting-seat', {json.dumps(kept)})")
            page.goto(f"{address}/m/"); page.wait_for_timeout(500)
            if page.evaluate("document.documentElement.scrollWidth")>320: bad.append(face)
            page.screenshot(path=f"/tmp/meetings/nl-phone-{face}.png", full_page=True)
            page.context.close()
        visit._open.clear()
    assert bad==[]
