from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views.meetings import carrying_out, coming, leading, phones, planning, reading

urlpatterns = [
    path("programmes/<int:programme>/meetings", planning.meetings, name="meetings"),
    path("programmes/<int:programme>/meetings/plan", planning.meeting_plan, name="meeting-plan"),
    path("organisations/<int:organisation>/meetings", planning.company_meetings, name="company-meetings"),
    path("organisations/<int:organisation>/meetings/plan", planning.company_meeting_plan, name="company-meeting-plan"),
    path("meetings/<int:meeting>", reading.meeting, name="meeting"),
    path("meetings/<int:meeting>/answer", reading.meeting_answer, name="meeting-answer"),
    path("meetings/<int:meeting>/calendar.ics", reading.meeting_calendar, name="meeting-calendar"),
    path("meetings/<int:meeting>/minutes.pdf", reading.meeting_minutes, name="meeting-minutes"),
    path("meetings/<int:meeting>/step", leading.meeting_step, name="meeting-step"),
    path("meetings/<int:meeting>/now", leading.meeting_now, name="meeting-now"),
    path("meetings/<int:meeting>/screen", leading.meeting_screen, name="meeting-screen"),
    path("meetings/<int:meeting>/cards.pdf", leading.meeting_cards, name="meeting-cards"),
    path("meetings/<int:meeting>/options", leading.meeting_options, name="meeting-options"),
    path("meetings/<int:meeting>/people", leading.meeting_people, name="meeting-people"),
    path("meetings/<int:meeting>/paper", leading.meeting_paper, name="meeting-paper"),
    path("meetings/<int:meeting>/decision", leading.meeting_decision, name="meeting-decision"),
    path("meetings/<int:meeting>/themes", carrying_out.meeting_themes, name="meeting-themes"),
    path("m/", phones.meeting_join, name="meeting-join"),
    path("m/come", coming.meeting_come, name="meeting-come"),
    path("m/now", phones.meeting_look, name="meeting-look"),
    path("m/rate", phones.meeting_rate, name="meeting-rate"),
]
