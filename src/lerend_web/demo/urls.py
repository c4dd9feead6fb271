from __future__ import annotations

from django.urls import path

from lerend_web.demo.views import attack, bowl, choice, closing, doors, meeting, others, pilots, sanne, time, truth

urlpatterns = [
    path("demo/play", doors.play, name="demo-play"),
    path("demo/sanne", sanne.sanne, name="demo-sanne"),
    path("demo/sanne.svg", sanne.picture, name="demo-sanne-picture"),
    path("demo/bowl", bowl.bowl, name="demo-bowl"),
    path("demo/bowl.svg", bowl.picture, name="demo-bowl-picture"),
    path("demo/others", others.others, name="demo-others"),
    path("demo/others/count", others.count, name="demo-others-count"),
    path("demo/closing", closing.closing, name="demo-closing"),
    path("demo/closing/<slug:name>.json", closing.key, name="demo-key"),
    path("demo/attack", attack.attack, name="demo-attack"),
    path("demo/truth", truth.truth, name="demo-truth"),
    path("demo/meeting", meeting.meeting, name="demo-meeting"),
    path("demo/phones", meeting.phones, name="demo-phones"),
    path("demo/choice", choice.choice, name="demo-choice"),
    path("demo/pilots", pilots.pilots, name="demo-pilots"),
    path("demo/judged", pilots.judged, name="demo-judged"),
    path("demo/grade", pilots.grade, name="demo-grade"),
    path("demo/evidence", pilots.evidence, name="demo-evidence"),
    path("demo/pilot-goes-on", pilots.others, name="demo-pilot-goes-on"),
    path("demo/month", time.next_month, name="demo-month"),
    path("demo/again", time.again, name="demo-again"),
]
