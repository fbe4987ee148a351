"""A service's audit rounds, their results by team, and feedback to case managers."""

from django.urls import path

from aboveline.web.views import rounds

urlpatterns = [
    path("services/<slug:slug>/rounds/", rounds.rounds, name="rounds"),
    path("services/<slug:slug>/rounds/new/", rounds.new_round, name="new-round"),
    path("inspections/<int:inspection_id>/teams/", rounds.round_results, name="round-results"),
    path("inspections/<int:inspection_id>/close/", rounds.close_it, name="close-round"),
    path("inspections/<int:inspection_id>/case-managers/", rounds.manager_feedback, name="manager-feedback"),
]
