"""Programmes, and the week of an inspection: planned, shared out, arranged, met about."""

from django.urls import path

from aboveline.web.views import allocating, interviewing, meetings, programmes, quality_reads, replacements, week

OWN = "inspections/<int:inspection_id>/"
PROGRAMME = "programmes/<slug:programme>/"

urlpatterns = [
    path(PROGRAMME, programmes.programme, name="programme"),
    path(f"{PROGRAMME}new/", programmes.set_up, name="programme-set-up"),
    path(f"{OWN}week/", week.week, name="week"),
    path(f"{OWN}week/plan/", week.plan, name="plan"),
    path(f"{OWN}week/steps/<slug:step>/", week.step, name="timetable-step"),
    path(f"{OWN}week/supplies/ask/", week.ask, name="ask-supplies"),
    path(f"{OWN}week/supplies/new/", week.new_supply, name="new-supply"),
    path(f"{OWN}week/supplies/<int:supply_id>/", week.supply, name="supply"),
    path(f"{OWN}replacements/", replacements.replacements, name="replacements"),
    path(f"{OWN}replacements/<int:request_id>/", replacements.replacement, name="replacement"),
    path(f"{OWN}sample/ask/<int:drawn_id>/", replacements.ask, name="ask-replacement"),
    path(f"{OWN}allocation/", allocating.allocation, name="allocation"),
    path(f"{OWN}allocation/change/", allocating.allocate, name="allocate"),
    path(f"{OWN}interviews/", interviewing.interviews, name="interviews"),
    path(f"{OWN}interviews/own.ics", interviewing.own_calendar, name="own-interviews"),
    path(f"{OWN}interviews/arrange/", interviewing.arrange, name="arrange-interviews"),
    path(f"{OWN}interviews/time/", interviewing.interview_week, name="interview-week"),
    path(f"{OWN}interviews/absences/", interviewing.absences, name="interview-absences"),
    path(f"{OWN}interviews/absences/<int:absence_id>/end/", interviewing.take_back, name="end-absence"),
    path(f"{OWN}quality-reads/", quality_reads.quality_reads, name="quality-reads"),
    path(f"{OWN}quality-reads/<int:assessor_id>/", quality_reads.quality_read, name="quality-read"),
    path(f"{OWN}meetings/", meetings.meetings, name="meetings"),
    path(f"{OWN}meetings/new/", meetings.new_meeting, name="new-meeting"),
    path(f"{OWN}meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path(f"{OWN}feedback/", meetings.feedback, name="feedback"),
    path(f"{OWN}recommendations/", meetings.recommendations, name="recommendations"),
    path(f"{OWN}recommendations/new/", meetings.new_recommendation, name="new-recommendation"),
    path(f"{OWN}recommendations/<int:recommendation_id>/", meetings.recommendation, name="recommendation"),
]
