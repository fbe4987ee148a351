"""What is said about answers."""

from django.urls import path

from aboveline.web.views import discussions

OWN = "inspections/<int:inspection_id>/"

urlpatterns = [
    path(f"{OWN}discussions/", discussions.discussions, name="discussions"),
    path(f"{OWN}cases/<str:number>/discussions/<str:question>/", discussions.discussion, name="discussion"),
]
